"""A monitoring report as it is frozen: sections of words, tables and data of charts. Whatever shows it adds nothing.

A cell is a number, words, a rate in thousandths, or None: left out, because few people stand behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from quiz.domain.evidence import Plain

FORM = "quiz-report-1"
PURPOSE = f"{FORM}\n"  # stands before what is signed, so that the signature serves nothing else
LEFT_OUT = "[c]"


class Version(StrEnum):
    """For whom a report is."""

    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in thousandths."""

    thousandths: int

    @property
    def words(self) -> str:
        """72.5%"""
        return f"{self.thousandths / 10:.1f}%"


Cell: TypeAlias = "int | str | Rate | None"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of each row says what the row is."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The data of a chart: for each series a name and a value (in tenths of a per cent for shares) for each label."""

    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, with words, tables and charts below it in that order."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Bars, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top. `number` is "" for a preview. `mode`: "live", "pilot" or "sample"."""

    number: str
    version: Version
    first: date
    last: date
    council: str
    service: str
    mode: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    head: Head
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """What ties a report to its moment: its digest, and the end of the audit log when it was issued; all signed."""

    number: str
    digest: str
    sequence: int
    hash: str
    at: str
    key: str
    signature: str

    def signed(self) -> dict[str, Plain]:
        """What the signature is over, in canonical form, after `PURPOSE`."""
        return {
            "at": self.at, "digest": self.digest, "hash": self.hash, "number": self.number, "sequence": self.sequence
        }  # fmt: skip


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return LEFT_OUT
    if isinstance(cell, Rate):
        return cell.words
    return f"{cell:,}" if isinstance(cell, int) else cell


def plain(report: Report) -> dict[str, Plain]:
    """The report as plain facts, to be kept as canonical JSON."""
    head = report.head
    return {
        "form": FORM,
        "number": head.number,
        "version": head.version,
        "first": head.first.isoformat(),
        "last": head.last.isoformat(),
        "council": head.council,
        "service": head.service,
        "mode": head.mode,
        "made_at": head.made_at.isoformat(),
        "made_by": head.made_by,
        "sections": [_plain_section(one) for one in report.sections],
    }


def _plain_section(section: Section) -> dict[str, Plain]:
    return {
        "title": section.title,
        "words": list(section.words),
        "tables": [
            {"title": one.title, "columns": list(one.columns), "rows": [[_plain_cell(c) for c in r] for r in one.rows]}
            for one in section.tables
        ],
        "charts": [
            {
                "title": one.title, "description": one.description, "labels": list(one.labels), "shares": one.shares,
                "series": [[name, list(values)] for name, values in one.series],
            }
            for one in section.charts
        ],
    }  # fmt: skip


def _plain_cell(cell: Cell) -> Plain:
    return {"rate": cell.thousandths} if isinstance(cell, Rate) else cell


def of_plain(facts: Mapping[str, Any]) -> Report:
    """The report that `plain` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    if facts["form"] != FORM:
        raise ValueError(f"its form is “{facts['form']}”, not “{FORM}”")
    head = Head(
        number=str(facts["number"]),
        version=Version(facts["version"]),
        first=date.fromisoformat(facts["first"]),
        last=date.fromisoformat(facts["last"]),
        council=str(facts["council"]),
        service=str(facts["service"]),
        mode=str(facts["mode"]),
        made_at=datetime.fromisoformat(facts["made_at"]),
        made_by=str(facts["made_by"]),
    )
    return Report(head, tuple(_section(one) for one in facts["sections"]))


def _section(facts: Mapping[str, Any]) -> Section:
    tables = tuple(
        Table(one["title"], tuple(one["columns"]), tuple(tuple(map(_cell, row)) for row in one["rows"]))
        for one in facts["tables"]
    )
    charts = tuple(
        Bars(one["title"], one["description"], tuple(one["labels"]), _series(one["series"]), one["shares"])
        for one in facts["charts"]
    )
    return Section(facts["title"], tuple(facts["words"]), tables, charts)


def _series(facts: Sequence[Any]) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
    return tuple((name, tuple(values)) for name, values in facts)


def _cell(fact: Any) -> Cell:
    if isinstance(fact, Mapping):
        return Rate(int(fact["rate"]))
    if fact is None or isinstance(fact, int | str):
        return fact
    raise TypeError("a cell is a number, words, a rate or nothing")
