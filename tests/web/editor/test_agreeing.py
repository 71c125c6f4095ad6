"""Agreement records: who outside says that an unsafe option is unsafe."""

from datetime import date

from quiz.actions import editing
from quiz.records import bank, questions
from tests.web.editor.steps import here, newest, send

AGREED = {"body": "Police", "role": "Licensing sergeant", "agreed_on-day": 20, "agreed_on-month": 11}
DAY = {"agreed_on-year": 2026}


def counts(make, question, clock):
    with make.reading() as session:
        return bool(bank.agreed(session, [newest(make, question).id], clock.now))


def test_an_agreement_is_recorded_and_withdrawn(lead, critical, make, clock):
    lead.open(here(critical))
    lead.follow("Record an answer about version 1")
    page = lead.press("Record the answer", **AGREED, **DAY)
    assert "Police (Licensing sergeant) agreed on 20 November 2026" in page.text
    assert counts(make, critical, clock)
    button = page.soup.find("form", action=lambda found: found and found.endswith("/withdraw"))
    lead.post(button["action"])
    page = lead.open(here(critical))
    assert "Withdrawn by Robin Safeguarding Lead" in page.text
    assert not counts(make, critical, clock)
    assert lead.post(button["action"]).status == 200


def test_the_same_agreement_twice_is_one(lead, critical):
    lead.open(f"{here(critical)}/1/agreement")
    form = lead.page
    lead.press("Record the answer", **AGREED, **DAY)
    lead.page = form
    again = lead.press("Record the answer", **AGREED, **DAY)
    assert (again.status, again.heading) == (409, "This answer is recorded already")


def test_what_is_missing_is_said(lead, critical):
    lead.open(f"{here(critical)}/1/agreement")
    page = lead.press("Record the answer")
    assert page.errors == [
        "Enter the body that answered", "Enter the role, not the name", "Enter the day of the answer",
    ]  # fmt: skip
    page = lead.press("Record the answer", **AGREED, **{"agreed_on-year": 2027})
    assert page.errors == ["The day of the answer must be today or earlier"]
    page = lead.press("Record the answer", **AGREED, **{"agreed_on-year": "soon"})
    assert page.errors == ["Day of the answer must be a real date, for example 21 11 2026"]


def test_a_new_version_needs_an_agreement_of_its_own(editor, lead, critical, make):
    lead.open(f"{here(critical)}/1/agreement")
    lead.press("Record the answer", **AGREED, **DAY)
    send(editor, critical)
    page = lead.open(here(critical))
    assert "Version 2: agreement wanted" in page.text and "Version 1: agreed" in page.text


def test_an_objection_stands_in_the_way_and_says_why(lead, critical, make, clock):
    lead.open(f"{here(critical)}/1/agreement")
    lead.press("Record the answer", **AGREED, **DAY)
    lead.open(f"{here(critical)}/1/agreement")
    other = {**AGREED, "body": "Partnership", "answer": "change"}
    page = lead.press("Record the answer", **other, **DAY)
    assert page.errors == ["Say what should be changed, or why it is rejected"]
    page = lead.press("Record the answer", comment="Say where the man stands", **other, **DAY)
    assert (
        "Partnership (Licensing sergeant) asked for a change on 20 November 2026. “Say where the man stands”"
        in page.text
    )
    assert "Version 1: agreement wanted" in page.text
    assert not counts(make, critical, clock)


def test_a_body_that_changes_its_mind_takes_its_earlier_answer_back(lead, critical, make, clock):
    lead.open(f"{here(critical)}/1/agreement")
    lead.press("Record the answer", answer="reject", comment="Too harsh", **AGREED, **DAY)
    lead.open(f"{here(critical)}/1/agreement")
    page = lead.press("Record the answer", **{**AGREED, "body": "police"}, **DAY)
    assert "Withdrawn by Robin Safeguarding Lead" in page.text
    assert counts(make, critical, clock)


def test_a_plain_question_can_be_agreed_too(lead, plain):
    lead.open(f"{here(plain)}/1/agreement")
    page = lead.press("Record the answer", **AGREED, **DAY)
    assert "The agreement is recorded for version 1." in page.text
    assert "Version 1: agreed" in page.text


def test_an_agreement_of_another_question_is_not_found(lead, plain, critical, make):
    with make.work("staff:lead") as work:
        row = editing.record_agreement(
            work, questions.version(work.session, critical, 1), body="Police", role="Lead", agreed_on=date(2026, 11, 1)
        )
        agreement_id = row.id
    lead.open(here(critical))
    assert lead.post(f"{here(plain)}/agreements/{agreement_id}/withdraw").status == 404
