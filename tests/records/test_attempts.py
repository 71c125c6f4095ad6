"""Attempts: one open at a time, only approved questions on a paper, and nobody else's is ever found."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quiz.actions import editing
from quiz.records import answers, attempts
from quiz.records.answers import Answer
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.base import new_id
from tests.make import Make, draft


def columns(row: object) -> dict[str, object]:
    return {key: value for key, value in vars(row).items() if not key.startswith("_")}


def copy_of(make: Make, attempt_id, **changes) -> None:
    """A second row like the first, but for its key and the changes."""
    with make.work() as work:
        row = work.session.get_one(Attempt, attempt_id)
        work.session.add(Attempt(**{**columns(row), "id": new_id(), **changes}))


def test_a_person_has_one_open_attempt(make, made):
    running = make.attempt(made, finished=False)
    with pytest.raises(IntegrityError):
        copy_of(make, running)


def test_a_finished_or_voided_attempt_leaves_room_for_the_next(make, made, clock):
    running = make.attempt(made, finished=False)
    copy_of(make, running, finished_at=clock.now, finished_how="time")
    copy_of(make, running, voided_at=clock.now)
    with make.reading() as session:
        assert attempts.unfinished(session, made.person_id, "driver").id == running


def test_another_test_may_be_open_beside_it(make, made):
    running = make.attempt(made, finished=False)
    copy_of(make, running, test="another")
    with make.reading() as session:
        assert attempts.unfinished(session, made.person_id, "driver").id == running


def test_an_attempt_that_cannot_be_is_refused(make, made, clock):
    done, now = make.attempt(made), clock.now
    plain = {"started_at": now, "finished_at": None, "finished_how": None}
    for wrong in ({"deadline": now}, {"finished_at": now}, {"finished_how": "time"},
                  {"finished_at": now, "finished_how": "somehow"}):  # fmt: skip
        with pytest.raises(IntegrityError):
            copy_of(make, done, **{**plain, **wrong})


def test_a_question_without_approval_cannot_be_on_a_paper(make, made):
    running = make.attempt(made, finished=False)
    with pytest.raises(IntegrityError), make.work() as work:
        version = editing.add_version(work, draft(), "driver", "written")
        slot = PaperSlot(
            attempt_id=running, position=21, version_id=version.id, question_id="t01-made-up", order="0,1,2,3"
        )
        work.session.add(slot)


def test_a_question_that_does_not_exist_cannot_be_on_a_paper(make, made):
    running = make.attempt(made, finished=False)
    with pytest.raises(IntegrityError), make.work() as work:
        slot = PaperSlot(
            attempt_id=running, position=21, version_id=UUID(int=1), question_id="t01-made-up", order="0,1,2,3"
        )
        work.session.add(slot)


def test_an_answer_belongs_to_a_question_on_the_paper_and_to_a_sign_in(make, made):
    running = make.attempt(made, finished=False)
    for wrong in ({"position": 21}, {"session_id": UUID(int=1)}, {"attempt_id": UUID(int=1)}):
        with pytest.raises(IntegrityError), make.work() as work:
            one = work.session.scalars(select(Answer).where(Answer.attempt_id == running).limit(1)).one()
            work.session.add(Answer(**{**columns(one), "id": None, **wrong}))


def test_nobody_elses_attempt_is_found(make, made):
    mine, other = make.attempt(made, finished=False), make.driver()
    with make.reading() as session:
        assert attempts.paper(session, made.person_id, mine).id == mine
        assert attempts.paper(session, other.person_id, mine) is None
        assert attempts.leaf(session, other.person_id, mine, 1) is None
        assert attempts.attempt(session, other.person_id, mine) is None


def test_one_question_of_a_paper_is_the_same_as_in_the_whole(make, made):
    running = make.attempt(made, finished=False)
    with make.reading() as session:
        whole = attempts.paper(session, made.person_id, running)
        leaves = [attempts.leaf(session, made.person_id, running, n) for n in range(1, 21)]
        outside = [attempts.leaf(session, made.person_id, running, n) for n in (0, 21)]
    assert [leaf.place for leaf in leaves] == list(whole.slots)
    assert {(leaf.count, leaf.deadline) for leaf in leaves} == {(20, whole.deadline)}
    assert outside == [None, None]


def test_answers_come_in_the_order_in_which_they_were_saved(make, made):
    running = make.attempt(made, finished=False)
    with make.reading() as session:
        whole = answers.said(session, running)
        kept = session.scalars(select(Answer.position).where(Answer.attempt_id == running).order_by(Answer.id)).all()
        assert [one.position for one in whole] == kept
        assert answers.said(session, running, 7) == [one for one in whole if one.position == 7]


def test_questions_of_the_last_papers_only(make, made, clock):
    papers = []
    for _ in range(3):
        papers.append(make.attempt(made, right=0))
        clock.pass_by(days=8)
    with make.reading() as session:
        on = [set(session.scalars(select(PaperSlot.question_id).where(PaperSlot.attempt_id == one))) for one in papers]
        assert attempts.questions_seen(session, made.person_id, "driver", 2) == on[1] | on[2]
        assert attempts.questions_seen(session, made.person_id, "driver", 0) == frozenset()


def test_attempts_whose_time_is_over_and_that_nobody_settled(make, clock):
    first, second = (make.attempt(make.driver(), finished=False) for _ in range(2))
    make.attempt(make.driver())
    with make.reading() as session:
        deadline = session.get_one(Attempt, first).deadline
        moment = timedelta(microseconds=1)
        assert attempts.overdue(session, deadline - moment) == []
        assert [one.id for one in attempts.overdue(session, deadline)] == [first, second]
        assert [one.id for one in attempts.overdue(session, deadline, limit=1)] == [first]
