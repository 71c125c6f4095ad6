"""Wrong, replaced and expired codes, unknown licences, and people who guess."""

from collections.abc import Callable
from datetime import date

import pytest

from quiz.domain.licence import Kind
from quiz.records import limits
from tests.make import Clock, Made, Make
from tests.page import Browser, Page

Browse = Callable[[], Browser]
WRONG = "The licence number and the access code do not belong together, or the code has ended. Check both"


def try_to(browser: Browser, licence: str, code: str) -> Page:
    """One try at the sign-in page."""
    browser.open("/sign-in")
    return browser.press("Continue", licence=licence, code=code)


@pytest.mark.parametrize("spelling", ["PH 0012", "ph-0012", " ph0012 ", "P.H./00-12"])
def test_a_licence_in_any_spelling_is_accepted(browse: Browse, make: Make, spelling: str) -> None:
    made = make.driver(number="PH0012")
    assert try_to(browse(), spelling, made.code.lower().replace("-", " ")).heading == "Before you start"


def test_wrong_replaced_expired_and_unknown_get_one_and_the_same_message(
    browse: Browse, make: Make, made: Made, clock: Clock
) -> None:
    old = make.driver(deadline=date(2026, 11, 30))
    newer = make.code(made)
    clock.pass_by(days=10)
    pages = [
        try_to(browse(), "NOBODY1", newer),
        try_to(browse(), made.number, made.code),
        try_to(browse(), made.number, "AAAAA-AAAAA-AAAAA"),
        try_to(browse(), old.number, old.code),
    ]
    assert {page.status for page in pages} == {200}
    assert {tuple(page.errors) for page in pages} == {(WRONG,)}


def test_a_code_signs_in_only_its_own_driver_even_among_equal_numbers(browse: Browse, make: Make) -> None:
    make.driver(name="Ann One", number="77", kind=Kind.HACKNEY)
    two = make.driver(name="Bea Two", number="77", kind=Kind.PRIVATE_HIRE)
    assert "Bea Two" in try_to(browse(), "77", two.code).text


def test_guessing_is_slowed_down_but_nobody_is_locked_out(browse: Browse, make: Make, made: Made, clock: Clock) -> None:
    browser = browse()
    for _ in range(5):
        assert try_to(browser, made.number, "WRONG").status == 200
    slowed = try_to(browser, made.number, made.code)
    assert slowed.status == 429 and "You are not locked out" in slowed.errors[0]
    assert slowed.field_for("Licence or application number")["value"] == made.number
    clock.pass_by(seconds=3)
    assert try_to(browser, made.number, made.code).heading == "Before you start"


def test_numbers_that_do_not_exist_are_slowed_down_alike(browse: Browse, clock: Clock) -> None:
    browser = browse()
    for _ in range(5):
        assert try_to(browser, "NOBODY1", "WRONG").status == 200
    assert try_to(browser, "NOBODY1", "WRONG").status == 429


def test_officers_are_told_when_a_number_is_tried_again_and_again(
    browse: Browse, make: Make, made: Made, clock: Clock
) -> None:
    browser = browse()
    for _ in range(10):
        try_to(browser, made.number, "WRONG")
        clock.pass_by(minutes=6)
    with make.reading() as session:
        found = limits.alerts(session, clock.now.replace(hour=0))
    assert [(alert.person_id, alert.count) for alert in found] == [(made.person_id, 10)]


def test_the_page_keeps_the_number_but_never_the_code_in_its_address(browse: Browse, made: Made) -> None:
    page = try_to(browse(), made.number, made.code)
    assert made.code not in page.path and made.number not in page.path
