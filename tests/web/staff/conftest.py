"""What tests of the staff's pages share."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event

from quiz.records import audit
from tests.make import Make
from tests.page import Browser

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@pytest.fixture
def cost(engine: Engine) -> Callable[[Browser, str], int]:
    """How many SQL statements a page takes; BEGIN, COMMIT and PRAGMA are not counted."""

    def count(browser: Browser, path: str) -> int:
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(CONTROL):
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        browser.open(path)
        event.remove(engine, "before_cursor_execute", note)
        return len(sent)

    return count


@pytest.fixture
def events(make: Make) -> Callable[[str], list[str]]:
    """What the audit log says of a subject, oldest first."""

    def about(subject: str) -> list[str]:
        with make.reading() as session:
            return [one.event for one in reversed(audit.about(session, subject))]

    return about
