"""When and how often somebody may try again: 1 day, 7 days, three tries in six months, then an officer decides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.domain import eligibility
from quiz.domain.eligibility import NextTry, Try
from quiz.domain.errors import Refused
from tests.domain.samples import RULES


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def failed(text):
    return Try(at(text), passed=False)


def unsafe(text):
    return Try(at(text), passed=False, unsafe_alone=True)


def passed(text):
    return Try(at(text), passed=True)


@pytest.mark.parametrize(
    ("tries", "now", "expected"),
    [
        ([], "2026-03-02 10:00", NextTry(date(2026, 3, 2), 3)),
        ([failed("2026-03-02 10:00")], "2026-03-02 11:00", NextTry(date(2026, 3, 3), 2)),
        ([failed("2026-03-02 10:00"), failed("2026-03-03 10:00")], "2026-03-03 11:00", NextTry(date(2026, 3, 10), 1)),
        ([failed("2026-03-02 10:00")] * 3, "2026-03-02 11:00", NextTry(date(2026, 9, 2), 0, officer=True)),
    ],
    ids=["never tried", "after the first", "after the second", "out of tries"],
)
def test_each_try_is_waited_for_longer_and_the_third_is_the_last(tries, now, expected):
    assert eligibility.next_try(tries, RULES, at(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-09-01 22:59", NextTry(date(2026, 9, 2), 0, officer=True)),
        ("2026-09-01 23:00", NextTry(date(2026, 9, 2), 3)),
        ("2027-01-15 10:00", NextTry(date(2027, 1, 15), 3)),
    ],
    ids=["the last minute", "midnight in London", "long after"],
)
def test_the_window_ends_six_months_after_the_first_try(now, expected):
    tries = [failed("2026-03-02 10:00"), failed("2026-03-03 10:00"), failed("2026-03-10 10:00")]
    assert eligibility.next_try(tries, RULES, at(now)) == expected


def test_a_window_that_begins_on_the_31st_ends_with_the_month():
    tries = [failed("2026-08-31 10:00")] * 3
    assert eligibility.next_try(tries, RULES, at("2026-09-01 10:00")).day == date(2027, 2, 28)


def test_a_try_after_the_window_begins_a_new_one():
    tries = [failed("2026-03-02 10:00"), failed("2026-03-03 10:00"), failed("2026-09-02 10:00")]
    assert eligibility.next_try(tries, RULES, at("2026-09-02 11:00")) == NextTry(date(2026, 9, 3), 2)


def test_in_a_new_window_the_first_fail_by_an_unsafe_answer_alone_is_free_again():
    tries = [
        failed("2026-03-02 10:00"),
        unsafe("2026-03-03 10:00"),
        failed("2026-09-02 10:00"),
        unsafe("2026-09-03 10:00"),
    ]
    assert eligibility.next_try(tries, RULES, at("2026-09-03 11:00")) == NextTry(date(2026, 9, 4), 2)


def test_the_end_of_the_window_does_not_shorten_a_wait():
    tries = [failed("2026-03-02 10:00"), failed("2026-09-01 10:00")]
    assert eligibility.next_try(tries, RULES, at("2026-09-02 10:00")) == NextTry(date(2026, 9, 8), 3)


def test_a_pass_starts_the_count_afresh():
    tries = [failed("2026-03-02 10:00"), failed("2026-03-03 10:00"), passed("2026-03-10 10:00")]
    assert eligibility.next_try(tries, RULES, at("2026-03-10 11:00")) == NextTry(date(2026, 3, 10), 3)
    tries.append(failed("2026-03-12 10:00"))
    assert eligibility.next_try(tries, RULES, at("2026-03-12 11:00")) == NextTry(date(2026, 3, 13), 2)


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        ([unsafe("2026-03-02 10:00")], NextTry(date(2026, 3, 3), 3)),
        ([unsafe("2026-03-02 10:00"), unsafe("2026-03-03 10:00")], NextTry(date(2026, 3, 4), 2)),
        ([failed("2026-03-02 10:00"), unsafe("2026-03-03 10:00")], NextTry(date(2026, 3, 4), 2)),
        ([unsafe("2026-03-02 10:00"), failed("2026-03-03 10:00")], NextTry(date(2026, 3, 4), 2)),
        ([unsafe("2026-03-01 10:00"), passed("2026-03-02 10:00"), unsafe("2026-03-03 10:00")],
         NextTry(date(2026, 3, 4), 3)),
    ],
    ids=["the first is free", "the second counts", "free after a failed try too",
         "then a failed try counts as the first", "free again after a pass"],
)  # fmt: skip
def test_the_first_fail_by_an_unsafe_answer_alone_uses_no_try(tries, expected):
    assert eligibility.next_try(tries, RULES, at("2026-03-03 11:00")) == expected


def test_a_free_try_does_not_begin_the_window():
    tries = [unsafe("2026-03-02 10:00"), *[failed("2026-04-01 10:00")] * 3]
    assert eligibility.next_try(tries, RULES, at("2026-04-01 11:00")).day == date(2026, 10, 1)


def test_the_day_of_a_try_is_the_day_in_london():
    assert eligibility.next_try([failed("2026-07-01 23:30")], RULES, at("2026-07-01 23:40")).day == date(2026, 7, 3)


def test_rules_with_one_try_leave_the_rest_to_an_officer():
    once = replace(RULES, tries=1, waits_days=())
    assert eligibility.next_try([failed("2026-03-02 10:00")], once, at("2026-03-02 11:00")).officer
    assert eligibility.next_try([unsafe("2026-03-02 10:00")], once, at("2026-03-02 11:00")) == NextTry(
        date(2026, 3, 3), 1
    )


def test_a_pass_starts_the_tries_afresh_only_where_the_blueprint_says_so():
    tries = [failed("2026-03-02 10:00"), passed("2026-03-10 10:00")]
    assert eligibility.next_try(tries, RULES, at("2026-03-11 10:00")).left == 3
    assert eligibility.next_try(tries, replace(RULES, resets=frozenset()), at("2026-03-11 10:00")).left == 2
    assert eligibility.next_try(tries, replace(RULES, resets=frozenset()), at("2027-03-11 10:00")).left == 3


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2026, 1, 15), "2026-01-15 00:00"),
        (date(2026, 7, 15), "2026-07-14 23:00"),
        (date(2026, 3, 29), "2026-03-29 00:00"),
        (date(2026, 3, 30), "2026-03-29 23:00"),
        (date(2026, 10, 25), "2026-10-24 23:00"),
        (date(2026, 10, 26), "2026-10-26 00:00"),
    ],
    ids=["winter", "summer", "clocks forward", "the day after", "clocks back", "the day after that"],
)
def test_a_day_to_try_begins_at_midnight_in_london(day, midnight):
    following = NextTry(day, 2)
    assert eligibility.must_be_allowed(following, at(midnight)) is None
    with pytest.raises(Refused) as refused:
        eligibility.must_be_allowed(following, at(midnight) - timedelta(microseconds=1))
    assert refused.value.code == "too-early"


def test_a_start_too_early_is_told_the_day():
    with pytest.raises(Refused, match="from Tuesday 3 March 2026"):
        eligibility.must_be_allowed(NextTry(date(2026, 3, 3), 2), at("2026-03-02 10:00"))


def test_somebody_out_of_tries_is_told_that_an_officer_decides():
    with pytest.raises(Refused, match="A licensing officer decides") as refused:
        eligibility.must_be_allowed(NextTry(date(2026, 3, 3), 0, officer=True), at("2026-03-03 10:00"))
    assert refused.value.code == "out-of-tries"


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        (["2026-03-02"], "2026-03-02"),
        (["2026-03-03"], None),  # still running on the day of the try
        (["2026-02-27"], None),  # ended already: that is another matter, and the record shows the day
        ([None], None),
        (["2026-12-01", "2026-03-01", None], "2026-03-01"),
    ],
)
def test_a_licence_that_ends_before_the_next_try_is_seen(ends, found):
    days = [date.fromisoformat(one) if one else None for one in ends]
    lapsing = eligibility.lapsing(NextTry(date(2026, 3, 3), 2), days, date(2026, 2, 28))
    assert lapsing == (date.fromisoformat(found) if found else None)
