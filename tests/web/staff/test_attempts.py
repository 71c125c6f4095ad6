"""The list of attempts, and the same as a file."""

import csv
import io
import json
from datetime import timedelta

import pytest

from quiz.domain.blueprint import Reason
from quiz.domain.licence import Kind
from quiz.records import audit
from tests.make import PASSWORD


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
    page = officer.open("/staff/attempts")
    cells = [cell.get_text(strip=True) for cell in page.soup.select("td[data-label=Result]")]
    assert (cells.count("Not passed"), cells.count("Time is up")) == (20, 1)


def test_a_period_shows_only_what_was_started_in_it(officer, make, clock):
    make.attempt(make.driver(name="Ann First"))
    clock.now += timedelta(minutes=45)
    officer.open("/staff/attempts")
    days = {"from-day": 23, "from-month": 11, "from-year": 2026, "to-day": 23, "to-month": 11, "to-year": 2026}
    assert "Ann First" in officer.press("Show results", **days).text
    page = officer.press("Show results", **{**days, "from-day": 24, "to-day": 24})
    assert "No test fits what you chose." in page.text


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
    assert officer.press("Show results", **day).errors == [said]


def test_a_long_list_goes_on_at_more_tests(officer, make, monkeypatch):
    monkeypatch.setattr("quiz.web.staff.attempts.PAGE", 2)
    for number in range(5):
        make.attempt(make.driver(name=f"Driver {number}"))
    seen = [officer.open("/staff/attempts?supervised=no").text]
    while any("More tests" in words for words in officer.page.links):
        seen.append(officer.open(next(way for words, way in officer.page.links.items() if "More" in words)).text)
    assert [sum(f"Driver {number}" in text for text in seen) for number in range(5)] == [1] * 5
    assert len(seen) == 3 and "supervised=no" in officer.page.path


def test_nonsense_in_the_address_is_the_first_page(officer, make):
    make.attempt(make.driver())
    assert "Sam Driver" in officer.open("/staff/attempts?after=nonsense").text


def test_the_file_has_a_heading_in_words_and_one_line_an_attempt(officer, make):
    make.attempt(make.driver(name="Zoë Ng", number="PH 1234"), right=17)
    officer.open("/staff/attempts")
    page = officer.press("Download as CSV")
    assert page.response.data.startswith(b"\xef\xbb\xbf")
    assert rows(page) == [
        ["Date of test", "Time of start", "Time of end", "Name", "Licence number", "Reason for the test",
         "Supervised or not", "Result", "Right answers", "Questions", "Weak spots", "Counts for a licence"],
        ["2026-11-23", "09:00", "09:00", "Zoë Ng", "PH 1234", "Renewal of a licence", "Unsupervised", "Passed", "17",
         "20", "", "No (pilot)"],
    ]  # fmt: skip


def test_a_name_that_looks_like_a_formula_is_defused(officer, make):
    make.attempt(make.driver(name='=HYPERLINK("http://example.com")', number="=1+1"))
    officer.open("/staff/attempts")
    line = rows(officer.press("Download as CSV"))[1]
    assert line[3:5] == ['\'=HYPERLINK("http://example.com")', "'=1+1"]


def test_the_file_is_named_for_its_period_and_the_download_is_on_the_record(officer, make, events):
    make.attempt(make.driver())
    officer.open("/staff/attempts?from-day=1&from-month=11&from-year=2026")
    page = officer.press("Download as CSV")
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="results-from-2026-11-01.csv"'
    assert page.response.headers["Cache-Control"] == "no-store"
    assert events("results") == ["results.exported"]


def test_the_record_says_how_a_file_was_filtered_and_names_nobody(officer, make):
    make.attempt(make.driver(name="Zoë Ng", number="PH 1234"), right=4)
    officer.open("/staff/attempts?from-day=1&from-month=11&from-year=2026&weak=act&outcome=not-passed&sort=oldest")
    officer.press("Download as CSV")
    with make.reading() as session:
        (entry,) = audit.about(session, "results")
    assert json.loads(entry.content)["detail"] == {
        "file": "csv", "rows": 1, "from": "2026-11-01", "weak": "act", "outcome": "not-passed", "sort": "oldest",
    }  # fmt: skip
    assert "Zoë" not in entry.content and "1234" not in entry.content


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
    assert [row[7] for row in rows(officer.press("Download as CSV"))[1:]] == ["Passed", "Passed"]


FIGURES = ["Tests", "Passed", "Not passed", "Set aside", "Not finished yet", "Pass rate"]


def figures(page):
    """The totals above a list, by their words."""
    found = {row.dt.get_text(): row.dd.get_text() for row in page.soup.select(".quiz-figures > div")}
    assert list(found) == FIGURES
    return list(found.values())


def names(page):
    return [row.a.get_text() for row in page.soup.select("main tbody tr")]


