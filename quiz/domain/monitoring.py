"""What the committee's report counts, and which of its numbers hang together.

Every number of people or tests has a name, such as "passed" or "with.failed". `network` says which of them make up
which others, whether or not they are printed: nothing is printed that does not stand there, so nothing can be worked
out that was not thought of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.domain import calendar, suppression
from quiz.domain.adjustments import Kind
from quiz.domain.errors import Refused
from quiz.domain.sittings import Incident
from quiz.domain.suppression import Network, Sum

LONGEST_MONTHS = 60
SHORTEST_PUBLIC = 28  # days
SOON = 90  # days
COLUMNS = ("taken", "passed", "failed")
PAIRS = (("with", "without"), ("first", "again"))  # each test is of one of each pair
UNPRINTED = frozenset({"outright", "later-other", "elsewhere", "came-only", "pass-only", "attended-only", "missed",
                       "due-later", "own"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included, in London."""

    first: date
    last: date

    def overlaps(self, other: "Period") -> bool:
        """Whether a day lies in both."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the calendar, as far as they lie in the period."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Topic:
    """How often questions of a topic were asked, and answered right."""

    code: str
    name: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that was counted for a period.

    `counts` are people and tests by name, see `network`; `kinds` how many tests had which adjustment (one may have
    several); `events` what is no person: sessions, questions. `trained`: whether attendance at training is recorded.
    """

    period: Period
    counts: Mapping[str, int]
    topics: Sequence[Topic]
    kinds: Mapping[Kind, int]
    events: Mapping[str, int]
    trained: bool


def must_be_period(period: Period, today: date) -> None:
    """A period that is over, or runs until today, and is not longer than five years."""
    if period.last < period.first:
        raise Refused("report-last", "The last day must not be before the first day.")
    if period.last > today:
        raise Refused("report-last", "The last day must be today or earlier.")
    if period.last >= calendar.add_months(period.first, LONGEST_MONTHS):
        raise Refused("report-last", "Choose five years or less.")


def must_be_long_enough(period: Period) -> None:
    """Refuses a public report of a few days: who is covered would differ from the report before it by those few who
    were tested in between.
    """
    if (period.last - period.first).days + 1 < SHORTEST_PUBLIC:
        raise Refused("report-last", f"A public report covers {SHORTEST_PUBLIC} days or more. Two reports with a few "
                      "days between them would tell small numbers. Choose a longer period.")  # fmt: skip


def before(today: date) -> Period:
    """The last whole quarter before that day."""
    last = date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    return Period(calendar.add_months(date(last.year, last.month, 1), -2), last)


def quarters(period: Period) -> list[Quarter]:
    """The quarters of the calendar that a period touches, cut off at its ends."""
    first = date(period.first.year, (period.first.month - 1) // 3 * 3 + 1, 1)
    found = []
    while first <= period.last:
        last = calendar.add_months(first, 3) - timedelta(days=1)
        cut = (max(first, period.first), min(last, period.last))
        name = f"{first:%B} to {last:%B %Y}"
        found.append(Quarter(name if cut == (first, last) else f"{name}, in part", *cut))
        first = last + timedelta(days=1)
    return found


def names_of_quarters(period: Period) -> list[str]:
    """The names under which the tests of each quarter are counted; none where there is but one."""
    count = len(quarters(period))
    return [f"quarter-{number}" for number in range(1, count + 1)] if count > 1 else []


def hidden(figures: Figures) -> frozenset[str]:
    """The names of what a public version leaves out."""
    return suppression.left_out(network(figures))


def kinds_may_be_told(figures: Figures) -> bool:
    """Whether the kinds of adjustments may stand in a public version."""
    return suppression.may_stand_apart(figures.counts["with.taken"], figures.kinds.values())


def topic_may_be_told(topic: Topic) -> bool:
    """Whether a topic may stand in a public version: neither its right nor its wrong answers are few."""
    numbers = (topic.asked, topic.right, topic.asked - topic.right)
    return not any(suppression.is_small(number) for number in numbers)


def topics_to_tell(topics: Sequence[Topic], tests: int) -> frozenset[str]:
    """The codes of the topics that may stand in a public version.

    How many questions of all topics were asked is known from the number of tests, and of topics that share a place of
    a paper how many together. So where one of them was asked a few times only, none of those that share is told.
    """
    told = [one for one in topics if topic_may_be_told(one)]
    if any(suppression.is_small(one.asked) for one in topics):
        told = [one for one in told if tests and one.asked % tests == 0]
        if told and len(topics) - len(told) == 1:
            told.remove(min(told, key=lambda one: (one.asked, one.code)))
    return frozenset(one.code for one in told)


def network(figures: Figures) -> Network:
    """All counts with the sums in which they stand. ValueError where they do not make up their totals."""
    return Network(figures.counts, tuple(_sums(figures)), UNPRINTED & figures.counts.keys())


def _sums(figures: Figures) -> Iterator[Sum]:
    for rows in (names_of_quarters(figures.period), *PAIRS):
        for row in rows:
            yield Sum(f"{row}.taken", (f"{row}.passed", f"{row}.failed"))
        for column in COLUMNS if rows else ():
            yield Sum(column, tuple(f"{row}.{column}" for row in rows))
    yield Sum("taken", ("passed", "failed"))
    yield from _of_tests()
    yield from _of_holders(figures.trained)
    yield Sum("seats", ("came", "absent"))
    yield Sum("came", ("sat", "came-only"))
    yield Sum("taken", ("sat", "elsewhere"))
    yield Sum("incidents", tuple(f"incident.{reason}" for reason in Incident))
    if figures.trained:
        yield Sum("places", ("attended-places", "missed"))


def _of_tests() -> Iterator[Sum]:
    yield Sum("failed", ("unsafe", "score"))
    yield Sum("unsafe", ("upheld", "waiting"))
    yield Sum("changed", ("withdrawn", "found-wrong"))
    yield Sum("ever-unsafe", ("unsafe", "changed"))
    yield Sum("passed", ("changed", "outright"))
    yield Sum("first.failed", ("later", "not-yet"))
    yield Sum("again.passed", ("later", "later-other"))
    yield Sum("in-the-end", ("first.passed", "later"))
    yield Sum("first.taken", ("in-the-end", "not-yet"))


def _of_holders(trained: bool) -> Iterator[Sum]:
    yield Sum("holders", ("valid", "without-pass"))
    yield Sum("valid", ("own", "accepted"))
    yield Sum("without-pass", ("overdue", "due-soon", "due-later"))
    if trained:
        yield Sum("holders", ("attended", "not-attended"))
        yield Sum("valid", ("both", "pass-only"))
        yield Sum("attended", ("both", "attended-only"))
        yield Sum("without-pass", ("attended-only", "neither"))
        yield Sum("not-attended", ("pass-only", "neither"))
