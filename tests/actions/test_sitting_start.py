"""Starting: one attempt however often and from wherever it is pressed, and only for who may sit now."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update

from quiz.actions import invitations, sitting
from quiz.domain import tries
from quiz.domain.blueprint import Reason
from quiz.records import attempts, audit, papers
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.questions import Exposure
from quiz.records.service import Service
from quiz.records.sessions import DriverSession
from tests.actions.sitter import at_once, begin, question_ids, refused, row_of, shown
from tests.make import Made, Make


def test_a_start_lays_out_a_paper_and_sets_the_clock(make, made, clock):
    attempt_id = begin(make, made)
    row = row_of(make, attempt_id)
    assert (row.started_at, row.deadline) == (clock.now, clock.now + timedelta(minutes=45))
    assert (row.mode, row.contacts_version, row.handbook_digest) == ("pilot", 1, "handbook")
    with make.reading() as session:
        sheet = attempts.paper(session, made.person_id, attempt_id)
        assert [slot.position for slot in sheet.slots] == list(range(1, 21))
        assert len({slot.version for slot in sheet.slots}) == 20


def test_each_question_on_a_paper_counts_as_shown_once(make, made):
    on_paper = question_ids(make, begin(make, made))
    with make.reading() as session:
        counted = dict(session.execute(select(Exposure.question_id, Exposure.shown)).all())
    assert {key for key, times in counted.items() if times} == on_paper
    assert sum(counted.values()) == 20


def test_a_sign_in_lasts_until_the_test_is_over(make, made, clock):
    session_id = make.session(made)
    clock.pass_by(hours=3, minutes=50)
    with make.work() as work:
        sitting.start(work, session_id, made.invitation_id, "handbook")
    with make.reading() as session:
        assert session.get_one(DriverSession, session_id).expires_at == clock.now + timedelta(minutes=105)


def test_starting_again_resumes(make, made, clock):
    first = begin(make, made)
    clock.pass_by(minutes=10)
    assert begin(make, made) == first
    assert shown(make) == 20


def test_fifty_starts_at_the_same_moment_are_one_attempt(make, made):
    session_id = make.session(made)

    def start(_n: int) -> UUID:
        with make.work(f"person:{made.person_id}") as work:
            return sitting.start(work, session_id, made.invitation_id, "handbook").id

    assert len(set(at_once(50, start))) == 1
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1
        assert session.scalar(select(func.count()).select_from(PaperSlot)) == 20
        assert audit.first_break(session) is None
    assert shown(make) == 20


def test_starts_of_different_drivers_at_the_same_moment_are_all_counted(make):
    drivers = [make.driver() for _ in range(4)]
    at_once(4, lambda n: begin(make, drivers[n]))
    assert shown(make) == 80


def start_with(make: Make, made: Made, session_id: UUID, chance: int) -> list[str]:
    """A start with that chance; the questions of the paper, in the order of their names."""
    with make.work() as work:
        attempt = sitting.start(replace(work, chance=Random(chance)), session_id, made.invitation_id, "handbook")
        drawn = select(PaperSlot.question_id).where(PaperSlot.attempt_id == attempt.id)
        paper = sorted(work.session.scalars(drawn))
        work.session.rollback()
        return paper


def test_starts_at_the_same_moment_wait_in_line_and_not_in_a_circle(make, made):
    session_id = make.session(made)
    first, *others = start_with(make, made, session_id, chance=3)
    touched = update(Exposure).where(Exposure.question_id == first).values(shown=Exposure.shown)
    with make.work() as work:
        work.session.execute(touched)  # PostgreSQL moves a row that was changed behind all others,
        work.session.execute(text("ANALYZE exposure"))  # and reads a table that it knows to be small from end to end
    with ThreadPoolExecutor(1) as colleague:
        with make.work() as work:
            work.session.execute(touched)
            waits = colleague.submit(start_with, make, made, session_id, chance=3)
            wait([waits], timeout=0.5)
            free = select(Exposure.question_id).where(Exposure.question_id.in_(others))
            held_by_nobody = sorted(work.session.scalars(free.with_for_update(skip_locked=True)))
        assert waits.result() == [first, *others]
    assert held_by_nobody == others


def test_the_next_papers_repeat_no_question_while_the_bank_allows(make, made, clock):
    seen = []
    for _ in range(3):
        seen.append(question_ids(make, make.attempt(made, right=0)))
        clock.pass_by(days=8)
    assert not (seen[0] & seen[1] or seen[1] & seen[2] or seen[0] & seen[2])


def test_the_next_try_is_the_next_day_from_midnight_in_london(make, made, clock):
    make.attempt(made, right=15)
    clock.pass_by(hours=14, minutes=59)
    assert "from Tuesday 24 November 2026" in refused("too-early", begin, make, made)
    clock.pass_by(minutes=1)
    assert begin(make, made)


def test_after_the_third_try_an_officer_decides(make, made, clock):
    for days in (1, 7, 1):
        make.attempt(made, right=15)
        clock.pass_by(days=days)
    refused("out-of-tries", begin, make, made)


def test_the_first_fail_by_an_unsafe_answer_alone_uses_no_try(make, made, clock):
    make.agree_everything()
    make.attempt(made, right=19, unsafe=1)
    with make.reading() as session:
        history = attempts.of_person(session, made.person_id, "driver")
        following = tries.next_of(history, papers.current(session, "driver"), "pilot", clock.now)
    assert (following.day, following.left, following.officer) == (date(2026, 11, 24), 3, False)


def test_who_has_passed_need_not_sit_again_until_invited_anew(make, made):
    make.attempt(made)
    refused("already-passed", begin, make, made)
    with make.work() as work:
        again = invitations.invite(work, made.person_id, test="driver", reason=Reason.REQUIRED)
        code = invitations.issue_code(work, again)
        second = Made(made.person_id, again.id, made.number, code)
    assert begin(make, second)


def test_an_invitation_that_has_ended_begins_nothing(make, clock):
    made = make.driver(deadline=date(2026, 11, 23))
    session_id = make.session(made)
    clock.pass_by(days=1)
    with make.work() as work:
        words = refused("invitation-ended", sitting.start, work, session_id, made.invitation_id, "handbook")
    assert "23 November 2026" in words


def test_an_attempt_that_was_set_aside_uses_no_try_and_no_wait(make, made, clock):
    attempt_id = make.attempt(made, right=0)
    with make.work() as work:
        work.session.get_one(Attempt, attempt_id).voided_at = clock.now
    assert begin(make, made) != attempt_id


@pytest.mark.parametrize("right", [20, 0], ids=["passed", "failed"])
def test_what_was_tried_in_a_pilot_does_not_count_when_the_service_is_live(make, made, clock, right):
    make.attempt(made, right=right)
    with make.work() as work:
        work.session.get_one(Service, 1).live_at = clock.now
    assert row_of(make, begin(make, made)).mode == "live"
