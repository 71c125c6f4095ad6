"""Pauses: the clock of a test stands still while a driver looks for help. Their number and total are limited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from quiz.domain.adjustments import MORE_PAUSES
from quiz.domain.errors import Refused

MOST = 3
TOTAL = timedelta(minutes=20)


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


@dataclass(frozen=True, slots=True)
class Left:
    """How many pauses are left, and how long they may be in all."""

    pauses: int
    total: timedelta

    def __bool__(self) -> bool:
        return self.pauses > 0 and self.total > timedelta()


def left(taken: Sequence[Facts], breaks: timedelta) -> Left:
    """What is left after these pauses, each of which is over. `breaks` were agreed, besides what everybody has.

    What an invigilator stopped is not taken off what a driver has.
    """
    own = [one for one in taken if one.by is None]
    used = sum(((one.ended_at or one.until) - one.began_at for one in own), timedelta())
    most = MOST + (MORE_PAUSES if breaks else 0)
    return Left(max(0, most - len(own)), max(timedelta(), TOTAL + breaks - used))


def until(taken: Sequence[Facts], breaks: timedelta, now: datetime) -> datetime:
    """When a pause that begins now ends by itself. Refuses one more than is allowed."""
    found = left(taken, breaks)
    if not found:
        raise Refused(
            "pause-limit",
            "You have used all your pauses, so your time goes on. The numbers to ring stay open to you.",
        )
    return now + found.total
