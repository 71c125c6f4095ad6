"""The keyboard alone is enough, and it is always plain where it stands."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from quiz.records import answers, attempts
from tests.browser.conftest import DESK
from tests.browser.looking import Window
from tests.make import Made, Make

NAME = """() => {
  const here = document.activeElement
  return (here.labels?.[0] ?? here).innerText?.trim() ?? ""
}"""
ROUND = 8  # pixels around a thing in which its focus must show
BOX = """round => {
  const here = document.activeElement.getBoundingClientRect()
  const x = Math.max(here.x - round, 0), y = Math.max(here.y - round, 0)
  const right = Math.min(here.right + round, innerWidth), bottom = Math.min(here.bottom + round, innerHeight)
  return {x, y, width: right - x, height: bottom - y}
}"""
BLUR = "() => { window.was = document.activeElement; window.was.blur() }"
BACK = "() => window.was.focus({preventScroll: true})"


def focus_shows(page: Page) -> bool:
    """Whether the place of the focus looks other with it than without it."""
    box: Any = page.evaluate(BOX, ROUND)
    with_it = page.screenshot(clip=box, animations="disabled")
    page.evaluate(BLUR)
    without_it = page.screenshot(clip=box, animations="disabled")
    page.evaluate(BACK)
    return with_it != without_it


def tab_to(page: Page, name: str) -> None:
    """Tab on until the focus is on the thing of that name; it must be seen at every stop."""
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(NAME)
        assert focus_shows(page), f"nothing shows that {here!r} has the focus on {page.url}"
        if here == name:
            return
    raise AssertionError(f"Tab never came to {name!r} on {page.url}")


def test_from_the_front_page_to_the_second_question(window: Callable[..., Window], made: Made, make: Make) -> None:
    shown = window(DESK)
    page = shown.page
    shown.open("/", "Taxi driver safeguarding test")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    shown.meets("Sign in to the test")
    tab_to(page, "Licence or application number")
    page.keyboard.type(made.number)
    tab_to(page, "Access code")
    page.keyboard.type(made.code)
    page.keyboard.press("Enter")
    shown.meets("Before you start")
    tab_to(page, "I am the person named here, and I will keep to these rules")
    page.keyboard.press("Space")
    tab_to(page, "Start the test")
    page.keyboard.press("Space")
    shown.meets("Question 1 of 20")
    tab_to(page, page.locator("label[for=choice-1]").inner_text())
    page.keyboard.press("Space")
    if page.locator("#choice-2[type=checkbox]").count():
        tab_to(page, page.locator("label[for=choice-2]").inner_text())
        page.keyboard.press("Space")
    page.keyboard.press("Enter")  # inside the form, this is "Save and continue"
    shown.meets("Question 2 of 20")
    with make.reading() as session:
        running = attempts.unfinished(session, made.person_id, "driver")
        said = answers.said(session, running.id)
        assert ({one.position for one in said}, said[-1].confirmed) == ({1}, True)


def test_the_first_stop_skips_to_the_content(phone: Window) -> None:
    phone.open("/help", "Get help or report a concern")
    phone.page.keyboard.press("Tab")
    assert phone.page.evaluate(NAME) == "Skip to main content"
    assert phone.page.get_by_text("Skip to main content").bounding_box()["height"] > 20
    phone.page.keyboard.press("Enter")
    assert phone.page.evaluate("document.activeElement.id") == "main-content"
    phone.page.keyboard.press("Tab")
    assert phone.page.evaluate("document.activeElement.closest('main') !== null")


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(phone: Window) -> None:
    phone.open("/sign-in", "Sign in to the test")
    phone.press("Continue")
    expect(phone.page.locator(".govuk-error-summary")).to_be_focused()
    phone.keeps_its_promises()
    phone.follow("Enter your access code")
    assert phone.page.evaluate(NAME) == "Access code"
