"""Lists of results: which tests are meant, how that is said, and in which groups a test was weak."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.domain import calendar
from quiz.domain.attempt import State
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.marking import Outcome, Tally


class Came(StrEnum):
    """What came of a test, as lists filter by it. A test that was set aside is that, whatever its mark was."""

    PASSED = "passed"
    NOT_PASSED = "not-passed"
    SET_ASIDE = "set-aside"
    RUNNING = "running"


class Order(StrEnum):
    """Which end of a list comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"


CAME_WORDS = {
    Came.PASSED: "Passed",
    Came.NOT_PASSED: "Not passed",
    Came.SET_ASIDE: "Set aside",
    Came.RUNNING: "Not finished yet",
}
ORDER_WORDS = {Order.NEWEST: "Newest first", Order.OLDEST: "Oldest first"}
SUPERVISED_WORDS = {True: "Supervised", False: "Unsupervised"}
STATE_WORDS = {
    State.OPEN: "Being taken now",
    State.PAUSED: "Clock stopped",
    State.OUT_OF_TIME: "Time is up",
    State.VOID: CAME_WORDS[Came.SET_ASIDE],
}
OUTCOME_WORDS = {
    Outcome.PASSED: CAME_WORDS[Came.PASSED],
    Outcome.NOT_PASSED: CAME_WORDS[Came.NOT_PASSED],
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tests a list shows: all that were begun, or only those. `weak` is the key of a group. It names nobody."""

    first_day: date | None = None
    last_day: date | None = None
    came: Came | None = None
    supervised: bool | None = None
    reason: Reason | None = None
    weak: str = ""
    order: Order = Order.NEWEST
    test: str = TEST

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return self != Wanted(order=self.order)

    @property
    def picky(self) -> bool:
        """Whether tests of the period are left out."""
        return self != Wanted(self.first_day, self.last_day, order=self.order)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many tests a list has. `bounded`: only so many were looked through, since the period has more."""

    passed: int
    not_passed: int
    set_aside: int
    running: int
    bounded: int = 0

    @property
    def taken(self) -> int:
        """All of them."""
        return self.passed + self.not_passed + self.set_aside + self.running

    @property
    def rate(self) -> int | None:
        """How many in a hundred passed, of those with a result; None where there is none."""
        with_result = self.passed + self.not_passed
        return (200 * self.passed + with_result) // (2 * with_result) if with_result else None


def weak_groups(groups: Mapping[str, Tally]) -> tuple[str, ...]:
    """The groups in which fewer than half of the questions were right."""
    return tuple(key for key, one in groups.items() if 2 * one.right < one.of)


def kept(keys: tuple[str, ...]) -> str:
    """Keys in one text, each between commas, so that one of them can be looked for."""
    return f",{','.join(keys)}," if keys else ""


def unkept(text: str | None) -> tuple[str, ...]:
    """The keys of such a text."""
    return tuple(key for key in (text or "").split(",") if key)


def said(state: State, outcome: str | None) -> str:
    """What a list says of a test: what came of it, or how far it is."""
    if state is State.FINISHED and outcome:
        return OUTCOME_WORDS[Outcome(outcome)]
    return STATE_WORDS.get(state, "")


def presets(today: date) -> tuple[tuple[str, date, date], ...]:
    """The periods that are asked for most: words, first and last day."""
    month = today.replace(day=1)
    quarter = month.replace(month=today.month - (today.month - 1) % 3)
    year = month.replace(month=1)
    return tuple(
        (words, first, date.fromordinal(calendar.add_months(first, months).toordinal() - 1))
        for words, first, months in (("This month", month, 1), ("This quarter", quarter, 3), ("This year", year, 12))
    )


def in_words(
    wanted: Wanted, groups: Mapping[str, str], tests: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """How a list was filtered, as pairs of words; `groups` and `tests` give names by their keys."""
    if wanted.test != TEST:
        yield "Test", (tests or {}).get(wanted.test, wanted.test)
    yield "Date of test", _period(wanted.first_day, wanted.last_day)
    yield "Result", CAME_WORDS[wanted.came] if wanted.came else "All"
    yield "Supervised or not", "All" if wanted.supervised is None else SUPERVISED_WORDS[wanted.supervised]
    yield "Reason for the test", REASON_WORDS[wanted.reason] if wanted.reason else "All"
    weak = f"{groups.get(wanted.weak, wanted.weak)}: fewer than half right" if wanted.weak else "All"
    yield "Weak spot", weak
    yield "Order", ORDER_WORDS[wanted.order]


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return calendar.words(first) if first == last else f"{calendar.words(first)} to {calendar.words(last)}"
    if first or last:
        return f"From {calendar.words(first)}" if first else f"Up to {calendar.words(last)}" if last else ""
    return "All"


def as_facts(wanted: Wanted) -> dict[str, str]:
    """What was chosen, as plain texts for the record and for later work. There is nothing in it that names anybody."""
    texts = {
        "from": wanted.first_day.isoformat() if wanted.first_day else "",
        "to": wanted.last_day.isoformat() if wanted.last_day else "",
        "outcome": wanted.came or "",
        "supervised": "" if wanted.supervised is None else ("no", "yes")[wanted.supervised],
        "reason": wanted.reason or "",
        "weak": wanted.weak,
        "test": wanted.test if wanted.test != TEST else "",
        "sort": wanted.order if wanted.order is not Order.NEWEST else "",
    }
    return {key: str(text) for key, text in texts.items() if text}


def of_facts(facts: Mapping[str, str]) -> Wanted:
    """What `as_facts` wrote. Raises ValueError for anything else."""
    return Wanted(
        first_day=date.fromisoformat(facts["from"]) if "from" in facts else None,
        last_day=date.fromisoformat(facts["to"]) if "to" in facts else None,
        came=Came(facts["outcome"]) if "outcome" in facts else None,
        supervised={"yes": True, "no": False}.get(facts.get("supervised", "")),
        reason=Reason(facts["reason"]) if "reason" in facts else None,
        weak=facts.get("weak", ""),
        order=Order(facts.get("sort", Order.NEWEST)),
        test=facts.get("test", TEST),
    )
