"""Monitoring reports on the officer's pages: looked at, issued, downloaded; and the action plan beside them."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from quiz.actions import reporting
from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.formats import report_file
from tests.documents.reading import spoken, squeezed
from tests.make import PEPPER

SPRING = {"from-day": 1, "from-month": 10, "from-year": 2026, "to-day": 23, "to-month": 11, "to-year": 2026}


@pytest.fixture
def looking(officer, make):
    """An officer in front of a preview of days in which three drivers were tested."""
    for right in (20, 20, 9):
        make.attempt(make.driver(), right=right)
    officer.open("/staff")
    officer.follow("Reports")
    officer.press("Look at a new report")
    officer.press("Show it", version="internal", **SPRING)
    return officer


def figures(page, title):
    """The cells of a table by the first one of each row."""
    table = next(one for one in page.soup.select("table") if one.caption.get_text().strip() == title)
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in table.select("tbody tr")]
    return {row[0]: row[1:] for row in rows}


def test_a_preview_keeps_nothing_and_an_issued_report_says_the_same(looking, make):
    before = figures(looking.page, "Tests by try")
    assert before["First tries"] == ["3", "2", "1", "too few", "too few"]
    assert "Preview, not issued." in looking.page.text
    page = looking.press("Issue this report")
    assert page.heading == "Monitoring report 2026-1"
    assert "The signature, the digest and the audit log agree" in page.text
    make.attempt(make.driver())
    assert figures(looking.open(page.path), "Tests by try") == before
    assert figures(looking.open(f"/staff/reports/new?{_address()}"), "Tests by try")["First tries"][0] == "4"
    assert "Report 2026-1" in looking.open("/staff/reports").links


def _address(version="internal"):
    return "&".join(f"{key}={value}" for key, value in (*SPRING.items(), ("version", version)))


def test_the_files_say_what_the_page_says(looking, events):
    page = looking.press("Issue this report")
    path = page.path
    digest = next(words for words in page.text.split("SHA-256 ")[1:])[:71].replace(" ", "")
    signed = looking.press("Download the signed file").response
    assert signed.headers["Content-Disposition"] == 'attachment; filename="monitoring-report-2026-1-internal.json"'
    text, report, seal = report_file.open_file(signed.data)
    assert report_file.digest(text) == seal.digest == digest
    looking.open(path)
    paper = looking.press("Download the PDF").response
    said = spoken(paper.data)
    assert paper.mimetype == "application/pdf" and digest in said
    for section in report.sections:
        assert squeezed(section.title) in said
        assert all(squeezed(words) in said for words in section.words)
    looking.open(path)
    book = load_workbook(BytesIO(looking.press("Download the spreadsheet").response.data))
    tables = [table for section in report.sections for table in section.tables]
    assert len(book.worksheets) == 1 + len(tables)
    assert [cell.value for cell in book.worksheets[1][2]] == ["Licence holders on the list", 3, "too few"]
    about = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert (about["Report"], about["SHA-256 of the report"]) == ("2026-1", digest)
    assert events(f"report:{path.rpartition('/')[2]}") == ["report.issued", *["report.taken"] * 3]


def test_a_public_version_leaves_out_small_numbers(looking):
    page = looking.open(f"/staff/reports/new?{_address('public')}")
    assert figures(page, "Tests by try")["First tries"] == ["[c]"] * 5
    looking.press("Issue this report")
    assert "[c]: left out" in looking.page.text and "Robin Officer" not in looking.page.soup.main.get_text()
    page = looking.open(f"/staff/reports/new?{_address('public')}")
    assert page.errors[0].startswith(
        "Days of this period are public already: 2026-1 (1 October 2026 to 23 November 2026)"
    )
    assert "1 October 2026 to 23 November 2026: report 2026-1" in looking.open("/staff/reports/new").text
    sent = {"first": "2026-11-01", "last": "2026-11-02", "version": "public"}
    assert "Days of this period are public already: 2026-1" in looking.post("/staff/reports", **sent).text


def test_what_is_no_period_is_said_at_its_field(officer):
    officer.open("/staff/reports/new")
    page = officer.press("Show it", **{**SPRING, "to-year": 2027})
    assert page.errors == ["The last day must be today or earlier"]
    assert officer.press("Show it", **{**SPRING, "from-day": 32}).errors == [
        "First day must be a real date, for example 21 11 2026"
    ]
    assert officer.post("/staff/reports", first="x", last="y", version="internal").status == 400


def test_a_report_of_very_many_tests_is_issued_by_the_worker_once(looking, app, make, clock, monkeypatch):
    monkeypatch.setattr(reporting, "STRAIGHT", 2)
    page = looking.open(f"/staff/reports/new?{_address()}")
    assert "Too many tests to show a preview" in page.text and page.soup.select("table") == []
    page = looking.press("Issue this report")
    assert page.heading == "Making a monitoring report"
    parts = app.extensions["quiz"]
    at = Desk(parts.settings, make.engine, PEPPER, clock.now)
    job = working.run_next(at, clock, handlers=HANDLERS)
    page = looking.open(f"/staff/work/{job.id}")
    assert "Report 2026-1 is issued." in page.text
    page = looking.press("See what came of it")
    assert page.heading == "Monitoring report 2026-1" and figures(page, "Tests by try")["All"][0] == "3"
    run = working.Run(at, clock, job, lambda: False)
    assert HANDLERS["report"](run) == "Report 2026-1 is issued."  # after a crash before its end was written down
    assert list(looking.open("/staff/reports").links).count("Report 2026-1") == 1


def test_readers_see_reports_and_issue_none(looking, auditor, lead, administrator):
    path = looking.press("Issue this report").path
    for reader in (auditor, lead, administrator):
        assert reader.open(path).heading == "Monitoring report 2026-1"
        page = reader.open(f"/staff/reports/new?{_address()}")
        assert "Preview" in page.text and "Issue this report" not in page.text
        assert reader.post("/staff/reports", first="2026-10-01", last="2026-11-01", version="internal").status == 403
        assert "Add an action" not in reader.open("/staff/action-plan").text


def test_the_action_plan_is_kept_and_printed(looking, make):
    looking.open("/staff/action-plan")
    for area, action in (("Training", "Hold a session"), ("Policy", "Write it")):
        looking.press("Add an action")
        looking.press("Save", area=area, action=action, owner="Licensing manager")
        looking.open("/staff/action-plan")
    looking.press("Up: Write it", to="up")
    rows = [[cell.get_text().strip() for cell in row.select("td")][:6] for row in looking.page.soup.select("tbody tr")]
    assert rows == [
        ["Policy", "Write it", "Licensing manager", "No date", "Not started", ""],
        ["Training", "Hold a session", "Licensing manager", "No date", "Not started", ""],
    ]
    looking.follow("Change: Write it")
    assert looking.press("Save", status="completed").errors == ["Say what shows that it is completed"]
    looking.press("Save", status="completed", evidence="Minute 12", **{"due-day": 1, "due-month": 2, "due-year": 2027})
    page = looking.follow("Change: Write it")
    assert "Robin Officer" in page.text and page.text.count("Not started") >= 2
    page = looking.open(f"/staff/reports/new?{_address()}")
    assert figures(page, "Action plan")["Policy"] == [
        "Write it", "Licensing manager", "1 February 2027", "Completed", "Minute 12",
    ]  # fmt: skip


def test_a_file_that_was_changed_is_not_genuine(looking):
    looking.press("Issue this report")
    content = json.loads(looking.press("Download the signed file").response.data)
    content["report"]["sections"][0]["title"] = "Other"
    text, _, seal = report_file.open_file(json.dumps(content).encode())
    assert report_file.digest(text) != seal.digest


def test_days_that_no_calendar_reaches_are_refused(looking):
    page = looking.post("/staff/reports", first="0001-01-01", last="9999-12-31", version="public")
    assert (page.status, page.heading) == (409, "The last day must be today or earlier")
