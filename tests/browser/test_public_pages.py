"""Pages that everybody may open, on a small phone."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import create_engine

from quiz.actions.certificates import printed
from quiz.domain import numbers
from quiz.domain.limits import FREE_BY_ADDRESS
from quiz.domain.signed import Statement
from quiz.formats import signing
from quiz.records import certificates
from quiz.web.parts import Parts
from quiz.web.public import start
from tests.browser.looking import Window
from tests.make import Made, Make

PAGES = {
    "/help": "Get help or report a concern",
    "/contact": "Contact us",
    "/privacy": "Privacy",
    "/cookies": "Cookies",
    "/accessibility": "Accessibility statement",
    "/verify": "Check a certificate",
    "/handbook": "Handbook",
    "/handbook/what-to-do": "What to do, and what never to do",
    "/handbook/print": "The whole handbook",
    "/handbook/search?words=promise": "Search the handbook",
    "/handbook/search?words=xyzzy": "Search the handbook",
    "/practice": "Practise for the test",
    "/nowhere": "Page not found",
    "/sign-out": "This page cannot be opened that way",
}


@pytest.mark.parametrize(("path", "heading"), PAGES.items(), ids=PAGES)
def test_a_page(phone: Window, path: str, heading: str) -> None:
    phone.open(path, heading)
    phone.keeps_its_promises()


def test_every_chapter_fits_a_small_phone(phone: Window) -> None:
    phone.open("/handbook", "Handbook")
    chapters = phone.page.locator("main h2 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(chapters) == 18
    for path in chapters:
        phone.page.goto(path)
        phone.fits()


def test_practice_on_a_small_phone(phone: Window) -> None:
    phone.open("/practice", "Practise for the test")
    phone.press("Start practising")
    phone.meets("Practice question 1 of 10")
    phone.keeps_its_promises()
    phone.press("See the answer")
    expect(phone.page.locator(".govuk-error-summary")).to_be_visible()
    phone.meets("Practice question 1 of 10")
    phone.keeps_its_promises()
    boxes = phone.page.locator("input[name=choice]")
    for place in range(2 if boxes.first.get_attribute("type") == "checkbox" else 1):
        boxes.nth(place).check()
    phone.press("See the answer")
    expect(phone.page.locator("h1")).to_have_text(re.compile("^That is (not )?right$"))
    phone.keeps_its_promises()
    phone.open(phone.page.url.split("/practice/")[0] + "/practice/question?round=7&done=1010101010", "You got 5 of 10")
    phone.keeps_its_promises()


def test_a_certificate_that_is_known(phone: Window, made: Made, make: Make) -> None:
    attempt_id = make.attempt(made)
    with make.reading() as session:
        number = numbers.show(certificates.of_attempt(session, attempt_id).number)
    phone.open("/verify", "Check a certificate")
    phone.page.get_by_label("Certificate number").fill(number.lower().replace("-", " "))
    phone.press("Check")
    phone.meets("This certificate is from a trial")
    assert "Sam Driver" not in phone.page.content()
    phone.keeps_its_promises()
    phone.page.get_by_label("Surname on the certificate").fill("Other")
    phone.press("Show the name")
    phone.meets("This certificate is from a trial")
    phone.keeps_its_promises()
    phone.page.get_by_label("Surname on the certificate").fill("driver")
    phone.press("Show the name")
    phone.meets("This certificate is from a trial")
    assert "Sam Driver" in phone.page.inner_text("main")
    phone.keeps_its_promises()


def test_a_certificate_that_is_not_known(phone: Window) -> None:
    phone.open("/verify", "Check a certificate")
    phone.page.get_by_label("Certificate number").fill("not a number")
    phone.press("Check")
    phone.meets("Check a certificate")
    phone.keeps_its_promises()
    phone.open("/verify/AAAAA-AAAAA-AAAAA", "We do not know this number")
    phone.keeps_its_promises()


def test_somebody_who_guesses_waits(phone: Window) -> None:
    for _ in range(FREE_BY_ADDRESS + 1):
        phone.page.request.get("/verify/AAAAA-AAAAA-AAAAA")
    phone.open("/verify/AAAAA-AAAAA-AAAAA", "Wait a little, then try again")
    phone.keeps_its_promises()


def test_our_fault(phone: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("made to fail")

    monkeypatch.setattr(start, "support", broken)
    phone.open("/contact", "Sorry, something went wrong")
    phone.keeps_its_promises()


def test_records_out_of_reach(phone: Window, app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    parts: Parts = app.extensions["quiz"]
    nothing = create_engine("sqlite:////nowhere/quiz.db")
    monkeypatch.setitem(app.extensions, "quiz", Parts(**{**vars(parts), "engine": nothing}))
    phone.open("/contact", "This page cannot be shown right now")
    phone.keeps_its_promises()


def test_a_scanned_code_is_checked_without_a_touch_and_leaves_the_address(
    phone: Window, app: Flask, made: Made, make: Make
) -> None:
    attempt_id = make.attempt(made)
    with make.reading() as session:
        text = printed(certificates.of_attempt(session, attempt_id))
    parts: Parts = app.extensions["quiz"]
    signed = signing.sign(parts.signing().signer, Statement(text.number, text.issued_on, text.expires_on, text.mark))
    phone.page.goto(f"/verify/{numbers.show(text.number)}#{signed.text()}")
    phone.page.wait_for_url("**/code")
    phone.meets("This certificate is from a trial")
    expect(phone.page.get_by_text("The code in the QR picture is genuine.")).to_be_visible()
    phone.keeps_its_promises()
    phone.page.go_back()
    assert "#" not in phone.page.url
