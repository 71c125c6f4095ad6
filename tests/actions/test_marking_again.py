"""Marking again after a question was found wrong: one decision for each changed mark, and nothing twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.actions import editing, marking_again, sitting
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


@pytest.fixture
def running(make, failed, wrong):
    """Another driver who holds the same question, and has answered nothing yet; and the attempt."""
    with make.work("staff:editor") as work:
        question = work.session.get_one(Version, wrong).question_id
        editing.ask_back(work, question)
    with make.work("staff:second") as work:
        editing.bring_back(work, question)
    papers = []
    while wrong not in papers:
        other = make.driver()
        attempt_id = begin(make, other)
        with make.reading() as session:
            papers = [slot.version for slot in attempts.paper(session, other.person_id, attempt_id).slots]
    with make.work("staff:editor") as work:
        editing.suspend(work, question, "The key is wrong")
    return other, attempt_id


def test_a_test_that_is_sent_in_later_counts_it_as_right_at_once(make, wrong, running):
    other, attempt_id = running
    mark_again(make, wrong, 1)
    send_in(make, other, attempt_id)
    mark = mark_of(make, attempt_id)
    assert (mark.number, mark.score, bool(mark.excused)) == (1, 1, True)


def test_a_test_that_is_being_sent_in_at_that_moment_is_not_forgotten(make, wrong, running):
    other, attempt_id = running
    with ThreadPoolExecutor(1) as officer:
        with make.work(f"person:{other.person_id}") as work:
            sitting.send_in(work, other.person_id, attempt_id, ISSUER)
            pressed = officer.submit(mark_again, make, wrong, 1)
            with pytest.raises(TimeoutError):  # waits for the driver, whose answers are not kept yet
                pressed.result(timeout=0.5)
        refused("marking-changed", pressed.result)
    assert len(mark_again(make, wrong, 2).changes) == 2


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
