"""The monitoring report on paper: what the frozen report says, with charts that have words, and nothing it hides."""

from datetime import UTC, date, datetime

import pytest

from quiz.documents import chart, report
from quiz.domain.report import Bars, Head, Rate, Report, Seal, Section, Table, Version
from tests.documents import reading

HEAD = Head("2026-1", Version.PUBLIC, date(2026, 4, 1), date(2026, 9, 30), "Chorley Council", "Driver test", "pilot",
            datetime(2026, 11, 23, 9, tzinfo=UTC), "Licensing officer")  # fmt: skip
QUARTERS = ("April to June 2026", "July to September 2026, in part")
TESTS = Table("Tests by quarter", ("Quarter", "Taken", "Passed", "Not passed", "Pass rate", "95% interval"), (
    (QUARTERS[0], 1204, 1000, 204, Rate(831), "80.8% to 85.1%"), (QUARTERS[1], 40, None, None, None, None),
))  # fmt: skip
PLAN = Table("Action plan", ("Key area", "Action", "Owner", "Due", "Status", "Evidence"), (
    ("Training of the trade", "Hold a session", "Licensing manager", "1 February 2027", "Completed", "Minute 12"),
))  # fmt: skip
BARS = Bars("Tests passed and not passed, by quarter", "For each quarter.", QUARTERS,
            (("Passed", (1000, None)), ("Not passed", (204, None))))  # fmt: skip
SHARES = Bars("Share of right answers by topic", "For each topic.", ("T1", "T2"), (("Right", (875, 500)),), shares=True)
REPORT = Report(HEAD, (
    Section("Tests taken", ("Tests that ended in the period.",), (TESTS,), (BARS, SHARES)),
    Section("Action plan", (), (PLAN,)),
))  # fmt: skip
SEAL = Seal("2026-1", "0123abcd" * 8, 7, "89ef" * 16, "2026-11-23T09:00:00+00:00", "k1", "00")


@pytest.fixture(scope="module")
def document():
    return report.pdf(REPORT, SEAL)


def test_it_says_what_the_report_says(document):
    said = reading.spoken(document)
    for words in (
        "Monitoring report 2026-1", "Driver test: 1 April 2026 to 30 September 2026", "Public version", "PILOT",
        "April to June 2026 1,204 1,000 204 83.1% 80.8% to 85.1%",
        "July to September 2026, in part 40 [c] [c] [c] [c]",
        "Key area Action Owner Due Status Evidence",
        "Training of the trade Hold a session Licensing manager 1 February 2027 Completed Minute 12",
        "entry 7", "0123abcd" * 8, "Licensing officer", "23 November 2026 at 9:00am",
    ):  # fmt: skip
        assert reading.squeezed(words) in said, words


def test_its_charts_have_words(document):
    assert reading.alternatives(document) == [
        f"{one.title}. {one.description} The table has the same numbers." for one in (BARS, SHARES)
    ]


def test_a_chart_does_not_call_few_what_was_left_out_for_others():
    made = report.drawn(BARS)
    assert chart.NOT_SHOWN not in made.svg and made.svg.count("[c] left out") >= 2
    assert "87.5%" in report.drawn(SHARES).svg
