"""A whole list is invited: looked at first, done by the worker, sent by e-mail or printed once; nobody twice."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text

from quiz.actions import invitations, people, staff
from quiz.actions.work import Work
from quiz.commands import posting, working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.domain.licence import Kind
from quiz.domain.posting import State
from quiz.domain.roles import Role
from quiz.records import audit
from quiz.records import letters as rows
from quiz.records import people as known
from quiz.records.letters import Batch, Letter
from quiz.records.staff import Staff, StaffRole
from quiz.settings import Settings
from tests.documents.reading import spoken, squeezed
from tests.make import COUNCIL, PEPPER, Clock, Make
from tests.operations.test_posting import MAIL
from tests.postbox import open_postbox

CODE = re.compile(r"\b\w{5}-\w{5}-\w{5}\b")
DAY = {"deadline-day": "21", "deadline-month": "12", "deadline-year": "2026"}


def driver(work: Work, name: str, number: str, email: str = "", days: int = 60) -> UUID:
    """Somebody on the council's list who was never invited."""
    ends = work.now.date() + timedelta(days=days)
    return people.add_driver(
        work, name=name, kind=Kind.DUAL, number=number, authority=COUNCIL, email=email, expires_on=ends
    ).id


@pytest.fixture
def drivers(make: Make) -> dict[str, UUID]:
    """Two with e-mail, two without, one whose licence ends much later, and one who has a code already."""
    with make.work("cli:import") as work:
        found = {
            "Ann": driver(work, "Ann Able", "HC1111", "ann@example.com"),
            "Bob": driver(work, "Bob Best", "HC2222", "bob@example.com"),
            "Cy": driver(work, "Cy Cash", "HC3333"),
            "Di": driver(work, "Di Drive", "HC4444"),
            "Ed": driver(work, "Ed Early", "HC5555", "ed@example.com", days=400),
        }
    made = make.driver(name="Flo First", number="PH9", email="flo@example.com")
    with make.work() as work:
        (licence,) = known.licences(work.session, made.person_id)
        licence.expires_on = work.now.date() + timedelta(days=60)
    return found | {"Flo": made.person_id}


@pytest.fixture
def at(make: Make, clock: Clock, tmp_path: Path) -> Desk:
    (tmp_path / "settings.toml").write_text(
        Settings.default_text().replace("[mail]", MAIL.format(port=1).lstrip(), 1), encoding="utf-8"
    )
    return Desk(Settings.load(tmp_path), make.engine, PEPPER, clock.now)


def worked(at: Desk, clock: Clock) -> str:
    """The worker does the next piece of work; what it says of it."""
    job = working.run_next(at, clock, handlers=HANDLERS)
    assert job is not None
    with at.reading() as session:
        done = session.get_one(type(job), job.id)
        return f"{done.ended}: {done.words}"


def look(officer, **changes: object):
    officer.open("/staff/invitations/new")
    return officer.press("See whom this invites", **{"reason": "renewal", "status": "due-90", **DAY, **changes})


def letters_of(make: Make, person_id: UUID) -> list[Letter]:
    with make.reading() as session:
        return rows.of_person(session, person_id)


def everywhere(make: Make) -> str:
    """All that the database holds of letters, log and work."""
    with make.engine.connect() as connection:
        return "".join(
            str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 (our own names)
            for table in ("letter", "audit_entry", "job", "invitation_batch", "access_code", "standing")
        )


def test_whoever_chooses_again_types_nothing_twice(officer, make, drivers):
    look(officer)
    chosen = officer.follow("Choose again").soup
    kept = {name: chosen.select_one(f"[name={name}]")["value"] for name in DAY}
    assert kept == DAY and chosen.select_one("[name=reason][checked]")["value"] == "renewal"
    assert chosen.select_one("[name=status] [selected]")["value"] == "due-90"


