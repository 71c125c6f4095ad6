"""Rows as a spreadsheet (XLSX), a row at a time, in which no text can ever become a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell: TypeAlias = str | int | float | date | datetime | None

DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
NARROW, WIDE = 12, 60  # characters
LONGEST = 32_767  # characters in one cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (at most 31 characters), what stands above the columns, and the rows below."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write(target: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write a workbook. Rows are taken one at a time, so a long list costs no more memory than a short one.

    Times must have lost their zone before (a spreadsheet knows none): give them in London's time.
    """
    book = Workbook(write_only=True)
    for one in sheets:
        _write(book, one)
    book.save(target)


def _write(book: Workbook, one: Sheet) -> None:
    sheet = book.create_sheet(one.title[:31])
    sheet.freeze_panes = "A2"
    for place, words in enumerate(one.header, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(len(words) + 2, NARROW), WIDE)
    heads = [WriteOnlyCell(sheet, words) for words in one.header]
    for head in heads:
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append(heads)
    for row in one.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: object, value: Cell) -> object:
    """Text is marked as text, whatever it begins with; characters that XML cannot hold are left out."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST])
        cell.data_type = "s"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = MOMENT if isinstance(value, datetime) else DAY
        return cell
    return value
