"""Lists of results: what filters let through, page by page without gaps, and counted as they are listed."""

import json
from collections import Counter
from datetime import date, timedelta
from importlib import import_module
from itertools import product

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import select, text

from quiz.actions import deciding, unsafe
from quiz.domain import results as rules
from quiz.domain.attempt import State
from quiz.domain.blueprint import Reason
from quiz.domain.decisions import Grounds
from quiz.domain.results import Came, Order, Totals, Wanted
from quiz.domain.roles import Role
from quiz.domain.unsafe import Capacity, Verdict
from quiz.records import filtered, marks
from quiz.records.attempts import Attempt
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from tests.make import ISSUER, Make

MIGRATION = import_module("quiz.records.migrations.versions.0023_result_lists")


@pytest.fixture
def mixed(once):
    return once(six_tests)


def six_tests(make: Make, clock):
    """Six tests, an hour apart, oldest first: passed, weak, set aside, running, supervised, weak and supervised."""
    keys = [make.attempt(make.driver(), right=20)]
    for right, finished, how in (
        (4, True, {"reason": Reason.REFRESHER}),
        (20, True, {}),
        (20, False, {}),
        (16, True, {"supervised": True}),
        (2, True, {"supervised": True, "reason": Reason.REQUIRED}),
    ):
        clock.pass_by(hours=1)
        keys.append(make.attempt(make.driver(**how), right=right, finished=finished))
    with make.work("staff:officer") as work:
        attempt = work.session.get_one(Attempt, keys[2])
        deciding.void(work, attempt.person_id, attempt.id, Grounds("technical", "It does not count."))
    return keys


def listed(make: Make, wanted: Wanted, size: int = 50) -> list:
    with make.reading() as session:
        return [one.attempt_id for one in filtered.page(session, wanted, size=size).results]


def walked(make: Make, wanted: Wanted, size: int) -> list:
    """Every key of a list, read page by page."""
    found, after, turns = [], None, 0
    with make.reading() as session:
        while turns == 0 or after:
            page = filtered.page(session, wanted, after, size)
            found += [one.attempt_id for one in page.results]
            assert page.last is None or page.last != after
            after, turns = page.last, turns + 1
    return found


FILTERS = [
    (Wanted(), [5, 4, 3, 2, 1, 0]),
    (Wanted(order=Order.OLDEST), [0, 1, 2, 3, 4, 5]),
    (Wanted(came=Came.PASSED), [4, 0]),
    (Wanted(came=Came.NOT_PASSED), [5, 1]),
    (Wanted(came=Came.SET_ASIDE), [2]),
    (Wanted(came=Came.RUNNING), [3]),
    (Wanted(supervised=True), [5, 4]),
    (Wanted(supervised=False, came=Came.PASSED), [0]),
    (Wanted(reason=Reason.REFRESHER), [1]),
    (Wanted(weak="act"), [5, 1]),
    (Wanted(weak="act", supervised=True), [5]),
    (Wanted(weak="ac"), []),
    (Wanted(weak="%"), []),
    (Wanted(weak="act", came=Came.PASSED), []),
]


def test_a_filter_lets_through_what_it_says(make, mixed):
    for wanted, places in FILTERS:
        expected = [mixed[place] for place in places]
        assert listed(make, wanted) == expected, wanted
        assert walked(make, wanted, 2) == expected, wanted
        with make.reading() as session:
            assert [one.attempt_id for one in filtered.all_of(session, wanted)] == expected, wanted
            totals = filtered.totals(session, wanted)
            assert filtered.count(session, wanted, 100) == totals.taken == len(expected), wanted


def test_totals_say_what_came_of_the_tests_that_are_listed(make, mixed):
    with make.reading() as session:
        assert filtered.totals(session, Wanted()) == Totals(passed=2, not_passed=2, set_aside=1, running=1)
        assert filtered.totals(session, Wanted(weak="act")) == Totals(0, 2, 0, 0)
        for came, supervised, reason in product([None, *Came], [None, True, False], [None, *Reason]):
            wanted = Wanted(came=came, supervised=supervised, reason=reason)
            found = filtered.all_of(session, wanted)
            counted = Counter(rules.said(one.state(make.clock.now), one.outcome) for one in found)
            totals = filtered.totals(session, wanted)
            assert (totals.passed, totals.not_passed, totals.set_aside) == (
                counted["Passed"], counted["Not passed"], counted["Set aside"],
            )  # fmt: skip
            assert totals.taken == sum(counted.values())


def test_pages_hold_every_test_once_while_others_begin(make, mixed, clock):
    with make.reading() as session:
        first = filtered.page(session, Wanted(), size=2)
    clock.pass_by(hours=1)
    make.attempt(make.driver(), finished=False)
    with make.reading() as session:
        second = filtered.page(session, Wanted(), first.last, 2)
        third = filtered.page(session, Wanted(), second.last, 2)
    keys = [one.attempt_id for page in (first, second, third) for one in page.results]
    assert (keys, third.last) == (mixed[::-1], None)


