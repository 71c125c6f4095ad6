"""What an attempt may do next, worked out from what has happened to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from quiz.domain.errors import Refused

GRACE = timedelta(seconds=30)


class State(StrEnum):
    """Derived, never stored."""

    OPEN = "open"
    PAUSED = "paused"
    OUT_OF_TIME = "out-of-time"
    FINISHED = "finished"
    VOID = "void"


class Facts(Protocol):
    """What must be known of an attempt to say what state it is in."""

    @property
    def deadline(self) -> datetime: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def voided_at(self) -> datetime | None: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def pause_until(self) -> datetime | None: ...


REFUSALS = {
    State.PAUSED: ("attempt-paused", "Your clock has stopped, so nothing was saved. "
                   "Press “Go back to my test” first, then answer again."),
    State.OUT_OF_TIME: ("attempt-out-of-time", "Your time ran out, so this answer was not saved. "
                        "The answers that you saved before are being marked."),
    State.FINISHED: ("attempt-finished", "You have already sent in your test, so nothing was changed."),
    State.VOID: ("attempt-void", "The council has set this attempt aside, so nothing was changed."),
}  # fmt: skip
PAUSED_BY_ROOM = (
    "attempt-paused-by-room",
    "The person in charge has stopped your clock, so nothing was saved. Wait until they start it again, then answer "
    "again. Your time does not go on meanwhile.",
)


def state(attempt: Facts, now: datetime) -> State:
    """Open until its deadline; after that nothing is saved, whether or not anybody has looked.

    During a pause the deadline already stands behind all that the pause may last. What was received before the pause
    began was received in time, however late it is dealt with.
    """
    if attempt.voided_at is not None:
        return State.VOID
    if attempt.finished_at is not None:
        return State.FINISHED
    if attempt.pause_until is not None and (attempt.paused_at or now) <= now < attempt.pause_until:
        return State.PAUSED
    return State.OPEN if now < attempt.deadline else State.OUT_OF_TIME


def is_running(attempt: Facts, now: datetime) -> bool:
    """Not over: its clock runs, or stands still for a pause."""
    return state(attempt, now) in (State.OPEN, State.PAUSED)


def must_be_open(attempt: Facts, now: datetime, by_room: bool = False) -> None:
    """Refuses unless answers may still be saved. `by_room`: if it is paused, the invigilator did that."""
    found = state(attempt, now)
    if found is State.PAUSED and by_room:
        raise Refused(*PAUSED_BY_ROOM)
    if found is not State.OPEN:
        raise Refused(*REFUSALS[found])


def may_be_settled(attempt: Facts, now: datetime) -> bool:
    """Out of time for at least 30 s, so that a POST received in time always wins."""
    return state(attempt, now) is State.OUT_OF_TIME and now >= attempt.deadline + GRACE


def time_left(deadline: datetime, now: datetime) -> timedelta:
    """Never negative."""
    return max(deadline - now, timedelta())


def left_words(left: timedelta) -> str:
    """Whole minutes, rounded up: "1 minute", "12 minutes"; under a minute is said as such, over two hours as hours."""
    minutes = -(-int(left.total_seconds()) // 60)
    if left < timedelta(minutes=1):
        return "less than 1 minute"
    if minutes > 120:
        return f"{round(minutes / 60)} hours"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts at one position: option indices, and whether the driver pressed the button on it."""

    chosen: tuple[int, ...] = ()
    confirmed: bool = False
    later: bool = False


def read_choice(values: Sequence[str], order: Sequence[int], two: bool) -> str:
    """The stored form of what a page sent: displayed positions, "2" or "1,3" or "".

    Refuses a position that is not on the page, and more than one for a single-answer question.
    """
    places = [str(place) for place in range(1, len(order) + 1)]
    if not set(values) <= set(places):
        raise Refused("answer-unknown", "That answer is not one of the answers on the page, so nothing was saved.")
    given = [place for place in places if place in values]
    if len(given) > 1 and not two:
        raise Refused("answer-several", "Choose one answer only. Nothing was saved.")
    return ",".join(given)


def chosen(stored: str, order: Sequence[int]) -> tuple[int, ...]:
    """Option indices for a stored choice of displayed positions."""
    return tuple(order[int(place) - 1] for place in stored.split(",") if place)


class Said(Protocol):
    """An answer as it was stored."""

    @property
    def position(self) -> int: ...
    @property
    def session_id(self) -> UUID: ...
    @property
    def sequence(self) -> int | None: ...
    @property
    def choice(self) -> str: ...
    @property
    def later(self) -> bool: ...
    @property
    def confirmed(self) -> bool: ...


def counting(said: Iterable[Said], orders: Mapping[int, Sequence[int]]) -> dict[int, Given]:
    """The answer that counts at each position, from all answers in the server's order.

    `orders` gives the displayed order of option indices by position.
    The last one counts, but within one session a lower sequence number that arrives late never wins.
    """
    latest: dict[int, Said] = {}
    highest: dict[tuple[int, UUID], int] = {}
    for one in said:
        page = (one.position, one.session_id)
        if one.sequence is not None:
            if one.sequence < highest.get(page, one.sequence):
                continue
            highest[page] = one.sequence
        latest[one.position] = one
    return {position: _given(latest.get(position), order) for position, order in orders.items()}


def highest_sequence(said: Iterable[Said], session_id: UUID) -> int:
    """The highest number that one sign-in has sent among these answers; 0 where there is none."""
    return max((one.sequence or 0 for one in said if one.session_id == session_id), default=0)


def _given(said: Said | None, order: Sequence[int]) -> Given:
    return Given(chosen(said.choice, order), said.confirmed, said.later) if said else Given()


def finished(given: Given, two: bool) -> bool:
    """Whether the question is answered as it asks: exactly two, or exactly one."""
    return len(given.chosen) == (2 if two else 1)


def first_unanswered(given: Sequence[Given], twos: Sequence[bool]) -> int:
    """The position (from 1) at which to go on: the first one not finished, or the last question."""
    for position, (answer, two) in enumerate(zip(given, twos, strict=True), 1):
        if not finished(answer, two):
            return position
    return len(given)
