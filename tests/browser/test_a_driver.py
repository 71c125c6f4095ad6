"""The driver's whole journey in a real browser: small phone and desk, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quiz.records import attempts
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import Window
from tests.make import Made, Make

PDFS = {
    "certificate (PDF)": "safeguarding-certificate.pdf",
    "card (PDF)": "contact-card.pdf",
    "sheet to cut out (PDF)": "contact-card-to-cut-out.pdf",
}


def right_answers(make: Make, made: Made) -> dict[int, list[str]]:
    """By position, the values that are right on the page."""
    with make.reading() as session:
        running = attempts.unfinished(session, made.person_id, "driver")
        sheet = attempts.paper(session, made.person_id, running.id)
        return {position: values for position, values, _ in make.choices(session, sheet, right=20)}


def choose(page: Page, values: list[str]) -> None:
    """Tick the options by their words, as a driver finds them."""
    for value in values:
        words = page.locator(f"label[for=choice-{value}]").inner_text()
        page.get_by_label(words, exact=True).check()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_driver_takes_the_test_and_keeps_the_papers(
    window: Callable[..., Window], make: Make, made: Made, size: dict[str, int], script: bool
) -> None:
    # axe needs a page that may run scripts. The markup is the same without; so is all that it could find.
    shown = window(size, java_script_enabled=script)
    page = shown.page
    shown.open("/", "Taxi driver safeguarding test")
    shown.keeps_its_promises(with_axe=script)
    shown.press("Continue")
    shown.meets("Sign in to the test")
    shown.keeps_its_promises(with_axe=script)
    page.get_by_label("Licence or application number").fill(f" {made.number.lower()} ")
    page.get_by_label("Access code").fill(made.code)
    shown.press("Continue")
    shown.meets("Before you start")
    shown.keeps_its_promises(with_axe=script)
    page.get_by_label("I am the person named here, and I will keep to these rules").check()
    shown.press("Start the test")
    kinds: set[int] = set()
    for position, values in sorted(right_answers(make, made).items()):
        shown.meets(f"Question {position} of 20")
        choose(page, values)
        shown.fits() if len(values) in kinds else shown.keeps_its_promises(with_axe=script)
        kinds.add(len(values))
        shown.press("Save and continue")
    shown.meets("Check your answers")
    expect(page.get_by_text("You have answered 20 of 20 questions.")).to_be_visible()
    shown.keeps_its_promises(with_axe=script)
    shown.press("Send in my answers")
    shown.meets("You passed")
    shown.keeps_its_promises(with_axe=script)
    keeps_the_files(page)
    shown.follow("Your certificate")
    shown.meets("Your certificate")
    shown.keeps_its_promises(with_axe=script)
    shown.follow("Back")
    shown.follow("Your contact card: whom to ring")
    shown.meets("Your contact card")
    shown.keeps_its_promises(with_axe=script)


def keeps_the_files(page: Page) -> None:
    """The links of the result hand over files of their kinds. Chromium shows a PDF in a viewer of its own."""
    for words, name in PDFS.items():
        found = page.request.get(page.get_by_role("link", name=words, exact=True).get_attribute("href") or "")
        assert found.body().startswith(b"%PDF-") and name in found.headers["content-disposition"]
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Put the numbers into your phone").click()
    assert waiting.value.suggested_filename == "safeguarding-numbers.vcf"
    assert waiting.value.path().read_bytes().startswith(b"BEGIN:VCARD")
