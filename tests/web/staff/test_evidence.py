"""The evidence pack on the officer's pages."""

import hashlib
import json

import pytest

from quiz.actions import editing
from quiz.domain import evidence
from quiz.formats import evidence_file
from quiz.records import attempts, bank
from tests.documents.reading import runs, spoken, squeezed


def address(made, attempt_id) -> str:
    return f"/staff/drivers/{made.person_id}/attempts/{attempt_id}/evidence"


@pytest.fixture
def packed(officer, make, made):
    """An officer in front of the pack that was just made."""
    make.attempt(made)
    officer.open(f"/staff/drivers/{made.person_id}")
    officer.follow("Evidence pack of the test of 23 November 2026 at 9:00am")
    officer.press("Make the evidence pack", copy="disclosed", recipient="Preston Court", reason="Appeal 7")
    return officer


def test_one_press_makes_a_signed_file_and_a_paper_that_prints_its_digest(packed):
    pack = packed.page.path
    assert packed.page.heading == "Evidence pack for Preston Court"
    signed = packed.press("Download the JSON file").response
    content = signed.data
    assert signed.headers["Content-Disposition"].startswith('attachment; filename="evidence-')
    assert signed.headers["X-Content-Type-Options"] == "nosniff"
    document = evidence_file.read(content)
    assert evidence.differences(document) == []
    packed.open(pack)
    paper = packed.press("Download the PDF").response
    said, digest = spoken(paper.data), hashlib.sha256(content).hexdigest()
    assert paper.mimetype == "application/pdf" and digest in said
    pages = {run.page for run in runs(paper.data)}
    marked = {run.page for run in runs(paper.data) if run.artifact and "Preston" in run.words}
    assert marked == pages and len(pages) > 5
    assert squeezed("Sam Driver") in said and squeezed("So the test is passed.") in said
    texts = [facts["text"] for name, facts in document.items.items() if name.startswith("question/")]
    assert len(texts) == 20 and all(squeezed(text) in said for text in texts)
    packed.open(pack)
    assert packed.press("Download the PDF").response.data == paper.data


def test_a_pack_is_listed_and_nothing_of_a_person_stands_in_its_address(packed, made):
    assert "Sam" not in packed.page.path and "Preston" not in packed.page.path
    page = packed.follow("All packs of this test")
    assert all(words in page.text for words in ("Preston Court", "Disclosed", "Appeal 7", "Robin Officer"))
    assert "No question of this test is in use any more" in page.text


def test_disclosing_is_announced_and_editors_find_the_questions_suspended(packed, make, made, editor):
    with make.reading() as session:
        (attempt, _), *_ = attempts.of_person(session, made.person_id)
        question = attempts.question_ids(session, attempt.id)[0]
        assert question not in {one.question for one in bank.candidates(session, "driver")}
    text = editor.open(f"/editor/questions/{question}").text
    assert "Shown to somebody outside in an evidence pack on 23 November 2026." in text


def test_what_is_missing_is_said(officer, make, made):
    page = officer.open(address(made, make.attempt(made)))
    assert "too few questions" not in page.text
    assert "A disclosed pack takes 20 questions out of use at once" in page.text
    assert officer.press("Make the evidence pack").errors == [
        "Choose who it is for", "Enter who gets this copy", "Say why this pack is made",
    ]  # fmt: skip
    page = officer.press("Make the evidence pack", copy="internal", recipient="李", reason="Why")
    assert page.errors == ["Write who gets this copy in letters that can be printed, 100 at most"]


def test_a_disclosure_that_would_stop_all_tests_is_announced(officer, make, made):
    attempt_id = make.attempt(made)
    with make.work("staff:editor") as work:
        asked = attempts.question_ids(work.session, attempt_id)
        for one in bank.candidates(work.session, "driver"):
            if one.topic == "T1" and one.question not in asked:
                editing.suspend(work, one.question, "To be mended")
    page = officer.open(address(made, attempt_id))
    assert "no test can start until an editor brings some back" in page.text


def test_there_is_no_pack_of_a_running_test_or_of_another_drivers(officer, make, made):
    running = make.attempt(made, finished=False)
    assert "This test is not over." in officer.open(address(made, running)).text
    officer.open("/staff/account")
    assert officer.post(address(made, running), copy="internal", recipient="A", reason="B").status == 409
    assert officer.open(address(make.driver(), running)).status == 404


def test_a_test_that_ran_out_of_time_is_marked_first(officer, make, made, clock):
    attempt_id = make.attempt(made, finished=False)
    clock.pass_by(minutes=46)
    officer.open(address(made, attempt_id))
    officer.press("Make the evidence pack", copy="internal", recipient="Panel", reason="Review")
    content = json.loads(officer.press("Download the JSON file").response.data)
    assert content["items"]["attempt"]["finished_how"] == "time" and "mark/01" in content["items"]
