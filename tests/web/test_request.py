"""One request, one time, one transaction, one commit."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import text

from quiz.app import create_app
from quiz.settings import Settings
from quiz.web import request
from quiz.web.guard import public
from tests.make import Clock
from tests.page import Browser

COUNT = text("SELECT count(*) FROM sqlite_master WHERE name = 'written'")
WRITE = text("CREATE TABLE written (id INTEGER)")


@pytest.fixture
def own_app(instance: Path, engine, clock) -> Flask:
    """An app to which a test may add views."""
    return create_app(Settings.load(instance, {}), engine, clock)


def opened(app: Flask, view, method: str = "GET"):
    """What a view answers as JSON."""
    app.add_url_rule("/odd", "odd", public(view), methods=("GET", "POST"))
    browser = Browser(app)
    browser.open("/sign-in")
    return browser.open("/odd") if method == "GET" else browser.post("/odd")


def test_the_time_is_the_same_for_all_of_a_request(own_app, clock):
    def view():
        first = request.now()
        clock.pass_by(minutes=5)
        return {"same": request.now() == first}

    assert opened(own_app, view).response.json == {"same": True}


class Trickling(BytesIO):
    """What a browser sends with a long pause in it."""

    def __init__(self, sent: bytes, clock: Clock) -> None:
        super().__init__(sent)
        self.clock = clock

    def readinto(self, buffer: bytearray) -> int:
        self.clock.pass_by(minutes=5)
        return super().readinto(buffer)


def test_an_answer_that_trickles_in_after_the_deadline_is_late(driver, clock):
    driver.press("Start the test", declared="y")
    clock.pass_by(minutes=44)
    token = driver.page.soup.select_one("input[name=csrf_token]")["value"]
    sent = urlencode({"csrf_token": token, "choice": "1"}).encode()
    late = driver.client.post(
        driver.page.path, base_url=driver.host, input_stream=Trickling(sent, clock), content_length=len(sent),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert (late.status_code, "so this answer was not saved" in late.get_data(as_text=True)) == (409, True)


def test_a_get_sees_what_it_wrote_in_a_transaction_of_its_own(own_app):
    def view():
        before = request.session().scalar(COUNT)
        with request.separately() as own:
            own.execute(WRITE)
        return {"before": before, "after": request.session().scalar(COUNT)}

    assert opened(own_app, view).response.json == {"before": 0, "after": 1}


def test_what_was_written_on_its_own_outlives_a_refusal(own_app):
    def view():
        with request.separately() as own:
            own.execute(WRITE)
        request.session().execute(text("CREATE TABLE undone (id INTEGER)"))
        return {}, 409

    assert opened(own_app, view, "POST").status == 409
    with own_app.test_request_context("/"):
        names = request.session().scalars(text("SELECT name FROM sqlite_master WHERE name IN ('written', 'undone')"))
        assert list(names) == ["written"]


def test_a_second_writer_is_refused_at_once_instead_of_waiting_for_itself(own_app):
    def view():
        request.session()
        with pytest.raises(RuntimeError, match="before the request's own session writes"), request.separately():
            pass
        return {"told": True}

    assert opened(own_app, view, "POST").response.json == {"told": True}


def test_a_password_can_be_looked_up_without_taking_the_place_for_writing(own_app):
    def view():
        with request.open_reading() as reading, request.separately() as own:
            own.execute(WRITE)
            return {"seen": reading.scalar(COUNT)}

    assert opened(own_app, view, "POST").status == 200


def test_work_carries_who_is_acting_and_when(own_app, clock):
    def view():
        work = request.work()
        return {"actor": work.actor, "now": work.now == clock.now}

    assert opened(own_app, view, "POST").response.json == {"actor": "public", "now": True}