def test_tests_begun_at_the_same_moment_are_not_lost_between_pages(make):
    keys = [make.attempt(make.driver(), finished=False) for _ in range(5)]
    assert walked(make, Wanted(), 2) == keys[::-1]
    assert walked(make, Wanted(order=Order.OLDEST), 2) == keys


def test_a_period_has_its_first_and_its_last_day_whole(make, clock):
    first = make.attempt(make.driver(), finished=False)
    clock.now = clock.now.replace(day=24, hour=0, minute=0)
    second = make.attempt(make.driver(), finished=False)
    clock.now -= timedelta(microseconds=1)
    third = make.attempt(make.driver(), finished=False)
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert listed(make, Wanted(first_day=monday, last_day=monday)) == [third, first]
    assert listed(make, Wanted(first_day=tuesday)) == [second]
    assert listed(make, Wanted(last_day=monday)) == [third, first]


def test_tests_out_of_time_that_nobody_settled_are_listed_as_not_finished(make, mixed, clock):
    clock.pass_by(minutes=46)
    with make.reading() as session:
        (one,) = filtered.page(session, Wanted(came=Came.RUNNING)).results
    assert one.state(clock.now) is State.OUT_OF_TIME


def test_so_many_are_looked_through_and_the_list_goes_on_behind_them(make, mixed, monkeypatch):
    monkeypatch.setattr(filtered, "LOOKED_THROUGH", 2)
    with make.reading() as session:
        nothing = filtered.page(session, Wanted(reason=Reason.REFRESHER))
        assert (nothing.results, nothing.last, nothing.gone_through) == ([], mixed[4], True)
        totals = filtered.totals(session, Wanted())
        assert (totals.taken, totals.bounded) == (2, 2)
        assert filtered.totals(session, Wanted(last_day=date(2026, 11, 22))).bounded == 0
    assert walked(make, Wanted(reason=Reason.REFRESHER), 2) == [mixed[1]]
    assert walked(make, Wanted(), 1) == mixed[::-1]


def test_no_more_are_counted_than_asked_for(make, mixed):
    with make.reading() as session:
        assert filtered.count(session, Wanted(), 4) == 4


def test_the_tests_of_some_people(make, mixed):
    with make.reading() as session:
        people = [session.get_one(Attempt, mixed[place]).person_id for place in (1, 3)]
        assert [one.attempt_id for one in filtered.of_people(session, people, 5)] == [mixed[3], mixed[1]]
        assert filtered.of_people(session, [], 5) == []


def derived(session) -> dict:
    """What lists filter by, from the facts alone."""
    found = {}
    for attempt, reason in session.execute(
        select(Attempt, Invitation.reason).join(Invitation, Invitation.id == Attempt.invitation_id)
    ):
        mark = marks.of_attempt(session, attempt.id)
        weak = rules.kept(rules.weak_groups(marks.counts(mark.groups))) if mark else None
        found[attempt.id] = (reason, mark.outcome if mark else None, weak)
    return found


def stored(session) -> dict:
    return {one.id: (one.reason, one.outcome, one.weak) for one in session.scalars(select(Attempt))}


def test_what_is_repeated_on_a_test_is_what_its_invitation_and_its_newest_mark_say(make, mixed):
    make.agree_everything()
    failed = make.driver()
    attempt_id = make.attempt(failed, right=17, unsafe=1)
    with make.reading() as session:
        assert stored(session) == derived(session)
        assert stored(session)[attempt_id][1] == "not-passed"
    for role, capacity in ((Role.OFFICER, Capacity.OFFICER), (Role.LEAD, Capacity.LEAD)):
        with make.work(f"staff:{capacity}") as work:
            unsafe.read(work, attempt_id, [role], capacity, Verdict.WITHDRAWN, "It was not.")
    with make.work("staff:officer") as work:
        unsafe.answer(work, attempt_id, Grounds("no-harm", "It does not count as unsafe."), ISSUER)
    with make.reading() as session:
        assert stored(session) == derived(session)
        assert stored(session)[attempt_id][1] == "passed"


def test_a_migration_fills_in_what_older_tests_lack(make, mixed, engine):
    with make.work() as work:
        old = work.session.get_one(Marking, (mixed[1], 1))
        again = {key: value for key, value in vars(old).items() if not key.startswith("_")}
        groups = json.dumps({"signs": [4, 5], "act": [2, 4], "conduct": [1, 4]})
        work.session.add(Marking(**{**again, "number": 2, "outcome": "passed", "groups": groups}))
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP INDEX ix_attempt_list"))
        for column in ("reason", "outcome", "weak"):
            connection.execute(text(f"ALTER TABLE attempt DROP COLUMN {column}"))
        with Operations.context(MigrationContext.configure(connection)):
            MIGRATION.upgrade()
    with make.reading() as session:
        assert stored(session) == derived(session)
        assert stored(session)[mixed[1]] == ("refresher", "passed", ",conduct,")
