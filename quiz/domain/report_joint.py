"""A public report over several public ones, such as a year over its quarters. It adds up what they print.

Counting the same days anew would give small numbers away: by subtraction, and because a test may have been set aside or
marked again meanwhile. Here nothing is counted: every number is a sum of printed numbers, or copied. So whoever holds
the reports knows all of it already, and what one of them leaves out is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from quiz.domain import calendar, monitoring
from quiz.domain.errors import Refused
from quiz.domain.monitoring import SHORTEST_PUBLIC, Period
from quiz.domain.report import Bars, Cell, Rate, Report, Section, Table
from quiz.domain.report_sections import NONE, action_plan, interval, rate

ONE_DAY = timedelta(days=1)
LATER = "Planned after the period"  # no sum: what the newest report says
NO_SUM = ("– still out of use",)  # may be back by a later report's end
END = "Passed in the end, by the last day of the report on the first try"


class Published(Protocol):
    """A public report that was issued."""

    @property
    def name(self) -> str: ...
    @property
    def period(self) -> Period: ...


P = TypeVar("P", bound=Published)


def counted(published: Sequence[P]) -> list[P]:
    """Those that counted their days, of all in the order of their numbers: others were added up from them."""
    found: list[P] = []
    for one in published:
        if not any(one.period.overlaps(other.period) for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.period.first)


def parts(period: Period, published: Sequence[P]) -> list[P]:
    """The reports that a public one for this period is added up from; none where it counts its days itself.

    Refuses a period that only some days of a report lie in, or that has days which no report covers.
    """
    found = [one for one in counted(published) if one.period.overlaps(period)]
    if not found:
        return []
    told = "; ".join(f"{one.name} ({days(one.period)})" for one in found)
    if any(one.period.first < period.first or one.period.last > period.last for one in found):
        raise _refused(told, "Choose days outside them, or days that are made up of whole public reports")
    if missing := list(_gaps(period, found)):
        if any((one.last - one.first).days + 1 < SHORTEST_PUBLIC for one in missing):
            raise _refused(
                told, "The days between them are too few for a public report of their own. Choose other days"
            )
        wanted = " and for ".join(days(one) for one in missing)
        raise _refused(told, f"For the whole period, first issue a public report for {wanted}")
    if len(found) == 1:
        raise _refused(told, "There is nothing to add to it. Choose other days")
    return found


def runs(published: Sequence[Published]) -> list[tuple[Period, list[str]]]:
    """The days that are public already, without a gap in each run, with the numbers of the reports; oldest first."""
    found: list[tuple[Period, list[str]]] = []
    for one in counted(published):
        if found and found[-1][0].last + ONE_DAY == one.period.first:
            before, names = found.pop()
            found.append((Period(before.first, one.period.last), [*names, one.name]))
        else:
            found.append((one.period, [one.name]))
    return found


def days(period: Period) -> str:
    """1 July 2026 to 30 September 2026"""
    return f"{calendar.words(period.first)} to {calendar.words(period.last)}"


def _refused(told: str, way: str) -> Refused:
    return Refused(
        "report-overlap",
        f"Days of this period are public already: {told}. To count them a second time could give small numbers away. "
        f"{way}, or make an internal report.",
    )


def _gaps(period: Period, found: Sequence[Published]) -> Iterator[Period]:
    day = period.first
    for one in found:
        if day < one.period.first:
            yield Period(day, one.period.first - ONE_DAY)
        day = one.period.last + ONE_DAY
    if day <= period.last:
        yield Period(day, period.last)


@dataclass(frozen=True, slots=True)
class _Joint:
    """The reports, oldest first."""

    reports: Sequence[Report]

    def tables(self, title: str) -> list[Table | None]:
        """The table that begins so, of each report that has it."""
        return [
            next((t for section in one.sections for t in section.tables if t.title.startswith(title)), None)
            for one in self.reports
        ]

    def sums(self, title: str, columns: int = 1) -> Iterator[tuple[str, tuple[int | None, ...]]]:
        """For each row of the newest table its first numbers, each added up; None where a report does not tell it."""
        tables = self.tables(title)
        rows = [{str(row[0]): row[1:] for row in one.rows} if one else {} for one in tables]
        for words in rows[-1]:
            cells = [row.get(words, (None,) * columns)[:columns] for row in rows]
            if words == LATER:
                cells = cells[-1:]
            if words not in NO_SUM:
                yield words, tuple(_sum(column) for column in zip(*cells, strict=True))

    def plain(self, title: str) -> Iterator[Table]:
        """A table of numbers alone; nothing where the newest report has none."""
        newest = self.tables(title)[-1]
        if newest:
            yield replace(newest, rows=tuple((words, *numbers) for words, numbers in self.sums(title)))

    def tests(self, title: str) -> Iterator[Table]:
        """A table of tests taken, passed and not passed."""
        newest = self.tables(title)[-1]
        if newest:
            yield replace(newest, rows=tuple(_tests(words, *numbers) for words, numbers in self.sums(title, 3)))


def _sum(cells: Sequence[Cell]) -> int | None:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if len(numbers) == len(cells) else None


def _tests(words: str, taken: int | None, passed: int | None, failed: int | None) -> tuple[Cell, ...]:
    return (words, taken, passed, failed, *_share(passed, taken))


def _share(part: int | None, whole: int | None) -> tuple[Cell, Cell]:
    return (None, None) if part is None or whole is None else (rate(part, whole), interval(part, whole))


def sections(reports: Sequence[Report], plan: Sequence[tuple[str, ...]]) -> tuple[Section, ...]:
    """All sections in their order, of at least two reports, oldest first. `plan`: the action plan as it stands now."""
    joint = _Joint(reports)
    made = (_quarters, _tries, _unsafe, _adjustments, _topics, _sessions, _questions)
    covered = next(one for one in reports[-1].sections if one.tables and one.tables[0].title.startswith("Licence hold"))
    return (
        _made_of(reports),
        covered,
        *(section for one in made for section in one(joint)),
        action_plan(plan),
        _notes(),
    )


def _made_of(reports: Sequence[Report]) -> Section:
    told = "; ".join(f"{one.head.number}: {days(Period(one.head.first, one.head.last))}" for one in reports)
    words = (
        f"This report is added up from the public reports {told}. Nothing was counted again, so that nobody can work "
        "out small numbers by taking one report from another.",
        "Numbers are as those reports say them. A test that was set aside or marked again after its report stands here "
        "as it stood then. Licence holders are those of the newest report.",
    )
    return Section("How this report came about", words)


def _quarters(joint: _Joint) -> Iterator[Section]:
    rows: list[tuple[Cell, ...]] = []
    for report, table in zip(joint.reports, joint.tables("Tests"), strict=True):
        if table is not None:
            period = Period(report.head.first, report.head.last)
            (first, *more) = monitoring.quarters(period)
            alone = days(period) if (first.first, first.last) != _whole(first.first) else first.name
            rows += table.rows[:-1] if more else [(alone, *table.rows[-1][1:])]
    (whole,) = (numbers for words, numbers in joint.sums("Tests", 3) if words == "Whole period")
    newest = joint.tables("Tests")[-1]
    columns = ("Quarter", *newest.columns[1:]) if newest else ()
    table = Table("Tests by quarter", columns, (*rows, _tests("Whole period", *whole)))
    series = tuple((name, tuple(_number(row[at]) for row in rows)) for name, at in (("Passed", 2), ("Not passed", 3)))
    said = "For each quarter, or part of one, how many tests were passed and how many were not."
    chart = Bars("Tests passed and not passed, by quarter", said, tuple(str(row[0]) for row in rows), series)
    words = ("Tests that ended in the period and were not set aside.",)
    yield Section("Tests taken", words, (table, *joint.plain("Beside them")), (chart,))


def _whole(first: date) -> tuple[date, date]:
    return first, calendar.add_months(first, 3) - ONE_DAY


def _number(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def _tries(joint: _Joint) -> Iterator[Section]:
    found = list(joint.sums("Passed in the end"))
    rows: list[tuple[Cell, ...]] = [(words, number, NONE, NONE) for words, (number,) in found[:1]]
    whole = found[0][1][0] if found else None
    rows += [(words, number, *_share(number, whole)) for words, (number,) in found[1:]]
    end = Table(END, ("What", "Drivers", "Share", "95% interval"), tuple(rows))
    words = (
        "Counted by invitation, which covers all tries of a driver: who was invited twice in the period counts twice. "
        "Who passed only after the report on their first try stands here as not passed yet.",
    )
    yield Section("First tries and retakes", words, (*joint.tests("Tests by try"), end))


def _unsafe(joint: _Joint) -> Iterator[Section]:
    words = (
        "Every result with an unsafe answer is read by an officer and the safeguarding lead. A failed test is not an "
        "allegation against a driver. What was being read when a report was issued stands here as such.",
    )
    yield Section("Unsafe answers", words, (*joint.plain("Why tests"), *joint.plain("What the readings")))


def _adjustments(joint: _Joint) -> Iterator[Section]:
    words = ("A test can have more than one kind of adjustment.",)
    yield Section("Adjustments", words, (*joint.tests("Tests with and without"), *joint.plain("Adjustments used")))


def _topics(joint: _Joint) -> Iterator[Section]:
    newest = joint.tables("Right answers by topic")[-1]
    found = list(joint.sums("Right answers by topic", 2))
    if newest is None:
        yield Section("Topics", ("Left out: the newest report does not tell them.",))
        return
    rows = tuple((words, asked, right, _share(right, asked)[0]) for words, (asked, right) in found)
    drawn = [(str(row[0]), row[3].thousandths) for row in rows if isinstance(row[3], Rate)]
    charts = (
        Bars("Share of right answers by topic", "For each topic, how many of a hundred answers were right.",
             tuple(name for name, _ in drawn), (("Right answers", tuple(share for _, share in drawn)),), shares=True),
    ) if drawn else ()  # fmt: skip
    yield Section("Topics", (), (replace(newest, rows=rows),), charts)


def _sessions(joint: _Joint) -> Iterator[Section]:
    words = ("A session was held when at least one driver was let in.",)
    tables = [table for title in ("Test sessions", "Drivers in test sessions", "Incidents noted")
              for table in joint.plain(title)]  # fmt: skip
    yield Section("Test sessions", words, tuple(tables))
    if held := [*joint.plain("Training sessions"), *joint.plain("Attendance")]:
        yield Section("Training sessions", (), tuple(held))


def _questions(joint: _Joint) -> Iterator[Section]:
    words = ("A question that was changed in two of the reports counts twice.",)
    yield Section("Questions", words, tuple(joint.plain("Questions changed and retired")))


def _notes() -> Section:
    words = (
        "The 95% interval (Wilson) says between which rates the rate of many such drivers may lie. With few tests it "
        "is wide. Two rates whose intervals overlap may differ by chance alone. Rates of fewer than 5 are not given.",
        "This report cannot show whether anybody is safer. It shows who was tested and trained, and what they knew.",
        "[c]: one of the public reports leaves it out or does not tell it, so it is not told here.",
    )
    return Section("How to read this report", words)
