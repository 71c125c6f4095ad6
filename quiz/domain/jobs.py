"""Long work that somebody asked for: how far it is, and when another process may take it up."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

LEASE = timedelta(minutes=2)  # so long without a word from the process, and another one may take the work up
TRIES = 3


class State(StrEnum):
    """Derived, never stored."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Ending(StrEnum):
    """How it ended: as it should, by a refusal with a reason, or by a fault of ours."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Facts(Protocol):
    """What must be known to say how far it is."""

    @property
    def leased_until(self) -> datetime | None: ...
    @property
    def ended(self) -> str | None: ...


WORDS = {
    State.WAITING: "Waiting to begin",
    State.RUNNING: "In progress",
    State.DONE: "Finished",
    State.REFUSED: "Could not be done",
    State.FAILED: "Stopped by a fault of this service",
}


def state(job: Facts, now: datetime) -> State:
    """Work whose process has not been heard of for the length of a lease waits again."""
    if job.ended is not None:
        return State(job.ended)
    return State.RUNNING if job.leased_until is not None and now < job.leased_until else State.WAITING


def percent(done: int, total: int) -> int | None:
    """How much is done, in whole percent; None while nobody knows how much there is. 100 only when all is done."""
    return min(100 * done // total, 100) if total > 0 else None