def test_filters_narrow_the_list_the_totals_and_the_file_alike(officer, make):
    for name, right, supervised in (("Ann Able", 18, False), ("Bea Below", 4, False), ("Cy Close", 15, True)):
        make.attempt(make.driver(name=name, supervised=supervised), right=right)
    make.attempt(make.driver(name="Dee Doing"), finished=False)
    assert figures(officer.open("/staff/attempts")) == ["4", "1", "2", "0", "1", "33%"]
    page = officer.press("Show results", outcome="not-passed")
    assert (names(page), figures(page)) == (["Cy Close", "Bea Below"], ["2", "0", "2", "0", "0", "0%"])
    page = officer.press("Show results", weak="act", sort="oldest")
    assert (names(page), figures(page)) == (["Bea Below"], ["1", "0", "1", "0", "0", "0%"])
    assert [row[3] for row in rows(officer.press("Download as CSV"))[1:]] == ["Bea Below"]
    page = officer.open("/staff/attempts?supervised=yes&reason=renewal")
    assert names(page) == ["Cy Close"]
    page = officer.open("/staff/attempts?reason=required")
    assert (figures(page), "No test fits" in page.text) == (["0", "0", "0", "0", "0", "–"], True)


def test_periods_that_are_asked_for_most_are_one_press_away(officer, make, clock):
    make.attempt(make.driver(name="Ann First"))
    clock.pass_by(days=20)  # 13 December
    officer.open("/staff/sign-in")
    officer.press("Sign in", email="officer@example.com", password=PASSWORD)
    officer.open("/staff/attempts")
    assert "No test fits" in officer.follow("This month").text and officer.page.soup.select_one("details[open]")
    assert "Ann First" in officer.follow("This quarter").text
    assert [box["value"] for box in officer.page.soup.select(".govuk-date-input__input")] == [
        "1", "10", "2026", "31", "12", "2026",
    ]  # fmt: skip
    assert "Ann First" in officer.follow("This year").text
    assert "Filter and sort" in officer.follow("Show all").text
    assert not officer.page.soup.select_one("details[open]")


def test_a_filter_that_no_page_offers_says_so_and_shows_nobody(officer, make):
    make.attempt(make.driver(name="Ann First"))
    page = officer.open("/staff/attempts?outcome=unsafe&weak=nonsense")
    assert page.errors == ["Result: choose one of the list", "Weak spot: choose one of the list"]
    assert "Ann First" not in page.text


def test_there_is_no_filter_by_unsafe_answers(officer):
    assert "unsafe" not in officer.open("/staff/attempts").text.lower()


def test_where_a_list_is_too_long_to_look_through_it_says_so(officer, make, clock, monkeypatch):
    monkeypatch.setattr("quiz.records.filtered.LOOKED_THROUGH", 2)
    for number in range(5):
        make.attempt(make.driver(name=f"Driver {number}", reason=Reason.REFRESHER if number == 0 else Reason.RENEWAL))
        clock.pass_by(minutes=1)
    page = officer.open("/staff/attempts?reason=refresher")
    assert "None of the 2 tests that were looked through fits." in page.text
    assert "This period has more than 2 tests" in page.text
    for _ in range(2):
        page = officer.open(next(way for words, way in officer.page.links.items() if "More tests" in words))
    assert names(page) == ["Driver 0"]


def test_the_tests_of_one_driver_are_found_by_name_or_number_and_no_address_names_them(officer, make):
    make.attempt(make.driver(name="Zoë Ng", number="PH 1234"))
    make.attempt(make.driver(name="Ann First"))
    make.driver(name="Nobody Yet", number="PH 9999")
    officer.open("/staff/attempts")
    for typed in ("zoe", "ph1234"):
        page = officer.press("Find results", find=typed)
        assert (names(page), page.path) == (["Zoë Ng"], "/staff/attempts/found")
    assert "This driver has not taken the test yet." in officer.press("Find results", find="PH9999").text
    assert "No driver has that number" in officer.press("Find results", find="Xaver").text
    assert officer.press("Find results", find="").errors == [
        "Enter a licence number, a part of a name, or an e-mail address"
    ]


def test_a_list_for_paper_says_how_it_was_filtered_and_is_on_the_record(officer, make, events, monkeypatch):
    for right in (20, 4):
        make.attempt(make.driver(name=f"Driver {right}"), right=right)
    officer.open("/staff/attempts?outcome=passed")
    page = officer.press("Print view")
    assert (names(page), page.heading) == (["Driver 20"], "Results for printing")
    assert "Result Passed" in " ".join(page.text.split()) and "23 November 2026 at 9:00am" in page.text
    assert events("results") == ["results.exported"]
    monkeypatch.setattr("quiz.web.staff.attempts.ON_PAPER", 1)
    officer.open("/staff/attempts")
    assert "too long to print" in officer.press("Print view").text
    assert events("results") == ["results.exported"]
