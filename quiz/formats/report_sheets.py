"""A monitoring report as a spreadsheet: a sheet that says what it is, and one for each table."""

from collections.abc import Iterator

from quiz.domain import calendar
from quiz.domain.report import LEFT_OUT, Cell, Rate, Report, Seal, Table
from quiz.formats import workbook
from quiz.formats.workbook import Sheet

NOT_IN_A_TITLE = str.maketrans("[]:*?/\\", "       ")


def sheets(report: Report, seal: Seal) -> Iterator[Sheet]:
    """All sheets in the order of the report."""
    yield _about(report, seal)
    number = 0
    for section in report.sections:
        for table in section.tables:
            number += 1
            yield _sheet(number, table)


def _about(report: Report, seal: Seal) -> Sheet:
    head = report.head
    mode = {"sample": "SAMPLE: made-up people", "pilot": "PILOT: these tests count for no licence"}.get(head.mode, "")
    rows: list[tuple[workbook.Cell, ...]] = [
        ("Report", head.number), ("Version", str(head.version)), ("Council", head.council), ("Service", head.service),
        ("What kind of tests", mode), ("First day", head.first), ("Last day", head.last),
        ("Issued", calendar.moment(head.made_at)), ("Issued by", head.made_by),
        ("SHA-256 of the report", seal.digest), ("Last entry of the audit log", seal.sequence),
        ("Hash of that entry", seal.hash), ("Signed by key", seal.key), ("Signature (Ed25519)", seal.signature),
    ]  # fmt: skip
    rows += [(section.title, line) for section in report.sections for line in section.words]
    return Sheet("About this report", ("What", "Is"), rows)


def _sheet(number: int, table: Table) -> Sheet:
    rates = [any(isinstance(row[at], Rate) for row in table.rows) for at in range(len(table.columns))]
    header = [f"{words} (%)" if is_rate else words for words, is_rate in zip(table.columns, rates, strict=True)]
    title = f"{number} {table.title}".translate(NOT_IN_A_TITLE)
    return Sheet(title[:31].strip(), header, [tuple(map(_cell, row)) for row in table.rows])


def _cell(cell: Cell) -> workbook.Cell:
    if cell is None:
        return LEFT_OUT
    return cell.thousandths / 10 if isinstance(cell, Rate) else cell
