"""Files of results: the rows of the list, in words, safe in a spreadsheet, and saying how they were filtered."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from quiz.actions import exporting
from quiz.actions.exporting import CSV, HEADER, XLSX
from quiz.domain.results import Came, Order, Wanted
from tests.make import COUNCIL, Make


def written(make: Make, file: str, wanted: Wanted, said=lambda number: None) -> tuple[io.BytesIO, int]:
    target = io.BytesIO()
    with make.reading() as session:
        told = exporting.about(session, wanted, COUNCIL, "officer", make.clock.now)
        number = exporting.write(target, file, session, told, said)
    target.seek(0)
    return target, number


def sheets(make: Make, wanted: Wanted) -> dict[str, list[list[object]]]:
    book = load_workbook(written(make, XLSX, wanted)[0])
    return {one.title: [[cell.value for cell in row] for row in one.iter_rows()] for one in book}


@pytest.fixture
def three(make: Make, clock):
    """A pass, a weak fail with a name that is a formula, and one that is running."""
    make.attempt(make.driver(name="Zoë Ng", number="007"), right=18)
    clock.pass_by(hours=1)
    make.attempt(make.driver(name="=1+1", number="+44"), right=4)
    clock.pass_by(hours=1)
    make.attempt(make.driver(name="Dee Doing", number="PH 3"), finished=False)


def test_a_workbook_holds_the_results_with_dates_and_numbers_that_are_such(make, three):
    found = sheets(make, Wanted(order=Order.OLDEST))["Results"]
    assert found[0] == list(HEADER)
    assert found[1] == [
        datetime(2026, 11, 23), "09:00", "09:00", "Zoë Ng", "007", "Renewal of a licence", "Unsupervised", "Passed",
        18, 20, None, "No (pilot)",
    ]  # fmt: skip
    assert found[2][3:5] == ["=1+1", "+44"]
    assert "What to do and whom to tell" in str(found[2][10])
    assert found[3][2:3] + found[3][7:11] == [None, "Being taken now", None, None, None]


def test_a_workbook_says_how_it_was_filtered_when_and_by_which_role(make, three):
    about = dict(sheets(make, Wanted(date(2026, 11, 1), came=Came.NOT_PASSED, weak="act"))["About this file"])
    assert about["Tests in this file"] == 1
    assert about["Council"] == COUNCIL and about["Made by"] == "officer"
    assert about["Made"] == "23 November 2026 at 11:00am (London time, as all times here)"
    assert about["Please note"] == "PILOT: a trial. A result here does not count for a licence."
    assert about["Filter: Date of test"] == "From 1 November 2026"
    assert about["Filter: Result"] == "Not passed"
    assert about["Filter: Weak spot"] == "What to do and whom to tell: fewer than half right"
    assert about["Order"] == "Newest first"


def test_text_of_a_workbook_is_text(make, three):
    book = load_workbook(written(make, XLSX, Wanted())[0])
    assert {cell.data_type for row in book["Results"].iter_rows(min_row=2, min_col=4, max_col=8) for cell in row} == {
        "s"
    }


def test_a_csv_holds_the_same_rows_with_formulas_defused(make, three):
    target, number = written(make, CSV, Wanted(came=Came.NOT_PASSED))
    found = list(csv.reader(io.StringIO(target.read().decode("utf-8-sig"))))
    assert (number, len(found), found[0]) == (1, 2, list(HEADER))
    assert found[1][:5] == ["2026-11-23", "10:00", "10:00", "'=1+1", "'+44"]


@pytest.mark.parametrize("file", [CSV, XLSX])
def test_each_row_is_counted_aloud_and_an_interruption_stops_it(make, three, file):
    heard: list[int] = []
    assert written(make, file, Wanted(), heard.append)[1] == 3
    assert heard == [1, 2, 3]

    def stop(number: int) -> None:
        if number == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        written(make, file, Wanted(), stop)


def test_more_tests_than_are_read_at_once_are_all_there(make, three, monkeypatch):
    monkeypatch.setattr(exporting, "CHUNK", 2)
    assert written(make, CSV, Wanted())[1] == 3


def test_no_tests_make_a_file_with_a_header(make):
    assert sheets(make, Wanted())["Results"] == [list(HEADER)]
