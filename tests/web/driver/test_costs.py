"""What one answered question costs: counts are promised, times are measured by `make bench`."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from tests.page import Browser

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The SQL statements sent meanwhile; BEGIN, COMMIT and PRAGMA are not counted."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(CONTROL):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.both_engines
def test_an_answer_and_the_next_page_take_four_statements_each(driver: Browser, engine: Engine) -> None:
    driver.press("Start the test", declared="y")
    for number in range(1, 20):  # the texts of the paper are read once per process
        driver.open(f"{driver.page.path.rsplit('/', 1)[0]}/{number}")
    driver.open(f"{driver.page.path.rsplit('/', 1)[0]}/1")
    form = {"csrf_token": driver.page.soup.select_one("input[name=csrf_token]")["value"], "choice": "1"}
    with statements(engine) as sent:
        answered = driver.client.post(
            driver.page.path, data=form, base_url=driver.host, headers={"Referer": driver.host}
        )
    assert (answered.status_code, len(sent)) == (303, 3), sent
    with statements(engine) as sent:
        driver.open(driver.page.path.rsplit("/", 1)[0] + "/2")
    assert len(sent) <= 4, sent


def test_a_page_of_the_test_is_small_enough_for_an_old_phone(driver: Browser) -> None:
    driver.press("Start the test", declared="y")
    for number in range(1, 21):
        page = driver.open(f"{driver.page.path.rsplit('/', 1)[0]}/{number}")
        assert len(gzip.compress(page.response.data)) <= 8 * 1024


@pytest.mark.parametrize("address", ["/check", "/help"])
def test_the_other_pages_of_the_test_stay_cheap_too(driver: Browser, engine: Engine, address: str) -> None:
    driver.press("Start the test", declared="y")
    with statements(engine) as sent:
        driver.open(driver.page.path.rsplit("/", 1)[0] + address)
    assert len(sent) <= 6, sent
