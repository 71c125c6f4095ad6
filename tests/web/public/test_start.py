"""The front door and the pages that every public service must have."""

from dataclasses import replace
from datetime import date

import pytest

from quiz.actions import contacts as actions
from quiz.settings import Privacy

PAGES = ("/", "/help", "/contact", "/privacy", "/accessibility", "/cookies", "/handbook")


def test_the_start_page_says_what_the_test_is(browse):
    page = browse().open("/")
    assert page.heading == "Taxi driver safeguarding test"
    assert "It asks what you would do to keep passengers safe." in page.text
    assert "20 questions. You have 45 minutes. You need 16 right answers." in page.text


def test_the_start_page_tells_the_unsafe_rule_and_both_rules_of_place(browse):
    text = browse().open("/").text
    assert "If you choose one, you do not pass this time, even with 16 right answers." in text
    assert "At home: you may use the handbook. Nobody may help you choose answers." in text
    assert "At the office: you may not use the handbook or a phone." in text


def test_the_start_page_warns_of_its_subject_and_names_who_helps(browse):
    page = browse().open("/")
    assert "Some questions are about child abuse and violence. You can stop and get help at any time." in page.text
    assert "Need more time, a reader or breaks? Tell us before you start: 01257 515151." in page.text
    assert page.links["01257 515151"] == "tel:01257515151"


def test_continue_leads_to_the_sign_in(browse):
    browser = browse()
    browser.open("/")
    assert browser.press("Continue").path == "/sign-in"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_the_pages_at_its_foot(browse, path):
    browser = browse()
    page = browser.open(path)
    links = [link.get_text() for link in page.soup.select("footer a")]
    assert links == [
        "Get help",
        "Handbook",
        "Practice",
        "Contact",
        "Accessibility statement",
        "Privacy",
        "Cookies",
        "Council staff",
    ]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_pilot_says_so(browse, path):
    assert "PILOT" in browse().open(path).soup.header.get_text()


def test_help_begins_with_danger_now(browse):
    page = browse().open("/help")
    assert "Do not report here: this website does not pass on reports." in page.text
    assert page.text.index("999") < page.text.index("101") < page.text.index("0300 123 6720")
    assert "On a mobile, stay on the line and press 55 when asked." in page.text
    assert "You do not need proof." in page.text
    assert "Are you under 19 and need help? Childline 0800 1111" in page.text


def test_a_changed_number_is_on_every_page_at_once(browse, make):
    browser = browse()
    assert "0800 555 111" in browser.open("/help").text
    with make.work("staff:1") as work:
        words = {"name": "Crimestoppers", "purpose": "No name needed", "note": "", "email": ""}
        actions.change(work, "crimestoppers", number="0800 000 001", **words)
    assert "0800 000 001" in browser.open("/help").text
    assert "0800 000 001" in browser.open("/handbook/who-to-tell").text


def test_an_unfinished_privacy_notice_says_so(browse):
    assert "This notice is not finished." in browse().open("/privacy").text


def test_a_finished_privacy_notice_says_what_the_council_wrote(app, browse):
    parts = app.extensions["quiz"]
    notice = Privacy(
        controller="Testford Council",
        contact="dpo@testford.example",
        retention_months=84,
        lawful_basis="A task in the public interest.",
        notice_written_on=date(2026, 11, 1),
    )
    app.extensions["quiz"] = replace(parts, settings=replace(parts.settings, privacy=notice))
    text = browse().open("/privacy").text
    assert "not finished" not in text
    assert "84 months after your licence ends" in text
    assert "wrote this notice on 1 November 2026" in text


def test_the_cookie_page_names_the_cookie_that_is_set(browse):
    browser = browse()
    name = browser.open("/sign-in").response.headers["Set-Cookie"].partition("=")[0]
    assert name in browser.open("/cookies").text


def test_the_accessibility_statement_does_not_claim_an_audit(browse):
    assert "Nobody outside has audited it yet" in browse().open("/accessibility").text


def test_a_page_has_nothing_of_the_crown(browse):
    html = browse().open("/").response.get_data(as_text=True).lower()
    assert not [mark for mark in ("crown", "crest", "ogl", "gov.uk") if f">{mark}" in html or f"-{mark}" in html]
