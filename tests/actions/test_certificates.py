"""Certificates: what was printed is kept, and how long they last follows from the day of the pass."""

from dataclasses import asdict
from datetime import date

from quiz.actions import certificates, invitations, people
from quiz.domain import numbers
from quiz.domain.blueprint import Reason
from quiz.domain.signed import Statement
from quiz.formats import signing
from quiz.records import certificates as records
from quiz.records.service import Service
from tests.make import ISSUER, Made, Make


def of(make: Make, attempt_id) -> records.Certificate:
    with make.reading() as session:
        return records.of_attempt(session, attempt_id)


def invited_again(make: Make, made: Made) -> Made:
    with make.work() as work:
        again = invitations.invite(work, made.person_id, test="driver", reason=Reason.RENEWAL)
        return Made(made.person_id, again.id, made.number, invitations.issue_code(work, again))


def test_a_certificate_says_who_passed_what_and_until_when(make):
    made = make.driver(name="Zoë O'Neil", number="PH 12")
    row = of(make, make.attempt(made))
    passed_on, until = row.issued_on, row.expires_on
    code = signing.sign(ISSUER.signer, Statement(row.number, passed_on, until, "PILOT")).text()
    assert asdict(certificates.printed(row)) == {
        "number": row.number,
        "name": "Zoë O'Neil",
        "licences": ("Private hire PH 12, Chorley Council",),
        "council": "Chorley Council",
        "test": "Taxi driver safeguarding test",
        "issued_on": date(2026, 11, 23),
        "expires_on": date(2029, 11, 23),
        "use_by": None,
        "verify_address": f"http://127.0.0.1:8000/verify/{numbers.show(row.number)}#{code}",
        "mark": "PILOT",
    }


def test_its_number_can_be_checked_when_it_is_copied_by_hand(make, made):
    number = of(make, make.attempt(made)).number
    assert numbers.read(numbers.show(number)) == number


def test_who_did_not_pass_has_none(make, made):
    assert of(make, make.attempt(made, right=15)) is None


def test_an_applicant_has_a_day_to_use_it_by(make):
    made = make.driver(reason=Reason.APPLICATION)
    assert certificates.printed(of(make, make.attempt(made))).use_by == date(2027, 11, 23)


def test_what_was_printed_stays_when_the_name_is_corrected(make, made):
    attempt_id = make.attempt(made)
    with make.work() as work:
        people.correct(work, made.person_id, name="Sam Newname", email="", phone="")
    assert certificates.printed(of(make, attempt_id)).name == "Sam Driver"


def test_a_live_certificate_has_no_mark(make, made, clock):
    with make.work() as work:
        work.session.get_one(Service, 1).live_at = clock.now
    assert certificates.printed(of(make, make.attempt(made))).mark == ""


def test_a_pass_in_the_last_three_months_counts_from_the_old_expiry(make, made, clock):
    make.attempt(made)
    clock.now = clock.now.replace(year=2029, month=9)
    assert of(make, make.attempt(invited_again(make, made))).expires_on == date(2032, 11, 23)


def test_a_withdrawn_certificate_lengthens_nothing(make, made, clock):
    attempt_id = make.attempt(made)
    with make.work() as work:
        records.of_attempt(work.session, attempt_id).withdrawn_at = work.now
    clock.now = clock.now.replace(year=2029, month=9)
    assert of(make, make.attempt(invited_again(make, made))).expires_on == date(2032, 9, 23)
