"""Accounts of staff: added with care, changed with effect at once, never without an administrator."""

from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID

import pytest

from quiz.actions import passwords, signing_in, staff
from quiz.domain import codes
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.records import sessions
from quiz.records import staff as records
from quiz.records.sessions import StaffSession
from quiz.records.staff import Staff
from tests.make import PASSWORD, PEPPER, Make

NEW = "quite another made-up password"


def refused(code: str, act, *given: object, **named: object) -> None:
    with pytest.raises(Refused) as found:
        act(*given, **named)
    assert found.value.code == code


def sign_in(make: Make, staff_id: UUID) -> signing_in.SignIn:
    with make.work() as work:
        return signing_in.staff_in(work, work.session.get_one(Staff, staff_id), "192.0.2.1")


def why(make: Make, opened: signing_in.SignIn) -> str:
    with make.reading() as session:
        return session.get_one(StaffSession, opened.session_id).ended_why


def test_a_new_account_must_change_its_password(make):
    with make.work("staff:1") as work:
        row = staff.add(work, email=" Kim@Example.com ", name=" Kim  Lee ", roles=[Role.EDITOR], password=PASSWORD)
        assert (row.email, row.name, row.must_change_password) == ("kim@example.com", "Kim Lee", True)
        assert records.roles(work.session, row.id) == {Role.EDITOR}


def test_an_account_that_cannot_be_is_refused(make):
    make.staff(email="robin@example.com")
    plain = {"email": "kim@example.com", "name": "Kim", "roles": [Role.EDITOR], "password": PASSWORD}
    with make.work() as work:
        refused("email-taken", staff.add, work, **{**plain, "email": "ROBIN@example.com"})
        refused("email", staff.add, work, **{**plain, "email": "kim"})
        refused("name", staff.add, work, **{**plain, "name": " "})
        refused("roles", staff.add, work, **{**plain, "roles": []})
        refused("roles", staff.add, work, **{**plain, "roles": [Role.DRIVER]})
        refused("password-short", staff.add, work, **{**plain, "password": "short"})


def test_other_roles_end_the_sign_ins_at_once(make):
    one = make.staff(Role.OFFICER)
    opened = sign_in(make, one)
    with make.work() as work:
        staff.change_roles(work, one, [Role.EDITOR, Role.OFFICER])
    assert why(make, opened) == staff.ROLE_CHANGED
    with make.reading() as session:
        assert records.roles(session, one) == {Role.EDITOR, Role.OFFICER}


def test_the_same_roles_end_nothing(make):
    one = make.staff(Role.OFFICER)
    opened = sign_in(make, one)
    with make.work() as work:
        staff.change_roles(work, one, [Role.OFFICER])
    assert why(make, opened) == ""


def test_there_is_always_an_administrator(make):
    one = make.staff(Role.ADMINISTRATOR)
    with make.work("staff:other") as work:
        refused("last-administrator", staff.change_roles, work, one, [Role.OFFICER])
        refused("last-administrator", staff.deactivate, work, one)
    make.staff(Role.ADMINISTRATOR)
    with make.work("staff:other") as work:
        staff.deactivate(work, one)
    with make.work() as work:
        assert records.active_with(work.session, Role.ADMINISTRATOR) == 1


def test_two_administrators_cannot_remove_each_other_at_the_same_moment(make):
    one, other = make.staff(Role.ADMINISTRATOR), make.staff(Role.ADMINISTRATOR)

    def demote() -> None:
        with make.work(f"staff:{one}") as work:
            staff.change_roles(work, other, [Role.OFFICER])

    with ThreadPoolExecutor(1) as colleague:
        with make.work(f"staff:{other}") as work:
            staff.deactivate(work, one)
            later = colleague.submit(demote)
            wait([later], timeout=0.2)
        refused("last-administrator", later.result)


def test_nobody_deactivates_themselves(make):
    one = make.staff(Role.OFFICER)
    with make.work(f"staff:{one}") as work:
        refused("own-account", staff.deactivate, work, one)


def test_a_deactivated_account_is_signed_out_and_comes_back_with_its_roles(make):
    one = make.staff(Role.OFFICER)
    opened = sign_in(make, one)
    with make.work("staff:other") as work:
        staff.deactivate(work, one)
    assert why(make, opened) == staff.DEACTIVATED
    with make.work("staff:other") as work:
        staff.reactivate(work, one)
    again = sign_in(make, one)
    with make.reading() as session:
        assert sessions.staff(session, codes.digest(PEPPER, "session", again.token)).roles == {Role.OFFICER}


def test_a_reset_password_must_be_changed_and_ends_the_sign_ins(make):
    one = make.staff()
    opened = sign_in(make, one)
    with make.work("staff:other") as work:
        staff.reset_password(work, one, NEW)
        row = work.session.get_one(Staff, one)
        assert row.must_change_password and passwords.fits(row.password, NEW)
    assert why(make, opened) == staff.PASSWORD_CHANGED


def test_a_changed_password_ends_every_sign_in_but_this_one(make):
    one = make.staff()
    here, elsewhere = sign_in(make, one), sign_in(make, one)
    with make.work(f"staff:{one}") as work:
        staff.change_password(work, one, here.session_id, PASSWORD, NEW)
        assert not work.session.get_one(Staff, one).must_change_password
    assert (why(make, here), why(make, elsewhere)) == ("", staff.PASSWORD_CHANGED)


def test_a_password_is_changed_only_by_who_knows_it_and_to_another(make):
    one = make.staff()
    here = sign_in(make, one)
    with make.work(f"staff:{one}") as work:
        refused("password-wrong", staff.change_password, work, one, here.session_id, "not this one", NEW)
        refused("password-same", staff.change_password, work, one, here.session_id, PASSWORD, PASSWORD)
        refused("password-short", staff.change_password, work, one, here.session_id, PASSWORD, "short")


def test_a_password_to_hand_over_is_a_good_one(make):
    with make.work() as work:
        made = staff.new_password(work)
    assert passwords.must_be_good(made, "kim@example.com") is None
