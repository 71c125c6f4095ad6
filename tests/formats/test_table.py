"""Downloads open safely in a spreadsheet, and hold exactly what was put in."""

import csv
import io

import pytest

from quiz.formats import table


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "\N{FULLWIDTH EQUALS SIGN}1+1", "+44 1632 960001", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "=HYPERLINK(\"http://example.org\")"],
)  # fmt: skip
def test_what_a_spreadsheet_would_calculate_is_made_text(cell):
    assert table.guarded(cell) == "'" + cell


@pytest.mark.parametrize(
    ("cell", "written"),
    [("Sam", "Sam"), ("a=b", "a=b"), ("O'Neil-Smith", "O'Neil-Smith"), (-3, "-3"), (2.5, "2.5"), (None, ""), ("", "")],
)
def test_everything_else_stays_as_it_is(cell, written):
    assert table.guarded(cell) == written


def test_a_file_says_how_its_letters_are_written():
    assert "".join(table.csv_lines(["Name"], [["Zoë"]])).encode() == "\ufeffName\r\nZoë\r\n".encode()


def test_quotes_commas_and_line_breaks_come_back():
    cells = ['say "no"', "a, b", "two\nlines", ""]
    text = "".join(table.csv_lines(["A", "B", "C", "D"], [cells])).removeprefix(table.BYTE_ORDER_MARK)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["A", "B", "C", "D"], cells]


def test_rows_are_written_as_they_come():
    taken = []
    lines = table.csv_lines(["N"], (taken.append(n) or [n] for n in range(1000)))
    assert [next(lines) for _ in range(3)] == [table.BYTE_ORDER_MARK, "N\r\n", "0\r\n"]
    assert taken == [0]
