"""When a request ends badly: what happened, what became of it, what to do next. In the house's style, always."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, abort
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from quiz.app import create_app
from quiz.domain.errors import Refused
from quiz.records import database
from quiz.settings import Settings
from quiz.web import faults
from quiz.web.guard import public
from quiz.web.request import session
from tests.page import Browser


@pytest.fixture
def own_app(instance: Path, engine, clock) -> Flask:
    """An app to which a test may add views."""
    return create_app(Settings.load(instance, {}), engine, clock)


@pytest.fixture
def lines(monkeypatch) -> list[dict]:
    """The lines of the log of faults."""
    found: list[dict] = []
    monkeypatch.setattr(faults.logger, "error", lambda line: found.append(json.loads(line)))
    return found


def add(app: Flask, view, path: str = "/odd", methods: tuple[str, ...] = ("GET", "POST")) -> Browser:
    app.add_url_rule(path, "odd", public(view), methods=methods)
    return Browser(app)


def fail(error: Exception):
    raise error


def sent(browser: Browser):
    """A POST with a token from the sign-in page."""
    browser.open("/sign-in")
    return browser.post("/odd", name="Sam Driver")


def test_a_refusal_is_a_page_of_its_words(own_app):
    page = add(own_app, lambda: fail(Refused("too-late", "Your time ran out, so this was not saved. Ring us."))).open(
        "/odd"
    )
    assert (page.status, page.heading) == (409, "Your time ran out, so this was not saved")
    assert "Ring us." in page.text


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "We could not understand that request"),
        (403, "You cannot open this page"),
        (404, "Page not found"),
        (409, "That cannot be done now"),
        (413, "What you sent is too big"),
        (418, "We could not understand that request"),
        (429, "Wait a little, then try again"),
        (503, "This page cannot be shown right now"),
    ],
)
def test_each_refusal_by_number_has_its_page(own_app, status, heading):
    page = add(own_app, lambda: abort(status)).open("/odd")
    assert (page.status, page.heading) == (status, heading)
    assert "PILOT" in page.soup.get_text() or status == 503


def test_a_page_that_is_opened_the_wrong_way_says_which_way_is_right(own_app):
    page = add(own_app, lambda: "", methods=("POST",)).open("/odd")
    assert (page.status, page.heading) == (405, "This page cannot be opened that way")
    assert "POST" in page.response.headers["Allow"]


def test_a_wait_is_told_in_seconds(own_app):
    page = add(own_app, lambda: fail(TooManyRequests(retry_after=40))).open("/odd")
    assert "in 40 seconds" in page.text
    assert page.response.headers["Retry-After"] == "40"


def test_a_form_without_our_token_is_refused_with_a_way_back(app):
    page = Browser(app).post("/sign-in", licence="PH1", code="x")
    assert (page.status, page.heading) == (400, "This page was open for too long")


def test_a_redirect_is_not_an_error(app):
    assert app.test_client().get("/handbook//signs").status_code in (301, 308, 404)


def test_a_fault_says_sorry_and_gives_a_reference(own_app, lines):
    page = add(own_app, lambda: fail(ZeroDivisionError("Sam Driver"))).open("/odd?name=Sam")
    assert (page.status, page.heading) == (500, "Sorry, something went wrong")
    assert lines[0]["request"] in page.text
    assert page.response.headers["X-Request-Id"] == lines[0]["request"]


def test_the_log_of_a_fault_names_nobody(own_app, lines):
    add(own_app, lambda: fail(ZeroDivisionError("Sam Driver"))).open("/odd?name=Sam")
    assert "Sam" not in json.dumps(lines)
    assert lines[0]["route"] == "/odd"
    assert lines[0]["fault"] == ["ZeroDivisionError"]
    assert lines[0]["where"][-1].endswith(" fail")


def write() -> dict[str, bool]:
    session().execute(text("CREATE TABLE written (id INTEGER)"))
    return {"done": True}


def written(engine) -> bool:
    with database.reading(engine) as looking:
        return bool(looking.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'written'")))


def test_what_a_post_writes_is_kept(own_app, engine):
    assert sent(add(own_app, write)).status == 200
    assert written(engine)


def test_what_a_refused_post_wrote_is_undone(own_app, engine):
    assert sent(add(own_app, lambda: (write(), abort(409))[0])).status == 409
    assert not written(engine)


def test_a_get_cannot_write(own_app, engine, lines):
    assert add(own_app, write).open("/odd").status == 503
    assert not written(engine)
    assert "readonly" in lines[0]["database"]


def test_a_commit_that_fails_is_never_shown_as_a_success(own_app, engine, lines):
    @event.listens_for(engine, "commit")
    def full(_connection) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    page = sent(add(own_app, write))
    assert (page.status, page.heading) == (503, "What you sent was not saved")
    assert "press the button again" in page.text
    assert not written(engine)
    assert lines[0]["database"] == "database or disk is full"
    assert "Sam" not in json.dumps(lines)


def orphan() -> dict[str, bool]:
    """A row that SQLite refuses only at COMMIT."""
    session().execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
    session().execute(text("CREATE TABLE child (id REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"))
    session().execute(text("INSERT INTO child VALUES (9)"))
    return {"done": True}


def test_after_a_commit_that_the_database_refuses_the_next_request_works(own_app, lines):
    browser = add(own_app, orphan)
    assert sent(browser).status == 503
    assert sent(browser).status == 503
    assert lines[1]["fault"][:2] == ["NotSaved", "IntegrityError"]


@pytest.fixture
def impatient(own_app, engine) -> Iterator[Browser]:
    """A browser on a database that somebody else is writing to, and that does not wait for long."""
    path = engine.url.database
    hasty = database.connect(f"sqlite:///{path}", patience=0.02)
    own_app.extensions["quiz"] = replace(own_app.extensions["quiz"], engine=hasty)
    with database.writing(engine) as other:
        other.execute(text("SELECT 1"))
        yield add(own_app, write)
    hasty.dispose()


def test_a_locked_database_is_told_and_nothing_is_written(impatient, engine, lines):
    page = sent(impatient)
    assert (page.status, page.heading) == (503, "What you sent was not saved")
    assert lines[0]["database"] == "database is locked"


def test_without_any_database_the_page_still_says_whom_to_ring(own_app, lines):
    lost = database.connect("sqlite:////nowhere/at/all/quiz.db")
    own_app.extensions["quiz"] = replace(own_app.extensions["quiz"], engine=lost)
    page = Browser(own_app).open("/")
    assert page.status == 503
    assert "Ring 999." in page.text
    assert "101" in page.text
    assert Browser(own_app).open("/nowhere").status == 503
    assert Browser(own_app).open("/healthz").status == 200
    assert Browser(own_app).open("/readyz").text.strip() == "the database does not answer"


def test_a_driver_sends_an_answer_again_with_one_button(app, driver, made, engine, make):
    driver.open("/test")
    driver.press("Start the test", declared="y")
    at = driver.page.path
    choice = driver.page.choices[0]
    parts = app.extensions["quiz"]
    hasty = database.connect(f"sqlite:///{engine.url.database}", patience=0.02)
    app.extensions["quiz"] = replace(parts, engine=hasty)
    with database.writing(engine) as other:
        other.execute(text("SELECT 1"))
        refused = driver.choose(choice)
    assert (refused.status, refused.heading) == (503, "Your answer was not saved")
    assert driver.press("Send it again").status == 200
    assert driver.open(at).field_for(choice).has_attr("checked")
