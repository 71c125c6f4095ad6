"""Marking again after a question was found wrong: one decision for each changed mark, and nothing twice."""

import pytest

from quiz.actions import editing, marking_again
from quiz.domain.decisions import Grounds
from quiz.records import attempts, audit, certificates, decisions, found_wrong
from quiz.records.questions import Version
from tests.actions.sitter import begin, mark_of, refused, send_in
from tests.make import ISSUER

TOLD = "A question was wrong. It counts as right for you."


@pytest.fixture
def failed(make, made):
    """One right answer too few; the first questions that can be critical were answered wrongly."""
    return make.attempt(made, right=15)


@pytest.fixture
def wrong(make, made, failed):
    """The version of a question that this driver answered wrongly, out of use."""
    with make.work("staff:editor") as work:
        sheet = attempts.paper(work.session, made.person_id, failed)
        chosen = {position for position, *_ in list(make.choices(work.session, sheet, 15))[:5]}
        version = work.session.get_one(Version, sheet.slots[min(chosen) - 1].version)
        editing.suspend(work, version.question_id, "The key is wrong")
        return version.id


def mark_again(make, version_id, shown):
    with make.work("staff:officer") as work:
        version = work.session.get_one(Version, version_id)
        return marking_again.wrong_question(work, version, Grounds("wrong-key", TOLD), shown, ISSUER)


def test_the_effect_is_known_first_and_then_done_once(make, made, failed, wrong):
    with make.reading() as session:
        effect = marking_again.effect(session, session.get_one(Version, wrong))
        assert ([one.held.attempt.id for one in effect.passes], effect.had) == ([failed], 1)
    assert mark_of(make, failed).number == 1
    refused("marking-changed", mark_again, make, wrong, 7)
    mark_again(make, wrong, 1)
    mark = mark_of(make, failed)
    assert (mark.number, mark.score, mark.outcome) == (2, 16, "passed")
    assert mark_again(make, wrong, 0).changes == ()
    with make.reading() as session:
        (decision,) = decisions.of_person(session, made.person_id)
        assert (decision.kind, decision.told, decision.attempt_id) == ("mark-again", TOLD, failed)
        assert mark.because == f"decision:{decision.id}"
        assert certificates.of_attempt(session, failed) is not None
        assert audit.first_break(session) is None


def test_a_test_that_is_sent_in_later_counts_it_as_right_at_once(make, made, failed, wrong):
    other = make.driver()
    with make.work("staff:editor") as work:
        question = work.session.get_one(Version, wrong).question_id
        editing.ask_back(work, question)
    with make.work("staff:second") as work:
        editing.bring_back(work, question)
    while True:  # another driver who holds the same question, and has answered nothing
        running = begin(make, other)
        with make.reading() as session:
            sheet = attempts.paper(session, other.person_id, running)
        if wrong in [slot.version for slot in sheet.slots]:
            break
        other = make.driver()
    with make.work("staff:editor") as work:
        editing.suspend(work, question, "The key is wrong")
    mark_again(make, wrong, 1)
    send_in(make, other, running)
    mark = mark_of(make, running)
    assert (mark.number, mark.score, bool(mark.excused)) == (1, 1, True)


def test_a_question_that_can_still_be_drawn_is_suspended_first(make, failed, wrong):
    with make.work("staff:editor") as work:
        question = work.session.get_one(Version, wrong).question_id
        editing.ask_back(work, question)
    with make.reading() as session:
        assert [one.question for one in found_wrong.listed(session)] == [question]
    with make.work("staff:second") as work:
        editing.bring_back(work, question)
    refused("still-in-use", mark_again, make, wrong, 1)
    with make.reading() as session:
        assert found_wrong.listed(session) == []


def test_so_many_passes_at_once_and_the_rest_is_still_to_do(make, failed, wrong, monkeypatch):
    monkeypatch.setattr(marking_again, "CERTIFICATES_AT_ONCE", 0)
    assert mark_again(make, wrong, 1).changes == ()
    monkeypatch.undo()
    assert len(mark_again(make, wrong, 1).changes) == 1
