"""Sitting the test: one attempt, every answer kept, one mark, whoever presses how often and at what moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from quiz.actions import editing, invitations, sitting
from quiz.domain.attempt import Given
from quiz.domain.blueprint import Reason
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.records import attempts, audit, bank, certificates, marks, papers, questions
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.marks import Marking
from quiz.records.questions import Exposure, Version
from quiz.records.service import Service
from quiz.records.sessions import DriverSession
from tests.make import ISSUER, Made, Make


def begin(make: Make, made: Made) -> UUID:
    """Sign in and start; the attempt."""
    session_id = make.session(made)
    with make.work(f"person:{made.person_id}") as work:
        return sitting.start(work, session_id, made.invitation_id, "handbook").id


def say(make: Make, made: Made, attempt_id: UUID, position: int, *values: str, **how: object) -> None:
    """Answer one question, as "choose two" so that any number of options may be sent."""
    with make.work(f"person:{made.person_id}") as work:
        session_id = work.session.scalars(
            select(DriverSession.id).where(DriverSession.person_id == made.person_id)
        ).first()
        leaf = attempts.leaf(work.session, made.person_id, attempt_id, position)
        sitting.answer(work, leaf, leaf.place, session_id, values, **{"two": True, "later": False, **how})


def send_in(make: Make, made: Made, attempt_id: UUID) -> None:
    with make.work(f"person:{made.person_id}") as work:
        sitting.send_in(work, made.person_id, attempt_id, ISSUER)


def settle(make: Make, attempt_id: UUID) -> None:
    with make.work("public") as work:
        sitting.settle(work, attempt_id, ISSUER)


def refused(code: str, act: Callable[..., object], *given: object, **named: object) -> str:
    """That this is refused with that code; the words."""
    with pytest.raises(Refused) as found:
        act(*given, **named)
    assert found.value.code == code
    return found.value.message


def at_once(times: int, act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(act, range(times)))


def mark_of(make: Make, attempt_id: UUID) -> Marking | None:
    with make.reading() as session:
        return marks.of_attempt(session, attempt_id)


def row_of(make: Make, attempt_id: UUID) -> Attempt:
    with make.reading() as session:
        return session.get_one(Attempt, attempt_id)


def given(make: Make, made: Made, attempt_id: UUID) -> list[Given]:
    with make.reading() as session:
        return sitting.given(session, attempts.paper(session, made.person_id, attempt_id))


def shown(make: Make) -> int:
    with make.reading() as session:
        return session.scalar(select(func.sum(Exposure.shown)))


def question_ids(make: Make, attempt_id: UUID) -> set[str]:
    with make.reading() as session:
        return set(session.scalars(select(PaperSlot.question_id).where(PaperSlot.attempt_id == attempt_id)))


# Starting


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


def test_twenty_starts_at_the_same_moment_are_one_attempt(make, made):
    session_id = make.session(made)

    def start(_n: int) -> UUID:
        with make.work(f"person:{made.person_id}") as work:
            return sitting.start(work, session_id, made.invitation_id, "handbook").id

    assert len(set(at_once(20, start))) == 1
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1
        assert session.scalar(select(func.count()).select_from(PaperSlot)) == 20
        assert audit.first_break(session) is None
    assert shown(make) == 20


def test_starts_of_different_drivers_at_the_same_moment_are_all_counted(make):
    drivers = [make.driver() for _ in range(4)]
    at_once(4, lambda n: begin(make, drivers[n]))
    assert shown(make) == 80


def test_the_next_papers_repeat_no_question_while_the_bank_allows(make, made, clock):
    seen = []
    for _ in range(3):
        seen.append(question_ids(make, make.attempt(made, right=0)))
        clock.pass_by(days=8)
    assert not (seen[0] & seen[1] or seen[1] & seen[2] or seen[0] & seen[2])


# Who may start


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
        invitation = session.get_one(invitations.Invitation, made.invitation_id)
        following = sitting.following(session, invitation, "pilot", clock.now)
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


def test_what_was_tried_in_a_pilot_does_not_count_when_the_service_is_live(make, made, clock):
    make.attempt(made)
    with make.work() as work:
        work.session.get_one(Service, 1).live_at = clock.now
    assert row_of(make, begin(make, made)).mode == "live"


# Answering


def test_an_answer_is_kept_with_the_options_that_were_displayed_there(make, made):
    attempt_id = begin(make, made)
    say(make, made, attempt_id, 3, "2")
    with make.reading() as session:
        order = attempts.paper(session, made.person_id, attempt_id).slots[2].order
    assert given(make, made, attempt_id)[2] == Given((order[1],), confirmed=True)


def test_changed_answers_are_all_kept_and_the_last_one_counts(make, made):
    attempt_id = begin(make, made)
    for values in (["1"], ["2"], []):
        say(make, made, attempt_id, 1, *values, later=True)
    with make.reading() as session:
        assert [one.choice for one in attempts.said(session, attempt_id)] == ["1", "2", ""]
    assert given(make, made, attempt_id)[0] == Given((), confirmed=True, later=True)


def test_an_answer_that_comes_late_on_the_way_does_not_win(make, made):
    attempt_id = begin(make, made)
    for sequence, value in ((1, "1"), (3, "3"), (2, "2")):
        say(make, made, attempt_id, 1, value, sequence=sequence)
    with make.reading() as session:
        order = attempts.paper(session, made.person_id, attempt_id).slots[0].order
    assert given(make, made, attempt_id)[0].chosen == (order[2],)


@pytest.mark.parametrize(
    "values", [("0",), ("6",), ("x",), ("1", "2")], ids=["none", "beyond", "no number", "two of one"]
)
def test_what_is_not_on_the_page_is_refused_and_nothing_is_kept(make, made, values):
    attempt_id = begin(make, made)
    with pytest.raises(Refused):
        say(make, made, attempt_id, 1, *values, two=False)
    with make.reading() as session:
        assert attempts.said(session, attempt_id) == []


def test_an_answer_at_the_deadline_is_refused_and_the_moment_before_it_is_kept(make, made, clock):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=45, microseconds=-1)
    say(make, made, attempt_id, 1, "1")
    clock.pass_by(microseconds=1)
    refused("attempt-out-of-time", say, make, made, attempt_id, 1, "2")
    with make.reading() as session:
        assert [one.choice for one in attempts.said(session, attempt_id)] == ["1"]


def test_an_answer_after_sending_in_is_refused(make, made):
    attempt_id = begin(make, made)
    send_in(make, made, attempt_id)
    refused("attempt-finished", say, make, made, attempt_id, 1, "1")


# Sending in


@pytest.mark.parametrize(("right", "outcome"), [(16, "passed"), (15, "not-passed")])
def test_sending_in_marks_at_once(make, made, right, outcome):
    found = mark_of(make, make.attempt(made, right=right))
    assert (found.score, found.of, found.outcome, found.number) == (right, 20, outcome, 1)


def test_sending_in_nothing_is_no_right_answer_and_nothing_unsafe(make, made):
    make.agree_everything()
    attempt_id = begin(make, made)
    send_in(make, made, attempt_id)
    found = mark_of(make, attempt_id)
    assert (found.score, found.unsafe, found.reasons) == (0, "", "score")


def test_sending_in_twice_is_one_mark_and_one_certificate(make, made, clock):
    attempt_id = make.attempt(made)
    clock.pass_by(minutes=5)
    send_in(make, made, attempt_id)
    assert row_of(make, attempt_id).finished_at == clock.now - timedelta(minutes=5)
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Marking)) == 1
        assert len(certificates.of_person(session, made.person_id)) == 1


def test_sending_in_from_four_places_at_once_is_one_mark_and_one_certificate(make, made):
    attempt_id = make.attempt(made, finished=False)
    at_once(4, lambda _n: send_in(make, made, attempt_id))
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Marking)) == 1
        assert len(certificates.of_person(session, made.person_id)) == 1
        assert audit.first_break(session) is None


def test_sending_in_after_the_deadline_is_refused_and_marks_nothing(make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    clock.pass_by(minutes=45)
    refused("attempt-out-of-time", send_in, make, made, attempt_id)
    assert mark_of(make, attempt_id) is None


def test_marking_again_gives_the_same_mark(make, made):
    attempt_id = make.attempt(made, right=13)
    stored = mark_of(make, attempt_id)
    with make.reading() as session:
        again = sitting.mark(
            session, attempts.paper(session, made.person_id, attempt_id), papers.current(session, "driver")
        )
    assert (again.score, again.outcome, ",".join(again.reasons)) == (stored.score, stored.outcome, stored.reasons)
    assert (marks.counts(stored.groups), marks.counts(stored.topics)) == (again.groups, again.topics)


def test_the_log_holds_the_digest_of_paper_and_answers(make, made):
    attempt_id = make.attempt(made)
    sealed = row_of(make, attempt_id).sealed
    with make.reading() as session:
        entries = [one for one in audit.about(session, f"attempt:{attempt_id}") if one.event == "attempt.finished"]
    assert len(sealed) == 64
    assert [sealed in one.content for one in entries] == [True]


# Time


def test_nothing_is_settled_until_half_a_minute_after_the_deadline(make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    clock.pass_by(minutes=45, seconds=30, microseconds=-1)
    settle(make, attempt_id)
    assert mark_of(make, attempt_id) is None
    clock.pass_by(microseconds=1)
    settle(make, attempt_id)
    assert mark_of(make, attempt_id).score == 20


def test_what_ran_out_of_time_is_settled_as_of_its_deadline(make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    clock.pass_by(days=3)
    settle(make, attempt_id)
    row = row_of(make, attempt_id)
    assert (row.finished_at, row.finished_how) == (row.deadline, "time")
    with make.reading() as session:
        assert certificates.of_attempt(session, attempt_id).issued_on == date(2026, 11, 23)


def test_whoever_looks_first_settles_and_it_is_done_once(make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    clock.pass_by(minutes=46)

    def either(n: int) -> None:
        with suppress(Refused):
            settle(make, attempt_id) if n % 2 else send_in(make, made, attempt_id)

    at_once(4, either)
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Marking)) == 1
        assert len(certificates.of_person(session, made.person_id)) == 1


def test_what_was_sent_in_is_not_settled_again(make, made, clock):
    attempt_id = make.attempt(made)
    clock.pass_by(days=1)
    settle(make, attempt_id)
    assert row_of(make, attempt_id).finished_how == "sent-in"


def test_an_unsafe_option_chosen_but_not_confirmed_when_time_ran_out_is_never_unsafe(make, made, clock):
    make.agree_everything()
    attempt_id = begin(make, made)
    with make.reading() as session:
        sheet = attempts.paper(session, made.person_id, attempt_id)
        texts = bank.drafts(session, [slot.version for slot in sheet.slots])
    for slot in sheet.slots:
        options = texts[slot.version].options
        wanted = [str(p) for p, n in enumerate(slot.order, 1) if options[n].unsafe]
        if wanted:
            say(make, made, attempt_id, slot.position, wanted[0], confirmed=False)
    clock.pass_by(minutes=46)
    settle(make, attempt_id)
    assert (mark_of(make, attempt_id).unsafe, mark_of(make, attempt_id).reasons) == ("", "score")


# Agreements


def withdraw_all(make: Make) -> None:
    with make.work("staff:lead") as work:
        for agreement in work.session.scalars(select(questions.Agreement)).all():
            editing.withdraw_agreement(work, agreement.id)


def test_an_unsafe_answer_counts_where_a_body_outside_has_agreed(make, made):
    make.agree_everything()
    found = mark_of(make, make.attempt(made, right=19, unsafe=1))
    assert (found.score, found.outcome, found.reasons) == (19, "not-passed", "unsafe")


def test_an_agreement_withdrawn_during_the_test_helps(make, made):
    make.agree_everything()
    attempt_id = make.attempt(made, right=19, unsafe=1, finished=False)
    withdraw_all(make)
    send_in(make, made, attempt_id)
    assert mark_of(make, attempt_id).outcome == "passed"


def test_an_agreement_recorded_during_the_test_adds_nothing(make, made, clock):
    attempt_id = make.attempt(made, right=19, unsafe=1, finished=False)
    clock.pass_by(minutes=1)
    make.agree_everything()
    send_in(make, made, attempt_id)
    assert mark_of(make, attempt_id).outcome == "passed"


# Changes of the bank


def test_a_suspended_question_is_not_drawn_and_stays_on_papers_that_have_it(make, made):
    attempt_id = begin(make, made)
    gone = sorted(question_ids(make, attempt_id))
    with make.work("staff:1") as work:
        for question_id in gone:
            editing.suspend(work, question_id, "It has a mistake.")
    assert sorted(question_ids(make, attempt_id)) == gone
    assert not question_ids(make, begin(make, make.driver())) & set(gone)


def test_a_paper_keeps_its_versions_when_new_ones_are_approved(make, made):
    attempt_id = begin(make, made)
    with make.reading() as session:
        before = attempts.paper(session, made.person_id, attempt_id).slots
        place = next(s for s in before if not session.get_one(Version, s.version).critical)
        old = session.get_one(Version, place.version)
    with make.work("staff:author") as work:
        new = editing.add_version(work, old.draft, "driver", "written")
        editing.send_to_review(work, new)
        new_id = new.id
    with make.work("staff:other") as work:
        version = work.session.get_one(Version, new_id)
        editing.review(work, version, [Role.EDITOR], Capacity.EDITOR, Verdict.APPROVE, "")
    with make.reading() as session:
        assert attempts.paper(session, made.person_id, attempt_id).slots == before
        drawable = {one.version for one in bank.candidates(session, "driver") if one.question == old.question_id}
        assert drawable == {new_id}
    send_in(make, made, attempt_id)
    assert mark_of(make, attempt_id).of == 20
