"""The review pack: chosen questions for a body outside, and its answers, entered once."""

import pytest

from quiz.domain.editing import Answer
from quiz.records import audit, bank, questions
from tests.documents import reading
from tests.web.editor.steps import here, newest, send

WHO = {"body": "Police", "role": "Sergeant", "agreed_on-day": 20, "agreed_on-month": 11, "agreed_on-year": 2026}


def pack(*names):
    return "&".join(f"q={name}" for name in names)


def standing(make, name):
    with make.reading() as session:
        return [(one.body, one.answer, one.comment) for one in questions.standing(session, newest(make, name).id)]


@pytest.fixture
def all_critical(make):
    with make.reading() as session:
        return [one.question_id for one in bank.live_versions(session, "driver") if one.critical]


def test_all_critical_questions_are_packed_in_one_press(lead, all_critical):
    lead.open("/editor")
    lead.follow("Make a review pack for the police or the partnership")
    page = lead.follow("All critical questions")
    assert page.heading == f"Review pack: {len(all_critical)} questions"
    assert all(page.soup.find(id=name) for name in all_critical)


def test_questions_of_a_topic_are_ticked_off(lead, plain):
    page = lead.open("/editor/pack?topic=T1")
    names = [box["value"] for box in page.soup.select("[name=q]")]
    assert plain in names
    page = lead.press("Make the pack", q=[plain])
    assert page.heading == "Review pack: 1 question"


def test_a_pack_shows_key_harm_reasons_and_sources(lead, critical, make):
    page = lead.open(f"/editor/pack/read?{pack(critical)}")
    draft = newest(make, critical).draft
    for words in (draft.stem, draft.why, *(option.text for option in draft.options)):
        assert words in page.text
    harm = next(option for option in draft.options if option.unsafe)
    assert f"Harm: {harm.harm} (source: {harm.source})" in page.text


def test_the_document_names_its_recipient_and_is_written_down(lead, critical, make):
    lead.open(f"/editor/pack/read?{pack(critical)}")
    assert lead.press("Make the PDF").errors == ["Enter who gets this copy"]
    page = lead.press("Make the PDF", recipient="Police, licensing sergeant")
    assert page.response.content_type == "application/pdf"
    assert reading.squeezed(f"{critical}, version 1") in reading.spoken(page.response.data)
    with make.reading() as session:
        (entry,) = audit.about(session, "pack")
    assert (entry.event, "Police, licensing sergeant" in entry.content) == ("questions.packed", True)


def test_answers_are_entered_once_and_become_agreement_records(lead, all_critical, make):
    first, second, third = all_critical[:3]
    lead.open(f"/editor/pack/read?{pack(first, second, third)}")
    lead.follow("Enter the answers to this pack")
    marks = {f"{first}-answer": "agree", f"{second}-answer": "change", f"{second}-comment": "Say the age"}
    page = lead.press("Record the answers", **WHO, **marks)
    assert "2 answers are recorded." in page.text
    assert standing(make, first) == [("Police", Answer.AGREE, "")]
    assert standing(make, second) == [("Police", Answer.CHANGE, "Say the age")]
    assert standing(make, third) == []
    assert "asked for a change" in lead.open(here(second)).text


def test_all_the_others_can_be_agreed_in_one_press(lead, all_critical, make):
    lead.open("/editor/pack/answers?critical=y")
    page = lead.press(
        "Record the answers", **WHO, rest="y",
        **{f"{all_critical[0]}-answer": "reject", f"{all_critical[0]}-comment": "Too harsh"},
    )  # fmt: skip
    assert f"{len(all_critical)} answers are recorded." in page.text
    with make.reading() as session:
        ids = [one.id for one in bank.live_versions(session, "driver") if one.critical]
        assert len(bank.agreed_ever(session, ids)) == len(ids) - 1


def test_the_same_answers_again_change_nothing(lead, critical, make):
    for count in (1, 0):
        lead.open(f"/editor/pack/answers?{pack(critical)}")
        page = lead.press("Record the answers", **WHO, rest="y")
        assert f"{count} answer" in page.text
    assert len(standing(make, critical)) == 1


def test_what_is_missing_is_said_and_nothing_is_lost(lead, critical, make):
    lead.open(f"/editor/pack/answers?{pack(critical)}")
    page = lead.press("Record the answers", **WHO)
    assert page.errors == ["Mark at least one question, or say that all the others are agreed"]
    page = lead.press("Record the answers", **{f"{critical}-answer": "change"})
    assert f"{critical}: Say what should be changed, or why it is rejected" in page.text
    assert page.soup.select_one(f"[name='{critical}-answer'][value=change]").has_attr("checked")
    assert page.soup.select_one("[name=body]")["value"] == "Police"
    assert standing(make, critical) == []


def test_an_answer_about_older_words_is_not_taken_for_newer_ones(editor, lead, critical, make):
    lead.open(f"/editor/pack/answers?{pack(critical)}")
    send(editor, critical)
    page = lead.press("Record the answers", **WHO, **{f"{critical}-answer": "agree"})
    assert "The question has a newer version" in page.text
    assert standing(make, critical) == []


def test_an_empty_pack_says_so(lead):
    assert "No question fits" in lead.open("/editor/pack/read?q=gone").text
    assert "No question fits" in lead.open("/editor/pack/read").text
    assert "No question fits" in lead.open("/editor/pack?topic=T99").text


def test_an_editor_makes_packs_but_does_not_enter_answers(editor, critical):
    page = editor.open(f"/editor/pack/read?{pack(critical)}")
    assert "Enter the answers" not in page.text
    assert editor.open(f"/editor/pack/answers?{pack(critical)}").status == 403
