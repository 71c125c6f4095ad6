"""Reading a question aloud: with a voice of the device only, and for everybody without asking."""

from playwright.sync_api import expect

from tests.browser.conftest import begin
from tests.browser.looking import Window
from tests.make import Made

# A device with these voices, which notes what it is told to say.
DEVICE = """
window.spoken = []
const voices = %s
class Said { constructor(text) { this.text = text } addEventListener() {} }
const speech = {
  getVoices: () => voices, addEventListener: () => {}, cancel: () => window.spoken.push("(quiet)"),
  speak: said => window.spoken.push(said.text),
}
Object.defineProperty(window, "speechSynthesis", { value: speech })
window.SpeechSynthesisUtterance = Said
"""
OWN = '[{ lang: "en-GB", localService: true }]'
FOREIGN = '[{ lang: "pl-PL", localService: true }, { lang: "en-GB", localService: false }]'


def test_question_and_options_are_read_and_fall_silent_again(phone: Window, made: Made) -> None:
    phone.page.add_init_script(DEVICE % OWN)
    begin(phone.page, made)
    phone.press("Listen")
    spoken = " ".join(phone.page.evaluate("window.spoken"))
    stem = phone.page.locator("legend").inner_text()
    assert stem[:30] in spoken and "Choose" in spoken
    for n, label in enumerate(phone.page.locator(".govuk-label[for^=choice]").all_inner_texts(), 1):
        assert f"{n}. {label}" in spoken
    phone.keeps_its_promises()
    phone.press("Stop listening")
    assert phone.page.evaluate("window.spoken.at(-1)") == "(quiet)"
    expect(phone.page.get_by_role("button", name="Listen", exact=True)).to_be_visible()


def test_without_an_english_voice_of_its_own_a_device_offers_nothing(phone: Window, made: Made) -> None:
    phone.page.add_init_script(DEVICE % FOREIGN)
    begin(phone.page, made)
    phone.meets("Question 1 of 20")
    expect(phone.page.locator("#listen")).to_have_count(0)
