"""Lists of attempts for staff: newest first, whole, and page by page."""

import json
from datetime import timedelta

import pytest

from quiz.domain.attempt import State
from quiz.records import results
from quiz.records.marks import Marking
from tests.make import Make


@pytest.fixture
def five(make: Make):
    """Attempts of five drivers, oldest first."""
    return [make.attempt(make.driver(), finished=n % 2 == 0) for n in range(5)]


def test_pages_hold_every_attempt_once_while_others_begin(make, five):
    with make.reading() as session:
        first = [one.attempt_id for one in results.newest(session, size=2)]
    make.attempt(make.driver(), finished=False)
    with make.reading() as session:
        second = [one.attempt_id for one in results.newest(session, before=first[-1], size=2)]
        third = [one.attempt_id for one in results.newest(session, before=second[-1], size=2)]
    assert [*first, *second, *third] == five[::-1]


def test_attempts_out_of_time_that_nobody_settled_are_on_the_list(make, five, clock):
    clock.pass_by(minutes=46)
    with make.reading() as session:
        states = [one.state(clock.now) for one in results.newest(session)]
    assert states == [State.FINISHED, State.OUT_OF_TIME] * 2 + [State.FINISHED]


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last(make, clock):
    nine = clock.now
    first = make.attempt(make.driver(), finished=False)
    clock.pass_by(hours=1)
    second = make.attempt(make.driver(), finished=False)
    ten, moment = clock.now, timedelta(microseconds=1)
    with make.reading() as session:
        assert [one.attempt_id for one in results.between(session, nine, ten)] == [first]
        assert [one.attempt_id for one in results.between(session, nine + moment, ten + moment)] == [second]
        assert [one.attempt_id for one in results.between(session, None, None)] == [second, first]


def test_the_newest_mark_counts_and_no_attempt_stands_twice(make, made, clock):
    attempt_id = make.attempt(made, right=15)
    with make.work() as work:
        old = work.session.get_one(Marking, (attempt_id, 1))
        again = {key: value for key, value in vars(old).items() if not key.startswith("_")}
        work.session.add(Marking(**{**again, "number": 2, "score": 16, "outcome": "passed", "reasons": ""}))
    with make.reading() as session:
        (listed,) = results.newest(session)
        ((_, mark, certificate, _),) = results.of_person(session, made.person_id)
        assert (listed.score, listed.outcome, mark.number, certificate) == (16, "passed", 2, None)


def test_a_mark_keeps_its_counts(make, made):
    make.attempt(made, right=18)
    with make.reading() as session:
        ((_, mark, certificate, _),) = results.of_person(session, made.person_id)
        assert sum(right for right, _ in json.loads(mark.groups).values()) == 18
        assert certificate.attempt_id == mark.attempt_id


def test_licence_numbers_of_many_people_in_one_line_each(make):
    made = make.driver(number="A1")
    with make.reading() as session:
        assert results.licence_words(session, [made.person_id]) == {made.person_id: "A1"}
        assert results.licence_words(session, []) == {}
