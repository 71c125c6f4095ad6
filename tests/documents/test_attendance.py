"""A certificate of attendance says "attended", never "passed", one page for each driver."""

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf

from quiz.documents import attendance, attendance_sheet
from quiz.documents.attendance import Attended
from quiz.documents.attendance_sheet import Sheet
from tests.documents import reading

ANN = Attended("Chorley Council", "Ann Able", ("PH0042",), date(2026, 11, 26), "Town Hall", "SAMPLE trainer",
               date(2029, 11, 26), "SAMPLE")  # fmt: skip
PEOPLE = [("Wolfeschlegelsteinhausenbergerdorff O’Brien", "234 or 567"), *((f"Ann Able {n}", "042") for n in range(60))]
SHEET = Sheet("Chorley Council", datetime(2026, 11, 26, 9, 30, tzinfo=UTC), "Town Hall", "SAMPLE trainer", PEOPLE)


def test_each_driver_has_a_page_of_a_tagged_pdf():
    with pikepdf.open(BytesIO(attendance.pdf([ANN, ANN, ANN], date(2026, 11, 26)))) as found:
        assert len(found.pages) == 3
        assert found.Root.MarkInfo.Marked and str(found.Root.Lang) == "en-GB"


def test_it_says_attended_and_never_passed():
    words = str(attendance.facts([ANN], date(2026, 11, 26)))
    assert "26 November 2029" in words and "assed" not in words


def test_the_heading_of_the_sheet_stands_on_each_of_its_pages_and_the_list_is_whole():
    document = attendance_sheet.pdf(SHEET, date(2026, 11, 26))
    pages: dict[int, str] = {}
    for run in reading.runs(document):
        pages[run.page] = pages.get(run.page, "") + reading.squeezed(run.words)
    assert len(pages) > 2 and all("Signature" in words for words in pages.values())
    assert "AnnAble59" in "".join(pages.values()) and "Thursday26November2026,9:30am" in pages[1]
