"""A quarter reaches the committee: tests are taken, the plan is kept, a public report is issued and checked."""

from quiz.commands import verify_report
from quiz.domain.report import Rate
from quiz.formats import report_file
from tests.documents.reading import spoken, squeezed

DAYS = {"from-day": 1, "from-month": 10, "from-year": 2026, "to-day": 23, "to-month": 11, "to-year": 2026}


def test_from_the_tests_to_the_committee(officer, make, clock, app):
    for right in [20] * 7 + [10] * 6:
        clock.pass_by(minutes=3)
        make.attempt(make.driver(), right=right)
    officer.open("/staff")
    officer.follow("Reports")
    officer.follow("Action plan")
    officer.press("Add an action")
    officer.press("Save", area="Training", action="Hold a session", owner="Licensing manager", status="under-way")
    officer.follow("Monitoring reports")
    officer.press("Look at a new report")
    officer.press("Show it", version="public", **DAYS)
    assert "Preview, not issued." in officer.page.text
    path = officer.press("Issue this report").path
    content = officer.press("Download the signed file").response.data
    keys = app.extensions["quiz"].signing().public
    said = verify_report.verify(content, keys)
    assert said.startswith("Genuine: report 2026-1 as") and "PILOT" in said
    _, report, _ = report_file.open_file(content)
    tables = {table.title: table for section in report.sections for table in section.tables}
    assert tables["Tests by try"].rows[0] == ("First tries", 13, 7, 6, Rate(538), "29.1% to 76.8%")
    assert tables["Action plan"].rows[0][:2] == ("Training", "Hold a session")
    officer.open(path)
    paper = spoken(officer.press("Download the PDF").response.data)
    assert squeezed("First tries 13 7 6 53.8% 29.1% to 76.8%") in paper
    assert squeezed("Hold a session") in paper
