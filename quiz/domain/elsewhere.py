"""A pass that another body certified, which an officer accepts. No certificate of ours comes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from quiz.domain import calendar
from quiz.domain.blueprint import Blueprint
from quiz.domain.errors import Refused

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Pass:
    """Which body certified it, by what test, on which day it was passed, until when it holds, what proof was seen."""

    body: str
    course: str
    passed_on: date
    until: date
    seen: str


class Facts(Protocol):
    """What must be known of an accepted pass to say whether it holds."""

    @property
    def until(self) -> date: ...
    @property
    def at(self) -> datetime: ...
    @property
    def mode(self) -> str: ...
    @property
    def ended_at(self) -> datetime | None: ...


Accepted = TypeVar("Accepted", bound=Facts)


def last_day(passed_on: date, rules: Blueprint) -> date:
    """The last day that may be accepted: no pass from elsewhere holds longer than one of ours."""
    return calendar.add_months(passed_on, rules.valid_months)


def must_be_acceptable(found: Pass, rules: Blueprint, today: date) -> None:
    """Named, proven, passed by today, in force, and not for longer than a pass of ours."""
    for code, text, words in (
        ("elsewhere-body", found.body, "Enter which body issued the certificate."),
        ("elsewhere-course", found.course, "Enter which test was passed."),
        ("elsewhere-seen", found.seen, "Say what you have seen."),
    ):
        if not text.strip():
            raise Refused(code, words)
        if len(text) > LONGEST:
            raise Refused(code, f"Use {LONGEST} characters or fewer.")
    if found.passed_on > today:
        raise Refused("elsewhere-passed", "The day on which it was passed must be today or earlier.")
    if found.until < today:
        raise Refused("elsewhere-until", "The last day must be today or later.")
    longest = last_day(found.passed_on, rules)
    if found.until > longest:
        raise Refused("elsewhere-until", f"The last day must be {calendar.words(longest)} or earlier, as for our test.")


def in_force(rows: Iterable[Accepted], mode: str, today: date) -> Accepted | None:
    """The accepted pass that holds longest, of those that count in that mode."""
    holding = [one for one in rows if one.mode == mode and one.ended_at is None and today <= one.until]
    return max(holding, key=lambda one: one.until, default=None)


def answers(accepted_at: datetime | None, invited_at: datetime | None) -> bool:
    """Whether a pass that was accepted then answers an invitation made then: one that is made later asks for a test."""
    return accepted_at is not None and (invited_at is None or invited_at <= accepted_at)
