"""The end: one mark and one certificate, whoever presses how often, and at the right moment."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from quiz.actions import editing, sitting
from quiz.domain.errors import Refused
from quiz.records import attempts, audit, bank, certificates, marks, papers, questions
from quiz.records.marks import Marking
from tests.actions.sitter import at_once, begin, mark_of, refused, row_of, say, send_in, settle
from tests.make import Make


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
        sheet = attempts.paper(session, made.person_id, attempt_id)
        again = sitting.mark(session, sheet, papers.current(session, "driver"), sent_in=True)
    assert (again.score, again.outcome, ",".join(again.reasons)) == (stored.score, stored.outcome, stored.reasons)
    assert (marks.counts(stored.groups), marks.counts(stored.topics)) == (again.groups, again.topics)


def test_the_log_holds_the_digest_of_paper_and_answers(make, made):
    attempt_id = make.attempt(made)
    sealed = row_of(make, attempt_id).sealed
    with make.reading() as session:
        entries = [one for one in audit.about(session, f"attempt:{attempt_id}") if one.event == "attempt.finished"]
    assert len(sealed) == 64
    assert [sealed in one.content for one in entries] == [True]


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
