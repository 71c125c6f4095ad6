"""What lists and files of results cost with very many tests. Run by hand: make bench (QUIZ_BENCH_TESTS=… for fewer).

Prints figures and promises nothing: these go into quiz/DECISIONS.md with the machine they came from.
"""

import os
import resource
import time
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, text

from quiz.actions import exporting
from quiz.domain.blueprint import Reason
from quiz.domain.results import Came, Order, Wanted
from quiz.records import database, filtered
from tests.make import COUNCIL, Make
from tests.page import Browser

pytestmark = [pytest.mark.bench, pytest.mark.both_engines, pytest.mark.timeout(3600)]

TESTS = int(os.environ.get("QUIZ_BENCH_TESTS", "2000000"))
PEOPLE = max(TESTS // 5, 1)

# Every driver sits five times; one test in nine is not passed and weak, one in 50,000 is set aside, one in 100,000 was
# required by the council. They are a minute apart, so 400,000 take nine months.
FACTS = {
    "sqlite": {
        "key": "printf('%032x', {0})",
        "at": "strftime('%Y-%m-%d %H:%M:%S', '2023-01-01', '+' || {0} || ' minutes') || '.000000'",
        "yes": "1",
        "no": "0",
    },
    "postgresql": {
        "key": "lpad(to_hex({0}), 32, '0')::uuid",
        "at": "timestamptz '2023-01-01' + {0} * interval '1 minute'",
        "yes": "true",
        "no": "false",
    },
}


def filled(engine: Engine, topics: str = "{}") -> None:
    """Made in the database itself: rows of Python would take an hour."""
    say = FACTS[engine.dialect.name]
    key, at = say["key"].format, say["at"].format
    person, failed = key(f"(n % {PEOPLE} + 1)"), "n % 9 = 0"
    reason = "CASE WHEN n % 100000 = 7 THEN 'required' ELSE 'renewal' END"
    outcome = f"CASE WHEN {failed} THEN 'not-passed' ELSE 'passed' END"
    groups = f"""CASE WHEN {failed} THEN '{{"signs": [4, 5], "act": [1, 6]}}' ELSE '{{"signs": [4, 5]}}' END"""
    begun, over, void = at("n"), at("(n + 20)"), at("(n + 60)")
    rows = {
        "person (id, name, name_key, email, phone, created_at)": (
            PEOPLE, f"{key('n')}, 'Driver ' || n, 'driver ' || n, '', '', {at('0')}",
        ),
        "licence (id, person_id, authority, kind, number, number_key)": (
            PEOPLE, f"{key('n')}, {key('n')}, 'Here', 'dual', 'PH' || n, 'PH' || n",
        ),
        "invitation (id, person_id, test, reason, supervised, made_at, made_by)": (
            TESTS, f"{key('n')}, {person}, 'driver', {reason}, {say['no']}, {begun}, 'cli:bench'",
        ),
        "attempt (id, person_id, invitation_id, test, blueprint_id, contacts_version, handbook_digest, supervised, "
        "mode, started_at, deadline, finished_at, finished_how, voided_at, reason, outcome, weak)": (
            TESTS,
            f"{key('n')}, {person}, {key('n')}, 'driver', (SELECT min(id) FROM blueprint), "
            "(SELECT min(version) FROM contact_set), '', "
            f"CASE WHEN n % 3 = 0 THEN {say['yes']} ELSE {say['no']} END, "
            f"'pilot', {begun}, {at('(n + 45)')}, {over}, 'sent-in', CASE WHEN n % 50000 = 3 THEN {void} END, "
            f"{reason}, {outcome}, CASE WHEN {failed} THEN ',act,' ELSE '' END",
        ),
        "mark (attempt_id, number, at, by, score, of, outcome, reasons, topics, groups, unsafe, below)": (
            TESTS, f"{key('n')}, 1, {over}, 'service', 17, 20, {outcome}, '', '{topics}', {groups}, '', ''",
        ),
    }  # fmt: skip
    with database.transaction(engine) as session:
        for into, (most, values) in rows.items():
            numbers = f"WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {most})"
            statement = " ".join(("INSERT INTO", into, numbers, "SELECT", values, "FROM number"))
            session.execute(text(statement.replace(":", "\\:")))
    if engine.dialect.name == "postgresql":  # it does so by itself; SQLite never does
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def took(work: Callable[[], object]) -> float:
    """The best of five, in milliseconds: the first one reads the disk, and the machine does other things too."""
    return min(_once(work) for _ in range(5))


def _once(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


FILES = os.environ.get("QUIZ_BENCH_FILES", "csv xlsx").split()
FILTERS = {
    "everything": Wanted(),
    "a month of it": Wanted(date(2024, 5, 1), date(2024, 5, 31)),
    "not passed": Wanted(came=Came.NOT_PASSED),
    "weak, supervised, oldest first": Wanted(weak="act", supervised=True, order=Order.OLDEST),
    "one in 50,000": Wanted(came=Came.SET_ASIDE),
    "one in 100,000": Wanted(reason=Reason.REQUIRED),
    "none at all": Wanted(reason=Reason.REFRESHER, weak="signs"),
}


def test_a_page_its_totals_and_a_file_of_very_many_results(engine: Engine, make: Make, officer: Browser, capfd) -> None:
    begun = time.perf_counter()
    filled(engine)
    lines = [f"{TESTS:,} tests on {engine.dialect.name}, made in {time.perf_counter() - begun:.0f} s"]
    for name, wanted in FILTERS.items():
        with make.reading() as session:
            page = took(lambda wanted=wanted: filtered.page(session, wanted))
            totals = took(lambda wanted=wanted: filtered.totals(session, wanted))
            deep = filtered.page(session, wanted).last
            next_page = took(lambda wanted=wanted, deep=deep: filtered.page(session, wanted, deep))
            found = filtered.totals(session, wanted)
        lines.append(
            f"  {name:<32} page {page:6.1f} ms, next {next_page:6.1f} ms, totals {totals:6.1f} ms ({found.taken:,})"
        )
    whole = took(lambda: officer.client.get("/staff/attempts?reason=required", base_url=officer.host))
    lines.append(f"  the whole page over HTTP, one in 100,000: {whole:.0f} ms")
    for file in FILES:
        lines.append(f"  {file}: {written(make, file)}")
    with capfd.disabled():
        print("\n" + "\n".join(lines))


def written(make: Make, file: str) -> str:
    """What a file of very many rows costs, thrown away as it is written."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with make.reading() as session, open(os.devnull, "wb") as target:
        told = exporting.about(session, Wanted(date(2023, 1, 1), date(2023, 10, 5)), COUNCIL, "officer", make.clock.now)
        begun = time.perf_counter()
        number = exporting.write(target, file, session, told)
        spent = time.perf_counter() - begun
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"{number:,} rows in {spent:.0f} s, {more:.0f} MiB more memory at the most than before"
