"""Signing in: number and code together or not at all, one place at a time, and nothing kept that opens a door."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from quiz.actions import passwords, signing_in, staff
from quiz.domain import codes
from quiz.domain.licence import Kind
from quiz.records import limits, sessions
from quiz.records.attempts import Attempt
from quiz.records.invitations import AccessCode
from quiz.records.limits import WrongTries
from quiz.records.sessions import DriverSession
from quiz.records.staff import Staff
from tests.make import PASSWORD, PEPPER, Make

HERE = "192.0.2.1"


def sign_in(make: Make, number: str, code: str) -> signing_in.SignIn | None:
    with make.work("public") as work:
        return signing_in.driver(work, HERE, number, code)


def wrong_tries(make: Make, number: str) -> list[int]:
    with make.reading() as session:
        rows = [session.get(WrongTries, bucket) for bucket in signing_in.buckets(PEPPER, HERE, number)]
        return [row.count if row else 0 for row in rows]


def test_number_and_code_in_any_spelling_sign_in(make):
    made = make.driver(number="PH 00/12")
    assert sign_in(make, " ph-0012 ", made.code.lower().replace("-", " ")) is not None


def test_the_token_is_not_stored_but_its_digest(make, made):
    opened = sign_in(make, made.number, made.code)
    with make.reading() as session:
        row = session.scalars(select(DriverSession)).one()
        assert row.digest == codes.digest(PEPPER, "session", opened.token)
        assert opened.token not in str(vars(row))
        assert sessions.driver(session, row.digest).person_id == made.person_id


def test_a_wrong_code_and_an_unknown_number_are_counted_alike(make, made):
    assert sign_in(make, made.number, "WRONG") is None
    assert sign_in(make, "NOBODY1", made.code) is None
    assert wrong_tries(make, made.number) == [2, 1]
    assert wrong_tries(make, "NOBODY1") == [2, 1]


def test_somebody_elses_code_does_not_sign_in(make, made):
    other = make.driver()
    assert sign_in(make, made.number, other.code) is None


def test_of_two_people_with_one_number_the_code_tells_who_it_is(make):
    make.driver(number="77", kind=Kind.HACKNEY)
    two = make.driver(number="77", kind=Kind.PRIVATE_HIRE)
    sign_in(make, "77", two.code)
    with make.reading() as session:
        assert session.scalars(select(DriverSession.person_id)).one() == two.person_id


def test_a_replaced_code_does_not_sign_in_and_the_new_one_does(make, made):
    newer = make.code(made)
    assert sign_in(make, made.number, made.code) is None
    assert sign_in(make, made.number, newer) is not None


def test_the_code_is_stored_as_a_digest_only(make, made):
    with make.reading() as session:
        kept = session.scalars(select(AccessCode.digest)).all()
    assert kept == [codes.digest(PEPPER, "code", made.code.replace("-", ""))]


def test_an_invitation_that_has_ended_lets_nobody_begin(make, clock):
    made = make.driver(deadline=date(2026, 11, 23))
    assert sign_in(make, made.number, made.code) is not None
    clock.pass_by(days=1)
    assert sign_in(make, made.number, made.code) is None


def test_who_is_sitting_comes_back_after_the_invitation_has_ended(make, clock):
    made = make.driver(deadline=date(2026, 11, 23))
    clock.pass_by(hours=14, minutes=45)
    make.attempt(made, finished=False)
    clock.pass_by(minutes=30)
    assert sign_in(make, made.number, made.code) is not None


def test_a_result_can_be_seen_for_thirty_days(make, made, clock):
    make.attempt(made)
    clock.pass_by(days=30)
    assert sign_in(make, made.number, made.code) is not None
    clock.pass_by(days=1)
    assert sign_in(make, made.number, made.code) is None


def test_signing_in_elsewhere_ends_the_first_sign_in_and_says_why(make, made):
    first, second = (sign_in(make, made.number, made.code) for _ in range(2))
    with make.reading() as session:
        whys = [session.get_one(DriverSession, one.session_id).ended_why for one in (first, second)]
    assert whys == ["elsewhere", ""]


def test_a_sign_in_during_a_test_without_limit_lasts_longer_than_the_test(make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    deadline = clock.now + timedelta(hours=24)
    with make.work() as work:
        work.session.get_one(Attempt, attempt_id).deadline = deadline
    again = sign_in(make, made.number, made.code)
    with make.reading() as session:
        assert session.get_one(DriverSession, again.session_id).expires_at == deadline + timedelta(hours=1)


def test_a_right_try_forgets_the_wrong_ones_of_this_number_but_not_of_this_address(make, made):
    for _ in range(3):
        sign_in(make, made.number, "WRONG")
    sign_in(make, made.number, made.code)
    assert wrong_tries(make, made.number) == [3, 0]


def test_wrong_tries_from_many_addresses_of_one_line_add_up(make):
    for n in range(22):
        with make.work("public") as work:
            signing_in.driver(work, f"2001:db8::{n:x}", f"NOBODY{n}", "WRONG")
    with make.reading() as session:
        same, other = (
            signing_in.blocked_until(session, PEPPER, address, "PH9999", make.clock.now)
            for address in ("2001:db8::ffff", "2001:db8:0:1::1")
        )
    assert (same is not None, other) == (True, None)


def test_after_many_wrong_tries_one_has_to_wait(make, made, clock):
    for _ in range(6):
        sign_in(make, made.number, "WRONG")
    with make.reading() as session:
        until = signing_in.blocked_until(session, PEPPER, HERE, made.number, clock.now)
        elsewhere = signing_in.blocked_until(session, PEPPER, "192.0.2.2", "OTHER1", clock.now)
    assert (until - clock.now, elsewhere) == (timedelta(seconds=4), None)


def test_wrong_tries_at_a_number_that_exists_name_its_holder_to_officers(make, made, clock):
    for _ in range(10):
        sign_in(make, made.number, "WRONG")
        sign_in(make, "NOBODY1", "WRONG")
    with make.reading() as session:
        assert [one.person_id for one in limits.alerts(session, clock.now)] == [made.person_id]


def test_signing_out_ends_this_sign_in(make, made):
    opened = sign_in(make, made.number, made.code)
    with make.work() as work:
        signing_in.driver_out(work, made.person_id, opened.session_id)
    with make.reading() as session:
        assert session.get_one(DriverSession, opened.session_id).ended_why == "signed-out"


@pytest.fixture
def account(make: Make) -> Staff:
    """An officer's account."""
    staff_id = make.staff(email="robin@example.com")
    with make.reading() as session:
        return session.get_one(Staff, staff_id)


