"""Adjustments that were agreed with a driver: the kind and how much of it, never the condition behind it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from quiz.domain.errors import Refused

NO_LIMIT = "no-limit"
WITHOUT_LIMIT = timedelta(hours=24)


class Kind(StrEnum):
    """What can be agreed."""

    EXTRA_TIME = "extra-time"
    BREAKS = "breaks"
    LARGE_TEXT = "large-text"
    HIGH_CONTRAST = "high-contrast"
    READER = "reader"
    SCRIBE = "scribe"


# How much of it: per cent of the time, minutes of breaks in all, or nothing more to say.
AMOUNTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.EXTRA_TIME: ("25", "50", "100", NO_LIMIT),
    Kind.BREAKS: ("10", "20", "30"),
    Kind.LARGE_TEXT: ("",),
    Kind.HIGH_CONTRAST: ("",),
    Kind.READER: ("",),
    Kind.SCRIBE: ("",),
}
WORDS: Mapping[tuple[Kind, str], str] = {
    (Kind.EXTRA_TIME, "25"): "A quarter more time",
    (Kind.EXTRA_TIME, "50"): "Half as much time again",
    (Kind.EXTRA_TIME, "100"): "Twice the time",
    (Kind.EXTRA_TIME, NO_LIMIT): "No time limit",
    (Kind.BREAKS, "10"): "Breaks, 10 minutes in all",
    (Kind.BREAKS, "20"): "Breaks, 20 minutes in all",
    (Kind.BREAKS, "30"): "Breaks, 30 minutes in all",
    (Kind.LARGE_TEXT, ""): "Large text",
    (Kind.HIGH_CONTRAST, ""): "High contrast",
    (Kind.READER, ""): "A reader",
    (Kind.SCRIBE, ""): "A scribe",
}
LOOKS = (Kind.LARGE_TEXT, Kind.HIGH_CONTRAST)


class Facts(Protocol):
    """What is kept of an adjustment."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> str: ...
    @property
    def until(self) -> date | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def must_be_known(kind: Kind, amount: str) -> None:
    """An amount that goes with the kind."""
    if amount not in AMOUNTS[kind]:
        raise Refused("adjustment-amount", "Choose how much of it.")


def in_force(agreed: Iterable[Facts], today: date) -> dict[Kind, str]:
    """What holds on that day: each kind with its largest amount."""
    found: dict[Kind, str] = {}
    for one in agreed:
        kind = Kind(one.kind)
        if one.ended_at is None and (one.until is None or today <= one.until):
            found[kind] = max(found.get(kind, one.amount), one.amount, key=AMOUNTS[kind].index)
    return found


def time_allowed(minutes: int, held: Mapping[Kind, str]) -> timedelta:
    """The time of a test of so many minutes. A part of a minute is given whole; "no limit" is 24 hours."""
    extra = held.get(Kind.EXTRA_TIME, "0")
    if extra == NO_LIMIT:
        return WITHOUT_LIMIT
    return timedelta(minutes=minutes + -(-minutes * int(extra) // 100))


def is_without_limit(held: Mapping[Kind, str]) -> bool:
    """Whether "no time limit" was agreed. There is a deadline all the same, a day on."""
    return held.get(Kind.EXTRA_TIME) == NO_LIMIT


def breaks(held: Mapping[Kind, str]) -> timedelta:
    """How long the clock may stand still for agreed breaks, besides what everybody has for help."""
    return timedelta(minutes=int(held.get(Kind.BREAKS, "0")))


def look(held: Mapping[Kind, str]) -> str:
    """The classes of a driver's pages: "large-text high-contrast", or nothing."""
    return " ".join(kind for kind in LOOKS if kind in held)


def write(held: Mapping[Kind, str]) -> str:
    """What an attempt keeps: canonical JSON."""
    return json.dumps({str(kind): amount for kind, amount in held.items()}, sort_keys=True)


def read(kept: str | None) -> dict[Kind, str]:
    """What `write` kept; nothing for attempts of before."""
    return {Kind(kind): amount for kind, amount in json.loads(kept or "{}").items()}
