"""Pauses: the clock of a test stands still while a driver looks for help. Their number and total are limited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from quiz.domain.errors import Refused

MOST = 3
TOTAL = timedelta(minutes=20)
MOST_BREAKS = 5


class Kind(StrEnum):
    """Why a driver stops the clock: to get help, as everybody may, or for a break that was agreed."""

    HELP = "help"
    BREAK = "break"


REFUSALS = {
    Kind.HELP: "You have used all your pauses, so your time goes on. The numbers to ring stay open to you.",
    Kind.BREAK: "You have used all the breaks that were agreed, so your time goes on.",
}


class Facts(Protocol):
    """What is kept of a pause. It ends at `until` by itself, or at `ended_at` when the driver came back before."""

    @property
    def began_at(self) -> datetime: ...
    @property
    def until(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def by(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """How many pauses are left, and how long they may be in all."""

    pauses: int
    total: timedelta

    def __bool__(self) -> bool:
        return self.pauses > 0 and self.total > timedelta()


def left(taken: Sequence[Facts], kind: Kind, breaks: timedelta) -> Left:
    """What is left after these pauses, each of which is over: for help, what everybody has; of breaks, what was agreed.

    What an invigilator stopped is not taken off what a driver has.
    """
    own = [one for one in taken if one.by is None and Kind(one.kind or Kind.HELP) is kind]
    used = sum(((one.ended_at or one.until) - one.began_at for one in own), timedelta())
    most, total = (MOST, TOTAL) if kind is Kind.HELP else (MOST_BREAKS, breaks)
    return Left(max(0, most - len(own)), max(timedelta(), total - used))


def until(taken: Sequence[Facts], kind: Kind, breaks: timedelta, now: datetime) -> datetime:
    """When a pause that begins now ends by itself. Refuses one more than is allowed."""
    found = left(taken, kind, breaks)
    if not found:
        raise Refused("pause-limit", REFUSALS[kind])
    return now + found.total
