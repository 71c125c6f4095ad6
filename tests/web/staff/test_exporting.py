"""Results as files: short ones at once, long ones by the worker, fetched by whoever asked and then erased."""

import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from quiz.actions import exporting, jobs
from quiz.commands import results_file, working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.domain.roles import Role
from quiz.records import audit
from quiz.records.jobs import Job
from quiz.records.staff import Staff
from tests.conftest import signed_in
from tests.make import PASSWORD, PEPPER, Make


@pytest.fixture
def at(app: Flask, make: Make) -> Desk:
    """The desk of a worker on this instance."""
    return Desk(app.extensions["quiz"].settings, make.engine, PEPPER, make.clock.now)


@pytest.fixture
def long(make: Make, monkeypatch) -> None:
    """Two tests, which are more than one waits for."""
    monkeypatch.setattr("quiz.web.staff.exporting.STRAIGHT", 1)
    make.attempt(make.driver(name="Zoë Ng"), right=18)
    make.attempt(make.driver(name="Ann First"), right=4)


def names(page) -> list[object]:
    return [row[3].value for row in load_workbook(io.BytesIO(page.response.data))["Results"].iter_rows(min_row=2)]


def detail(make: Make, event: str, subject: str = "results") -> dict[str, object]:
    with make.reading() as session:
        (entry,) = [one for one in audit.about(session, subject) if one.event == event]
        return json.loads(entry.content)["detail"]


def work_id(page) -> str:
    return page.path.rpartition("/")[2]


def test_a_workbook_of_what_is_filtered_is_sent_at_once_and_is_on_the_record(officer, make):
    make.attempt(make.driver(name="Zoë Ng"), right=18)
    make.attempt(make.driver(name="Ann First"), right=4)
    officer.open("/staff/attempts?outcome=not-passed&from-day=1&from-month=11&from-year=2026")
    page = officer.press("Download for a spreadsheet")
    assert page.response.headers["Content-Disposition"] == 'attachment; filename="results-from-2026-11-01.xlsx"'
    assert page.response.headers["Cache-Control"] == "no-store"
    assert names(page) == ["Ann First"]
    about = load_workbook(io.BytesIO(page.response.data))["About this file"]
    assert ("Made by", "officer") in list(about.iter_rows(values_only=True))
    assert detail(make, "results.exported") == {
        "file": "xlsx", "rows": 1, "outcome": "not-passed", "from": "2026-11-01",
    }  # fmt: skip


@pytest.mark.parametrize(("words", "file"), [("Download for a spreadsheet", "xlsx"), ("Download as CSV", "csv")])
def test_a_long_file_is_made_by_the_worker_and_fetched_by_whoever_asked(officer, make, at, long, words, file):
    officer.open("/staff/attempts?supervised=no")
    page = officer.press(words)
    assert page.heading == "Making a file of results" and "Waiting to begin" in page.text
    job_id = work_id(page)
    assert "not ready yet" in officer.open(f"/staff/attempts/files/{job_id}").text
    assert officer.post(f"/staff/attempts/files/{job_id}").status == 404
    working.run_next(at, make.clock, handlers=HANDLERS)
    page = officer.open(f"/staff/work/{job_id}")
    assert "Finished" in page.text and "The file holds 2 tests. It is kept for 7 days." in page.text
    page = officer.press("See what came of it")
    assert "Supervised or not Unsupervised" in " ".join(page.text.split())
    page = officer.press("Download the file")
    assert page.response.headers["Content-Disposition"] == f'attachment; filename="results.{file}"'
    assert page.response.headers["Cache-Control"] == "no-store"
    found = names(page) if file == "xlsx" else [line.split(",")[3] for line in page.text.splitlines()[1:]]
    assert found == ["Ann First", "Zoë Ng"]
    assert detail(make, "results.exported") == {"file": file, "rows": 2, "job": job_id, "supervised": "no"}
    assert detail(make, "results.taken", f"job:{job_id}") == {}


def test_nobody_else_comes_to_a_file(officer, browse, make, at, long):
    officer.open("/staff/attempts")
    job_id = work_id(officer.press("Download as CSV"))
    working.run_next(at, make.clock, handlers=HANDLERS)
    make.staff(Role.OFFICER, email="other@example.com", name="Other Officer")
    other = browse()
    other.open("/staff/sign-in")
    other.press("Sign in", email="other@example.com", password=PASSWORD)
    assert other.open(f"/staff/attempts/files/{job_id}").status == 404
    other.open("/staff/attempts")
    assert other.post(f"/staff/attempts/files/{job_id}").status == 404
    auditor = signed_in(browse, make, Role.AUDITOR)
    assert auditor.open(f"/staff/attempts/files/{job_id}").status == 403


def test_work_of_another_kind_is_no_file_of_results(officer, make):
    with make.reading() as session:
        me = session.scalars(select(Staff.id).where(Staff.email == "officer@example.com")).one()
    with make.work(f"staff:{me}") as work:
        job_id = jobs.ask(work, "report").id
    assert officer.open(f"/staff/attempts/files/{job_id}").status == 404


def test_a_file_is_erased_after_seven_days_and_the_page_says_so(officer, make, at, long, events):
    officer.open("/staff/attempts")
    job_id = work_id(officer.press("Download as CSV"))
    working.run_next(at, make.clock, handlers=HANDLERS)
    folder = at.instance / "work" / job_id
    assert [one.name for one in folder.iterdir()] == ["results.csv"]
    assert results_file.erase(moved(at, exporting.KEPT_FOR)) == 0
    assert results_file.erase(moved(at, exporting.KEPT_FOR + timedelta(seconds=1))) == 1
    assert results_file.erase(moved(at, exporting.KEPT_FOR + timedelta(seconds=1))) == 0
    assert not folder.exists() and events(f"job:{job_id}")[-1] == "results.erased"
    page = officer.open(f"/staff/attempts/files/{job_id}")
    assert "The file has been erased" in page.text
    assert officer.post(f"/staff/attempts/files/{job_id}").status == 404


def test_a_worker_that_is_stopped_leaves_no_half_of_a_file_to_be_fetched(officer, make, at, long, monkeypatch):
    monkeypatch.setattr(results_file, "EACH", 1)
    officer.open("/staff/attempts")
    job_id = work_id(officer.press("Download as CSV"))
    stops = iter([False, True, True])
    working.run_next(at, make.clock, stopping=lambda: next(stops), handlers=HANDLERS)
    assert [one.suffix for one in Path(at.instance / "work" / job_id).iterdir()] == [".part"]
    assert "not ready yet" in officer.open(f"/staff/attempts/files/{job_id}").text
    working.run_next(at, make.clock, handlers=HANDLERS)
    with make.reading() as session:
        assert session.get_one(Job, UUID(job_id)).ended == "done"
    assert "The file holds 2 tests" in officer.open(f"/staff/attempts/files/{job_id}").text


def test_an_address_that_no_page_offers_makes_no_file(officer, make, events):
    officer.open("/staff/attempts")
    assert officer.post("/staff/attempts.xlsx?outcome=unsafe").status == 400
    assert events("results") == []


def moved(at: Desk, by: timedelta) -> Desk:
    return Desk(at.settings, at.engine, at.pepper, at.now + by)
