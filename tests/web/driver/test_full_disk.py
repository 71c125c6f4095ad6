"""A full disk, as SQLite itself reports it."""

from uuid import UUID

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from quiz.records import answers
from tests.make import Make
from tests.page import Browser


def test_a_full_disk_is_told_as_not_saved(driver: Browser, make: Make, engine: Engine) -> None:
    driver.press("Start the test", declared="y")
    attempt_id = UUID(driver.page.path.split("/")[2])
    here = driver.page
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "begin", fill)
    seen = set()
    for _ in range(200):
        driver.page = here
        seen.add(driver.press("Save and continue", choice=["1"]).status)
        if 503 in seen:
            break
    event.remove(engine, "begin", fill)
    assert 503 in seen
    assert "was not saved" in driver.page.heading + driver.page.text
    with make.reading() as session:
        assert answers.said(session, attempt_id)
