"""Accounts of staff."""

import pytest

from quiz.domain.roles import Role
from tests.make import PASSWORD, Make
from tests.page import Browser
from tests.web.staff.test_drivers import CODE


def sign_in(browser: Browser, email: str, password: str) -> str:
    browser.open("/staff/sign-in")
    return browser.press("Sign in", email=email, password=password).heading


def test_a_new_account_signs_in_with_the_password_that_was_shown_once(administrator, browse):
    administrator.open("/staff/people/add")
    page = administrator.press("Add", name="Nia New", email="Nia@example.com", roles=["officer", "editor"])
    password = CODE.search(page.text)[0]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert sign_in(browse(), "nia@example.com", password) == "Choose a password"
    listed = administrator.follow("Go to all staff").text
    assert "editor, officer" in listed and "Password not chosen yet" in listed and password not in listed


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"email": "nia"}, "Enter an e-mail address like name@example.com"),
        ({"email": "administrator@example.com"}, "There is already an account with this e-mail address"),
        ({"roles": None}, "Choose at least one role: officer, invigilator, editor, safeguarding lead, administrator, "
         "auditor"),
        ({"roles": ["driver"]}, "'driver' is not a valid choice for this field."),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be_made_says_why(administrator, wrong, said):
    administrator.open("/staff/people/add")
    page = administrator.press("Add", **{"name": "Nia New", "email": "nia@example.com", "roles": ["officer"]} | wrong)
    assert page.errors == [said]


def test_changed_roles_count_at_once(administrator, browse, make: Make):
    staff_id = make.staff(Role.OFFICER, email="ro@example.com", name="Ro")
    browser = browse()
    sign_in(browser, "ro@example.com", PASSWORD)
    administrator.open(f"/staff/people/{staff_id}")
    assert "The roles are changed." in administrator.press("Change roles", roles=["auditor"]).text
    assert browser.open("/staff/drivers").status == 403
    sign_in(browser, "ro@example.com", PASSWORD)
    assert (browser.open("/staff/audit").status, browser.open("/staff/drivers/add").status) == (200, 403)


def test_the_only_administrator_cannot_give_the_role_away(administrator, make):
    administrator.open(administrator.open("/staff/people").links["Robin Administrator"])
    page = administrator.press("Change roles", roles=["officer"])
    assert page.errors == ["This is the only administrator. Make another one first"]


def test_a_reset_password_is_shown_once_and_the_old_one_ends(administrator, browse, make):
    staff_id = make.staff(email="ro@example.com", name="Ro")
    browser = browse()
    sign_in(browser, "ro@example.com", PASSWORD)
    administrator.open(f"/staff/people/{staff_id}")
    password = CODE.search(administrator.press("Reset the password").text)[0]
    assert browser.open("/staff").status == 403
    assert sign_in(browse(), "ro@example.com", PASSWORD) == "Sign in for council staff"
    assert sign_in(browse(), "ro@example.com", password) == "Choose a password"


def test_a_closed_account_is_out_at_once_and_comes_back_when_switched_on(administrator, browse, make):
    staff_id = make.staff(email="ro@example.com", name="Ro")
    browser = browse()
    sign_in(browser, "ro@example.com", PASSWORD)
    administrator.open(f"/staff/people/{staff_id}")
    assert "Switched off" in administrator.press("Switch the account off").text
    assert browser.open("/staff").status == 403
    assert sign_in(browse(), "ro@example.com", PASSWORD) == "Sign in for council staff"
    administrator.press("Switch the account on again")
    assert sign_in(browse(), "ro@example.com", PASSWORD) == "Staff pages"


def test_nobody_closes_their_own_account(administrator):
    page = administrator.open(administrator.open("/staff/people").links["Robin Administrator"])
    assert "Switch the account off" not in page.text
    assert administrator.post(f"{page.path}/deactivate").heading == "You cannot deactivate your own account"


def test_an_account_that_does_not_exist_is_not_found(administrator):
    missing = "/staff/people/01a20000-0000-7000-8000-000000000000"
    administrator.open("/staff/people/add")
    assert administrator.post(f"{missing}/password").status == 404
    assert administrator.open(missing).status == 404


def test_the_list_of_staff_takes_at_most_12_statements(administrator, cost):
    assert cost(administrator, "/staff/people") <= 12
