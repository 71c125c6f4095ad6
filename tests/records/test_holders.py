"""What the database finds for a status is what the rule says of each person; every list can be gone through."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions import elsewhere
from quiz.domain import calendar
from quiz.domain import standing as rules
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.holders import Order, Wanted
from quiz.domain.licence import Kind
from quiz.domain.monitoring import Period
from quiz.domain.standing import Status
from quiz.records import coverage, holders, people, standing
from quiz.records.monitoring import Scope
from quiz.records.people import Person
from quiz.records.standing import StandingRow
from tests.make import Make


@pytest.fixture
def crowd(once) -> list:
    return once(drivers_in_every_state)


def drivers_in_every_state(make: Make, clock) -> list:
    """Drivers in every state that there is: never tested, passed, failed once to three times, no longer listed."""
    made = []
    for number in range(15):
        one = make.driver(name=f"Driver {number % 7}", kind=Kind.HACKNEY if number % 3 else Kind.DUAL)
        for right in ((), (20,), (3,), (3, 3, 3))[number % 4]:
            make.attempt(one, right=right)
            clock.pass_by(days=8)
        with make.work() as work:
            (row,) = people.licences(work.session, one.person_id)
            row.expires_on = None if number % 9 == 0 else work.now.date() + timedelta(days=21 * number - 120)
            row.unlisted_since = work.now.date() if number == 11 else None
        made.append(one.person_id)
    return made


def everybody(session: Session, wanted: Wanted, today: date) -> list[UUID]:
    """All who fit, by what the database is asked."""
    fits = holders.conditions(wanted, today)
    return list(session.scalars(select(StandingRow.person_id).where(*fits).order_by(StandingRow.person_id)))


def test_what_the_database_finds_is_what_the_rule_says(make, crowd, clock):
    for later in (0, 40, 1200):
        today = calendar.day_of(clock.now) + timedelta(days=later)
        with make.reading() as session:
            rows = session.query(StandingRow).all()
            told = {row.person_id: rules.statuses(standing.plain(row), today) for row in rows}
            said = {status: {key for key, held in told.items() if status in held} for status in Status}
            found = {status: set(everybody(session, Wanted(status=status), today)) for status in Status}
            counted = holders.counts(session, tuple(Status), today)
        assert found == said
        assert counted == {status: len(keys) for status, keys in said.items()}


def test_who_is_overdue_in_the_report_is_who_is_overdue_in_the_lists(make, crowd, clock):
    """On the day itself, and when somebody asks for that day later, when a pass is there or another one has ended."""
    with make.work() as work:
        made = [work.session.get_one(Person, key) for key in crowd]
        found = Pass("Preston", "Their test", date(2026, 3, 1), date(2028, 3, 1), "The certificate")
        for person in made[::4]:
            elsewhere.accept(work, person.id, "driver", found, Grounds("equivalent", "We accept it."))
    first = calendar.day_of(clock.now)
    told = {days: in_lists(make, first + timedelta(days=days)) for days in (0, 40, 1200)}
    assert len({overdue for overdue, _ in told.values()}) > 1 and any(due for _, due in told.values())
    assert {days: in_report(make, first + timedelta(days=days)) for days in told} == told
    clock.pass_by(days=5)
    make.attempt(make.driver(), right=20)
    with make.work() as work:
        (late, *_) = everybody(work.session, Wanted(status=Status.OVERDUE), first)
        elsewhere.accept(work, late, "driver", found, Grounds("equivalent", "We accept it."))
    today = calendar.day_of(clock.now)
    assert in_report(make, first) == told[0]
    assert in_report(make, today) == in_lists(make, today) != told[0]


def in_lists(make: Make, day: date) -> tuple[int, int]:
    """How many are overdue, and how many without a pass are due within 90 days."""
    with make.reading() as session:
        late = everybody(session, Wanted(status=Status.OVERDUE), day)
        due = everybody(session, Wanted(status=Status.DUE_90), day)
        return len(late), len(set(due) - set(everybody(session, Wanted(status=Status.VALID), day)))


def in_report(make: Make, day: date) -> tuple[int, int]:
    with make.reading() as session:
        found = coverage.holders(session, Scope("driver", "pilot", Period(day, day)), None)
        return found["overdue"], found["due-soon"]


def test_every_list_can_be_gone_through_page_by_page(make, crowd, clock):
    today = calendar.day_of(clock.now)
    for status in (None, Status.NEVER, Status.OVERDUE, Status.MAY_RETRY, Status.INVITED):
        for order in Order:
            gone_through(make, Wanted(status=status, order=order), today)


def gone_through(make: Make, wanted: Wanted, today: date) -> None:
    seen: list = []
    with make.reading() as session:
        while page := holders.page(session, wanted, today, seen[-1] if seen else None, size=4):
            seen += [one.person.id for one in page]
            assert len(seen) <= 15, wanted
        rows = {key: session.get(StandingRow, key) for key in everybody(session, wanted, today)}
        assert holders.count(session, wanted, today) == len(seen), wanted
    without_day = {
        key
        for key, row in rows.items()
        if (wanted.order is Order.TESTED and row.tested_on is None)
        or (wanted.order is Order.URGENT and not wanted.status and row.due_on is None)
    }
    assert len(seen) == len(set(seen)), wanted
    assert set(seen) == set(rows) - without_day, wanted
    if wanted.order is Order.NAME:
        assert [rows[key].name_key for key in seen] == sorted(rows[key].name_key for key in seen)


def test_counting_stops_where_it_was_told_to(make, crowd, clock):
    with make.reading() as session:
        assert holders.count(session, Wanted(), calendar.day_of(clock.now), most=5) == 6
