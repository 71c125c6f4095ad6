"""Wrong tries are counted for address and number, forgotten after an hour, and told to officers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from quiz.domain.limits import ALERT_FROM
from quiz.records import limits
from quiz.records.limits import WrongTries
from tests.make import Make

FREE = {"number": 4, "address": 20}


def count(make: Make, times: int, **buckets) -> None:
    for _ in range(times):
        with make.work() as work:
            limits.count_wrong(work.session, buckets, work.now)


def wait(make: Make) -> timedelta | None:
    with make.reading() as session:
        until = limits.blocked_until(session, FREE, make.clock.now)
    return until and until - make.clock.now


def test_nothing_is_waited_for_before_a_wrong_try(make):
    assert wait(make) is None


def test_the_free_tries_cost_no_wait(make):
    count(make, 4, number=None, address=None)
    assert wait(make) is None


def test_a_free_try_that_was_counted_after_this_request_came_in_costs_no_wait(make):
    make.clock.pass_by(seconds=1)
    count(make, 1, number=None, address=None)
    make.clock.pass_by(seconds=-1)
    assert wait(make) is None


def test_the_longest_wait_of_the_buckets_counts(make):
    count(make, 6, number=None, address=None)
    assert wait(make) == timedelta(seconds=4)


def test_a_wait_ends_by_itself(make, clock):
    count(make, 6, number=None)
    clock.pass_by(seconds=4)
    assert wait(make) is None


def test_an_hour_without_a_wrong_try_begins_anew(make, clock):
    count(make, 9, number=None)
    clock.pass_by(hours=1)
    count(make, 1, number=None)
    with make.reading() as session:
        assert session.get_one(WrongTries, "number").count == 1


def test_a_right_try_ends_the_counting_of_its_number_only(make):
    count(make, 8, number=None, address=None)
    with make.work() as work:
        limits.forget(work.session, "number")
        limits.forget(work.session, "never counted")
    with make.reading() as session:
        assert session.get(WrongTries, "number") is None
        assert session.get_one(WrongTries, "address").count == 8


def test_wrong_tries_at_the_same_moment_are_all_counted(make):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: count(make, 5, **{"number": None, f"address{n}": None}), range(4)))
    with make.reading() as session:
        assert session.get_one(WrongTries, "number").count == 20


def test_counters_that_nobody_asks_for_are_erased_after_two_days(make, clock):
    count(make, 1, old=None)
    clock.pass_by(days=1, hours=1)
    count(make, 1, young=None)
    clock.pass_by(days=1)
    with make.work() as work:
        limits.erase_old(work.session, clock.now)
    with make.reading() as session:
        assert [session.get(WrongTries, name) is None for name in ("old", "young")] == [True, False]


def test_officers_are_told_of_a_number_that_is_tried_again_and_again(make, clock):
    often, once = make.driver(name="Ann Often"), make.driver(name="Bea Once")
    since = clock.now
    count(make, ALERT_FROM, often=often.person_id, nobody=None)
    count(make, ALERT_FROM - 1, once=once.person_id)
    with make.reading() as session:
        assert [(one.name, one.count) for one in limits.alerts(session, since)] == [("Ann Often", ALERT_FROM)]
        assert limits.alerts(session, since + timedelta(seconds=1)) == []
