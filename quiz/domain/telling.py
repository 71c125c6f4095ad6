"""Telling drivers of a training session: each is told each thing once, and never what is not so any more."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from quiz.domain import calendar
from quiz.domain.errors import Refused
from quiz.domain.posting import Kind, State

# Not sent yet, so it can be taken back.
UNSENT = (State.WAITING, State.REFUSED, State.PAPER, State.PHONE)
# Somebody may know of it.
REACHED = (State.CLAIMED, State.UNKNOWN, State.SENT, State.PRINTED, State.RUNG)
MOVED = "The session was changed before this was sent."
CANCELLED = "The session was cancelled before this was sent."
UNLISTED = "The driver was taken off the list before this was sent."
OVER = "The session is over, or it was changed before this was sent."


class Session(Protocol):
    """What must be known of a session."""

    @property
    def id(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def place(self) -> str: ...
    @property
    def trainer(self) -> str: ...
    @property
    def cancelled_at(self) -> datetime | None: ...
    @property
    def edition(self) -> int: ...


class Written(Protocol):
    """What must be known of a letter about it."""

    @property
    def kind(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def state(self) -> str: ...


def about(session: Session, place_id: UUID) -> str:
    """What a letter is about: a place on the list, and the session as it is now."""
    return f"{_now(session)}{place_id}"


def _now(session: Session) -> str:
    return f"{session.id}.{session.edition}."


def owed(session: Session, place_id: UUID, letters: Collection[Written], now: datetime) -> Kind | None:
    """What a driver on the list has to be told next; None once everything is told, or the session has begun.

    A letter that staff decided not to send is not asked for again.
    """
    told = [one for one in letters if one.state != State.GIVEN_UP]
    if session.starts_at <= now:
        return None
    if session.cancelled_at is not None:
        return Kind.TRAINING_CANCELLED if told and all(one.kind != Kind.TRAINING_CANCELLED for one in letters) else None
    knows = any(one.about.startswith(_now(session)) for one in told)
    if knows or any(one.about == about(session, place_id) for one in letters):
        return None
    return Kind.TRAINING_MOVED if told else Kind.TRAINING


def must_be_so(session: Session | None, listed: bool, letter: Written, now: datetime) -> None:
    """Refuses to send what is not so any more."""
    if session is not None and listed and session.starts_at > now and letter.about.startswith(_now(session)):
        cancels, cancelled = letter.kind == Kind.TRAINING_CANCELLED, session.cancelled_at is not None
        if cancels is cancelled:
            return
    raise Refused("not-needed", OVER)


def values(session: Session) -> dict[str, str]:
    """What comes in place of the words in braces."""
    return {
        "training_day": calendar.weekday(calendar.day_of(session.starts_at)),
        "training_time": calendar.clock(session.starts_at),
        "training_place": session.place,
        "trainer": session.trainer,
    }
