"""Staff come in and go out."""

from collections.abc import Callable

import pytest

from quiz.actions import passwords
from quiz.actions import staff as actions
from quiz.domain.roles import Role
from tests.make import PASSWORD, Clock, Make
from tests.page import Browser

WRONG = ["The e-mail address or the password is not right. Check both"]
EMAIL = "ro@example.com"


@pytest.fixture
def door(browse: Callable[[], Browser]) -> Browser:
    """Somebody before the sign-in page."""
    browser = browse()
    browser.open("/staff/sign-in")
    return browser


def test_right_address_and_password_open_the_staff_pages(door, make):
    make.staff(email=EMAIL)
    page = door.press("Sign in", email=" RO@example.com", password=PASSWORD)
    assert (page.path, page.heading) == ("/staff", "Staff pages")


def test_whoever_is_signed_in_is_not_asked_again(officer):
    assert officer.open("/staff/sign-in").path == "/staff"


def test_the_page_that_was_asked_for_opens_after_signing_in(browse, make):
    make.staff(email=EMAIL)
    browser = browse()
    assert browser.open("/staff/contacts").heading == "Sign in for council staff"
    assert browser.press("Sign in", email=EMAIL, password=PASSWORD).path == "/staff/contacts"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(browse, make, elsewhere):
    make.staff(email=EMAIL)
    browser = browse()
    browser.open("/staff/sign-in")
    assert browser.press("Sign in", email=EMAIL, password=PASSWORD, next=elsewhere).path == "/staff"


def test_wrong_password_unknown_address_and_closed_account_read_alike(door, make):
    make.staff(email=EMAIL)
    closed = make.staff(email="gone@example.com")
    with make.work() as work:
        actions.deactivate(work, closed)
    said = [
        door.press("Sign in", email=email, password=password).errors
        for email, password in ((EMAIL, "not it"), ("who@example.com", PASSWORD), ("gone@example.com", PASSWORD))
    ]
    assert said == [WRONG, WRONG, WRONG]


def test_the_address_that_was_typed_stays_and_the_password_goes(door):
    page = door.press("Sign in", email=EMAIL, password="not it")
    assert page.field_for("E-mail address")["value"] == EMAIL
    assert not page.field_for("Password").get("value")


def test_empty_fields_are_named(door):
    assert door.press("Sign in").errors == ["Enter your e-mail address", "Enter your password"]


def test_after_many_wrong_tries_even_the_right_password_has_to_wait(door, make, clock):
    make.staff(email=EMAIL)
    for _ in range(5):
        door.press("Sign in", email=EMAIL, password="not it")
    page = door.press("Sign in", email=EMAIL, password=PASSWORD)
    assert (page.status, page.errors) == (
        429,
        ["Wait 2 seconds, then press “Sign in” again. You are not locked out"],
    )
    assert page.field_for("E-mail address")["value"] == EMAIL
    assert page.response.headers["Retry-After"] == "2"
    clock.pass_by(seconds=2)
    assert door.press("Sign in", email=EMAIL, password=PASSWORD).path == "/staff"


def test_the_delay_grows_for_addresses_that_do_not_exist_as_well(door, clock):
    for _ in range(6):
        door.press("Sign in", email="nobody@example.com", password="not it")
        clock.pass_by(seconds=2)
    assert door.press("Sign in", email="nobody@example.com", password="not it").status == 429


def test_no_password_is_checked_during_a_delay(door, make, monkeypatch):
    make.staff(email=EMAIL)
    for _ in range(5):
        door.press("Sign in", email=EMAIL, password="not it")
    checked = []
    monkeypatch.setattr(passwords, "fits", lambda stored, typed: checked.append(typed))
    assert door.press("Sign in", email=EMAIL, password=PASSWORD).status == 429
    assert not checked


def test_signing_out_ends_the_sign_in(officer):
    page = officer.press("Sign out")
    assert (page.heading, "You are signed out." in page.text) == ("Sign in for council staff", True)
    assert officer.open("/staff").heading == "Sign in for council staff"


def test_signing_out_everywhere_ends_the_sign_in_on_another_computer(browse, make):
    make.staff(email=EMAIL)
    here, there = browse(), browse()
    for browser in (here, there):
        browser.open("/staff/sign-in")
        browser.press("Sign in", email=EMAIL, password=PASSWORD)
    here.open("/staff/account")
    here.press("Sign out everywhere")
    assert there.open("/staff").heading == "You have been signed out"


def test_a_driver_who_is_signed_in_is_a_stranger_to_the_staff_pages(driver):
    assert driver.open("/staff/attempts").heading == "Sign in for council staff"


def test_somebody_without_the_role_is_refused_and_told_so(editor):
    page = editor.open("/staff/drivers")
    assert (page.status, page.heading) == (403, "You cannot open this page")


def test_other_roles_than_the_administrator_cannot_manage_staff(officer, auditor):
    assert [one.open("/staff/people").status for one in (officer, auditor)] == [403, 403]


def test_a_change_of_roles_ends_the_sign_in(browse, make: Make, clock: Clock):
    staff_id = make.staff(Role.OFFICER, email=EMAIL)
    browser = browse()
    browser.open("/staff/sign-in")
    browser.press("Sign in", email=EMAIL, password=PASSWORD)
    with make.work() as work:
        actions.change_roles(work, staff_id, {Role.EDITOR})
    page = browser.open("/staff")
    assert (page.status, "What you may do here was changed" in page.text) == (403, True)
