"""A certificate of attendance says "attended", never "passed", one page for each driver."""

from datetime import date
from io import BytesIO

import pikepdf

from quiz.documents import attendance
from quiz.documents.attendance import Attended

ANN = Attended("Chorley Council", "Ann Able", ("PH0042",), date(2026, 11, 26), "Town Hall", "SAMPLE trainer",
               date(2029, 11, 26), "SAMPLE")  # fmt: skip


def test_each_driver_has_a_page_of_a_tagged_pdf():
    with pikepdf.open(BytesIO(attendance.pdf([ANN, ANN, ANN], date(2026, 11, 26)))) as found:
        assert len(found.pages) == 3
        assert found.Root.MarkInfo.Marked and str(found.Root.Lang) == "en-GB"


def test_it_says_attended_and_never_passed():
    words = str(attendance.facts([ANN], date(2026, 11, 26)))
    assert "26 November 2029" in words and "assed" not in words
