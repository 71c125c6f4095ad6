"""Growing waits after wrong tries, and never a lock-out."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.domain import limits

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("free", [limits.FREE_BY_NUMBER, limits.FREE_BY_ADDRESS], ids=["number", "address"])
@pytest.mark.parametrize(
    ("more", "seconds"), [(-4, 0), (0, 0), (1, 2), (2, 4), (3, 8), (8, 256), (9, 300), (10, 300), (10**6, 300)]
)
def test_waits_after_the_free_tries_grow_to_five_minutes_and_no_further(more, seconds, free):
    assert limits.wait_after(free + more, free) == timedelta(seconds=seconds)


def test_a_whole_office_behind_one_address_is_slowed_down_later_than_one_number():
    assert (limits.FREE_BY_NUMBER, limits.FREE_BY_ADDRESS) == (4, 20)


def test_officers_are_told_from_the_tenth_wrong_try():
    assert limits.ALERT_FROM == 10


def test_wrong_tries_are_forgotten_after_an_hour():
    assert limits.still_counts(NINE, NINE + timedelta(minutes=59, seconds=59))
    assert not limits.still_counts(NINE, NINE + timedelta(hours=1))


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
    ],
)
def test_all_addresses_of_one_line_count_as_one(address, counted):
    assert limits.household(address) == counted


def test_seconds_left_are_whole_and_never_too_few():
    assert limits.seconds_left(None, NINE) == 0
    assert limits.seconds_left(NINE + timedelta(seconds=1.2), NINE) == 2
