"""A driver's whole errand, page by page, by the words on the buttons."""

from tests.make import Clock, Made, Make
from tests.page import Browser


def begin(driver: Browser) -> str:
    """Through the page before the start; gives the address of the first question."""
    driver.press("Start the test", declared=True)
    return driver.page.path


def test_a_driver_passes_and_keeps_certificate_and_card(driver: Browser, made: Made, make: Make, clock: Clock) -> None:
    assert driver.page.heading == "Before you start"
    begin(driver)
    assert driver.page.heading == "Question 1 of 20"
