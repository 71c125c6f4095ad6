"""What a monitoring report of very many tests costs. Run by hand: make bench (QUIZ_BENCH_TESTS=… for fewer)."""

import json
import time
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine

from quiz.actions import reporting
from quiz.documents import report as document
from quiz.domain import monitoring
from quiz.domain.monitoring import Period
from quiz.domain.report import Version
from quiz.domain.report_sections import sections
from quiz.formats import report_file
from tests.benchmarks.test_results import PEOPLE, TESTS, filled
from tests.make import ISSUER, Make

pytestmark = [pytest.mark.bench, pytest.mark.both_engines, pytest.mark.timeout(3600)]

TOPICS = {f"T{number}": [1, 2] for number in range(1, 15)}
PERIOD = Period(date(2023, 1, 1), date(2026, 10, 31))


def took(work: Callable[[], object]) -> str:
    """The best of three."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return f"{1000 * min(times):,.0f} ms"


def test_a_report_of_very_many_tests(engine: Engine, make: Make, capfd) -> None:
    filled(engine, json.dumps(TOPICS))
    house = reporting.House("Council", "Test")
    with make.work("staff:officer") as work:
        row = reporting.issue(work, reporting.Wanted("driver", PERIOD, Version.PUBLIC), house, ISSUER.signer)
        report, seal = report_file.read(row.content), row.seal
    with make.reading() as session:
        found = reporting.figures(session, "driver", PERIOD)
        lines = [
            f"{TESTS:,} tests of {PEOPLE:,} holders on {engine.dialect.name}",
            f"  counted in {took(lambda: reporting.figures(session, 'driver', PERIOD))}",
            f"  what to leave out {took(lambda: monitoring.hidden(found))}, "
            f"sections {took(lambda: sections(found, Version.PUBLIC, ()))}",
            f"  on paper {took(lambda: document.pdf(report, seal))}",
        ]
    assert found.counts["taken"] + found.counts["void"] == TESTS
    with capfd.disabled():
        print("\n" + "\n".join(lines))
