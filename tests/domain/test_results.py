"""Lists of results: what is weak, which periods are offered, and how a filter is said and kept."""

from datetime import date

import pytest

from quiz.domain import results
from quiz.domain.blueprint import Reason
from quiz.domain.marking import Tally
from quiz.domain.results import Came, Order, Totals, Wanted

ALL = Wanted(date(2026, 11, 1), date(2026, 11, 30), Came.NOT_PASSED, False, Reason.REQUIRED, "act", Order.OLDEST)


@pytest.mark.parametrize(
    ("right", "of", "weak"), [(0, 1, True), (1, 2, False), (2, 5, True), (3, 5, False), (0, 0, False), (5, 5, False)]
)
def test_a_group_is_weak_where_fewer_than_half_were_right(right, of, weak):
    assert results.weak_groups({"act": Tally(right, of)}) == (("act",) if weak else ())


@pytest.mark.parametrize("keys", [(), ("act",), ("act", "signs")])
def test_keys_come_back(keys):
    assert results.unkept(results.kept(keys)) == keys


def test_a_test_that_is_not_marked_has_no_weak_groups():
    assert results.unkept(None) == ()


@pytest.mark.parametrize(
    ("today", "month", "quarter", "year"),
    [
        (date(2026, 11, 23), "2026-11-01 2026-11-30", "2026-10-01 2026-12-31", "2026-01-01 2026-12-31"),
        (date(2028, 2, 29), "2028-02-01 2028-02-29", "2028-01-01 2028-03-31", "2028-01-01 2028-12-31"),
        (date(2026, 12, 31), "2026-12-01 2026-12-31", "2026-10-01 2026-12-31", "2026-01-01 2026-12-31"),
        (date(2026, 5, 31), "2026-05-01 2026-05-31", "2026-04-01 2026-06-30", "2026-01-01 2026-12-31"),
    ],
)
def test_periods_are_those_of_the_calendar(today, month, quarter, year):
    assert [f"{first} {last}" for _, first, last in results.presets(today)] == [month, quarter, year]


@pytest.mark.parametrize("wanted", [Wanted(), ALL, Wanted(supervised=True), Wanted(last_day=date(2026, 11, 1))])
def test_what_was_chosen_comes_back_from_the_record(wanted):
    facts = results.as_facts(wanted)
    assert results.of_facts(facts) == wanted
    assert all(type(text) is str for text in facts.values())


@pytest.mark.parametrize("facts", [{"from": "x"}, {"outcome": "unsafe"}, {"reason": "x"}, {"sort": "x"}])
def test_nonsense_is_not_read(facts):
    with pytest.raises(ValueError, match=r"x|unsafe"):
        results.of_facts(facts)


def test_a_filter_in_words():
    assert list(results.in_words(ALL, {"act": "What to do"})) == [
        ("Date of test", "1 November 2026 to 30 November 2026"),
        ("Result", "Not passed"),
        ("Supervised or not", "Unsupervised"),
        ("Reason for the test", "Required by the council"),
        ("Weak spot", "What to do: fewer than half right"),
        ("Order", "Oldest first"),
    ]
    assert {words for _, words in results.in_words(Wanted(), {})} == {"All", "Newest first"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 1), None, "From 1 November 2026"),
        (None, date(2026, 11, 1), "Up to 1 November 2026"),
        (date(2026, 11, 1), date(2026, 11, 1), "1 November 2026"),
    ],
)
def test_a_period_in_words(first, last, words):
    assert dict(results.in_words(Wanted(first, last), {}))["Date of test"] == words


def test_only_the_order_narrows_nothing():
    assert not Wanted(order=Order.OLDEST).narrowed
    assert Wanted(supervised=False).narrowed and Wanted(supervised=False).picky
    assert Wanted(last_day=date(2026, 11, 1)).narrowed and not Wanted(last_day=date(2026, 11, 1)).picky


@pytest.mark.parametrize(
    ("passed", "failed", "rate"),
    [(0, 0, None), (1, 0, 100), (0, 3, 0), (1, 2, 33), (2, 1, 67), (1, 199, 1), (1, 7, 13)],
)
def test_the_rate_is_of_tests_with_a_result(passed, failed, rate):
    totals = Totals(passed, failed, set_aside=9, running=9)
    assert (totals.rate, totals.taken) == (rate, passed + failed + 18)
