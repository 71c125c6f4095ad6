"""Training sessions in a room: what is planned, who may be noted as having come, and for how long that counts.

Attendance stands beside the test and never replaces it: whoever attended has not passed anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from quiz.domain import calendar, licence
from quiz.domain.errors import Refused

MOST_PLACES = 200
LONGEST = 120
LONGEST_NOTES = 2000
LONGEST_WHY = 500
LONGEST_LIST = 2000  # lines
EARLIEST = date(2000, 1, 1)
VALID_MONTHS = 36  # as a pass of the test, which follows the three years of a licence; no council has asked for less


class State(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


STATE_WORDS = {State.PLANNED: "Planned", State.HELD: "Held", State.CANCELLED: "Cancelled"}


class Session(Protocol):
    """What must be known of a session."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def held_at(self) -> datetime | None: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


class Listed(Protocol):
    """What must be known of somebody on its list."""

    @property
    def attended(self) -> bool | None: ...


Place = TypeVar("Place", bound=Listed)


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as it is planned: `starts_at` is aware."""

    starts_at: datetime
    place: str
    trainer: str
    capacity: int
    notes: str = ""

    @property
    def day(self) -> date:
        """Its day in London."""
        return calendar.day_of(self.starts_at)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Training that somebody else held: which body, what, on which day, what proof was seen."""

    body: str
    course: str
    attended_on: date
    seen: str


def state(session: Session) -> State:
    """A session is held once somebody was noted as having come: planned and held are told apart by that fact."""
    if session.cancelled_at is not None:
        return State.CANCELLED
    return State.PLANNED if session.held_at is None else State.HELD


def must_make_sense(plan: Plan, taken: int = 0) -> None:
    """A place, a trainer, and room for all who are on the list. A past day is right: sessions are entered afterwards
    too.
    """
    for code, text, words in (
        ("training-place", plan.place, "Say where"),
        ("training-trainer", plan.trainer, "Say who gives the training"),
    ):
        if not text.strip() or len(text) > LONGEST:
            raise Refused(code, f"{words}, in {LONGEST} characters or fewer.")
    if plan.day < EARLIEST:
        raise Refused("training-day", f"The day must be {calendar.words(EARLIEST)} or later.")
    if not 1 <= plan.capacity <= MOST_PLACES:
        raise Refused("training-capacity", f"Enter how many places there are, from 1 to {MOST_PLACES}.")
    if plan.capacity < taken:
        raise Refused("training-capacity", f"{taken} drivers are on the list already. Enter {taken} or more.")
    if len(plan.notes) > LONGEST_NOTES:
        raise Refused("training-notes", f"Use {LONGEST_NOTES:,} characters or fewer.")


def must_be_planned(session: Session) -> None:
    """Refuses what only makes sense before a session was held."""
    if session.cancelled_at is not None:
        raise Refused("training-cancelled", "This session was cancelled.")
    if session.held_at is not None:
        raise Refused("training-held", "This session was held: somebody was noted as having come.")


def must_have_room(session: Session, capacity: int, taken: int, more: int) -> None:
    """Refuses a list that is longer than the room is large. Whoever comes uninvited is not counted here."""
    if session.cancelled_at is not None:
        raise Refused("training-cancelled", "This session was cancelled. Nobody can be put on its list.")
    left = max(capacity - taken, 0)
    if more > left:
        free = "No place is free" if left == 0 else "One place is free" if left == 1 else f"{left} places are free"
        raise Refused("training-full", f"{free}, of {capacity}. Change the session if the room is larger.")


def must_be_notable(session: Session, today: date) -> None:
    """Attendance can be noted on the day of the session or later, unless it was cancelled."""
    if session.cancelled_at is not None:
        raise Refused("training-cancelled", "This session was cancelled. Nobody can have come.")
    day = calendar.day_of(session.starts_at)
    if today < day:
        raise Refused("training-early", f"The session is on {calendar.words(day)}. Note who came on that day or later.")


def must_say_why(text: str) -> None:
    """Words, not too many: for a session that is cancelled and for attendance that is put right."""
    if not text.strip() or len(text) > LONGEST_WHY:
        raise Refused("training-why", f"Say why, in {LONGEST_WHY} characters or fewer.")


def changes(places: Iterable[Place], came: Mapping[Place, bool], why: str) -> list[Place]:
    """Whose attendance is noted anew. What was noted before is put right only with a reason."""
    changed = [one for one in places if one in came and one.attended is not came[one]]
    if any(one.attended is not None for one in changed):
        must_say_why(why)
    return changed


def valid_until(attended_on: date) -> date:
    """The last day on which attendance counts."""
    return calendar.add_months(attended_on, VALID_MONTHS)


def must_be_believed(found: Elsewhere, today: date) -> None:
    """Named, proven, in the past, and recent enough to count."""
    for code, text, words in (
        ("elsewhere-body", found.body, "Enter who held the training."),
        ("elsewhere-course", found.course, "Enter what the training was."),
        ("elsewhere-seen", found.seen, "Say what you have seen."),
    ):
        if not text.strip():
            raise Refused(code, words)
        if len(text) > LONGEST:
            raise Refused(code, f"Use {LONGEST} characters or fewer.")
    if found.attended_on > today:
        raise Refused("elsewhere-attended", "The day of the training must be today or earlier.")
    if valid_until(found.attended_on) < today:
        raise Refused("elsewhere-attended", f"Attendance counts for {VALID_MONTHS} months. This one has ended.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list that was pasted: as it stood, and its cells as licence numbers are compared."""

    text: str
    keys: tuple[str, ...]


def lines(text: str) -> list[Line]:
    """The lines of a pasted list or a CSV file that hold anything. Refuses a list that is no list of a session."""
    found = []
    for raw in text.splitlines():
        cells = raw.replace(";", ",").replace("\t", ",").split(",")
        keys = tuple(dict.fromkeys(key for cell in cells if (key := licence.normalise(cell))))
        if keys:
            found.append(Line(raw.strip(), keys))
    if not found:
        raise Refused("training-list", "Paste licence numbers, one on each line, or choose a file.")
    if len(found) > LONGEST_LIST:
        raise Refused("training-list", f"The list has more than {LONGEST_LIST:,} lines.")
    return found


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a list came to: who is on it, and the lines of which nobody, or more than one driver, was found."""

    people: list[object]
    unknown: list[str]
    several: list[str]


def sort(found: Iterable[Line], holders: Mapping[str, Iterable[object]]) -> Sorted:
    """Whom each line means. A line may hold more than the number: the cells that no driver holds are passed over."""
    result = Sorted([], [], [])
    for line in found:
        meant = dict.fromkeys(person for key in line.keys for person in holders.get(key, ()))
        if len(meant) == 1:
            result.people.extend(one for one in meant if one not in result.people)
        else:
            (result.several if meant else result.unknown).append(line.text)
    return result
