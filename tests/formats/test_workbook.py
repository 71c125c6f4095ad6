"""A spreadsheet holds what was given, text as text, and opens again."""

import io
from datetime import date, datetime

from openpyxl import load_workbook

from quiz.formats import workbook
from quiz.formats.workbook import Sheet


def written(*sheets: Sheet) -> io.BytesIO:
    target = io.BytesIO()
    workbook.write(target, sheets)
    return target


def read(target: io.BytesIO, title: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(target)[title].iter_rows()]


def test_a_sheet_comes_back_as_it_was_given():
    rows = [["PH0001", 16, 0.8, date(2026, 11, 26), None], ["007", 0, 1.0, date(2026, 1, 2), "x"]]
    found = read(written(Sheet("Results", ["Licence", "Right", "Share", "Day", "Note"], rows)), "Results")
    assert found[0] == ["Licence", "Right", "Share", "Day", "Note"]
    assert found[1] == ["PH0001", 16, 0.8, datetime(2026, 11, 26), None]
    assert found[2][0] == "007"


def test_text_never_becomes_a_formula():
    bad = ["=1+1", "+44 7700 900000", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")']
    book = load_workbook(written(Sheet("One", ["a"] * len(bad), [bad])))
    cells = list(book["One"][2])
    assert [cell.value for cell in cells] == bad
    assert {cell.data_type for cell in cells} == {"s"}


def test_characters_that_xml_cannot_hold_are_left_out():
    assert read(written(Sheet("One", ["a"], [["a\x0bb\x00c"]])), "One")[1] == ["abc"]


def test_rows_are_taken_one_at_a_time():
    def rows():
        for number in range(3):
            taken.append(number)
            yield [number]

    taken: list[int] = []
    assert read(written(Sheet("One", ["n"], rows()), Sheet("Two", ["m"], [])), "Two") == [["m"]]
    assert taken == [0, 1, 2]
