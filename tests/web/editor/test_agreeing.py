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
    lead.follow("Record an agreement for version 1")
    page = lead.press("Record the agreement", **AGREED, **DAY)
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
    lead.press("Record the agreement", **AGREED, **DAY)
    lead.page = form
    again = lead.press("Record the agreement", **AGREED, **DAY)
    assert (again.status, again.heading) == (409, "This agreement is recorded already")


def test_what_is_missing_is_said(lead, critical):
    lead.open(f"{here(critical)}/1/agreement")
    page = lead.press("Record the agreement")
    assert page.errors == [
        "Enter the body that agreed", "Enter the role, not the name", "Enter the day of the agreement",
    ]  # fmt: skip
    page = lead.press("Record the agreement", **AGREED, **{"agreed_on-year": 2027})
    assert page.errors == ["The day of the agreement must be today or earlier"]
    page = lead.press("Record the agreement", **AGREED, **{"agreed_on-year": "soon"})
    assert page.errors == ["Day of the agreement must be a real date, for example 21 11 2026"]


def test_a_new_version_needs_an_agreement_of_its_own(editor, lead, critical, make):
    lead.open(f"{here(critical)}/1/agreement")
    lead.press("Record the agreement", **AGREED, **DAY)
    send(editor, critical)
    page = lead.open(here(critical))
    assert "Version 2: no agreement" in page.text and "Version 1: agreed" in page.text


def test_only_critical_questions_have_agreements(lead, plain):
    assert "Agreements" not in lead.open(here(plain)).text
    assert lead.open(f"{here(plain)}/1/agreement").status == 404


def test_an_agreement_of_another_question_is_not_found(lead, plain, critical, make):
    with make.work("staff:lead") as work:
        row = editing.agree(
            work, questions.version(work.session, critical, 1), body="Police", role="Lead", agreed_on=date(2026, 11, 1)
        )
        agreement_id = row.id
    lead.open(here(critical))
    assert lead.post(f"{here(plain)}/agreements/{agreement_id}/withdraw").status == 404
