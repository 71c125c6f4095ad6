"""The whole way of a correction: written, sent, approved by others, drawn; suspended and brought back."""

import pytest

from quiz.records import attempts
from tests.web.editor.steps import approve, correct, drawable, here, live, newest, send

pytestmark = pytest.mark.both_engines


def test_another_editor_approves_and_new_papers_hold_the_new_version(editor, second, plain, make):
    send(editor, plain)
    assert drawable(make)[plain] == 1
    page = approve(second, plain)
    assert "Version 2 is approved: new papers can hold it" in page.text
    assert drawable(make)[plain] == 2


def test_a_critical_question_needs_the_lead_as_well(editor, second, lead, critical, make):
    send(editor, critical)
    assert "still needs another one" in approve(second, critical).text
    assert drawable(make)[critical] == 1
    approve(lead, critical)
    assert drawable(make)[critical] == 2


def test_nobody_gives_both_approvals(editor, both, critical, make):
    send(editor, critical)
    both.open(here(critical))
    page = both.press("Approve", capacity="lead")
    assert "You have already reviewed this version" in page.text
    refused = both.post(f"{here(critical)}/2/review", capacity="editor", verdict="approve")
    assert (refused.status, refused.heading) == (409, "You have already reviewed this version")
    assert drawable(make)[critical] == 1


def test_nobody_approves_their_own_version(editor, plain, make):
    page = send(editor, plain)
    assert "You wrote this version, so somebody else has to review it" in page.text
    refused = editor.post(f"{here(plain)}/2/review", verdict="approve")
    assert (refused.status, refused.heading) == (409, "You wrote this version, so somebody else has to review it")
    assert drawable(make)[plain] == 1


def test_a_paper_that_is_drawn_keeps_its_version(editor, second, make, made):
    attempt_id = make.attempt(made, finished=False)
    with make.reading() as session:
        slot = attempts.paper(session, made.person_id, attempt_id).slots[0]
    question = next(name for name, _ in drawable(make).items() if newest(make, name).id == slot.version)
    send(editor, question)
    approve(second, question)
    with make.reading() as session:
        kept = attempts.paper(session, made.person_id, attempt_id).slots[0]
    assert (kept.version, kept.order) == (slot.version, slot.order)


def test_a_suspended_question_is_not_drawn_and_comes_back_by_two_people(editor, lead, plain, make):
    editor.open(here(plain))
    editor.press("Suspend now")
    page = editor.press("Suspend now", reason="The number has changed")
    assert "No new paper holds it" in page.text and "The number has changed" in page.text
    assert plain not in drawable(make)
    asked = editor.press("Ask to bring back")
    assert "Somebody else has to confirm it, because you asked" in asked.text
    alone = editor.post(f"{here(plain)}/bring-back")
    assert (alone.status, plain in drawable(make)) == (409, False)
    lead.open(here(plain))
    assert "new papers can hold it again" in lead.press("Bring back").text
    assert plain in drawable(make)


def test_suspending_asks_for_a_reason(editor, plain, make):
    editor.open(here(plain) + "/suspend")
    page = editor.press("Suspend now", reason="  ")
    assert page.errors == ["Say why, so that colleagues can mend the question"]
    assert plain in drawable(make)


def test_pressing_twice_changes_nothing(editor, second, plain, make):
    send(editor, plain)
    again = editor.post(f"{here(plain)}/2/send")
    assert (again.status, again.heading) == (409, "Only a draft can be sent to review")
    approve(second, plain)
    late = second.post(f"{here(plain)}/2/review", verdict="approve", capacity="editor")
    assert (late.status, late.heading) == (409, "This version is not waiting for review")
    editor.open(here(plain) + "/suspend")
    editor.press("Suspend now", reason="Once")
    editor.open(here(plain))
    assert editor.post(f"{here(plain)}/suspend", reason="Twice").status == 409
    editor.open(here(plain))
    assert editor.press("Ask to bring back").status == 200
    assert editor.post(f"{here(plain)}/ask-back").status == 409


def test_a_draft_that_was_not_sent_cannot_be_approved(editor, second, plain, make):
    correct(editor, plain)
    page = second.open(here(plain))
    assert "reviewing begins when it is sent to review" in page.text
    assert second.post(f"{here(plain)}/2/review", verdict="approve", capacity="editor").status == 409
    assert drawable(make)[plain] == 1


def test_a_correction_of_a_question_in_review_takes_its_place(editor, second, plain, make):
    send(editor, plain)
    correct(second, plain, "Yet other words for the same reason.")
    assert second.open(f"{here(plain)}/2").text.count("superseded") == 1
    assert editor.open(here(plain)) and editor.post(f"{here(plain)}/2/review", verdict="approve").status == 409
    assert drawable(make)[plain] == 1


def test_what_came_with_the_program_is_reviewed_here(editor, lead, critical, make):
    page = editor.open(here(critical))
    assert "came with the program, not yet reviewed here" in page.text
    editor.press("Approve")
    page = approve(lead, critical)
    assert "not yet reviewed here" not in page.text
    assert page.text.count("approved it on") == 2
    assert drawable(make)[critical] == 1


def test_what_came_with_the_program_can_be_returned(editor, second, plain, make):
    editor.open(here(plain))
    page = editor.press("Return with comment", comment="The section has moved")
    assert "returned" in page.text and "The section has moved" in page.text
    assert "It is still live: suspend it if it must not be asked until then." in page.text
    assert second.open(here(plain)) and second.post(f"{here(plain)}/1/review", verdict="approve").status == 409
    assert plain in drawable(make)


def test_two_questions_are_not_mixed_up(editor, second, plain, critical, make):
    send(editor, plain)
    assert editor.open(f"{here(critical)}/2").status == 404
    assert live(make, critical=True) == critical
