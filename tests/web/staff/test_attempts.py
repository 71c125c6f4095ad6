"""The list of attempts, and the same as a file."""

import csv
import io
from datetime import timedelta

import pytest

from quiz.domain.licence import Kind


def rows(page):
    return list(csv.reader(io.StringIO(page.text.removeprefix("\ufeff"))))


def test_the_newest_attempt_comes_first_with_what_came_of_it(officer, make, clock):
    make.attempt(make.driver(name="Ann First", number="PH 0001"), right=12)
    clock.pass_by(minutes=5)
    make.attempt(make.driver(name="Ben Second", number="HC 0002", kind=Kind.HACKNEY, supervised=True), right=18)
    page = officer.open("/staff/attempts")
    first, second = page.soup.select("main tbody tr")
    assert [" ".join(cell.get_text().split()) for cell in first.select("td")] == [
        "Ben Second HC 0002", "Renewal of a licence", "23 November 2026 at 9:05am", "Passed", "18 of 20",
        "Supervised Pilot",
    ]  # fmt: skip
    assert "Not passed" in second.get_text() and "Unsupervised" in second.get_text()


def test_the_page_says_that_a_failed_test_is_not_an_allegation(officer):
    assert "A failed test is not an allegation" in officer.open("/staff/attempts").text


def test_a_list_never_says_that_an_answer_was_unsafe(officer, make):
    make.agree_everything()
    make.attempt(make.driver(), right=17, unsafe=1)
    assert "nsafe answer" not in officer.open("/staff/attempts").text


def test_an_attempt_that_ran_out_of_time_is_marked_by_looking(officer, make, clock):
    make.attempt(make.driver(), right=20, finished=False)
    assert "Being taken now" in officer.open("/staff/attempts").text
    clock.pass_by(minutes=45)
    assert "Time is up" in officer.open("/staff/attempts").text
    clock.pass_by(seconds=30)
    assert "Passed" in officer.open("/staff/attempts").text


def test_one_look_marks_no_more_than_twenty(officer, make, clock):
    for _ in range(21):
        make.attempt(make.driver(), right=3, finished=False)
    clock.pass_by(minutes=46)
    text = officer.open("/staff/attempts").text
    assert (text.count("Not passed"), text.count("Time is up")) == (20, 1)


def test_a_period_shows_only_what_was_started_in_it(officer, make, clock):
    make.attempt(make.driver(name="Ann First"))
    clock.now += timedelta(minutes=45)
    officer.open("/staff/attempts")
    days = {"from-day": 23, "from-month": 11, "from-year": 2026, "to-day": 23, "to-month": 11, "to-year": 2026}
    assert "Ann First" in officer.press("Show this period", **days).text
    page = officer.press("Show this period", **{**days, "from-day": 24, "to-day": 24})
    assert "Nobody took the test in this period." in page.text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ({"from-day": 31, "from-month": 2, "from-year": 2026}, "From must be a real date, for example 21 11 2026"),
        ({"to-day": 1, "to-month": 1, "to-year": 26}, "To must be a real date, for example 21 11 2026"),
        ({"to-day": 1, "to-month": 1, "to-year": 10**30}, "To must be a real date, for example 21 11 2026"),
        (
            {"from-day": 2, "from-month": 1, "from-year": 2026, "to-day": 1, "to-month": 1, "to-year": 2026},
            "The last day must be the same as the first day or after it",
        ),
    ],
    ids=["no such day", "year in two figures", "year beyond measure", "backwards"],
)
def test_a_period_that_cannot_be_says_so(officer, day, said):
    officer.open("/staff/attempts")
    assert officer.press("Show this period", **day).errors == [said]


def test_a_long_list_goes_on_at_older_attempts(officer, make, monkeypatch):
    monkeypatch.setattr("quiz.web.staff.attempts.PAGE", 2)
    for number in range(5):
        make.attempt(make.driver(name=f"Driver {number}"))
    seen = [officer.open("/staff/attempts").text]
    while any("Older attempts" in words for words in officer.page.links):
        seen.append(officer.open(next(way for words, way in officer.page.links.items() if "Older" in words)).text)
    assert [sum(f"Driver {number}" in text for text in seen) for number in range(5)] == [1] * 5
    assert len(seen) == 3


def test_nonsense_in_the_address_is_the_first_page(officer, make):
    make.attempt(make.driver())
    assert "Sam Driver" in officer.open("/staff/attempts?before=nonsense").text


def test_the_file_has_a_heading_in_words_and_one_line_an_attempt(officer, make):
    make.attempt(make.driver(name="Zoë Ng", number="PH 1234"), right=17)
    officer.open("/staff/attempts")
    page = officer.press("Download as CSV")
    assert page.response.data.startswith(b"\xef\xbb\xbf")
    assert rows(page) == [
        ["Started", "Ended", "Name", "Licence numbers", "Reason for the test", "Supervised", "Result",
         "Right answers", "Questions", "Counts for a licence"],
        ["2026-11-23 09:00", "2026-11-23 09:00", "Zoë Ng", "PH 1234", "Renewal of a licence", "Unsupervised",
         "Passed", "17", "20", "No (pilot)"],
    ]  # fmt: skip


def test_a_name_that_looks_like_a_formula_is_defused(officer, make):
    make.attempt(make.driver(name='=HYPERLINK("http://example.com")', number="=1+1"))
    officer.open("/staff/attempts")
    line = rows(officer.press("Download as CSV"))[1]
    assert line[2:4] == ['\'=HYPERLINK("http://example.com")', "'=1+1"]


def test_the_file_is_named_for_its_period_and_the_download_is_on_the_record(officer, make, events):
    make.attempt(make.driver())
    officer.open("/staff/attempts?from-day=1&from-month=11&from-year=2026")
    page = officer.press("Download as CSV")
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="results-from-2026-11-01.csv"'
    assert page.response.headers["Cache-Control"] == "no-store"
    assert events("results") == ["results.exported"]


def test_a_file_of_a_period_holds_only_that_period(officer, make):
    make.attempt(make.driver(name="Ann First"))
    officer.open("/staff/attempts")
    held = [
        len(rows(officer.post(f"/staff/attempts.csv?{period}")))
        for period in ("to-day=23&to-month=11&to-year=2026", "from-day=24&from-month=11&from-year=2026")
        if officer.open("/staff/attempts")
    ]
    assert held == [2, 1]


def test_an_auditor_sees_the_list_but_cannot_take_it_away(auditor, make):
    make.attempt(make.driver())
    page = auditor.open("/staff/attempts")
    assert "Sam Driver" in page.text and "Download as CSV" not in page.text
    assert auditor.post("/staff/attempts.csv").status == 403


def test_a_tampered_period_downloads_nothing(officer, events):
    officer.open("/staff/attempts")
    assert officer.post("/staff/attempts.csv?from-day=99").status == 400
    assert events("results") == []


@pytest.mark.both_engines
def test_the_list_takes_at_most_12_statements_however_long(officer, make, cost):
    for _ in range(4):
        make.attempt(make.driver())
    assert cost(officer, "/staff/attempts") <= 12


def test_the_file_marks_first_whatever_ran_out_since_the_page_was_opened(officer, make, clock, monkeypatch):
    monkeypatch.setattr("quiz.web.staff.desk.SETTLED_AT_ONCE", 0)
    for _ in range(2):
        make.attempt(make.driver(), right=20, finished=False)
    officer.open("/staff/attempts")
    clock.pass_by(minutes=46)
    assert [row[6] for row in rows(officer.press("Download as CSV"))[1:]] == ["Passed", "Passed"]
