"""When the database does not take it: nothing is half-written, and the driver is told to press the button again."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from quiz.records import answers, attempts, audit, marks
from tests.make import Made, Make
from tests.page import Browser


def fail(*_: object) -> None:
    """What a driver of a database says when it cannot."""
    raise OperationalError("COMMIT", {}, Exception("database is locked"))


@contextmanager
def broken(engine: Engine, moment: str) -> Iterator[None]:
    """Meanwhile every one of those moments fails."""
    event.listen(engine, moment, fail)
    yield
    event.remove(engine, moment, fail)


def begin(driver: Browser) -> UUID:
    """A test in progress."""
    driver.press("Start the test", declared="y")
    return UUID(driver.page.path.split("/")[2])


def test_a_commit_that_fails_says_that_the_answer_was_not_saved(driver: Browser, make: Make, engine: Engine) -> None:
    attempt_id = begin(driver)
    with broken(engine, "commit"):
        page = driver.press("Save and continue", choice=["1"])
    assert page.status == 503
    assert "was not saved" in page.heading + page.text
    with make.reading() as session:
        assert answers.said(session, attempt_id) == []
    driver.open(f"/test/{attempt_id}/1")
    assert driver.press("Save and continue", choice=["1"]).status == 200
    with make.reading() as session:
        assert len(answers.said(session, attempt_id)) == 1


def test_a_failed_start_leaves_no_attempt_and_no_audit_entry(
    driver: Browser, made: Made, make: Make, engine: Engine
) -> None:
    with make.reading() as session:
        before = audit.head(session).sequence
    with broken(engine, "commit"):
        assert driver.press("Start the test", declared="y").status == 503
    with make.reading() as session:
        assert attempts.of_person(session, made.person_id) == []
        assert audit.head(session).sequence == before


def test_a_failed_sending_in_is_done_by_pressing_again(driver: Browser, made: Made, make: Make, engine: Engine) -> None:
    attempt_id = begin(driver)
    check = driver.open(f"/test/{attempt_id}/check")
    driver.press("Send in my answers")
    with broken(engine, "commit"):
        assert driver.press("Send in my answers anyway").status == 503
    with make.reading() as session:
        assert marks.of_attempt(session, attempt_id) is None
    driver.page = check
    driver.press("Send in my answers")
    driver.press("Send in my answers anyway")
    assert driver.page.heading == "You did not pass this time"
