"""Lists of licence holders as they come, the hostile ones too: read, or refused with a word that helps."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from quiz.domain.errors import Refused
from quiz.formats import holders, holders_file, holders_xlsx

HEADER = ["Licence No", "Licence Type", "Forename", "Surname", "Expiry Date", "Mobile"]
ROW = ["00123", "Private Hire", "Zoë", "O’Neil", "31/12/2026", "07700 900123"]
TEXT = "\n".join(";".join(cells) for cells in (HEADER, ROW)) + "\n"


@pytest.fixture
def keep(tmp_path: Path):
    """Keep bytes as the upload, under another name than it came with."""

    def kept(content: bytes) -> Path:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return path

    return kept


def book(*rows, change=lambda sheet, book: None, title="Drivers") -> bytes:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    change(made.active, made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def repacked(content: bytes, change) -> bytes:
    """The same workbook with its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {one.filename: old.read(one) for one in old.infolist()}
        change(parts)
        for name, part in parts.items():
            new.writestr(name, part)
    return target.getvalue()


def refusal(path: Path, name: str) -> Refused:
    with pytest.raises(Refused) as caught:
        holders_file.read(path, name)
    return caught.value


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("coding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_text_in_any_coding_with_any_separator(keep, coding, told, between):
    text = TEXT.replace(";", between)
    found = holders_file.read(keep(text.encode(coding)), "List.CSV")
    assert (list(found.header), list(found.rows[0].cells), found.rows[0].number) == (HEADER, ROW, 2)
    assert told in found.notes[0]


def test_utf_16_the_other_way_round(keep):
    found = holders_file.read(keep(b"\xfe\xff" + TEXT.encode("utf-16-be")), "list.txt")
    assert list(found.rows[0].cells) == ROW


def test_lines_above_the_headings_and_a_told_separator_are_passed_over(keep):
    text = "sep=;\nLicence holders as at 1 November 2026\n\n" + TEXT
    found = holders_file.read(keep(text.encode()), "list.csv")
    assert (list(found.header), found.header_row, found.rows[0].number) == (HEADER, 4, 5)
    assert "passed over: 1." in found.notes[1]


def test_a_cell_with_a_line_break_keeps_rows_counted_as_a_spreadsheet_does(keep):
    text = 'Licence No,Name\nPH1,"Ann\nAble"\nPH2,Bea\n'
    assert [one.number for one in holders_file.read(keep(text.encode()), "a.csv").rows] == [2, 3]


def test_a_workbook_keeps_zeros_dates_and_text(keep):
    def change(sheet, _book):
        sheet.append([123, "PH", "Ann", "Able", datetime(2026, 12, 31), 7700900123])
        sheet["A3"].number_format = "00000"
        sheet.append([1234567890123, "PH", "Bea", "Bold", date(2027, 1, 2), "+44 7700 900123"])

    found = holders_file.read(keep(book(HEADER, ROW, change=change)), "list.xlsx")
    assert [list(one.cells) for one in found.rows] == [
        ROW,
        ["00123", "PH", "Ann", "Able", "2026-12-31", "7700900123"],
        ["1234567890123", "PH", "Bea", "Bold", "2027-01-02", "+44 7700 900123"],
    ]


def test_formulas_and_errors_are_told_by_cell(keep):
    found = holders_file.read(keep(book(HEADER, ["=A1", *ROW[1:]], [*ROW[:4], "#N/A", ""])), "list.xlsx")
    assert "formula" in found.rows[0].wrong[0] and "#N/A" in found.rows[1].wrong[4]


def test_the_sheet_with_headings_that_are_known_is_read_and_named(keep):
    def change(sheet, made):
        made.create_sheet("Cover", 0).append(["Made by the licensing system"])
        made.create_sheet("Old", 0).sheet_state = "hidden"

    found = holders_file.read(keep(book(HEADER, ROW, change=change)), "list.xlsx")
    assert list(found.header) == HEADER
    assert "Only the sheet “Drivers” was read. The workbook has 3." in found.notes


def test_merged_cells_in_the_headings_are_refused_and_below_them_told_by_row(keep):
    merged = book(HEADER, ROW, change=lambda sheet, _: sheet.merge_cells("C1:D1"))
    assert "merged in row 1" in refusal(keep(merged), "list.xlsx").message
    found = holders_file.read(
        keep(book(HEADER, ROW, ROW, change=lambda sheet, _: sheet.merge_cells("A2:B2"))), "list.xlsx"
    )
    assert ["merged" in one.wrong.get(-1, "") for one in found.rows] == [True, False]
    title = book(["All drivers"], HEADER, ROW, change=lambda sheet, _: sheet.merge_cells("A1:F1"))
    assert list(holders_file.read(keep(title), "list.xlsx").header) == HEADER


@pytest.mark.parametrize(
    ("name", "content", "code", "word"),
    [
        ("list.csv", b"", "file-empty", "empty"),
        ("list.csv", b"Licence No,Name\n", "file-empty", "no rows below"),
        ("list.xlsx", TEXT.encode(), "file-name", "its content is plain text"),
        ("list.csv", book(HEADER, ROW), "file-name", "its content is a workbook"),
        ("list.csv", b"%PDF-1.7\n", "file-name", "its content is a PDF"),
        ("list.csv", b"<html><table>", "file-name", "its content is a web page"),
        ("list.csv", b"\x89PNG\r\n\x1a\n\0\0", "file-name", "its content is no text"),
        ("list.xls", holders_file.OLE + b"\0" * 600, "file-old", "old kind"),
        ("list.xlsx", holders_file.OLE + b"\0" * 600, "file-old", "password"),
        ("list.xlsm", book(HEADER, ROW), "file-macros", "macros"),
        ("list.pdf", b"%PDF-1.7\n", "file-kind", "taken as .csv or .xlsx"),
        ("list.xlsx", b"PK\x03\x04 and then nothing", "file-damaged", "damaged"),
        ("list.csv", b'Licence No,Name\nPH1,"Ann' + b"x" * 30_000, "file-quotes", "quotation mark"),
        ("list.csv", b"Licence No,Name\nPH1,\x81\x8d\n", "file-coding", "CSV UTF-8"),
    ],
)
def test_what_is_no_such_list_is_refused_with_a_word(keep, name, content, code, word):
    found = refusal(keep(content), name)
    assert (found.code, word in found.message) == (code, True), found.message


def test_a_file_that_is_too_large_is_refused(keep, monkeypatch):
    monkeypatch.setattr(holders_file, "LARGEST", 10)
    assert refusal(keep(TEXT.encode()), "list.csv").code == "file-large"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused_whatever_the_file_is_called(keep, part):
    content = repacked(book(HEADER, ROW), lambda parts: parts.update({part: b"x"}))
    assert refusal(keep(content), "list.xlsx").code == "file-macros"


def test_a_zip_that_is_no_workbook_is_refused(keep):
    content = repacked(book(HEADER, ROW), lambda parts: parts.pop("xl/workbook.xml"))
    assert "no workbook" in refusal(keep(content), "list.xlsx").message


def test_a_bomb_is_refused_before_it_is_opened(keep):
    bomb = repacked(book(HEADER, ROW), lambda parts: parts.update({"xl/media/a.bin": b"\0" * 4 * 2**20}))
    assert refusal(keep(bomb), "list.xlsx").code == "file-bomb"


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks(keep, monkeypatch):
    monkeypatch.setattr(holders_xlsx, "LARGEST_INFLATED", 30_000)
    monkeypatch.setattr(holders_xlsx, "PIECE", 1000)
    content = bytearray(repacked(book(HEADER, *[ROW] * 900), lambda parts: None))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as packed:
        true = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet1.xml"))
    assert int.from_bytes(content[place + 24 : place + 28], "little") == true > 30_000
    content[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert refusal(keep(bytes(content)), "list.xlsx").code in ("file-bomb", "file-damaged")


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(keep, coding):
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'.encode(coding)
    content = repacked(book(HEADER, ROW), lambda parts: parts.update({"xl/sharedStrings.xml": evil}))
    assert refusal(keep(content), "list.xlsx").code == "file-entities"


def test_too_many_columns_are_refused_in_both_kinds(keep):
    wide = [*HEADER, *(f"Column {n}" for n in range(60))]
    assert refusal(keep(book(wide, wide)), "list.xlsx").code == "file-columns"
    assert refusal(keep((",".join(wide) + "\n" + ",".join(wide)).encode()), "list.csv").code == "file-columns"


def test_too_many_rows_are_refused_in_both_kinds(keep, monkeypatch):
    monkeypatch.setattr(holders, "MOST_ROWS", 3)
    assert refusal(keep(book(HEADER, *[ROW] * 30)), "list.xlsx").code == "file-rows"
    assert refusal(keep((TEXT + ";".join(ROW) + "\n" * 3 + TEXT * 3).encode()), "list.csv").code == "file-rows"


def test_rows_far_below_are_not_waited_for(keep):
    def far(parts):
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        parts["xl/worksheets/sheet1.xml"] = sheet.replace('<row r="3"', '<row r="1000000000"').encode()

    content = repacked(book(HEADER, ROW, ROW), far)
    assert refusal(keep(content), "list.xlsx").code in ("file-rows", "file-damaged")


@pytest.mark.parametrize("word", ["Private Hire", "Mobile"], ids=["below", "in the headings"])
def test_one_long_text_behind_many_cells_is_looked_through_for_none_of_them(keep, word):
    def change(parts: dict[str, bytes]) -> None:
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace(word.encode(), b"x" * 40_000)

    path = keep(repacked(book(HEADER, ROW, ROW), change))
    if word == "Mobile":
        assert refusal(path, "list.xlsx").code == "file-header"
    else:
        found = holders_file.read(path, "list.xlsx").rows
        assert [(one.cells[1], one.wrong[1]) for one in found] == [("", "It has more than 32,767 characters")] * 2


TAGS = b"<xf/>" * 160_000


@pytest.mark.parametrize(
    ("part", "declared"),
    [
        ("xl/styles.xml", None),
        ("xl/worksheets/sheet1.xml", (b"/relationships/worksheet", b"/relationships/chartsheet")),
        ("xl/sharedStrings.xml", None),
    ],
    ids=["styles", "a sheet that is declared as something else", "texts that nobody declared"],
)
def test_a_small_file_that_would_fill_the_memory_is_refused(keep, part, declared):
    def change(parts: dict[str, bytes]) -> None:
        parts[part] = parts.get(part, b"") + TAGS
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = parts[name].replace(*declared) if declared else parts[name]

    content = repacked(book(HEADER, ROW), change)
    assert len(content) < 20_000
    assert refusal(keep(content), "list.xlsx").code == "file-bomb"
