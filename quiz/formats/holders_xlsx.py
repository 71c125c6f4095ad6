"""Lists as workbooks (XLSX). A workbook is a zip of XML from somebody else: it is measured before it is opened."""

import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import get_dependents
from openpyxl.xml.constants import SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from quiz.domain.errors import Refused
from quiz.domain.import_match import recognised
from quiz.formats.holders import LOOKED_AT, MOST_COLUMNS, Holders, Line, gather, heading

LARGEST_INFLATED = 250 * 1024 * 1024
LARGEST_STRINGS = 80 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024  # of those that are read as a whole: styles, what the workbook holds
MOST_STRING_TAGS, MOST_PART_TAGS = 6_000_000, 150_000  # each costs far more memory than its bytes
MOST_SHEETS = 20  # that are looked at
LONGEST_CELL = 32_767  # characters, as spreadsheet programs have it
HIGHEST_RATIO = 200
MOST_PARTS = 500
MOST_MERGED = 1000
PIECE = 1024 * 1024
OVERLAP = 64
FORMULA = "It holds a formula. Formulas are not read, nor what they last came to: paste the values in their place"
DAMAGED = "The workbook cannot be read: it is damaged, or it is no workbook. Save it again as “Excel workbook (.xlsx)”."
PADDED = re.compile(r'(?:"([^"]*)")?(0+)')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
MANIFEST, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
Ranges = list[tuple[int, int]]


