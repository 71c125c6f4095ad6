"""Supervised sittings (on pages: test sessions): who may begin, and what an invigilator may note."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Protocol

from quiz.domain.calendar import day_of, end_of, start_of
from quiz.domain.errors import Refused

MOST_SEATS = 40
LONGEST_PLACE = 120
LONGEST_NOTE = 2000
LONGEST = timedelta(hours=12)
STANDS_STILL = timedelta(minutes=30)  # how long one pause by the invigilator may last


class Where(StrEnum):
    """How drivers and invigilator meet."""

    PLACE = "place"
    VIDEO = "video"


class Identity(StrEnum):
    """The kind of document that was seen; never its number."""

    DRIVING_LICENCE = "driving-licence"
    PASSPORT = "passport"
    BADGE = "badge"
    OTHER = "other"


class Incident(StrEnum):
    """What an invigilator may note."""

    TECHNICAL = "technical"
    ILLNESS = "illness"
    HELPED = "helped"
    DEVICE = "device"
    LEFT = "left"
    IDENTITY = "identity"
    OTHER = "other"
    MOVED = "moved"
    STOPPED = "stopped"


WHERE_WORDS = {Where.PLACE: "In a room", Where.VIDEO: "By video"}
IDENTITY_WORDS = {
    Identity.DRIVING_LICENCE: "Driving licence",
    Identity.PASSPORT: "Passport",
    Identity.BADGE: "Driver badge",
    Identity.OTHER: "Another document with a photo",
}
INCIDENT_WORDS = {
    Incident.TECHNICAL: "Something technical went wrong",
    Incident.ILLNESS: "Illness or an emergency",
    Incident.HELPED: "Somebody helped, or talked",
    Incident.DEVICE: "A phone, papers or the handbook were used",
    Incident.LEFT: "The driver left the room",
    Incident.IDENTITY: "Doubt about who the driver is",
    Incident.OTHER: "Something else",
    Incident.MOVED: "Moved to another machine",
    Incident.STOPPED: "The test was ended early",
}
TO_CHOOSE = tuple(one for one in Incident if one not in (Incident.MOVED, Incident.STOPPED))

# Short, plain, and unlike each other when they are called across a room. None is in a question's key.
WORDS = """
apple banjo basket beach biscuit bottle bridge bucket button candle carpet castle cherry clock cloud copper cotton
curtain daisy desert dolphin drum eagle feather garden ginger guitar hammer harbour honey island jacket kettle kitten
ladder lemon lizard magnet marble mirror mountain needle nutmeg ocean orange paddle panda pencil pepper piano pillow
planet pocket puzzle rabbit ribbon river rocket saddle sailor silver spider spoon summer sunset table teapot thunder
tiger timber tomato trumpet tulip tunnel turtle umbrella velvet violin walnut whistle window winter
""".split()


class Opened(Protocol):
    """What must be known of a sitting."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def start_word(self) -> str: ...


class Seated(Protocol):
    """What must be known of somebody on its list."""

    @property
    def identity(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """A sitting as it is opened: `starts_at` is aware."""

    where: Where
    place: str
    starts_at: datetime


def must_make_sense(plan: Plan, today: date) -> None:
    """A place in words, today or later."""
    if not plan.place.strip() or len(plan.place) > LONGEST_PLACE:
        raise Refused("sitting-place", f"Say where, in {LONGEST_PLACE} characters or fewer.")
    if day_of(plan.starts_at) < today:
        raise Refused("sitting-day", "The day is in the past. Choose today or later.")


def start_word(chance: Random) -> str:
    """Two plain words for the wall."""
    return " ".join(chance.sample(WORDS, 2))


def same_word(typed: str, word: str) -> bool:
    """In whatever spelling of spaces and capitals."""
    return "".join(typed.split()).casefold() == "".join(word.split()).casefold()


def is_open(sitting: Opened, now: datetime) -> bool:
    """On its day in London, and twelve hours on where it goes past midnight; until it is closed."""
    on_its_day = day_of(sitting.starts_at) == day_of(now)
    return sitting.closed_at is None and (on_its_day or sitting.starts_at <= now < sitting.starts_at + LONGEST)


def may_be_open(now: datetime) -> tuple[datetime, datetime]:
    """Between which moments a sitting that is open now begins."""
    return min(start_of(day_of(now)), now - LONGEST), end_of(day_of(now))


def not_in_session() -> Refused:
    """For a supervised test without a seat in an open sitting."""
    return Refused(
        "not-in-session",
        "You take this test in a test session with the council. You are not on the list of a session today. "
        "Ask the person in the room to add you, or ring us.",
    )


def must_be_let_in(sitting: Opened, seat: Seated, typed: str, now: datetime) -> None:
    """Refuses a start in a sitting that is not open, without identity seen, and without the start word."""
    if not is_open(sitting, now):
        raise not_in_session()
    if seat.identity is None:
        raise Refused(
            "not-let-in",
            "You are not let in yet. Show the person in charge a document with your photo, then press “Start the test” "
            "again.",
        )
    if not same_word(typed, sitting.start_word):
        raise Refused("start-word", "That is not the start word of this session. It is on the wall, or ask for it.")


def must_be_note(text: str) -> None:
    """Words, not too many."""
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise Refused("incident-text", f"Write what happened, in {LONGEST_NOTE:,} characters or fewer.")
