"""The clock stands still while a driver looks for help, and never runs away or stands still for ever."""

from datetime import timedelta

import pytest

from quiz.actions import pausing
from quiz.domain import attempt as rules
from quiz.domain.attempt import State
from quiz.records import audit, pauses
from tests.actions.sitter import at_once, begin, mark_of, refused, row_of, say, send_in, settle


def stop(make, made, attempt_id):
    with make.work(f"person:{made.person_id}") as work:
        pausing.pause(work, made.person_id, attempt_id)


def go_on(make, made, attempt_id):
    with make.work(f"person:{made.person_id}") as work:
        pausing.resume(work, made.person_id, attempt_id)


def left(make, attempt_id, clock):
    return rules.time_left(row_of(make, attempt_id).deadline, clock.now)


def test_time_left_is_the_same_after_a_pause(make, made, clock):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=10)
    stop(make, made, attempt_id)
    clock.pass_by(minutes=7)
    go_on(make, made, attempt_id)
    assert left(make, attempt_id, clock) == timedelta(minutes=35)
    (taken,) = taken_of(make, attempt_id)
    assert (taken.ended_at - taken.began_at, taken.until - taken.began_at) == (
        timedelta(minutes=7),
        timedelta(minutes=20),
    )


def taken_of(make, attempt_id):
    with make.reading() as session:
        return pauses.of_attempts(session, [attempt_id])[attempt_id]


def test_nothing_is_saved_or_sent_in_while_the_clock_stands_still(make, made, clock):
    attempt_id = begin(make, made)
    stop(make, made, attempt_id)
    refused("attempt-paused", say, make, made, attempt_id, 1, "1")
    refused("attempt-paused", send_in, make, made, attempt_id)
    go_on(make, made, attempt_id)
    say(make, made, attempt_id, 1, "1")


def test_an_answer_that_came_in_before_the_pause_counts_however_late_it_is_dealt_with(make, made, clock):
    attempt_id = begin(make, made)
    received = clock.now
    clock.pass_by(seconds=3)
    stop(make, made, attempt_id)
    clock.now, later = received, clock.now
    say(make, made, attempt_id, 1, "1")
    clock.now = later
    refused("attempt-paused", say, make, made, attempt_id, 2, "1")


def test_a_driver_who_never_comes_back_has_what_was_left_from_the_end_of_the_pause(make, made, clock):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=40)
    stop(make, made, attempt_id)
    clock.pass_by(minutes=20)
    assert rules.state(row_of(make, attempt_id), clock.now) is State.OPEN
    assert left(make, attempt_id, clock) == timedelta(minutes=5)
    go_on(make, made, attempt_id)
    assert left(make, attempt_id, clock) == timedelta(minutes=5)
    clock.pass_by(minutes=5, seconds=30)
    settle(make, attempt_id)
    assert mark_of(make, attempt_id)


def test_pressing_twice_is_one_pause(make, made, clock):
    attempt_id = begin(make, made)
    at_once(4, lambda _: stop(make, made, attempt_id))
    assert len(taken_of(make, attempt_id)) == 1
    clock.pass_by(minutes=1)
    at_once(4, lambda _: go_on(make, made, attempt_id))
    assert left(make, attempt_id, clock) == timedelta(minutes=45)


def test_the_fourth_pause_is_refused(make, made, clock):
    attempt_id = begin(make, made)
    for _ in range(3):
        stop(make, made, attempt_id)
        clock.pass_by(minutes=1)
        go_on(make, made, attempt_id)
    refused("pause-limit", stop, make, made, attempt_id)
    assert left(make, attempt_id, clock) == timedelta(minutes=45)


@pytest.mark.parametrize("minutes", [45, 46])
def test_a_clock_that_has_run_out_cannot_be_stopped(make, made, clock, minutes):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=minutes)
    refused("attempt-out-of-time", stop, make, made, attempt_id)


def test_pauses_are_on_the_record(make, made, clock):
    attempt_id = begin(make, made)
    stop(make, made, attempt_id)
    clock.pass_by(minutes=1)
    go_on(make, made, attempt_id)
    with make.reading() as session:
        events = [one.event for one in audit.about(session, f"attempt:{attempt_id}")]
    assert {"attempt.paused", "attempt.resumed"} <= set(events)


def test_nobody_stops_the_clock_of_somebody_else(make, made):
    attempt_id = begin(make, made)
    refused("attempt-unknown", stop, make, make.driver(), attempt_id)
