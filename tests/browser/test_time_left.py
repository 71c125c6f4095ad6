"""Time left: there for who wants it, out of the way of who does not."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import begin
from tests.browser.looking import Window
from tests.make import Clock, Made

SPEAKS = "[aria-live], [role=timer], [role=status], [role=alert], [role=log]"


def test_folded_away_it_stays_folded_on_the_next_question(phone: Window, made: Made) -> None:
    page = phone.page
    begin(page, made)
    expect(page.get_by_text("45 minutes")).to_be_visible()
    page.get_by_text("Time left").click()
    expect(page.get_by_text("45 minutes")).to_be_hidden()
    phone.press("Save and continue")
    phone.meets("Question 2 of 20")
    expect(page.get_by_text("45 minutes")).to_be_hidden()
    phone.fits()
    page.get_by_text("Time left").click()
    phone.press("Save and continue")
    phone.meets("Question 3 of 20")
    expect(page.get_by_text("45 minutes")).to_be_visible()


def test_without_script_it_folds_all_the_same(window: Callable[..., Window], made: Made) -> None:
    page = window(java_script_enabled=False).page
    begin(page, made)
    page.get_by_text("Time left").click()
    expect(page.get_by_text("45 minutes")).to_be_hidden()


def test_it_counts_whole_minutes_silently_and_leaves_the_focus_alone(phone: Window, made: Made, clock: Clock) -> None:
    page = phone.page
    page.clock.install()
    begin(page, made)
    page.locator("[name=choice]").first.focus()
    page.clock.run_for("03:10")
    expect(page.locator(".quiz-time div")).to_have_text("42 minutes")
    assert page.evaluate("document.activeElement.name") == "choice"
    assert page.evaluate(f"document.querySelector('.quiz-time div').closest('{SPEAKS}')") is None
    page.clock.run_for("41:00")
    expect(page.locator(".quiz-time div")).to_have_text("less than 1 minute")
    clock.pass_by(minutes=46)  # the page asks before it says that time is up
    page.clock.run_for("01:00")
    expect(page.locator(".quiz-time div")).to_have_text("Your time is up. Your saved answers count.")
    assert page.evaluate("document.activeElement.name") == "choice"


def test_the_last_minutes_are_said_once_each_and_nothing_between(phone: Window, made: Made) -> None:
    page = phone.page
    page.clock.install()
    begin(page, made)
    said, spoken = page.locator("#time-said"), []
    for minutes in ("34:00", "02:00", "02:00", "03:00", "02:00", "01:30"):
        page.clock.run_for(minutes)
        spoken.append(said.text_content())
    assert spoken == ["", "10 minutes left", "10 minutes left", "5 minutes left", "5 minutes left", "1 minute left"]
    phone.press("Save and continue")
    phone.meets("Question 2 of 20")
    expect(said).to_have_text("")


def test_the_devices_clock_has_no_say(phone: Window, made: Made, clock: Clock) -> None:
    page = phone.page
    page.add_init_script("const now = Date.now; Date.now = () => now() + (window.moved || 0)")
    begin(page, made)
    page.evaluate("window.moved = 3 * 3600 * 1000")
    page.wait_for_timeout(5500)
    expect(page.locator(".quiz-time div")).to_have_text("45 minutes")
    clock.pass_by(minutes=20)  # the phone slept: its page comes back and asks
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".quiz-time div")).to_have_text("25 minutes")
