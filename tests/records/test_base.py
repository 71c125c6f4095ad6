"""Keys that sort by age, and times that know their zone."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from quiz.records.base import new_id
from quiz.records.limits import WrongTries
from tests.make import Make

NINE = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)


def keep(make: Make, at: datetime) -> None:
    with make.work() as work:
        work.session.add(WrongTries(bucket="made up", count=1, last_at=at))


def test_a_key_is_a_uuid_of_version_7():
    keys = [new_id() for _ in range(1000)]
    assert {key.version for key in keys} == {7}
    assert {key.variant for key in keys} == {"specified in RFC 4122"}


def test_a_key_holds_when_it_was_made():
    before = time.time_ns() // 1_000_000
    stamp = new_id().int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_keys_made_later_sort_later():
    keys = [new_id() for _ in range(2000)]
    in_order = sorted(keys)
    assert [key.int >> 80 for key in keys] == [key.int >> 80 for key in in_order]
    assert sorted(map(str, keys)) == list(map(str, in_order))


def test_keys_sort_by_age_even_when_the_clock_is_put_back(monkeypatch):
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert new_id().int >> 80 >= before.int >> 80


def test_keys_cannot_be_guessed_and_do_not_repeat():
    keys = [new_id() for _ in range(10_000)]
    assert len({key.int & (2**62 - 1) for key in keys}) == len(keys)
    assert all(0 < sum(key.int >> bit & 1 for key in keys) < len(keys) for bit in (*range(62), *range(64, 76)))


def test_a_time_without_a_zone_is_refused(make):
    with pytest.raises(StatementError, match="a time without a zone cannot be stored"):
        keep(make, NINE.replace(tzinfo=None))


def test_a_time_of_another_zone_comes_back_as_the_same_moment_in_utc(make):
    keep(make, NINE.astimezone(timezone(timedelta(hours=5, minutes=30))))
    with make.reading() as session:
        found = session.scalars(select(WrongTries.last_at)).one()
    assert (found, found.utcoffset()) == (NINE, timedelta())


def test_times_are_compared_as_moments(make):
    keep(make, NINE)
    later = NINE + timedelta(microseconds=1)
    with make.reading() as session:
        found = [
            session.scalar(
                select(WrongTries.count).where(WrongTries.last_at < at.astimezone(timezone(timedelta(hours=-5))))
            )
            for at in (NINE, later)
        ]
    assert found == [None, 1]
