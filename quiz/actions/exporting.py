"""Results as files: in words that people understand, read from the database as they are written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO

from sqlalchemy.orm import Session

from quiz.domain import calendar, results
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.results import Wanted
from quiz.formats import table, workbook
from quiz.formats.workbook import Sheet
from quiz.records import filtered, papers, service
from quiz.records import results as records
from quiz.records.results import Result

Cell = str | int | date | None

KIND = "results"  # of long work
STRAIGHT = 5000  # tests that are written while somebody waits; more are long work
KEPT_FOR = timedelta(days=7)
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK = 500
HEADER = (
    "Date of test", "Time of start", "Time of end", "Name", "Licence number", "Reason for the test",
    "Supervised or not", "Result", "Right answers", "Questions", "Weak spots", "Counts for a licence",
)  # fmt: skip
MODES = {"live": "Yes", "pilot": "No (pilot)", "sample": "No (sample)"}
MARKS = {
    "SAMPLE": "SAMPLE: made-up people. Nothing here counts for a licence.",
    "PILOT": "PILOT: a trial. A result here does not count for a licence.",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself. `roles` are those of whoever asked, in words; nobody is named."""

    wanted: Wanted
    groups: Mapping[str, str]
    tests: Mapping[str, str]
    council: str
    mark: str
    roles: str
    at: datetime


def about(session: Session, wanted: Wanted, council: str, roles: str, at: datetime) -> About:
    """What a file of these results will say of itself."""
    tests = papers.names(session)
    return About(wanted, groups(session, wanted.test), tests, council, service.facts(session).mark, roles, at)


def filters(session: Session, wanted: Wanted) -> list[tuple[str, str]]:
    """How a list is filtered, in words."""
    return list(results.in_words(wanted, groups(session, wanted.test), papers.names(session)))


def groups(session: Session, test: str = TEST) -> dict[str, str]:
    """The names of the groups in which results are told, by key."""
    return {group.key: group.name for group in papers.current(session, test).groups}


def file_name(wanted: Wanted, file: str) -> str:
    """Named for its period; what else was chosen stands in the file, or on the record."""
    named = [f"from-{wanted.first_day}"] * bool(wanted.first_day) + [f"to-{wanted.last_day}"] * bool(wanted.last_day)
    return f"{'-'.join(['results', *named])}.{file}"


def write(
    target: BinaryIO, file: str, session: Session, told: About, said: Callable[[int], None] = lambda number: None
) -> int:
    """Write the whole file, a few rows at a time however long it is. Gives how many tests it holds."""
    count = _Count(said)
    found = count.of(rows(session, told))
    if file == CSV:
        text = TextIOWrapper(target, "utf-8", newline="", write_through=False)
        text.writelines(table.csv_lines(HEADER, found))
        text.detach()  # flushes; the file stays open for whoever opened it
    else:
        lines = (line for once in (None,) for line in _about(told, count.number))
        workbook.write(target, [Sheet("Results", HEADER, found), Sheet("About this file", ("What", "Which"), lines)])
    return count.number


def rows(session: Session, told: About) -> Iterator[tuple[Cell, ...]]:
    """Every test that fits, a line each."""
    found = filtered.all_of(session, told.wanted)
    while chunk := list(islice(found, CHUNK)):
        licences = records.licence_words(session, [one.person_id for one in chunk])
        for one in chunk:
            yield _cells(one, licences.get(one.person_id, ""), told)


class _Count:
    """Counts what passes by, and says so."""

    def __init__(self, said: Callable[[int], None]) -> None:
        self.number, self.said = 0, said

    def of(self, found: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
        """The same rows."""
        for row in found:
            self.number += 1
            self.said(self.number)
            yield row


def _about(told: About, number: int) -> Iterator[tuple[str, str | int]]:
    """The second sheet. It is read after the first was written, so it knows how many rows that has."""
    other = told.tests.get(told.wanted.test) if told.wanted.test != TEST else None
    yield "What this is", f"Results: {other}" if other else "Results of the taxi driver safeguarding test"
    yield "Council", told.council
    if told.mark:
        yield "Please note", MARKS[told.mark]
    yield "Made", f"{calendar.moment(told.at)} (London time, as all times here)"
    yield "Made by", told.roles
    yield "Tests in this file", number
    for name, chosen in results.in_words(told.wanted, told.groups, told.tests):
        yield f"Filter: {name}" if name != "Order" else name, chosen
    yield "Weak spots", "Groups of questions of which fewer than half were right"
    yield "A failed test", "It is not an allegation against a driver, and it decides nothing by itself."
    yield "Personal data", "Keep this file no longer than you need it. That it was made is on the audit log."


def _cells(one: Result, licences: str, told: About) -> tuple[Cell, ...]:
    return (
        calendar.day_of(one.started_at),
        _clock(one.started_at),
        _clock(one.finished_at),
        one.name,
        licences,
        REASON_WORDS[Reason(one.reason)],
        results.SUPERVISED_WORDS[one.supervised],
        results.said(one.state(told.at), one.outcome),
        one.score,
        one.of,
        "; ".join(told.groups.get(key, key) for key in results.unkept(one.weak)),
        MODES[one.mode],
    )


def _clock(at: datetime | None) -> str:
    """London time in a form that sorts."""
    return at.astimezone(calendar.LONDON).strftime("%H:%M") if at else ""
