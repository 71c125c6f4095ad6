"""Adjustments apply by themselves: to the next test, and at once to one that is running. Nothing shortens a test."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from quiz.actions import adjusting, pausing
from quiz.domain import adjustments, pauses
from quiz.domain.adjustments import Kind
from quiz.domain.errors import Refused
from quiz.records import audit, sessions
from quiz.records.adjustments import of_person
from quiz.records.sessions import DriverSession
from tests.actions.sitter import begin, refused, row_of
from tests.make import Made, Make


def agree(make: Make, made: Made, kind: Kind, amount: str = "", until: date | None = None):
    with make.work("staff:officer") as work:
        return adjusting.agree(work, made.person_id, "driver", kind, amount, evidence_seen=True, until=until).id


def end(make: Make, made: Made, adjustment_id):
    with make.work("staff:officer") as work:
        adjusting.end(work, made.person_id, adjustment_id)


def allowed(make, attempt_id):
    row = row_of(make, attempt_id)
    return row.deadline - row.started_at


def test_extra_time_is_given_to_the_next_test(make, made):
    agree(make, made, Kind.EXTRA_TIME, "50")
    attempt_id = begin(make, made)
    assert allowed(make, attempt_id) == timedelta(minutes=68)
    assert adjustments.read(row_of(make, attempt_id).adjusted) == {Kind.EXTRA_TIME: "50"}


def test_extra_time_is_given_to_a_running_test_at_once(make, made, clock):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=44)
    agree(make, made, Kind.EXTRA_TIME, "25")
    assert allowed(make, attempt_id) == timedelta(minutes=57)
    agree(make, made, Kind.EXTRA_TIME, "no-limit")
    assert allowed(make, attempt_id) == timedelta(hours=24)


def test_an_adjustment_that_ends_or_a_smaller_one_never_shortens_a_running_test(make, made):
    first = agree(make, made, Kind.EXTRA_TIME, "100")
    attempt_id = begin(make, made)
    end(make, made, first)
    agree(make, made, Kind.EXTRA_TIME, "25")
    assert allowed(make, attempt_id) == timedelta(minutes=90)


def test_it_holds_until_its_last_day(make, made, clock):
    agree(make, made, Kind.EXTRA_TIME, "100", until=clock.now.date())
    clock.pass_by(days=1)
    assert allowed(make, begin(make, made)) == timedelta(minutes=45)


def test_the_deadline_of_an_invitation_never_eats_the_time(make, clock):
    made = make.driver(deadline=clock.now.date())
    agree(make, made, Kind.EXTRA_TIME, "no-limit")
    clock.pass_by(hours=14)
    assert allowed(make, begin(make, made)) == timedelta(hours=24)


def test_breaks_that_were_agreed_and_pauses_for_help_take_nothing_from_each_other(make, made, clock):
    agree(make, made, Kind.BREAKS, "30")
    attempt_id = begin(make, made)
    for kind, minutes in ((pauses.Kind.BREAK, 30), (pauses.Kind.HELP, 20)):
        with make.work(f"person:{made.person_id}") as work:
            pausing.pause(work, made.person_id, attempt_id, kind)
        assert row_of(make, attempt_id).pause_until == clock.now + timedelta(minutes=minutes)
        clock.pass_by(minutes=minutes)
        with pytest.raises(Refused), make.work(f"person:{made.person_id}") as work:
            pausing.pause(work, made.person_id, attempt_id, kind)


def test_no_break_without_an_agreement(make, made):
    attempt_id = begin(make, made)
    with pytest.raises(Refused, match="all the breaks"), make.work(f"person:{made.person_id}") as work:
        pausing.pause(work, made.person_id, attempt_id, pauses.Kind.BREAK)


def test_no_time_limit_agreed_in_the_middle_of_a_test_keeps_the_driver_signed_in(make, made, clock):
    attempt_id = begin(make, made)
    agree(make, made, Kind.EXTRA_TIME, "no-limit")
    with make.reading() as session:
        (row,) = session.scalars(select(DriverSession).where(DriverSession.ended_at.is_(None)))
        assert row.expires_at > row_of(make, attempt_id).deadline >= clock.now + timedelta(hours=24)


def test_a_running_test_keeps_the_look_that_it_was_begun_with(make, made):
    agree(make, made, Kind.LARGE_TEXT)
    begin(make, made)
    with make.work("staff:officer") as work:
        (one,) = of_person(work.session, made.person_id)
        adjusting.end(work, made.person_id, one.id)
    with make.reading() as session:
        (row,) = session.scalars(select(DriverSession).where(DriverSession.ended_at.is_(None)))
        assert row.look == "large-text"
    agree(make, made, Kind.EXTRA_TIME, "25")
    make.session(made)
    with make.reading() as session:
        (row,) = session.scalars(select(DriverSession).where(DriverSession.ended_at.is_(None)))
        assert row.look == "large-text", "neither another agreement nor signing in again takes it away"


def test_how_pages_look_is_kept_on_the_sign_in(make, made):
    before = make.session(made)
    agree(make, made, Kind.LARGE_TEXT)
    after = make.session(made)
    with make.reading() as session:
        looks = [session.get_one(DriverSession, key).look for key in (before, after)]
    assert looks == ["large-text", "large-text"]
    assert "look" in sessions.SignedInDriver.__slots__


@pytest.mark.parametrize(
    ("kind", "amount", "days", "code"),
    [(Kind.EXTRA_TIME, "33", 1, "adjustment-amount"), (Kind.READER, "", -1, "adjustment-until")],
)
def test_what_makes_no_sense_is_refused(make, made, clock, kind, amount, days, code):
    refused(code, agree, make, made, kind, amount, clock.now.date() + timedelta(days=days))


def test_the_adjustment_of_somebody_else_is_not_found(make, made):
    theirs = agree(make, make.driver(), Kind.READER)
    refused("adjustment-unknown", end, make, made, theirs)


def test_agreeing_and_ending_are_on_the_record(make, made, clock):
    end(make, made, agree(make, made, Kind.SCRIBE))
    with make.reading() as session:
        (row,) = of_person(session, made.person_id)
        entries = audit.about(session, f"person:{made.person_id}")
    events = [one.event for one in entries]
    assert not any("scribe" in one.content for one in entries), "the chain is for ever: it names the row, not the kind"
    assert (row.agreed_by, row.ended_by, row.ended_at) == ("staff:officer", "staff:officer", clock.now)
    assert {"adjustment.agreed", "adjustment.ended"} <= set(events)
