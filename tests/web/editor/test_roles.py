"""Who may do what with questions."""

import pytest

from tests.web.editor.steps import here, send

READING = ("/editor", "/editor/sources", "{}", "{}/1", "{}/1/preview")
WRITING = ("/editor/questions/new", "{}/edit")


def test_an_auditor_reads_and_is_told_why_there_is_no_button(auditor, critical):
    for path in READING:
        assert auditor.open(path.format(here(critical))).status == 200
    page = auditor.open(here(critical))
    assert "Your role reads questions and cannot change them." in page.text
    assert "Your role reads questions and does not review them." in page.text
    assert not page.soup.select("main form")


def test_an_auditor_changes_nothing(auditor, critical):
    auditor.open(here(critical))
    for path in ("1/send", "1/review", "suspend", "ask-back", "bring-back", "1/agreement"):
        assert auditor.post(f"{here(critical)}/{path}").status in (400, 403)
    for path in WRITING:
        assert auditor.open(path.format(here(critical))).status == 403


def test_officers_and_administrators_see_no_questions(officer, administrator, critical):
    for path in (*READING, *WRITING, "/editor/next"):
        assert officer.open(path.format(here(critical))).status == 403
        assert administrator.open(path.format(here(critical))).status == 403


def test_nobody_who_is_not_signed_in_sees_a_question(browse, critical):
    page = browse().open(here(critical))
    assert page.path.startswith("/staff/sign-in")


def test_a_lead_reviews_but_does_not_write(lead, editor, critical):
    send(editor, critical)
    page = lead.open(here(critical))
    assert "Editors write new versions." in page.text and page.button("Approve")
    for path in WRITING:
        assert lead.open(path.format(here(critical))).status == 403


@pytest.mark.parametrize("number", [1, 2])
def test_the_preview_shows_what_a_driver_sees(editor, critical, number):
    send(editor, critical)
    page = editor.open(f"{here(critical)}/{number}/preview")
    assert len(page.choices) == 5  # four options and "Check this later"
    assert not any(word in page.text for word in ("unsafe", "Harm", "Why"))
    assert page.button("Save and continue")
