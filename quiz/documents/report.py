"""The monitoring report on paper, and its charts: made from the frozen report alone, so it says nothing else."""

from dataclasses import replace

from quiz.documents import chart, typeset
from quiz.documents.chart import Chart, Series
from quiz.documents.typeset import Fact
from quiz.domain import calendar
from quiz.domain.evidence import grouped
from quiz.domain.report import LEFT_OUT, Bars, Rate, Report, Seal, Section, Table, Version, shown

MARKS = {
    "sample": ("SAMPLE", "SAMPLE. Made-up people; nothing here is a fact."),
    "pilot": ("PILOT", "PILOT. The council was trying out this test. It counted for no licence."),
}
VERSIONS = {
    Version.INTERNAL: "Internal version: with small numbers. It stays in the council.",
    Version.PUBLIC: "Public version: numbers of people from 1 to 4 are left out, and what would tell them.",
}


def pdf(report: Report, seal: Seal) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("report.typ", facts(report, seal))


def facts(report: Report, seal: Seal) -> dict[str, Fact]:
    """What the template prints."""
    head = report.head
    mark, words = MARKS.get(head.mode, ("", ""))
    made_on = calendar.day_of(head.made_at)
    title = f"Monitoring report {head.number}"
    return typeset.head(title, made_on, mark, words) | {
        "council": head.council,
        "service": head.service,
        "period": f"{calendar.words(head.first)} to {calendar.words(head.last)}",
        "version": VERSIONS[head.version],
        "foot": f"Report {head.number}, {head.version} version, issued on {calendar.words(made_on)}",
        "seal": [
            ["Issued", calendar.moment(head.made_at)],
            ["By", head.made_by],
            ["SHA-256", grouped(seal.digest)],
            ["End of the audit log", f"entry {seal.sequence}, {grouped(seal.hash)}"],
            ["Signed by key", seal.key],
        ],
        "sections": [_section(one) for one in report.sections],
    }


def _section(section: Section) -> Fact:
    return {
        "title": section.title,
        "words": list(section.words),
        "tables": [_table(one) for one in section.tables],
        "charts": [_drawing(drawn(one)) for one in section.charts],
    }


def _table(table: Table) -> Fact:
    wordy, many = table.columns[0] == "Key area", len(table.columns)
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[shown(cell) for cell in row] for row in table.rows],
        "widths": [3, 5, 3, 3, 3, 4] if wordy else [4, *[2] * (many - 2), 3] if many > 3 else [6, *[2] * (many - 1)],
        "numbers": not wordy,
    }


def _drawing(made: Chart) -> Fact:
    return {
        "title": made.title,
        "svg": made.svg,
        "alt": f"{made.title}. {made.description} The table has the same numbers.",
    }


def drawn(bars: Bars) -> Chart:
    """A chart of the report. What is left out is no bar: not all of it is fewer than 5, so it is not called that."""
    series = [
        Series(name, [Rate(value).thousandths / 10 if bars.shares and value is not None else value for value in values])
        for name, values in bars.series
    ]
    made = chart.bars(bars.title, bars.description, bars.labels, series, unit="%" if bars.shares else "")
    return replace(made, svg=made.svg.replace(chart.NOT_SHOWN, f"{LEFT_OUT} left out"))