def read(path: Path) -> Holders:
    """Read the first sheet with headings that are known, else the first sheet."""
    try:
        merged = measure(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drawings that are not read anyway
            with path.open("rb") as file:  # by its name openpyxl would judge, and an upload has none
                return _read(file, merged)
    except Refused:
        raise
    except Exception as error:  # openpyxl meets what others wrote with all kinds of errors
        raise Refused("file-damaged", DAMAGED) from error


def measure(path: Path) -> dict[str, Ranges]:
    """Refuse a bomb, macros and entities before anything is opened. Gives the rows with merged cells, by part."""
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
            names = {one.filename for one in parts}
            if not {MANIFEST, RELATIONS, "xl/workbook.xml"} <= names:
                raise Refused("file-damaged", "This is a packed file, but no workbook.")
            if any("vbaproject" in name.lower() or "macrosheets" in name.lower() for name in names):
                raise Refused(
                    "file-macros", "The workbook holds macros. Save it as “Excel workbook (.xlsx)” without them."
                )
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_INFLATED:
                _bomb()
            if any(one.file_size > PIECE and one.file_size > HIGHEST_RATIO * one.compress_size for one in parts):
                _bomb()
            left, merged = LARGEST_INFLATED, {}
            sheets, strings = _streamed(packed)
            for name in sorted(names):
                size, tags = (LARGEST_INFLATED, 0) if name in sheets else (LARGEST_PART, MOST_PART_TAGS)
                if name in strings:
                    size, tags = LARGEST_STRINGS, MOST_STRING_TAGS
                used, merged[name] = _inspect(packed, name, min(left, size), tags)
                left -= used
            return merged
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused("file-damaged", DAMAGED) from error


def _bomb() -> None:
    raise Refused("file-bomb", "The workbook unpacks to far more than any list of drivers. It was not opened.")


def _streamed(packed: ZipFile) -> tuple[set[str], set[str]]:
    """The sheets, and the texts they share, as openpyxl will find them. Nothing else is read a piece at a time."""
    for name in (MANIFEST, RELATIONS):
        _inspect(packed, name, LARGEST_PART, MOST_PART_TAGS)
    manifest = Manifest.from_tree(fromstring(packed.read(MANIFEST)))
    if any("main+xml" in one.ContentType and one.PartName != "/xl/workbook.xml" for one in manifest.Override):
        raise Refused("file-damaged", DAMAGED)
    found = list(get_dependents(packed, RELATIONS))
    sheets = {one.target for one in found if one.Type.endswith("/worksheet")}
    strings = {one.PartName.lstrip("/") for one in manifest.Override if one.ContentType == SHARED_STRINGS}
    others = {one.target for one in found if not one.Type.endswith(("/worksheet", "/sharedStrings"))}
    return sheets - strings - others, strings - others


def _inspect(packed: ZipFile, name: str, limit: int, most_tags: int) -> tuple[int, Ranges]:
    """Unpack a part piece by piece, whatever the directory says of its size. `most_tags` is 0 for any number."""
    size, tags, tail, merged = 0, 0, b"", set()
    with packed.open(name) as part:
        while piece := part.read(PIECE):
            size, tags = size + len(piece), tags + piece.count(b"<")
            if size > limit or tags > (most_tags or tags):
                _bomb()
            text = tail + piece
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\0!\0" in text or b"\0<\0!" in text:
                raise Refused("file-entities", "The workbook holds declarations that no spreadsheet program writes. "
                              "It was not opened.")  # fmt: skip
            if name == MANIFEST and b"macroEnabled" in text:
                raise Refused("file-macros", "The workbook may hold macros. Save it as “Excel workbook (.xlsx)”.")
            merged |= {(int(one[1]), int(one[2])) for one in MERGED.finditer(text)}
            tail = text[-OVERLAP:]
    if len(merged) > MOST_MERGED:
        raise Refused("file-merged", "The list has very many merged cells. Unmerge them: each row stands for itself.")
    return size, sorted(merged)


def _read(file: BinaryIO, merged: dict[str, Ranges]) -> Holders:
    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"][:MOST_SHEETS]
        if not sheets:
            raise Refused("file-empty", "The workbook has no sheet that can be seen.")
        tops = {one.title: _known(one) for one in sheets}
        sheet = max(sheets, key=lambda one: tops[one.title])  # the first of those that are equal
        notes = ["Read as an Excel workbook."]
        if len(book.sheetnames) > 1:
            notes.append(f"Only the sheet “{sheet.title}” was read. The workbook has {len(book.sheetnames)}.")
        ranges = merged.get(str(sheet._worksheet_path).lstrip("/"), [])
        return gather(_lines(sheet, ranges), notes, _unmerged(ranges))
    finally:
        book.close()


def _known(sheet: Any) -> int:
    first = []
    for line in _lines(sheet, [], MOST_COLUMNS):
        first.append(line)
        if len(first) == LOOKED_AT:
            break
    return recognised(first[heading(first)].cells) if first else 0


def _unmerged(ranges: Ranges) -> Callable[[Line], None]:
    def check(line: Line) -> None:
        if any(top <= line.number <= bottom for top, bottom in ranges):
            raise Refused(
                "file-merged",
                f"Cells are merged in row {line.number}, where the headings stand. Unmerge them, so that each column "
                "has a heading of its own.",
            )
        if line.wrong:
            words = "is a formula or far too long. Type the words in its place."
            raise Refused("file-header", f"A heading in row {line.number} {words}")

    return check


def _lines(sheet: Any, ranges: Ranges, most: int | None = None) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a workbook says of its size need not be true
    for number, row in enumerate(sheet.rows, 1):
        wrong: dict[int, str] = {}
        cells = [_text(cell, place, wrong) for place, cell in enumerate(row[:most])]
        if ranges and any(top <= number <= bottom for top, bottom in ranges):
            wrong[-1] = "It has merged cells. Unmerge them, so that each row stands for itself"
        yield Line(number, cells, wrong)


def _text(cell: Any, place: int, wrong: dict[int, str]) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "f":
            wrong[place] = FORMULA
            return ""
        if cell.data_type == "e":
            wrong[place] = f"It holds the error {value}"
            return ""
        if len(value) > LONGEST_CELL:  # many cells may share one such text, and each would be looked through
            wrong[place] = f"It has more than {LONGEST_CELL:,} characters"
            return ""
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "text") or hasattr(value, "ref"):  # formulas over several cells, data tables
        wrong[place] = FORMULA
        return ""
    return str(value)


def _number(value: float, form: str) -> str:
    """As the spreadsheet shows it: a number formatted 00000 keeps its zeros."""
    whole = str(int(value)) if value == int(value) else repr(value)
    padded = PADDED.fullmatch(form)
    return (padded[1] or "") + whole.zfill(len(padded[2])) if padded and whole.isdigit() else whole
