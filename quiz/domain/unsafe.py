"""A fail by an unsafe answer is read by two people, an officer and the safeguarding lead, and answered in time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.domain import calendar
from quiz.domain.decisions import LONGEST, Kind
from quiz.domain.errors import Refused
from quiz.domain.roles import Role

ANSWER_WORKING_DAYS = 5


class Capacity(StrEnum):
    """As what somebody reads."""

    OFFICER = "officer"
    LEAD = "lead"


class Verdict(StrEnum):
    """What a reader finds."""

    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is to be done next."""

    READ = "read"
    TALK = "talk"
    ANSWER = "answer"


ROLES = {Capacity.OFFICER: Role.OFFICER, Capacity.LEAD: Role.LEAD}
DECISIONS = {Verdict.UPHELD: Kind.UPHELD, Verdict.WITHDRAWN: Kind.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person found, as an officer or as the safeguarding lead."""

    reader: str
    capacity: Capacity
    verdict: Verdict


def standing(readings: Iterable[Reading]) -> dict[Capacity, Reading]:
    """What counts, from all readings in their order: the last word in each capacity."""
    return {one.capacity: one for one in readings}


def missing(readings: Iterable[Reading]) -> tuple[Capacity, ...]:
    """Who has still to read."""
    found = standing(readings)
    return tuple(capacity for capacity in Capacity if capacity not in found)


def agreed(readings: Collection[Reading]) -> Verdict | None:
    """What both found; nothing while one is missing or they differ."""
    verdicts = {one.verdict for one in standing(readings).values()}
    return verdicts.pop() if len(verdicts) == 1 and not missing(readings) else None


def step(readings: Collection[Reading]) -> Step:
    """What is to be done next."""
    if missing(readings):
        return Step.READ
    return Step.ANSWER if agreed(readings) else Step.TALK


def asked(roles: Collection[Role], reader: str, readings: Collection[Reading]) -> tuple[Capacity, ...]:
    """As what this person may read: by role, and never where the other reading is their own."""
    others = {capacity: {one.reader for one in standing(readings).values() if one.capacity is not capacity}
              for capacity in Capacity}  # fmt: skip
    return tuple(one for one in Capacity if ROLES[one] in roles and reader not in others[one])


def must_be_asked(
    roles: Collection[Role], reader: str, capacity: Capacity, readings: Collection[Reading], why: str
) -> None:
    """Refuses a reading by somebody without that role, or by the person who gave the other one, or without words."""
    if capacity not in asked(roles, reader, readings):
        raise Refused("reading-not-yours", "Two different people read it: an officer, and the safeguarding lead.")
    if not why.strip():
        raise Refused("reading-why", "Say why, in a sentence.")
    if len(why) > LONGEST:
        raise Refused("reading-why", f"Use {LONGEST} characters or fewer.")


def must_be_agreed(readings: Collection[Reading]) -> Verdict:
    """What both found. Refuses an answer to the driver before that."""
    found = agreed(readings)
    if found is None:
        raise Refused("reading-open", "Two people must have read it and agree before the driver is answered.")
    return found


def answer_by(ended: date) -> date:
    """The day by which the driver hears from us."""
    return calendar.working_days_on(ended, ANSWER_WORKING_DAYS)


def due_words(due: date, today: date) -> str:
    """How it stands with the day, in words: “Overdue by 2 days”, “Today”, “By Monday 30 November 2026”."""
    late = (today - due).days
    if late > 0:
        return f"Overdue by {late} day{'' if late == 1 else 's'}"
    return "Today" if late == 0 else f"By {calendar.weekday(due)}"