def test_staff_sign_in_with_address_in_any_case_and_password(make, account):
    with make.reading() as session:
        assert signing_in.check_password(session, " ROBIN@example.com ", PASSWORD).id == account.id
        assert signing_in.check_password(session, "robin@example.com", PASSWORD + "!") is None
        assert signing_in.check_password(session, "nobody@example.com", PASSWORD) is None


def test_somebody_deactivated_does_not_sign_in_and_is_signed_out(make, account):
    with make.work("staff:other") as work:
        opened = signing_in.staff_in(work, account, HERE)
        staff.deactivate(work, account.id)
    with make.reading() as session:
        assert signing_in.check_password(session, "robin@example.com", PASSWORD) is None
        assert sessions.staff(session, codes.digest(PEPPER, "session", opened.token)) is None


def test_staff_sign_out_here_or_everywhere(make, account):
    with make.work() as work:
        here, there, third = (signing_in.staff_in(work, account, HERE).session_id for _ in range(3))
        signing_in.staff_out(work, account.id, here)
    with make.reading() as session:
        ended = [bool(session.get_one(sessions.StaffSession, one).ended_at) for one in (here, there, third)]
    with make.work() as work:
        signing_in.staff_out(work, account.id, None)
    with make.reading() as session:
        later = [bool(session.get_one(sessions.StaffSession, one).ended_at) for one in (here, there, third)]
    assert (ended, later) == ([True, False, False], [True, True, True])


def test_a_password_is_kept_as_a_digest_that_takes_work(make):
    with make.work() as work:
        row = staff.add(work, email="kim@example.com", name="Kim", roles=["officer"], password=PASSWORD)
        assert PASSWORD not in row.password and row.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert passwords.fits(row.password, PASSWORD)
