"""quiz drivers and quiz staff: codes and passwords are shown once, alone on the last line."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from quiz.app import create_app
from quiz.domain import numbers
from quiz.domain.roles import Role
from quiz.records import audit, invitations, people, staff
from quiz.records.people import Person
from tests.page import Browser

CODE = re.compile(r"[3-9A-Z]{5}(-[3-9A-Z]{5}){2}")
SAM = ("drivers", "add", "--licence", "ph 12-34", "--kind", "private-hire", "--name", "Sam Driver")


def last_line(shown: str) -> str:
    return shown.rstrip("\n").splitlines()[-1]


def signs_in(quiz, engine, number: str, code: str) -> bool:
    browser = Browser(create_app(quiz.settings(), engine))
    browser.open("/sign-in")
    return browser.press("Continue", licence=number, code=code).path != "/sign-in"


@pytest.mark.both_engines
def test_the_code_stands_alone_on_the_last_line_and_signs_in(quiz, engine):
    code = last_line(quiz.done(*SAM))
    assert CODE.fullmatch(code)
    assert signs_in(quiz, engine, "PH1234", code)


@pytest.mark.both_engines
def test_everything_typed_is_kept(quiz, make):
    expires, deadline = date.today() + timedelta(days=90), date.today() + timedelta(days=30)
    quiz.done(
        *SAM, "--email", "sam@example.com", "--phone", "01632 960001", "--expires", expires, "--reason", "required",
        "--deadline", deadline, "--supervised",
    )  # fmt: skip
    with make.reading() as session:
        (person_id,) = people.numbered(session, "PH1234")
        person, (licence,) = session.get(Person, person_id), people.licences(session, person_id)
        (invitation,) = invitations.of_person(session, person_id)
    assert (person.name, person.email, person.phone) == ("Sam Driver", "sam@example.com", "01632 960001")
    assert (licence.authority, licence.number, licence.expires_on) == ("Chorley Council", "PH 12-34", expires)
    assert (invitation.reason, invitation.deadline, invitation.supervised) == ("required", deadline, True)
    assert invitation.made_by.startswith("cli:")


@pytest.mark.parametrize(("kind", "reason"), [("application", "application"), ("hackney", "renewal")])
def test_the_reason_follows_from_the_kind(quiz, make, kind, reason):
    quiz.done("drivers", "add", "--licence", "1", "--kind", kind, "--name", "Sam")
    with make.reading() as session:
        (invitation,) = invitations.of_person(session, people.numbered(session, "1")[0])
    assert invitation.reason == reason


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--name", "李"), "cannot be printed"),
        (("--name", ""), "Enter the name"),
        (("--email", "nowhere"), "Enter an e-mail address"),
        (("--phone", "ring me"), "Enter a telephone number"),
        (("--deadline", "2020-01-01"), "in the past"),
        (("--licence", "--"), "Enter the licence or application number"),
    ],
    ids=["glyphs", "no name", "e-mail", "telephone", "deadline", "number"],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is(quiz, make, words, why):
    assert why in quiz.refused(*SAM, *words)
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_a_number_is_given_once_for_each_kind(quiz):
    quiz.done(*SAM)
    assert "There is already a driver with the number PH1234" in quiz.refused(*SAM, "--licence", "PH1234")
    quiz.done(*SAM, "--kind", "hackney")


@pytest.mark.both_engines
def test_a_new_code_ends_the_old_one(quiz, engine, make):
    made = make.driver(number="PH7")
    code = last_line(quiz.done("drivers", "code", " ph-7 "))
    assert not signs_in(quiz, engine, "PH7", made.code)
    assert signs_in(quiz, engine, "PH7", code)


def test_two_who_hold_one_number_are_told_apart_by_kind(quiz, make):
    hackney = make.driver(number="77", kind="hackney")
    make.driver(number="77", kind="dual")
    assert quiz.refused("drivers", "code", "77") == (
        "Several drivers have this number. Say which with --kind: dual, hackney.\n"
    )
    code = last_line(quiz.done("drivers", "code", "77", "--kind", "hackney"))
    with make.reading() as session:
        about = audit.about(session, f"person:{hackney.person_id}")
    assert about[0].event == "code.issued"
    assert numbers.read(code)


def test_nobody_has_that_number(quiz, make):
    make.driver(number="PH7", kind="private-hire")
    assert quiz.refused("drivers", "code", "PH8") == "No driver has this licence number.\n"
    assert quiz.refused("drivers", "code", "PH7", "--kind", "hackney") == "No driver has this licence number.\n"


def test_a_code_that_could_not_work_is_not_issued(quiz, make, clock):
    clock.pass_by(days=-400)
    made = make.driver(number="PH7", deadline=clock.now.date() + timedelta(days=30))
    assert "invitation has ended" in quiz.refused("drivers", "code", "PH7")
    assert CODE.fullmatch(last_line(quiz.done("drivers", "code", "PH7", "--reason", "refresher")))
    with make.reading() as session:
        newest, first = invitations.of_person(session, made.person_id)
    assert (newest.reason, first.id) == ("refresher", made.invitation_id)


@pytest.mark.both_engines
def test_the_first_password_must_be_changed(quiz, engine):
    words = ("--email", "It@Example.com", "--name", "Alex", "--role", "administrator", "--role", "safeguarding-lead")
    password = last_line(quiz.done("staff", "add", *words))
    browser = Browser(create_app(quiz.settings(), engine))
    browser.open("/staff/sign-in")
    page = browser.press("Sign in", email="it@example.com", password=password)
    assert "password" in page.heading.lower()
    assert quiz.done("staff", "list") == "it@example.com  Alex  administrator, safeguarding lead\n"


def test_an_address_is_taken_once(quiz, make):
    make.staff(email="alex@example.com")
    again = ("staff", "add", "--email", "ALEX@example.com", "--name", "A", "--role", "officer")
    assert "already an account" in quiz.refused(*again)


@pytest.mark.both_engines
def test_a_reset_password_replaces_the_old_one(quiz, make):
    staff_id = make.staff(Role.OFFICER, email="alex@example.com")
    with make.reading() as session:
        before = session.get(staff.Staff, staff_id).password
    assert CODE.fullmatch(last_line(quiz.done("staff", "reset-password", "Alex@example.com")))
    with make.reading() as session:
        account = session.get(staff.Staff, staff_id)
    assert account.password != before
    assert account.must_change_password


def test_nobody_has_that_address(quiz):
    assert "“quiz staff list” shows all accounts" in quiz.refused("staff", "reset-password", "no@example.com")


def test_no_secret_is_in_the_database(quiz):
    code = last_line(quiz.done(*SAM))
    password = last_line(quiz.done("staff", "add", "--email", "a@example.com", "--name", "A", "--role", "officer"))
    held = b"".join(path.read_bytes() for path in quiz.folder.glob("quiz.db*"))
    for secret in (code, code.replace("-", ""), password, password.replace("-", "")):
        assert secret.encode() not in held
