"""Officers agree adjustments on the record; drivers meet them without asking."""

from collections.abc import Callable

from tests.make import Made
from tests.page import Browser


def record(made: Made) -> str:
    return f"/staff/drivers/{made.person_id}"


def agree(officer: Browser, made: Made, what: str) -> None:
    officer.open(record(made))
    officer.follow("Agree an adjustment")
    officer.press("Agree it", what=what)


def signed_in(browse: Callable[[], Browser], made: Made) -> Browser:
    browser = browse()
    browser.open("/sign-in")
    browser.press("Continue", licence=made.number, code=made.code)
    return browser


def test_extra_time_is_agreed_told_and_given(officer: Browser, browse: Callable[[], Browser], made: Made) -> None:
    agree(officer, made, "extra-time:50")
    assert "Half as much time again" in officer.page.text and "no evidence asked for" in officer.page.text
    driver = signed_in(browse, made)
    assert "You have 68 minutes" in driver.page.text and "Half as much time again" in driver.page.text
    driver.press("Start the test", declared="y")
    assert "68 minutes" in driver.page.text
    assert "Half as much time again" in officer.open(record(made)).text


def test_no_time_limit_says_so(officer: Browser, browse: Callable[[], Browser], made: Made) -> None:
    agree(officer, made, "extra-time:no-limit")
    assert "There is no time limit" in signed_in(browse, made).page.text


def test_large_text_and_contrast_dress_the_pages_of_this_driver_only(
    officer: Browser, browse: Callable[[], Browser], made: Made
) -> None:
    agree(officer, made, "large-text:")
    agree(officer, made, "high-contrast:")
    driver = signed_in(browse, made)
    assert {"quiz-large-text", "quiz-high-contrast"} <= set(driver.page.soup.html["class"])
    assert "quiz-large-text" not in driver.open("/").soup.html["class"]


def test_breaks_give_the_question_page_a_way_to_them(
    officer: Browser, browse: Callable[[], Browser], made: Made
) -> None:
    agree(officer, made, "breaks:10")
    driver = signed_in(browse, made)
    driver.press("Start the test", declared="y")
    page = driver.follow("I need a break")
    assert "3 more times, for 20 minutes in all" in page.text
    assert "You can take 5 more, 10 minutes in all." in page.text
    page = driver.press("Take a break")
    assert "Your clock has stopped." in page.text and "in 10 minutes" in page.text


def test_an_adjustment_is_ended(officer: Browser, made: Made) -> None:
    agree(officer, made, "reader:")
    page = officer.press("End: A reader")
    assert "Ended on 23 November 2026" in page.text


def test_what_is_missing_is_said(officer: Browser, made: Made) -> None:
    officer.open(f"{record(made)}/adjustments/agree")
    assert officer.press("Agree it").errors == ["Choose what was agreed"]
    page = officer.press("Agree it", **{"what": "reader:", "until-day": 1, "until-month": 1, "until-year": 2020})
    assert page.errors == ["The last day must be today or later"]
