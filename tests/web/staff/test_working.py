"""The page of long work: how far it is, how it ended, and nobody else's."""

import pytest
from sqlalchemy import select

from quiz.actions import jobs
from quiz.domain.jobs import Ending
from quiz.domain.roles import Role
from quiz.records import jobs as rows
from quiz.records.staff import Staff
from tests.make import Make


@pytest.fixture
def me(officer, make: Make):
    """The key of the officer who is signed in."""
    with make.reading() as session:
        return session.scalars(select(Staff.id).where(Staff.email == "officer@example.com")).one()


def ask(make: Make, staff_id) -> object:
    with make.work(f"staff:{staff_id}") as work:
        return jobs.ask(work, "results", {"back": "/staff/attempts", "title": "A file of results"}).id


def test_progress_can_be_left_and_found_again(officer, make, me):
    assert "You have not asked for any long work" in officer.open("/staff/work").text
    job_id = ask(make, me)
    page = officer.open(f"/staff/work/{job_id}")
    assert "Waiting to begin" in page.text
    with make.work() as work:
        job = rows.claim(work.session, work.now)
        work.session.expunge(job)
        rows.keep(work.session, job, work.now, done=250, total=1000, stage="Reading rows")
    page = officer.open(f"/staff/work/{job_id}")
    assert "In progress: 25%" in page.text and "250 of 1,000" in page.text and "Reading rows" in page.text
    assert "A file of results" in officer.open("/staff/work").text
    with make.work() as work:
        rows.end(work.session, job, work.now, Ending.DONE, "The file is ready.")
    assert "The file is ready." in officer.open(f"/staff/work/{job_id}").text
    middle = officer.client.get(f"/staff/work/{job_id}/progress", base_url=officer.host).get_data(as_text=True)
    assert "The file is ready." in middle and "/staff/attempts" in middle and "Look again" not in middle


def test_work_of_a_colleague_is_not_shown(officer, make, me):
    job_id = ask(make, make.staff(Role.OFFICER))
    assert officer.open(f"/staff/work/{job_id}").status == 404
    assert "A file of results" not in officer.open("/staff/work").text
