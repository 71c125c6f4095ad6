"""Access codes and their letters."""

from datetime import date

import pytest

from quiz.actions import people
from quiz.domain.licence import Kind
from tests.documents.reading import spoken, squeezed
from tests.make import COUNCIL, PASSWORD
from tests.web.staff.test_drivers import CODE


@pytest.fixture
def issue(officer, made):
    """The page for a new code."""
    return officer.open(f"/staff/drivers/{made.person_id}/code")


def works(browse, number: str, code: str) -> bool:
    driver = browse()
    driver.open("/sign-in")
    return driver.press("Continue", licence=number, code=code).path != "/sign-in"


def test_a_new_code_for_the_present_invitation_ends_the_old_one(officer, browse, made, issue):
    page = officer.press("Issue code")
    code = CODE.search(page.text)[0]
    assert (works(browse, made.number, made.code), works(browse, made.number, code)) == (False, True)


def test_a_new_invitation_has_its_own_reason_and_last_day(officer, made, issue):
    officer.press("Issue code", which="new", reason="required", supervised="yes", **{
        "deadline-day": "1", "deadline-month": "12", "deadline-year": "2026"})  # fmt: skip
    text = officer.open(f"/staff/drivers/{made.person_id}").text
    assert "Required by the council 1 December 2026 Supervision asked for" in text


def test_a_new_invitation_needs_a_reason(officer, issue):
    page = officer.press("Issue code", which="new")
    assert page.errors == ["Choose why the driver takes the test"]


def test_a_last_day_in_the_past_is_refused_and_the_old_code_goes_on_working(officer, browse, made, issue):
    page = officer.press("Issue code", which="new", reason="renewal", **{
        "deadline-day": "1", "deadline-month": "11", "deadline-year": "2026"})  # fmt: skip
    assert page.errors == ["The last day to take the test is in the past. Choose today or later"]
    assert works(browse, made.number, made.code)


def test_an_invitation_that_has_ended_is_not_offered_again(officer, make):
    made = make.driver(deadline=date(2026, 11, 23))
    make.clock.pass_by(days=1)
    officer.open("/staff/sign-in")
    officer.press("Sign in", email="officer@example.com", password=PASSWORD)
    page = officer.open(f"/staff/drivers/{made.person_id}/code")
    assert "The present invitation" not in page.choices
    assert officer.press("Issue code", which="again").errors == ["Choose why the driver takes the test"]


def test_the_letter_carries_the_code_and_is_made_only_from_this_page(officer, made, issue, events):
    code = CODE.search(officer.press("Issue code").text)[0]
    letter = officer.press("Print the letter")
    assert (letter.status, letter.response.mimetype) == (200, "application/pdf")
    assert letter.response.headers["Cache-Control"] == "no-store"
    said = spoken(letter.response.data)
    for words in (code, "Sam Driver", made.number, "You asked to renew your licence."):
        assert squeezed(words) in said
    assert events(f"person:{made.person_id}")[-1] == "letter.made"


def test_no_letter_for_a_code_that_is_wrong_old_or_somebody_elses(officer, make, made, issue):
    other = make.driver(name="Other Person")
    old, address = made.code, f"/staff/drivers/{made.person_id}/letter.pdf"
    officer.press("Issue code")
    for code in (old, other.code, "33333-33333-33333", "", "x" * 9999):
        officer.open("/staff")
        page = officer.post(address, code=code)
        assert (page.status, page.heading) == (409, "This is not the driver's present access code")


def test_the_plain_code_is_nowhere_in_the_database_or_the_log(officer, make, issue, engine):
    code = CODE.search(officer.press("Issue code").text)[0]
    officer.press("Print the letter")
    with engine.connect() as connection:
        dump = "\n".join(connection.connection.dbapi_connection.iterdump())
    assert code not in dump and code.replace("-", "") not in dump


def test_a_code_belongs_to_somebody(officer):
    missing = "/staff/drivers/01a20000-0000-7000-8000-000000000000"
    assert [officer.open(missing + way).status for way in ("", "/code", "/details", "/licences/add")] == [404] * 4


def test_an_auditor_issues_no_codes(auditor, made):
    assert auditor.open(f"/staff/drivers/{made.person_id}/code").status == 403


def test_a_driver_without_any_invitation_gets_a_first_one(officer, make):
    with make.work() as work:
        person = people.add_driver(work, name="Im Ported", kind=Kind.DUAL, number="D1", authority=COUNCIL)
        address = f"/staff/drivers/{person.id}/code"
    assert officer.open(address).heading == "Invite Im Ported"
    assert CODE.search(officer.press("Issue code", reason="refresher").text)
