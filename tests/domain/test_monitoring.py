"""What the report counts hangs together, and nobody can work a small number out of a public version."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from quiz.domain import monitoring
from quiz.domain.adjustments import Kind
from quiz.domain.errors import Refused
from quiz.domain.monitoring import Figures, Period, Topic, names_of_quarters, quarters
from quiz.domain.report import Head, Rate, Report, Version, of_plain, plain, shown
from quiz.domain.report_sections import rate, sections
from quiz.domain.sittings import Incident
from quiz.domain.suppression import SMALL
from tests.domain.test_suppression import four, worked_out

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def figures(chance: Random, tests: int, holders: int, period: Period = YEAR) -> Figures:
    """Figures of made-up tests and people, counted one by one."""
    c: Counter[str] = Counter()
    rows = names_of_quarters(period)
    names = [f"{row}.{column}" for row in (*rows, "with", "without", "first", "again") for column in monitoring.COLUMNS]
    c.update(dict.fromkeys([*names, *monitoring.COLUMNS, *monitoring.UNPRINTED, "unsafe", "score", "upheld", "waiting",
                            "withdrawn", "found-wrong", "changed", "ever-unsafe", "later", "not-yet", "in-the-end",
                            "sat", "seats", "came", "absent", "incidents", "void", "holders", "valid", "without-pass",
                            "accepted", "overdue", "due-soon", "attended", "not-attended", "both", "neither", "places",
                            "attended-places"], 0))  # fmt: skip
    c.update({f"incident.{one}": 0 for one in Incident})
    kinds: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    for _ in range(tests):
        passed = chance.random() < 0.8
        held = chance.random() < 0.1
        again = chance.random() < 0.15
        for row in [
            "",
            "with" if held else "without",
            "again" if again else "first",
            *chance.sample(rows, min(1, len(rows))),
        ]:
            for column in ("taken", "passed" if passed else "failed"):
                c[f"{row}.{column}" if row else column] += 1
        kinds[chance.choice(list(Kind))] += held
        if passed:
            c["outright"] += 1
        else:
            alone = chance.random() < 0.3
            c["unsafe" if alone else "score"] += 1
            if alone:
                c["ever-unsafe"] += 1
                c[chance.choice(("upheld", "waiting"))] += 1
        if not passed and not again:
            c["not-yet"] += 1
        c["sat" if chance.random() < 0.4 else "elsewhere"] += 1
    c["later"] = min(c["not-yet"], c["again.passed"]) // 2
    c["not-yet"] -= c["later"]
    c["later-other"] = c["again.passed"] - c["later"]
    c["in-the-end"] = c["first.passed"] + c["later"]
    c["came"] = c["sat"] + (more := chance.randint(0, 3))
    c["came-only"], c["absent"] = more, chance.randint(0, 7)
    c["seats"] = c["came"] + c["absent"]
    for _ in range(chance.randint(0, 12)):
        c[f"incident.{chance.choice(list(Incident))}"] += 1
        c["incidents"] += 1
    for _ in range(holders):
        valid, there = chance.random() < 0.9, chance.random() < 0.7
        c["holders"] += 1
        c["valid" if valid else "without-pass"] += 1
        c["attended" if there else "not-attended"] += 1
        c[
            chance.choice(("own", "own", "own", "accepted"))
            if valid
            else chance.choice(("overdue", "due-soon", "due-later"))
        ] += 1
        c[{(1, 1): "both", (1, 0): "pass-only", (0, 1): "attended-only"}.get((valid, there), "neither")] += 1
    c["places"], c["attended-places"] = c["attended"] + 3, c["attended"]
    c["missed"] = 3
    events = Counter()
    topics = [Topic("T1", "Basics", tests, tests * 9 // 10), Topic("T2", "Signs", tests, tests)]
    return Figures(period, dict(c), topics, dict(kinds), events | Counter({n: 1 for n in EVENTS}), trained=True)


EVENTS = ("sessions", "sessions-held", "sessions-later", "trainings", "trainings-held", "trainings-later",
          "questions-new", "questions-changed", "questions-out", "questions-still-out", "questions-back",
          "questions-wrong")  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("size", [(0, 3), (6, 9), (30, 60), (220, 450)])
def test_no_small_number_of_a_public_version_can_be_worked_out(size, seed):
    found = figures(Random(seed), *size)
    network, out = monitoring.network(found), monitoring.hidden(found)
    bounds = worked_out(network, out)
    for name, value in network.values.items():
        if value in SMALL:
            wanted, (least, most) = four(network, name), bounds[name]
            assert least <= min(wanted) and (most is None or most >= max(wanted)), (name, value, sorted(out))


@pytest.mark.parametrize("seed", range(6))
def test_a_public_version_prints_nothing_that_is_left_out(seed):
    found = figures(Random(seed), 40, 80)
    out = monitoring.hidden(found)
    assert out
    told, inside = sections(found, Version.PUBLIC, ()), sections(found, Version.INTERNAL, ())
    cells = [cell for section in inside for table in section.tables for row in table.rows for cell in row]
    assert None not in cells
    people = ("Who is covered", "Tests taken", "First tries and retakes", "Unsafe answers", "Adjustments")
    for section in told:
        for table in section.tables if section.title in people else ():
            for row in table.rows:
                numbers = [cell for cell in row[1:] if isinstance(cell, int)]
                assert not [n for n in numbers if n in SMALL], row
                rates = [cell for cell in row[1:] if isinstance(cell, Rate)]
                assert not rates or None not in row, row  # a rate gives away what is left out beside it
    drawn = [chart for section in told for chart in section.charts if chart.title.startswith("Tests passed")]
    tables = {row[0]: row for section in told for table in section.tables if table.title == "Tests by quarter"
              for row in table.rows}  # fmt: skip
    for place, label in enumerate(drawn[0].labels):
        assert tuple(values[place] for _, values in drawn[0].series) == tables[label][2:4]


def test_a_rate_is_not_given_for_too_few_and_is_rounded_to_the_nearest_tenth():
    assert [shown(rate(*pair)) for pair in [(0, 0), (3, 4), (2, 3), (4, 6), (1, 8), (54, 100)]] == [
        "–", "too few", "too few", "66.7%", "12.5%", "54.0%",
    ]  # fmt: skip


def test_the_kinds_of_adjustments_stand_together_or_not_at_all():
    found = figures(Random(1), 300, 10)
    counts = {**found.counts}
    few = Figures(
        YEAR, counts, found.topics, {Kind.READER: 2, Kind.EXTRA_TIME: counts["with.taken"]}, found.events, True
    )
    assert not monitoring.kinds_may_be_told(few)
    table = next(t for s in sections(few, Version.PUBLIC, ()) for t in s.tables if t.title == "Adjustments used")
    assert {row[1] for row in table.rows} == {None}


def test_topics_are_left_out_where_few_answers_were_right_or_wrong_and_all_of_them_where_few_tests_were_taken():
    assert not monitoring.topic_may_be_told(Topic("T1", "", 40, 38))
    assert not monitoring.topic_may_be_told(Topic("T1", "", 40, 2))
    assert monitoring.topic_may_be_told(Topic("T1", "", 40, 40))
    told = [one for one in sections(figures(Random(1), 3, 10), Version.PUBLIC, ()) if one.title == "Topics"]
    assert told[0].tables == () and told[0].charts == ()


def test_quarters_are_cut_off_at_the_ends_of_the_period():
    found = quarters(Period(date(2026, 2, 10), date(2026, 7, 1)))
    assert [(one.name, one.first, one.last) for one in found] == [
        ("January to March 2026, in part", date(2026, 2, 10), date(2026, 3, 31)),
        ("April to June 2026", date(2026, 4, 1), date(2026, 6, 30)),
        ("July to September 2026, in part", date(2026, 7, 1), date(2026, 7, 1)),
    ]
    assert names_of_quarters(Period(date(2026, 4, 1), date(2026, 6, 30))) == []


@pytest.mark.parametrize(("day", "first", "last"), [
    (date(2026, 11, 26), date(2026, 7, 1), date(2026, 9, 30)),
    (date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 31)),
])  # fmt: skip
def test_the_last_quarter_is_offered(day, first, last):
    assert monitoring.before(day) == Period(first, last)


def test_what_is_no_period():
    today = date(2026, 11, 26)
    monitoring.must_be_period(Period(today, today), today)
    monitoring.must_be_period(Period(date(2021, 11, 27), today), today)
    for first, last in ((today, date(2026, 11, 25)), (today, date(2026, 11, 27)), (date(2021, 11, 26), today)):
        with pytest.raises(Refused):
            monitoring.must_be_period(Period(first, last), today)


def test_a_report_is_read_back_as_it_was_written():
    head = Head("2026-1", Version.PUBLIC, YEAR.first, YEAR.last, "Chorley Council", "Driver test", "live",
                datetime(2027, 1, 4, 9, tzinfo=UTC), "Licensing officer")  # fmt: skip
    report = Report(head, sections(figures(Random(3), 40, 80), Version.PUBLIC, [("Training", "A", "B", "C", "D", "")]))
    assert of_plain(json.loads(json.dumps(plain(report)))) == report
    assert any(section.charts for section in report.sections)
    with pytest.raises(ValueError, match="its form"):
        of_plain({**plain(report), "form": "other"})


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"T1": 300, "T2": 100, "T13": 60, "T14": 40}, {"T1", "T2", "T13", "T14"}),
        ({"T1": 300, "T2": 100, "T13": 97, "T14": 3}, {"T1", "T2"}),
        ({"T1": 300, "T2": 100, "T15": 3}, {"T1"}),
        ({"T15": 3}, set()),
    ],
    ids=["none is few", "two share a place", "one is what is left of all", "there is no other"],
)
def test_how_often_a_topic_was_asked_cannot_be_worked_out_from_the_others(asked, told):
    topics = [Topic(code, code, times, times // 2) for code, times in asked.items()]
    assert monitoring.topics_to_tell(topics, 100) == told


def test_a_public_report_covers_four_weeks():
    day = date(2026, 3, 1)
    monitoring.must_be_long_enough(Period(day, day + timedelta(days=27)))
    with pytest.raises(Refused, match="28 days or more"):
        monitoring.must_be_long_enough(Period(day, day + timedelta(days=26)))
