"""Reviewing: comments, the next question that waits, and two people at the same moment."""

from threading import Thread

import pytest

from quiz.actions import editing
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.roles import Role
from quiz.records import bank, questions
from tests.make import draft
from tests.web.editor.steps import approve, correct, here, newest, send


def test_a_version_is_returned_with_a_comment(editor, second, plain):
    send(editor, plain)
    second.open(here(plain))
    page = second.press("Return with comment", comment="Two options are right\nas I read it")
    assert "Version 2 is returned with your comment" in page.text
    page = editor.open(here(plain))
    assert "“Two options are right as I read it”" in page.text
    assert "To mend it, write a new version" in page.text


def test_returning_asks_for_a_comment_and_forgets_nothing(both, editor, critical, make):
    send(editor, critical)
    both.open(here(critical))
    page = both.press("Return with comment", capacity="lead", comment="  ")
    assert page.errors == ["Say what should be changed, so that the author can mend it"]
    assert page.soup.select_one("input[name=capacity][checked]")["value"] == "lead"
    with make.reading() as session:
        assert questions.reviews(session, newest(make, critical).id) == []


def test_a_verdict_that_is_on_no_button_is_refused(editor, second, plain):
    send(editor, plain)
    second.open(here(plain))
    assert second.post(f"{here(plain)}/2/review", verdict="perhaps").status == 400


def test_an_approval_that_a_colleague_has_given_meanwhile_is_not_turned_into_the_other_one(
    both, editor, lead, critical
):
    send(editor, critical)
    both.open(here(critical))
    approve(lead, critical)
    refused = both.press("Approve", capacity="lead")
    assert (refused.status, refused.heading) == (409, "Your role cannot give the review that this question still needs")


def test_the_lead_is_not_asked_about_a_plain_question(editor, lead, plain):
    send(editor, plain)
    page = lead.open(here(plain))
    assert "Your role cannot give the review that is missing: an editor has to give it." in page.text
    refused = lead.post(f"{here(plain)}/2/review", verdict="approve", capacity="lead")
    assert (refused.status, refused.heading) == (409, "Your role cannot give the review that this question still needs")


def test_an_editor_is_told_that_the_lead_is_missing(editor, second, browse, make, critical):
    send(editor, critical)
    approve(second, critical)
    assert "You have already reviewed this version" in second.open(here(critical)).text


def test_the_next_question_comes_until_none_waits(editor, second, plain, critical):
    send(editor, plain)
    first = second.open("/editor/next")
    assert first.heading == plain
    after = second.follow("Next question waiting for review")
    assert after.heading != plain
    assert "came with the program" in after.text


def test_the_last_review_leads_to_an_empty_list(browse, make, lead, critical):
    with make.work("cli:test") as work:
        for version in [questions.versions(work.session, name)[0] for name in _critical(work.session)]:
            if version.question_id != critical:
                editing.add_version(work, version.draft, "driver", "written")
    assert lead.open("/editor/next").heading == critical
    lead.press("Approve")
    page = lead.follow("Next question waiting for review")
    assert (page.heading, "No question fits" in page.text) == ("Questions", True)


def _critical(session):
    return [one.question_id for one in bank.live_versions(session, "driver") if one.critical]


@pytest.mark.both_engines
def test_two_people_save_at_the_same_moment(editor, plain, make):
    editor.open(here(plain) + "/edit")
    pages = []
    with make.work("staff:quicker") as work:
        old = questions.versions(work.session, plain)[0].draft
        editing.add_version(work, draft(plain, stem=old.stem), "driver", "written")
        thread = Thread(target=lambda: pages.append(editor.press("Save", why="Words that came a moment later.")))
        thread.start()
        thread.join(0.5)  # the second one is now waiting for the first
    thread.join(20)
    assert pages[0].status == 409
    assert newest(make, plain).number == 2


@pytest.mark.both_engines
def test_two_people_suspend_at_the_same_moment(editor, plain, make):
    editor.open(here(plain) + "/suspend")
    pages = []
    with make.work("staff:quicker") as work:
        editing.suspend(work, plain, "Mine came first")
        thread = Thread(target=lambda: pages.append(editor.press("Suspend now", reason="Mine came second")))
        thread.start()
        thread.join(0.5)
    thread.join(20)
    assert pages[0].status == 409
    with make.reading() as session:
        assert questions.suspension(session, plain).reason == "Mine came first"


@pytest.mark.both_engines
def test_editor_and_lead_approve_at_the_same_moment(editor, second, lead, critical, make):
    send(editor, critical)
    lead.open(here(critical))
    row = newest(make, critical)
    pages = []
    with make.work("staff:quicker") as work:
        version = questions.version(work.session, critical, row.number)
        editing.review(work, version, [Role.EDITOR], Capacity.EDITOR, Verdict.APPROVE, "")
        thread = Thread(target=lambda: pages.append(lead.press("Approve")))
        thread.start()
        thread.join(0.5)
    thread.join(20)
    assert "Version 2 is approved" in pages[0].text


def test_a_question_that_is_not_there(editor, plain):
    for path in ("/editor/questions/t01-nothing", here(plain) + "/9", here(plain) + "/9/preview"):
        assert editor.open(path).status == 404
    assert editor.open(here(plain)) and editor.post(f"{here(plain)}/9/send").status == 404


def test_a_correction_makes_the_review_start_again(editor, second, critical):
    send(editor, critical)
    approve(second, critical)
    correct(editor, critical, "Words of a third version.")
    page = editor.press("Send to review")
    assert "Nobody has reviewed this version yet" in page.text
