"""One's own account."""

from collections.abc import Callable

import pytest

from quiz.actions import staff as actions
from quiz.domain.roles import Role
from tests.make import PASSWORD, Make
from tests.page import Browser

NEW = "paper lantern seagull"


@pytest.fixture
def newcomer(browse: Callable[[], Browser], make: Make) -> Browser:
    """Somebody who has just been given a first password, and signed in with it."""
    with make.work() as work:
        actions.add(work, email="new@example.com", name="Nia New", roles={Role.OFFICER}, password="given by somebody")
    browser = browse()
    browser.open("/staff/sign-in")
    browser.press("Sign in", email="new@example.com", password="given by somebody")
    return browser


def test_the_account_says_in_words_what_one_may_do(auditor):
    page = auditor.open("/staff/account")
    assert "As auditor" in page.text and "read the audit log" in page.text
    assert "issue access codes" not in page.text


@pytest.mark.parametrize("path", ["/staff", "/staff/attempts", "/editor", "/staff/account"])
def test_a_first_password_has_to_be_changed_before_anything_else(newcomer, path):
    assert newcomer.open(path).heading == "Choose a password"


def test_after_the_change_everything_opens(newcomer):
    page = newcomer.press("Change password", old="given by somebody", new=NEW)
    assert "Your password is changed" in page.text
    assert newcomer.open("/staff/attempts").heading == "Results"


def test_somebody_with_a_first_password_can_still_sign_out(newcomer):
    assert newcomer.press("Sign out").heading == "Sign in for council staff"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not it", NEW, "Your present password is not right"),
        (PASSWORD, "short", "Choose a password of at least 12 characters. Three words are good"),
        (PASSWORD, PASSWORD, "Choose a new password that differs from the old one"),
        (PASSWORD, "I am officer number 1", "Choose a password that does not contain your e-mail name"),
        ("", "", "Enter your present password"),
    ],
    ids=["wrong", "short", "same", "own name", "empty"],
)
def test_a_password_that_cannot_be_taken_says_why(officer, old, new, said):
    officer.open("/staff/password")
    assert officer.press("Change password", old=old, new=new).errors[0] == said


def test_a_new_password_signs_out_other_computers_but_not_this_one(browse, make):
    make.staff(email="ro@example.com")
    here, there = browse(), browse()
    for browser in (here, there):
        browser.open("/staff/sign-in")
        browser.press("Sign in", email="ro@example.com", password=PASSWORD)
    here.open("/staff/password")
    here.press("Change password", old=PASSWORD, new=NEW)
    assert there.open("/staff").heading == "You have been signed out"
    assert here.open("/staff").heading == "Staff pages"
