"""From draft to paper: nothing is drawn that two people (three for critical questions) have not agreed to."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from quiz.actions import bank as folders
from quiz.actions import editing
from quiz.domain.editing import Answer, Capacity, Status, Verdict
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Option
from quiz.domain.roles import Role
from quiz.records import audit, bank, questions
from quiz.records.questions import Approval, Exposure, Version
from tests.make import Make, draft

AUTHOR, OTHER, LEAD, THIRD = "staff:author", "staff:other", "staff:lead", "staff:third"
ROLES = {AUTHOR: [Role.EDITOR], OTHER: [Role.EDITOR], THIRD: [Role.EDITOR], LEAD: [Role.LEAD]}
AS = {AUTHOR: Capacity.EDITOR, OTHER: Capacity.EDITOR, THIRD: Capacity.EDITOR, LEAD: Capacity.LEAD}
CRITICAL = draft(
    "t07-made-up",
    topic="T7",
    options=(
        Option("Ring 999 from where you stand", right=True),
        Option(
            "Go after them until the police come",
            unsafe=True,
            harm="Somebody on the road is hurt.",
            source="RECOMMENDATION",
            why="It feels brave.",
        ),
        Option("Write it down when you are at home", why="It is late by then."),
        Option("Ask the people nearby what happened", why="They may not know."),
    ),
)


def written(make: Make, one: Draft, by: str = AUTHOR) -> UUID:
    with make.work(by) as work:
        return editing.add_version(work, one, "driver", "written").id


def sent(make: Make, one: Draft) -> UUID:
    version_id = written(make, one)
    with make.work(AUTHOR) as work:
        editing.send_to_review(work, work.session.get_one(Version, version_id))
    return version_id


def say(make: Make, version_id: UUID, by: str, verdict: Verdict = Verdict.APPROVE, comment: str = "") -> None:
    with make.work(by) as work:
        editing.review(work, work.session.get_one(Version, version_id), ROLES[by], AS[by], verdict, comment)


def status(make: Make, version_id: UUID) -> Status:
    with make.work() as work:
        return editing.status(work, work.session.get_one(Version, version_id))


def drawable(make: Make) -> set[str]:
    with make.reading() as session:
        return {one.question for one in bank.candidates(session, "driver")}


def refused(code: str, act: Callable[..., object], *given: object, **named: object) -> None:
    with pytest.raises(Refused) as found:
        act(*given, **named)
    assert found.value.code == code


def test_a_question_is_drawn_once_a_colleague_has_approved_it(make):
    version_id = sent(make, draft())
    assert (status(make, version_id), "t01-made-up" in drawable(make)) == (Status.IN_REVIEW, False)
    say(make, version_id, OTHER)
    assert (status(make, version_id), "t01-made-up" in drawable(make)) == (Status.APPROVED, True)


@pytest.mark.parametrize("order", [(OTHER, LEAD), (LEAD, OTHER)], ids=["lead last", "lead first"])
def test_a_critical_question_needs_the_safeguarding_lead_as_well(make, order):
    version_id = sent(make, CRITICAL)
    say(make, version_id, order[0])
    assert "t07-made-up" not in drawable(make)
    say(make, version_id, order[1])
    assert "t07-made-up" in drawable(make)
    with make.reading() as session:
        row = session.get_one(Approval, version_id)
        assert (row.author, row.approver, row.lead) == (AUTHOR, OTHER, LEAD)


def test_two_who_approve_at_the_same_moment_know_of_each_other(make):
    version_id = sent(make, CRITICAL)
    with ThreadPoolExecutor(1) as colleague:
        with make.work(OTHER) as work:
            version = work.session.get_one(Version, version_id)
            editing.review(work, version, ROLES[OTHER], Capacity.EDITOR, Verdict.APPROVE, "")
            lead = colleague.submit(say, make, version_id, LEAD)
            wait([lead], timeout=0.2)
        lead.result()
    assert "t07-made-up" in drawable(make)


def test_who_approves_while_a_colleague_returns_is_told_that_it_was_returned(make):
    version_id = sent(make, draft())
    with ThreadPoolExecutor(1) as colleague:
        with make.work(OTHER) as work:
            version = work.session.get_one(Version, version_id)
            editing.review(work, version, ROLES[OTHER], Capacity.EDITOR, Verdict.RETURN, "The number is wrong.")
            third = colleague.submit(say, make, version_id, THIRD)
            wait([third], timeout=0.2)
        refused("not-in-review", third.result)
    assert (status(make, version_id), "t01-made-up" in drawable(make)) == (Status.RETURNED, False)


def test_nobody_approves_their_own_question(make):
    refused("own-question", say, make, sent(make, draft()), AUTHOR)


def test_nobody_speaks_twice(make):
    version_id = sent(make, CRITICAL)
    say(make, version_id, OTHER)
    refused("reviewed-already", say, make, version_id, OTHER)


def test_a_second_editor_is_not_asked_when_only_the_lead_is_missing(make):
    version_id = sent(make, CRITICAL)
    say(make, version_id, OTHER)
    refused("not-asked", say, make, version_id, THIRD)


def test_the_lead_is_not_asked_about_a_question_that_is_not_critical(make):
    refused("not-asked", say, make, sent(make, draft()), LEAD)


def test_an_editor_cannot_speak_as_the_lead(make):
    version_id = sent(make, CRITICAL)
    with make.work(OTHER) as work:
        version = work.session.get_one(Version, version_id)
        refused("not-asked", editing.review, work, version, [Role.EDITOR], Capacity.LEAD, Verdict.APPROVE, "")


def test_a_draft_that_was_not_sent_cannot_be_reviewed(make):
    refused("not-in-review", say, make, written(make, draft()), OTHER)


def test_a_returned_version_says_why_and_stays_returned(make):
    version_id = sent(make, draft())
    refused("comment-missing", say, make, version_id, OTHER, Verdict.RETURN, " ")
    say(make, version_id, OTHER, Verdict.RETURN, "Two answers are right.")
    assert status(make, version_id) is Status.RETURNED
    refused("not-in-review", say, make, version_id, THIRD)
    with make.work(AUTHOR) as work:
        refused("not-a-draft", editing.send_to_review, work, work.session.get_one(Version, version_id))


def test_mending_a_returned_question_makes_a_new_version(make):
    first = sent(make, draft())
    say(make, first, OTHER, Verdict.RETURN, "Two answers are right.")
    second = sent(make, draft(stem="What is the first thing to do now?"))
    say(make, second, OTHER)
    with make.reading() as session:
        assert [one.number for one in questions.versions(session, "t01-made-up")] == [2, 1]
        assert questions.version(session, "t01-made-up", 1).draft.stem == draft().stem
    assert (status(make, first), status(make, second)) == (Status.RETURNED, Status.APPROVED)


def test_the_old_version_is_drawn_until_the_new_one_is_approved(make):
    first = sent(make, draft())
    say(make, first, OTHER)
    second = sent(make, draft(stem="What is the first thing to do now?"))
    with make.reading() as session:
        before = {one.version for one in bank.candidates(session, "driver") if one.question == "t01-made-up"}
    say(make, second, OTHER)
    with make.reading() as session:
        after = {one.version for one in bank.candidates(session, "driver") if one.question == "t01-made-up"}
    assert (before, after) == ({first}, {second})
    assert status(make, first) is Status.SUPERSEDED


def test_a_question_that_is_wrong_is_not_kept(make, folder: folders.Folder):
    with make.work(AUTHOR) as work:
        wrong = draft(stem="What should you NOT do?")
        refused("question-problems", editing.write, work, wrong, "driver", folder.known)
        assert questions.versions(work.session, wrong.id) == []


def test_nearly_the_same_question_as_another_is_not_kept(make, folder: folders.Folder):
    twin = replace(folder.drafts[0], id=folder.drafts[0].id + "-again", foes=())
    with make.work(AUTHOR) as work:
        refused("question-problems", editing.write, work, twin, "driver", folder.known)


def test_a_correction_is_not_kept_when_the_question_has_changed_meanwhile(make, folder: folders.Folder):
    with make.work(AUTHOR) as work:
        assert editing.write(work, draft(), "driver", folder.known, written_from=0).number == 1
        refused("changed-meanwhile", editing.write, work, draft(), "driver", folder.known, written_from=0)
        assert editing.write(work, draft(), "driver", folder.known, written_from=1).number == 2


def test_a_new_question_does_not_flood_the_papers(make):
    with make.work() as work:
        for row in work.session.scalars(select(Exposure).where(Exposure.topic == "T1")).all():
            row.shown = 10
    say(make, sent(make, draft()), OTHER)
    with make.reading() as session:
        assert session.get_one(Exposure, "t01-made-up").shown == 10


def test_what_came_with_the_program_waits_for_a_review_here_but_may_be_drawn(make):
    with make.reading() as session:
        loaded = next(one for one in bank.live_versions(session, "driver") if not one.critical)
        assert loaded.id in bank.loaded(session, bank.live_versions(session, "driver"))
    assert status(make, loaded.id) is Status.IN_REVIEW
    say(make, loaded.id, OTHER)
    assert status(make, loaded.id) is Status.APPROVED
    with make.reading() as session:
        assert loaded.id not in bank.loaded(session, bank.live_versions(session, "driver"))


def test_one_suspends_and_two_bring_back(make):
    say(make, sent(make, draft()), OTHER)
    with make.work(AUTHOR) as work:
        editing.suspend(work, "t01-made-up", "It has a mistake.")
    assert "t01-made-up" not in drawable(make)
    with make.work(AUTHOR) as work:
        refused("not-asked-back", editing.bring_back, work, "t01-made-up")
        editing.ask_back(work, "t01-made-up")
    with make.work(AUTHOR) as work:
        refused("same-person", editing.bring_back, work, "t01-made-up")
    assert "t01-made-up" not in drawable(make)
    with make.work(OTHER) as work:
        editing.bring_back(work, "t01-made-up")
    assert "t01-made-up" in drawable(make)


def test_a_suspension_needs_a_reason_and_is_made_once(make):
    say(make, sent(make, draft()), OTHER)
    with make.work(AUTHOR) as work:
        refused("reason-missing", editing.suspend, work, "t01-made-up", " ")
        editing.suspend(work, "t01-made-up", "It has a mistake.")
        refused("suspended-already", editing.suspend, work, "t01-made-up", "Again.")
        editing.ask_back(work, "t01-made-up")
        refused("asked-already", editing.ask_back, work, "t01-made-up")


def test_a_question_in_use_cannot_be_brought_back(make):
    with make.work(AUTHOR) as work:
        refused("not-suspended", editing.ask_back, work, "t01-made-up")
        refused("not-suspended", editing.bring_back, work, "t01-made-up")


def test_an_agreement_names_body_role_and_day_and_is_recorded_once(make):
    version_id, day = written(make, CRITICAL), date(2026, 11, 20)
    with make.work(LEAD) as work:
        version = work.session.get_one(Version, version_id)
        refused("agreement-who", editing.record_agreement, work, version, body=" ", role="Inspector", agreed_on=day)
        refused("agreement-who", editing.record_agreement, work, version, body="Police", role="", agreed_on=day)
        made = editing.record_agreement(work, version, body=" Police ", role="Inspector", agreed_on=day)
        again = {"body": "Police", "role": "Inspector", "agreed_on": day}
        refused("agreed-already", editing.record_agreement, work, version, **again)
        assert (made.body, made.role, made.agreed_on, made.recorded_by) == ("Police", "Inspector", day, LEAD)


def test_an_objection_says_why_and_outweighs_an_agreement(make):
    version_id, day = written(make, CRITICAL), date(2026, 11, 20)
    with make.work(LEAD) as work:
        version = work.session.get_one(Version, version_id)
        police = {"body": "Police", "role": "Inspector", "agreed_on": day}
        board = {"body": "Partnership", "role": "Chair", "agreed_on": day, "answer": Answer.REJECT}
        editing.record_agreement(work, version, **police)
        refused("agreement-why", editing.record_agreement, work, version, **board)
        objection = editing.record_agreement(work, version, **board, comment="Too harsh")
        assert bank.agreed(work.session, [version_id], work.now) == frozenset()
        assert bank.agreed_ever(work.session, [version_id]) == frozenset()
        editing.withdraw_agreement(work, objection.id)
        assert bank.agreed(work.session, [version_id], work.now) == {version_id}


def test_a_body_has_one_standing_answer(make):
    version_id, day = written(make, CRITICAL), date(2026, 11, 20)
    with make.work(LEAD) as work:
        version = work.session.get_one(Version, version_id)
        police = {"body": "Police", "role": "Inspector", "agreed_on": day}
        first = editing.record_agreement(work, version, **police, answer=Answer.CHANGE, comment="Say the age")
        editing.record_agreement(work, version, **police)
        assert first.withdrawn_at is not None
        assert bank.agreed_ever(work.session, [version_id]) == {version_id}


def test_an_agreement_is_withdrawn_once_and_then_nothing_is_agreed(make):
    version_id = written(make, CRITICAL)
    with make.work(LEAD) as work:
        version = work.session.get_one(Version, version_id)
        made = editing.record_agreement(work, version, body="Police", role="Inspector", agreed_on=date(2026, 11, 20))
        assert bank.agreed(work.session, [version_id], work.now) == {version_id}
        editing.withdraw_agreement(work, made.id)
        editing.withdraw_agreement(work, made.id)
        assert bank.agreed(work.session, [version_id], work.now) == frozenset()
        events = [one.event for one in audit.about(work.session, "question:t07-made-up")]
    assert events.count("agreement.withdrawn") == 1


def test_an_agreement_that_does_not_exist_is_refused(make):
    with make.work(LEAD) as work:
        refused("agreement-unknown", editing.withdraw_agreement, work, UUID(int=1))


def test_the_list_of_editors_agrees_with_each_question(make):
    waiting, done = sent(make, CRITICAL), sent(make, draft())
    say(make, done, OTHER)
    with make.work() as work:
        lines = {line.question: line for line in bank.lines(work.session, "driver")}
        newest = {one.question_id: one for one in bank.newest(work.session, "driver")}
        assert {key: line.status for key, line in lines.items()} == {
            key: editing.status(work, version) for key, version in newest.items()
        }
    assert (lines["t07-made-up"].live, lines["t01-made-up"].live.id) == (None, done)
    assert waiting
