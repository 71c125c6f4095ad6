"""What the lists of drivers and results cost with 400,000 drivers and 2 million tests. Run by hand: make bench.

The rows are made by the database itself, with answers only for the last 20,000 tests. Prints for each page its
statements and how long it took with the database on the same machine; figures go into quiz/DECISIONS.md.
"""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, text

from quiz.domain.roles import Role
from quiz.records import database
from tests.conftest import signed_in
from tests.make import Make
from tests.page import Browser, Page

pytestmark = [pytest.mark.bench, pytest.mark.both_engines, pytest.mark.timeout(3600)]

DRIVERS = int(os.environ.get("QUIZ_BENCH_DRIVERS", "400000"))
TESTS = 5  # of each driver
ANSWERED = 20_000  # tests
TIMES = 5  # each page is opened so often; the middle counts

# A row for each number. `key(PREFIX, n)` is a key that sorts by age; names repeat, as they do.
NAMES = (
    "Ann",
    "Bob",
    "Cy",
    "Dee",
    "Ed",
    "Fay",
    "Gus",
    "Hal",
    "Ivy",
    "Jo",
    "Kit",
    "Lou",
    "Max",
    "Ned",
    "Oz",
    "Pat",
    "Quin",
)


class Seed:
    """SQL that makes rows out of numbers, in the words of either engine."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.lite = connection.dialect.name == "sqlite"

    def key(self, prefix: int, n: str) -> str:
        """A UUID made of a prefix and a number."""
        high = f"{prefix:08x}0000700080"
        if self.lite:
            return f"'{high}' || printf('%014x', {n})"
        return f"('{high}' || lpad(to_hex({n}), 14, '0'))::uuid"

    def day(self, n: str) -> str:
        """A day so many days from the present one of the tests (23 November 2026)."""
        return f"date('2026-11-23', ({n}) || ' days')" if self.lite else f"date '2026-11-23' + ({n})::int"

    def at(self, n: str) -> str:
        """A moment so many minutes before it."""
        if self.lite:
            return f"datetime('2026-11-23', '-' || ({n}) || ' minutes') || '.000000'"
        return f"timestamptz '2026-11-23 00:00+00' - ({n}) * interval '1 minute'"

    def pick(self, words: tuple[str, ...], n: str) -> str:
        """One of the words."""
        cases = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
        return f"CASE ({n}) % {len(words)} {cases} END"

    def numbers(self, count: int) -> str:
        """A table of the numbers from 0."""
        if self.lite:
            more = f"SELECT n + 1 FROM s WHERE n + 1 < {count}"
            return f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL {more}) SELECT n FROM s)"
        return f"generate_series(0, {count - 1}) AS s(n)"

    def fill(self, table: str, count: int, **columns: str) -> None:
        """Make so many rows; columns that are not named stay empty."""
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(columns.values())
        made = f"INSERT INTO {table} ({names}) SELECT {values} FROM {self.numbers(count)}"
        self.connection.exec_driver_sql(made.replace("%", "%%") if not self.lite else made)


def seed(engine: Engine) -> None:
    """Drivers with a licence and an invitation each, five tests of each with their marks, and where they stand."""
    with engine.execution_options(writes=True).begin() as connection:
        made, true, false = Seed(connection), *(("1", "0") if engine.dialect.name == "sqlite" else ("true", "false"))
        driver, licence, invited, sat = (
            lambda n, p=p: made.key(p, n) for p in (0x01000000, 0x01000001, 0x01000002, 0x01000003)
        )
        blueprint = connection.execute(text("SELECT id FROM blueprint")).scalar()
        name = f"{made.pick(NAMES, 'n')} || ' ' || {made.pick(NAMES, 'n / 17')} || 'son ' || (n % 9973)"
        low = f"lower({name})"
        made.fill("person", DRIVERS, id=driver("n"), name=name, name_key=low, created_at=made.at("n"), phone="''",
                  email="CASE WHEN n % 3 = 0 THEN '' ELSE 'driver' || n || '@example.org' END")  # fmt: skip
        made.fill("licence", DRIVERS, id=licence("n"), person_id=driver("n"), authority="'SAMPLE'", number="'PH' || n",
                  kind=made.pick(("private-hire", "private-hire", "hackney", "dual"), "n"), number_key="'PH' || n",
                  expires_on=made.day("n % 1095 - 20"))  # fmt: skip
        made.fill("invitation", DRIVERS, id=invited("n"), person_id=driver("n"), test="'driver'", reason="'renewal'",
                  supervised=false, made_at=made.at("n"), made_by="'staff:x'")  # fmt: skip
        tests = DRIVERS * TESTS
        who, passed = f"n % {DRIVERS}", "n % 5 < 3"
        began = made.at(f"({tests} - n) * 2")
        made.fill("attempt", tests, id=sat("n"), person_id=driver(who), invitation_id=invited(who), test="'driver'",
                  blueprint_id=str(blueprint), contacts_version="1", handbook_digest="''", supervised=false,
                  mode="'pilot'", started_at=began, deadline=made.at(f"({tests} - n) * 2 - 1"), finished_at=began,
                  finished_how="'sent-in'", reason="'renewal'",
                  outcome=f"CASE WHEN {passed} THEN 'passed' ELSE 'not-passed' END",
                  weak="CASE WHEN n % 11 = 0 THEN ',signs,' ELSE '' END")  # fmt: skip
        made.fill("mark", tests, attempt_id=sat("n"), number="1", at=began, by="'person:x'", score="12 + n % 9",
                  of="20", outcome=f"CASE WHEN {passed} THEN 'passed' ELSE 'not-passed' END", reasons="''",
                  topics="'{}'", groups="'{}'", below="''",
                  unsafe="CASE WHEN n % 5000 = 4 THEN '3' ELSE '' END")  # fmt: skip
        made.fill("standing", DRIVERS, person_id=driver("n"), name_key=low, listed=true,
                  email_key="CASE WHEN n % 3 = 0 THEN '' ELSE 'driver' || n || '@example.org' END",
                  kinds=made.pick(("private-hire", "private-hire", "hackney", "dual"), "n"),
                  due_on=made.day("n % 1095 - 20"), tested_on=made.day("-(n % 900)"),
                  outcome=f"CASE WHEN {passed} THEN 'passed' ELSE 'not-passed' END",
                  covered_until=f"CASE WHEN {passed} THEN {made.day('n % 1100')} END",
                  needs_on=f"CASE WHEN NOT ({passed}) THEN {made.day('n % 1095 - 20')} END",
                  retry_on=f"CASE WHEN n % 5 = 4 THEN {made.day('n % 14 - 7')} END",
                  stuck_until=f"CASE WHEN n % 500 = 4 THEN {made.day('n % 180')} END",
                  waiting_since=f"CASE WHEN n % 50 = 3 THEN {made.day('-(n % 60)')} END",
                  adjusted_until=f"CASE WHEN n % 200 = 7 THEN {made.day('n % 400')} END")  # fmt: skip
        _answers(connection, made, tests, sat)
    database.count_up(engine)
    if engine.dialect.name == "postgresql":  # does so by itself, a minute later
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))


def _answers(connection: Connection, made: Seed, tests: int, sat: Callable[[str], str]) -> None:
    """Twenty answers for each of the last tests, in one session each of the database's making."""
    query = "SELECT version_id, question_id FROM approval JOIN version ON version.id = version_id LIMIT 1"
    version, question = connection.execute(text(query)).one()
    version = f"'{version}'" if made.lite else f"'{version}'::uuid"
    which = f"{tests - ANSWERED} + n / 20"
    made.fill("paper_slot", ANSWERED * 20, attempt_id=sat(which), position="n % 20 + 1", version_id=version,
              question_id=f"'{question}'", option_order="'0,1,2,3'")  # fmt: skip
    owner = f"({tests - ANSWERED} + n) % {DRIVERS}"
    made.fill("driver_session", ANSWERED, id=made.key(0x01000005, f"{tests - ANSWERED} + n"), digest="'d' || n",
              person_id=made.key(0x01000000, owner), invitation_id=made.key(0x01000002, owner), started_at=made.at("9"),
              expires_at=made.at("1"), ended_why="''")  # fmt: skip
    made.fill("answer", ANSWERED * 20, attempt_id=sat(which), position="n % 20 + 1",
              session_id=made.key(0x01000005, which), sequence="1", choice="'1'", later="0" if made.lite else "false",
              confirmed="1" if made.lite else "true", at=made.at("1"))  # fmt: skip


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    """What is sent to the database, but for the words that begin and end a transaction."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return sent


PAGES = (
    "/staff", "/staff/drivers", "/staff/drivers?sort=urgent", "/staff/drivers?sort=tested", "/staff/drivers?sort=added",
    "/staff/drivers?status=overdue", "/staff/drivers?status=due-90", "/staff/drivers?status=due-30&sort=name",
    "/staff/drivers?status=out-of-tries", "/staff/drivers?status=out-of-tries&sort=name",
    "/staff/drivers?status=never-tested", "/staff/drivers?status=unlisted", "/staff/drivers?kind=hackney",
    "/staff/drivers?adjusted=y", "/staff/drivers?adjusted=y&kind=dual&status=valid&sort=name",
    "/staff/attempts", "/staff/attempts?outcome=not-passed", "/staff/attempts?weak=signs&sort=oldest",
    "/staff/sessions", "/staff/unsafe", "/staff/training", "/staff/training/missing", "/staff/letters",
    "/staff/invitations", "/staff/invitations/new?status=due-90", "/staff/groups", "/staff/drivers/imports",
    "/staff/reports", "/staff/reports/new", "/staff/action-plan", "/staff/questions", "/staff/work",
    "/staff/drivers/01000000-0000-7000-8000-000000061a00",
)  # fmt: skip
SEARCHES = ("PH 39999", "39999", "pat", "quinson 99", "driver3999@ex", "nobody at all")


@pytest.fixture
def spent(app: Flask) -> Iterator[list[float]]:
    """Seconds that the service took for each request; what the test does with a page is not counted."""
    inner, taken = app.wsgi_app, []

    def timed(environ: object, start: object) -> object:
        began = time.perf_counter()
        try:
            return inner(environ, start)  # type: ignore[arg-type]
        finally:
            taken.append(time.perf_counter() - began)

    app.wsgi_app = timed  # type: ignore[method-assign, assignment]
    yield taken
    app.wsgi_app = inner  # type: ignore[method-assign]


def test_lists_of_very_many(
    engine: Engine, make: Make, browse: Callable[[], Browser], statements: list[str], spent: list[float]
):
    began = time.monotonic()
    seed(engine)
    took = time.monotonic() - began
    print(f"\n{engine.dialect.name}: {DRIVERS:,} drivers, {DRIVERS * TESTS:,} tests made in {took:.0f} s")
    officer = signed_in(browse, make, Role.OFFICER)

    def measure(what: str, do: Callable[[], Page], times: int = TIMES) -> float:
        """Wall time of one request with the database on the same machine; the middle of several."""
        spent.clear()
        for _ in range(times):
            statements.clear()
            assert do().status == 200, what
            assert len(statements) <= 12, what
        middle = 1000 * sorted(spent)[len(spent) // 2]
        print(f"  {middle:7.1f} ms  {len(statements):2} statements  {what}")
        return middle

    slowest = 0.0
    for path in PAGES:
        officer.open(path)  # the first look at a record writes that somebody looked
        slowest = max(slowest, measure(path, partial(officer.open, path)))
        more = next((way for words, way in officer.page.links.items() if "More " in words), None)
        if more:
            slowest = max(slowest, measure(f"{path}, the next page", partial(officer.open, more)))
    for typed in SEARCHES:
        officer.open("/staff/drivers")
        slowest = max(slowest, measure(f"search {typed!r}", partial(officer.press, "Find driver", find=typed), times=1))
    print(f"slowest: {slowest:.0f} ms")
