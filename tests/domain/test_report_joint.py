"""A public report over several public ones tells nothing that they do not tell, whoever solves whatever."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

import pytest

from quiz.domain import monitoring, report_joint
from quiz.domain.errors import Refused
from quiz.domain.monitoring import Period
from quiz.domain.report import Head, Rate, Report, Section, Version
from quiz.domain.report_joint import counted, parts, runs
from quiz.domain.report_sections import sections
from quiz.domain.suppression import SMALL, Network, Sum
from tests.domain.test_monitoring import figures
from tests.domain.test_suppression import four, worked_out

QUARTERS = [
    Period(date(2026, 1, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 6, 30)),
    Period(date(2026, 7, 1), date(2026, 9, 30)), Period(date(2026, 10, 1), date(2026, 12, 31)),
]  # fmt: skip
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
COPIED = ("Licence holders", "Tests by quarter")


@dataclass(frozen=True)
class Public:
    name: str
    period: Period


ISSUED = [Public(f"2026-{number}", period) for number, period in enumerate(QUARTERS, 1)]


def report(counts, name: str) -> Report:
    """The public version of these figures."""
    head = Head(name, Version.PUBLIC, counts.period.first, counts.period.last, "Council", "Test", "live",
                datetime(2027, 1, 4, 9, tzinfo=UTC), "Licensing officer")  # fmt: skip
    return Report(head, sections(counts, Version.PUBLIC, ()))


def printed(found: tuple[Section, ...]) -> dict[tuple[str, str, int], object]:
    """Every cell by the beginning of its table's title, its row and its column."""
    return {
        (table.title[:17], str(row[0]), at): cell
        for section in found for table in section.tables for row in table.rows for at, cell in enumerate(row[1:])
    }  # fmt: skip


@pytest.fixture(params=[(6, 9), (40, 80)], ids=str)
def quarters(request):
    return [figures(Random(seed), *request.param, period) for seed, period in enumerate(QUARTERS)]


def test_every_number_is_a_sum_of_printed_numbers_or_is_left_out(quarters):
    reports = [report(one, name.name) for one, name in zip(quarters, ISSUED, strict=True)]
    told, of = printed(report_joint.sections(reports, ())), [printed(one.sections) for one in reports]
    numbers = 0
    for (table, row, at), cell in told.items():
        if table.startswith(COPIED) and row != "Whole period":
            continue
        cells = [one.get((table.replace("Tests by quarter", "Tests"), row, at)) for one in of]
        if row == "Planned after the period":
            cells = cells[-1:]
        if isinstance(cell, int):
            assert cell == sum(cells), (table, row)
            numbers += 1
        elif cell is None and not isinstance(cells[0], Rate | str):
            assert None in cells, (table, row)
    assert numbers > 20
    assert told["Licence holders o", "With a valid pass", 0] == of[-1]["Licence holders o", "With a valid pass", 0]
    for at, name in enumerate(("January to March 2026", "April to June 2026")):
        assert told["Tests by quarter", name, 0] == of[at]["Tests", "Whole period", 0]
    rates = [(key, cell) for key, cell in told.items() if isinstance(cell, Rate)]
    assert all(told[table, row, 0] is not None for (table, row, _), cell in rates)


def test_no_small_number_can_be_worked_out_from_all_of_them_together():
    """The independent solver sees the quarters and the year at once: bounds stay as wide as they must be."""
    quarters = [figures(Random(seed), 30, 60, period) for seed, period in enumerate(QUARTERS[:2])]
    networks = [monitoring.network(one) for one in quarters]
    outs = [monitoring.hidden(one) for one in quarters]
    flows = sorted(set(networks[0].values) - set(monitoring.network(figures(Random(1), 0, 9)).unprinted) - STOCKS)
    values = {f"{at}.{name}": value for at, one in enumerate(networks) for name, value in one.values.items()}
    values |= {f"year.{name}": sum(one.values[name] for one in networks) for name in flows}
    sums = [Sum(f"{at}.{one.total}", tuple(f"{at}.{part}" for part in one.parts)) for at, network in enumerate(networks)
            for one in network.sums]  # fmt: skip
    sums += [Sum(f"year.{name}", tuple(f"{at}.{name}" for at in range(len(networks)))) for name in flows]
    out = {f"{at}.{name}" for at, one in enumerate(outs) for name in one}
    out |= {f"year.{name}" for name in flows if any(name in one for one in outs)}
    unprinted = frozenset(f"{at}.{name}" for at, one in enumerate(networks) for name in one.unprinted)
    bounds = worked_out(Network(values, tuple(sums), unprinted), frozenset(out))
    small = [(at, name) for at, one in enumerate(networks) for name, value in one.values.items() if value in SMALL]
    assert small and len(out) > len(small)
    for at, name in small:
        wanted, (least, most) = four(networks[at], name), bounds[f"{at}.{name}"]
        assert least <= min(wanted) and (most is None or most >= max(wanted)), (at, name)


# Of the last day, not of the period: the year copies those of the newest report.
STOCKS = {"holders", "valid", "without-pass", "accepted", "overdue", "due-soon", "attended", "not-attended", "both",
          "neither"}  # fmt: skip


def test_a_year_is_added_up_once_all_of_its_days_are_public():
    assert parts(YEAR, []) == []
    assert parts(YEAR, ISSUED) == ISSUED
    assert parts(Period(date(2026, 4, 1), date(2026, 9, 30)), ISSUED) == ISSUED[1:3]
    after_the_year = [*ISSUED, Public("2027-1", YEAR)]  # itself added up, so it is no part of another
    assert counted(after_the_year) == ISSUED and parts(YEAR, after_the_year) == ISSUED
    assert runs([ISSUED[0], ISSUED[3], ISSUED[1]]) == [
        (Period(date(2026, 1, 1), date(2026, 6, 30)), ["2026-1", "2026-2"]), (QUARTERS[3], ["2026-4"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("period", "issued", "words"), [
    (YEAR, ISSUED[:3], "first issue a public report for 1 October 2026 to 31 December 2026, or make an internal"),
    (YEAR, [ISSUED[0], ISSUED[2]], "for 1 April 2026 to 30 June 2026 and for 1 October 2026 to 31 December 2026"),
    (Period(date(2026, 3, 31), date(2026, 6, 30)), ISSUED, "Choose days outside them, or days that are made up of"),
    (Period(date(2026, 1, 1), date(2026, 4, 27)), ISSUED[:1], "too few for a public report of their own"),
    (QUARTERS[0], ISSUED, "There is nothing to add to it"),
])  # fmt: skip
def test_days_that_are_public_are_never_counted_a_second_time(period, issued, words):
    with pytest.raises(Refused, match=words):
        parts(period, issued)
