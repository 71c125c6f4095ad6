"""May this driver sit now? Tries, waits, and what starts them afresh."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quiz.domain import calendar
from quiz.domain.blueprint import Blueprint
from quiz.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Try:
    """One finished attempt that was not set aside. `unsafe_alone`: only an unsafe answer stood in the way."""

    ended_at: datetime
    passed: bool
    unsafe_alone: bool = False


@dataclass(frozen=True, slots=True)
class NextTry:
    """From which day, with how many tries left. `officer`: none is left until then unless an officer decides."""

    day: date
    left: int
    officer: bool = False


def next_try(tries: Sequence[Try], rules: Blueprint, now: datetime) -> NextTry:
    """What the blueprint allows after these tries, oldest first."""
    today = calendar.day_of(now)
    counted, first, forgiven, wait_from = 0, None, False, None
    wait = 0
    for one in tries:
        day = calendar.day_of(one.ended_at)
        if first is not None and day >= calendar.add_months(first, rules.window_months):
            counted, first, forgiven = 0, None, False
        if one.passed:
            wait_from = None
            if "pass" in rules.resets:
                counted, first, forgiven = 0, None, False
            continue
        wait_from = day
        if one.unsafe_alone and not forgiven:
            # A first fail by an unsafe answer alone keeps the wait but uses no try.
            forgiven, wait = True, rules.waits_days[0] if rules.waits_days else 1
            continue
        counted += 1
        first = first or day
        wait = rules.waits_days[min(counted, len(rules.waits_days)) - 1] if rules.waits_days else 0
    window_end = calendar.add_months(first, rules.window_months) if first else None
    over = window_end is not None and today >= window_end
    left = rules.tries if over else rules.tries - counted
    if wait_from is None:
        return NextTry(today, max(left, 1))
    following = wait_from + timedelta(days=wait)
    if left < 1 and window_end is not None:
        return NextTry(window_end, 0, officer=True)
    return NextTry(max(today, following) if over else following, left)


def lapsing(following: NextTry, expiries: Iterable[date | None], today: date) -> date | None:
    """The first day on which a licence that is still running ends before the next try; None where none does."""
    return min((day for day in expiries if day is not None and today <= day < following.day), default=None)


def must_be_allowed(following: NextTry, now: datetime) -> None:
    """Refuses a start before its day, and one without a try left."""
    if following.officer:
        raise Refused(
            "out-of-tries",
            "You have used all your tries for now. A licensing officer decides what happens next. Please ring us.",
        )
    if now < calendar.start_of(following.day):
        raise Refused("too-early", f"Your next try is possible from {calendar.weekday(following.day)}.")
