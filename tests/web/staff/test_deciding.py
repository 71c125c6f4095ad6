"""Officers decide on pages that say what will happen; drivers read what was decided, and no more."""

from collections.abc import Callable

import pytest

from quiz.domain import numbers
from quiz.records import certificates
from tests.make import Made, Make
from tests.page import Browser


def record(made: Made) -> str:
    return f"/staff/drivers/{made.person_id}"


def signed_in(browse: Callable[[], Browser], made: Made) -> Browser:
    """The driver, now."""
    browser = browse()
    browser.open("/sign-in")
    browser.press("Continue", licence=made.number, code=made.code)
    return browser


def number_of(make: Make, attempt_id: object) -> str:
    with make.reading() as session:
        return numbers.show(certificates.of_attempt(session, attempt_id).number)


def test_a_test_is_set_aside_and_the_driver_reads_it(
    officer: Browser, browse: Callable[[], Browser], made: Made, make: Make
) -> None:
    make.attempt(made, right=3)
    officer.open(record(made))
    officer.follow(next(words for words in officer.page.links if words.startswith("Set this test aside")))
    assert "It no longer counts as a try." in officer.page.text
    page = officer.press("Record the decision", reason="technical", told="The lights went out.", note="Ask Pat")
    assert "The decision is recorded" in page.text
    assert "Test set aside" in page.text and "A technical fault spoilt the test" in page.text and "Ask Pat" in page.text
    told = signed_in(browse, made).page
    assert told.heading == "Before you start"
    assert "The lights went out." in told.text and "Ask Pat" not in told.text


def test_another_try_is_allowed(officer: Browser, browse: Callable[[], Browser], made: Made, make: Make) -> None:
    make.attempt(made, right=3)
    officer.open(record(made))
    officer.press("Allow another try")
    officer.press("Record the decision", reason="learned", told="You took the course.")
    page = signed_in(browse, made).open("/result")
    assert "Decisions about you" in page.text and "You took the course." in page.text
    assert "You can try again now" in page.text


def test_a_running_test_gets_more_time(officer: Browser, driver: Browser, made: Made) -> None:
    driver.press("Start the test", declared="y")
    officer.open(record(made))
    officer.follow("Give more time")
    page = officer.press("Record the decision", minutes="x", reason="interrupted")
    assert page.errors == ["Enter a number of minutes from 1 to 120"]
    officer.press("Record the decision", minutes="10", reason="interrupted")
    assert "55 minutes" in driver.open(driver.page.path).text


def test_a_certificate_is_withdrawn_for_ever_and_nobody_outside_learns_why(
    officer: Browser, browse: Callable[[], Browser], made: Made, make: Make
) -> None:
    number = number_of(make, make.attempt(made))
    officer.open(record(made))
    officer.follow(f"Withdraw {number}")
    officer.press("Record the decision", reason="fraud", told="Please ring us.")
    page = browse().open(f"/verify/{number}")
    assert page.heading == "This certificate is not valid" or "trial" in page.heading
    assert "Not valid since 23 November 2026" in page.text
    assert "dishonest" not in page.text and "Please ring us" not in page.text
    assert officer.open(f"{record(made)}/certificates/{number}/revoke").status == 404


def test_whoever_lost_the_certificate_is_not_told_of_a_pass_and_may_try_again(
    officer: Browser, browse: Callable[[], Browser], made: Made, make: Make
) -> None:
    number = number_of(make, make.attempt(made))
    officer.open(record(made))
    officer.follow(f"Withdraw {number}")
    page = officer.press("Record the decision", reason="fraud", told="Please ring us.")
    assert "Next try: Now. 3 tries are left." in page.text
    driver = signed_in(browse, made)
    page = driver.open("/result")
    assert page.heading == "Your pass does not count any more"
    assert "withdrawn on 23 November 2026" in page.text and "Please ring us." in page.text
    assert "Your certificate:" not in page.text and "You can try again now. You have 3 tries left." in page.text
    assert driver.follow("Continue").heading != "You have passed this test"
    assert "Start the test" in driver.page.text


def test_a_certificate_is_replaced(officer: Browser, browse: Callable[[], Browser], made: Made, make: Make) -> None:
    attempt_id = make.attempt(made)
    old = number_of(make, attempt_id)
    officer.open(f"{record(made)}/details")
    officer.press("Save", name="Sam Married")
    officer.open(record(made))
    officer.follow(f"Replace {old}")
    officer.press("Record the decision", reason="name", told="You have a new one.")
    new = number_of(make, attempt_id)
    assert new != old
    assert "Not valid since" in browse().open(f"/verify/{old}").text
    page = signed_in(browse, made).open(f"/result/{attempt_id}/certificate")
    assert new in page.text and "Sam Married" in page.text


def test_what_is_missing_is_said(officer: Browser, made: Made, make: Make) -> None:
    make.attempt(made, right=3)
    officer.open(f"{record(made)}/another-try")
    page = officer.press("Record the decision", told="")
    assert page.errors == ["Choose a reason", "Write what they are told"]


@pytest.mark.parametrize("what", ["attempts/{}/set-aside", "attempts/{}/extend"])
def test_nothing_of_another_driver_is_found(officer: Browser, made: Made, make: Make, what: str) -> None:
    theirs = make.attempt(make.driver(), right=3)
    assert officer.open(f"{record(made)}/{what.format(theirs)}").status == 404
