"""The live page of a test session updates by itself, keeps the focus, and fits six drivers on a laptop."""

from collections.abc import Callable

from playwright.sync_api import expect

from quiz.domain.roles import Role
from tests.browser.conftest import begin, staff_sign_in
from tests.browser.looking import Window
from tests.make import Make

LAPTOP = {"width": 1366, "height": 768}


def test_six_drivers_on_a_laptop_and_a_start_that_shows_by_itself(window: Callable[..., Window], make: Make) -> None:
    sitting_id = make.sitting()
    drivers = [make.driver(name=f"Driver Number{n}", supervised=True) for n in range(6)]
    for n, one in enumerate(drivers):
        _, word = make.seat(one, sitting_id, let_in=n < 5)
    desk = window(LAPTOP)
    staff_sign_in(desk.page, make, Role.INVIGILATOR)
    desk.page.clock.install()
    desk.open(f"/staff/sessions/{sitting_id}", "Session: Room 1")
    last = desk.page.locator("#live tbody tr").last
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= LAPTOP["height"]
    desk.keeps_its_promises()
    held = desk.page.locator("#live tbody tr").nth(4).get_by_role("button")
    held.focus()

    phone = window()
    begin(phone.page, drivers[0], word)
    desk.page.clock.run_for(11_000)
    expect(desk.page.locator("#live tbody tr").first).to_contain_text("Started")
    expect(held).to_be_focused()
    desk.page.locator("#live tbody tr").first.get_by_role("button", name="Pause").click()
    expect(desk.page.locator("#live tbody tr").first).to_contain_text("Paused")
    phone.meets("Get help or report a concern")  # by itself
    expect(phone.page.get_by_text("The person in charge has stopped your clock.")).to_be_visible()
    phone.keeps_its_promises()
    desk.page.locator("#live tbody tr").first.get_by_role("button", name="Start the clock").click()
    phone.meets("Question 1 of 20")
    desk.page.locator("#live tbody tr").first.get_by_role("link", name="End the test").click()
    desk.page.get_by_label("Illness or an emergency").check()
    desk.page.get_by_label("In your own words").fill("Unwell, went home.")
    desk.press("End the test")
    phone.meets("You did not pass this time")