def test_a_list_is_looked_at_invited_sent_and_printed_once(officer, browse: Callable, make, at, clock, drivers):
    page = look(officer)
    assert page.heading == "Invite 4 drivers"
    assert "On the list 5" in page.text and "Left out 1 with an open invitation" in page.text
    assert "Please pass the Taxi driver safeguarding test by 21 December 2026" in page.text
    assert letters_of(make, drivers["Ann"]) == []
    page = officer.press("Invite 4 drivers")
    assert page.heading == "Inviting many drivers"
    assert worked(at, clock) == "done: Invited: 4. Letters by e-mail: 2. Letters to be printed: 2."
    assert [letters_of(make, drivers[name]) for name in ("Ed", "Flo")] == [[], []]
    officer.open(page.path)
    page = officer.press("See what came of it")
    assert "Waits to be sent 2" in page.text and "To be printed 2" in page.text
    result = page.path
    page = officer.follow("Drivers who get no e-mail, with their telephone numbers")
    assert "Cy Cash" in page.text and "HC3333" in page.text and "Ann Able" not in page.text
    officer.open(page.path)
    with make.reading() as session:
        assert [one.event for one in audit.page(session, size=9)].count("phone-list.read") == 1
    officer.open(result)
    pdf = officer.press("Download the letters").response
    assert (pdf.mimetype, pdf.headers["Cache-Control"]) == ("application/pdf", "no-store")
    said = spoken(pdf.data)
    for words in ("Cy Cash", "HC3333", "Di Drive", "Do you need more time, a reader, breaks or other help?"):
        assert squeezed(words) in said
    assert squeezed("Ann Able") not in said
    officer.open(result)
    assert officer.post(f"{result}/letters.pdf").heading == "There is no letter to print"
    (letter,) = letters_of(make, drivers["Cy"])
    assert (letter.state, letter.sealed) == ("printed", None)
    with open_postbox() as box:
        settings = replace(at.settings, mail=replace(at.settings.mail, port=box.port))
        assert posting.send_letters(replace(at, settings=settings), clock) == 2
        assert sorted(box.recipients) == ["ann@example.com", "bob@example.com"]
        content = next(one for one in box.letters if one["To"] == "ann@example.com").get_content()
    assert "HC1111" not in content and "ends with 111" in content
    code = CODE.search(content)[0]
    assert code not in everywhere(make) and code.replace("-", "") not in everywhere(make)
    theirs = browse()
    theirs.open("/sign-in")
    assert theirs.press("Continue", licence="HC1111", code=code).path != "/sign-in"
    with make.reading() as session:
        told = [one.event for one in audit.about(session, f"person:{drivers['Cy']}")]
        assert told[:4] == ["letter.printed", "letter.written", "code.issued", "invitation.made"]
        assert not [one for one in audit.page(session) if "Cash" in one.content or "example.com" in one.content]


def test_nobody_is_invited_twice(officer, make, at, clock, drivers):
    look(officer)
    officer.press("Invite 4 drivers")
    worked(at, clock)
    page = look(officer)
    assert page.errors == ["All 5 drivers on this list have an open invitation. Choose another list"]
    assert look(officer, status="overdue").errors == ["There are no drivers on this list. Choose another one"]


def test_a_list_that_has_changed_is_shown_again(officer, make, at, clock, drivers):
    look(officer)
    with make.work() as work:
        driver(work, "Gus Gone", "HC6666")
    page = officer.press("Invite 4 drivers")
    assert page.errors == ["The list has changed meanwhile: 5 drivers would be invited"]
    with make.reading() as session:
        assert session.scalars(select(Batch)).all() == []


def test_a_worker_that_was_stopped_is_followed_by_one_that_goes_on(officer, make, at, clock, drivers, monkeypatch):
    monkeypatch.setattr("quiz.actions.inviting.AT_ONCE", 1)
    look(officer)
    officer.press("Invite 4 drivers")
    count = iter(range(9))
    working.run_next(at, clock, lambda: next(count) >= 2, handlers=HANDLERS)
    with make.reading() as session:
        assert 0 < rows.counts(session).waiting + rows.counts(session).paper < 4
    assert worked(at, clock) == "done: Invited: 4. Letters by e-mail: 2. Letters to be printed: 2."
    assert all(len(letters_of(make, drivers[name])) == 1 for name in ("Ann", "Bob", "Cy", "Di"))


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "other duties"])
def test_work_that_waits_is_not_done_for_somebody_who_may_not_do_it_any_more(officer, make, at, clock, drivers, gone):
    look(officer)
    officer.press("Invite 4 drivers")
    with make.work() as work:
        staff_id = work.session.scalars(select(StaffRole.staff_id)).one()
        if gone:
            work.session.get_one(Staff, staff_id).deactivated_at = work.now
        else:
            staff.change_roles(work, staff_id, [Role.INVIGILATOR])
    assert worked(at, clock) == "refused: Whoever asked for this may not do it any more. Nothing was done."
    assert all(letters_of(make, person_id) == [] for person_id in drivers.values())


def test_what_is_missing_is_said(officer, drivers):
    officer.open("/staff/invitations/new")
    assert officer.press("See whom this invites").errors == [
        "Choose why the driver takes the test", "Enter the last day to take the test"
    ]  # fmt: skip
    assert look(officer, **{"deadline-year": "2025"}).errors == [
        "The last day to take the test is in the past. Choose today or later"
    ]


def test_a_code_that_works_no_more_is_not_printed(officer, make, at, clock, drivers):
    look(officer)
    officer.press("Invite 4 drivers")
    worked(at, clock)
    with make.reading() as session:
        (batch,) = session.scalars(select(Batch)).all()
        (invited,) = rows.invitations_of(session, [letters_of(make, drivers["Cy"])[0].id]).values()
    with make.work() as work:
        invitations.issue_code(work, work.session.merge(invited))
    officer.open(f"/staff/invitations/{batch.id}")
    said = spoken(officer.press("Download the letters").response.data)
    assert squeezed("Di Drive") in said and squeezed("Cy Cash") not in said
    assert letters_of(make, drivers["Cy"])[0].state == State.GIVEN_UP


def test_an_auditor_invites_nobody(auditor):
    assert auditor.open("/staff/invitations/new").status == 403
