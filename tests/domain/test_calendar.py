"""Days as people in England count them, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.domain import calendar


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-01 23:59:59", date(2026, 12, 1)),
        ("2026-07-01 22:59:59", date(2026, 7, 1)),
        ("2026-07-01 23:00", date(2026, 7, 2)),
        ("2026-03-29 00:00", date(2026, 3, 29)),
        ("2026-10-25 23:59", date(2026, 10, 25)),
        ("2026-10-24 23:00", date(2026, 10, 25)),
    ],
    ids=[
        "winter",
        "summer before eleven",
        "summer after eleven",
        "clocks forward",
        "clocks back",
        "clocks back, early",
    ],
)
def test_a_moment_falls_on_a_london_day(moment, day):
    assert calendar.day_of(utc(moment)) == day


@pytest.mark.parametrize(
    ("day", "start"),
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
def test_a_day_begins_at_midnight_in_london(day, start):
    assert calendar.start_of(day) == utc(start)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 6, 1), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["ordinary", "clocks forward", "clocks back"],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day, hours):
    assert calendar.end_of(day) - calendar.start_of(day) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 23), 36, date(2029, 11, 23)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert calendar.add_months(day, months) == later


def test_days_in_words():
    assert calendar.words(date(2026, 11, 1)) == "1 November 2026"
    assert calendar.weekday(date(2026, 11, 21)) == "Saturday 21 November 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-21 00:00", "midnight"),
        ("2026-11-21 12:00", "midday"),
        ("2026-07-21 11:00", "midday"),
        ("2026-07-20 23:00", "midnight"),
        ("2026-11-21 00:01", "12:01am"),
        ("2026-11-21 12:30", "12:30pm"),
        ("2026-11-21 09:05", "9:05am"),
        ("2026-11-21 15:05", "3:05pm"),
        ("2026-07-21 15:05", "4:05pm"),
    ],
)
def test_the_time_in_words(moment, words):
    assert calendar.clock(utc(moment)) == words


def test_a_moment_in_words_names_the_day_in_london():
    assert calendar.moment(utc("2026-07-01 23:30")) == "2 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
    ids=["within a week", "from Friday", "from Saturday", "a week of five days", "none"],
)
def test_saturdays_and_sundays_are_not_working_days(day, count, later):
    assert calendar.working_days_on(day, count) == later
