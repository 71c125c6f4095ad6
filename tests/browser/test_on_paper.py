"""What comes out of a printer: the content, and nothing that is only for a screen."""

from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.looking import Window
from tests.make import Made, Make

ONLY_ON_SCREEN = (
    ".govuk-skip-link",
    ".govuk-service-navigation",
    ".quiz-account",
    ".govuk-back-link",
    ".govuk-footer",
    ".govuk-button",
)


def test_result_certificate_and_card_print_without_the_frame(phone: Window, made: Made, make: Make) -> None:
    make.attempt(made)
    page = phone.page
    sign_in(page, made)
    for heading in ("You passed", "Your certificate", "Your contact card"):
        if heading != "You passed":
            page.goto("/result")
            page.locator("main").get_by_role("link", name=heading).first.click()
        phone.meets(heading)
        page.emulate_media(media="print")
        for part in ONLY_ON_SCREEN:
            for one in page.locator(part).all():
                expect(one).to_be_hidden()
        expect(page.get_by_text("Chorley Council").first).to_be_visible()
        expect(page.get_by_text("Sam Driver").locator("visible=true").first).to_be_visible()
        page.emulate_media(media="screen")


def test_the_handbook_prints_without_the_frame(phone: Window) -> None:
    phone.open("/handbook/print", "The whole handbook")
    phone.page.emulate_media(media="print")
    for part in (".govuk-footer", ".govuk-service-navigation", ".quiz-print"):
        expect(phone.page.locator(part)).to_be_hidden()
    expect(phone.page.get_by_role("heading", level=2).first).to_be_visible()
