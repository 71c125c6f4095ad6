"""Nothing is reachable by default, and a way back never leads elsewhere."""

from pathlib import Path

import pytest
from flask import Flask

from quiz.app import create_app
from quiz.domain.roles import Permission
from quiz.records import audit
from quiz.settings import Settings
from quiz.web import guard
from quiz.web.guard import local_path
from tests.page import Browser


@pytest.fixture
def own_app(instance: Path, engine, clock) -> Flask:
    """An app to which a test may add views."""
    return create_app(Settings.load(instance, {}), engine, clock)


def test_an_app_with_an_unmarked_view_does_not_start(own_app):
    own_app.add_url_rule("/forgotten", "forgotten", lambda: "open to all")
    with pytest.raises(RuntimeError, match="no permission named for: forgotten"):
        guard.init_app(own_app)


def test_a_driver_who_is_not_signed_in_goes_to_the_drivers_sign_in(app):
    response = app.test_client().get("/test")
    assert (response.status_code, response.location) == (303, "/sign-in")


def test_staff_come_back_after_signing_in_to_what_they_opened(own_app):
    own_app.add_url_rule("/staff/own", view_func=guard.needs(Permission.OWN_ACCOUNT)(lambda: "mine"), endpoint="own")
    response = own_app.test_client().get("/staff/own?page=2")
    assert (response.status_code, response.location) == (303, "/staff/sign-in?next=%2Fstaff%2Fown%3Fpage%3D2")


def test_a_driver_is_not_let_into_staff_pages_by_a_drivers_sign_in(own_app, make):
    own_app.add_url_rule("/staff/own", view_func=guard.needs(Permission.OWN_ACCOUNT)(lambda: "mine"), endpoint="own")
    client = own_app.test_client()
    with client.session_transaction() as cookie:
        cookie["driver"] = "made up"
    assert client.get("/staff/own").status_code == 303


def test_a_test_is_begun_by_the_driver_even_beside_an_officer_in_the_same_browser(officer, made, make):
    officer.open("/sign-in")
    officer.press("Continue", licence=made.number, code=made.code)
    officer.press("Start the test", declared="y")
    officer.open(f"/staff/drivers/{made.person_id}")
    with make.reading() as session:
        who = {entry.event: entry.actor.partition(":")[0] for entry in audit.page(session, size=2)}
    assert who == {"attempt.started": "person", "person.read": "staff"}


def test_a_sign_in_that_has_ended_is_told_on_the_page_that_was_asked_for(app):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["driver"] = "made up"
    response = client.get("/test")
    assert response.status_code == 403
    assert "You have been signed out" in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/staff", "/staff/drivers?page=2", "/editor/a-b_c.d"])
def test_an_address_on_this_service_is_a_way_back(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path", [None, "", "//evil.example", "/\\evil.example", "https://evil.example", "staff", "/a\nb", "/a\\b", "/a b"]
)
def test_any_other_address_is_not(path):
    assert local_path(path) is None


def test_somebody_signed_out_hears_that_the_button_did_nothing(driver, app, made):
    driver.open("/test")
    other = Browser(app)
    other.open("/sign-in")
    other.press("Continue", licence=made.number, code=made.code)
    page = driver.press("Start the test", declared="y")
    assert (page.status, page.heading) == (403, "You have been signed out")
    assert "You have signed in on another phone or computer." in page.text
    assert "What you just sent was not saved." in page.text
