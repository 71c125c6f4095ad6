"""The pages that a driver meets when things go otherwise, on a small phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from quiz.actions import adjusting
from quiz.domain.adjustments import Kind
from quiz.records import attempts
from quiz.web import request
from tests.browser.conftest import begin, sign_in
from tests.browser.looking import Window
from tests.make import Clock, Made, Make


def test_not_passed(phone: Window, made: Made, make: Make) -> None:
    make.attempt(made, right=10)
    sign_in(phone.page, made)
    phone.meets("You did not pass this time")
    phone.keeps_its_promises()


def test_not_passed_because_of_an_unsafe_answer(phone: Window, made: Made, make: Make) -> None:
    make.agree_everything()
    make.attempt(made, right=19, unsafe=1)
    sign_in(phone.page, made)
    phone.meets("You did not pass this time")
    assert "because of an unsafe answer" in phone.page.inner_text("main")
    phone.keeps_its_promises()


def test_no_tries_left(phone: Window, made: Made, make: Make, clock: Clock) -> None:
    for _ in range(3):
        make.attempt(made, right=5)
        clock.pass_by(days=8)
    sign_in(phone.page, made)
    phone.meets("You did not pass this time")
    assert "You have used all your tries for now." in phone.page.inner_text("main")
    phone.keeps_its_promises()
    phone.open("/test/start", "You have used all your tries for now")
    phone.keeps_its_promises()


def test_time_up_then_the_result(phone: Window, made: Made, clock: Clock) -> None:
    begin(phone.page, made)
    clock.pass_by(minutes=45)
    phone.press("Save and continue")
    phone.meets("Your time ran out, so this answer was not saved")
    phone.keeps_its_promises()
    phone.follow("Go back to my test")
    phone.meets("Your time is up")
    phone.keeps_its_promises()
    clock.pass_by(seconds=30)
    phone.press("See my result")
    phone.meets("You did not pass this time")
    assert phone.refused() == [409]


def test_what_is_not_finished_is_named(phone: Window, made: Made) -> None:
    attempt_id = begin(phone.page, made)
    phone.page.get_by_label("Check this later").check()
    phone.press("Save and continue")
    phone.meets("Question 2 of 20")
    phone.open(f"/test/{attempt_id}/check", "Check your answers")
    phone.keeps_its_promises()
    phone.press("Send in my answers")
    phone.meets("You have not finished every question")
    phone.keeps_its_promises()
    phone.follow("Question 1")
    phone.meets("Question 1 of 20")
    phone.press("Save and continue")
    phone.meets("Check your answers")


def holding_two(make: Make) -> tuple[Made, str]:
    """A driver in the middle of a paper, and the address of a question on it that asks for two answers."""
    for _ in range(20):
        made = make.driver()
        attempt_id = make.attempt(made, finished=False)
        with make.reading() as session:
            sheet = attempts.paper(session, made.person_id, attempt_id)
            for position, _values, two in make.choices(session, sheet, right=20):
                if two:
                    return made, f"/test/{attempt_id}/{position}"
    raise AssertionError("twenty papers without a question that asks for two answers")


def test_choose_two_with_one_ticked(phone: Window, make: Make) -> None:
    made, address = holding_two(make)
    sign_in(phone.page, made)
    phone.page.goto(address)
    phone.page.locator("[name=choice]:checked").first.uncheck()
    phone.press("Save and continue")
    expect(phone.page.get_by_text("You chose 1 answer. This question needs exactly two.")).to_be_visible()
    phone.keeps_its_promises()


def test_help_inside_the_test(phone: Window, made: Made) -> None:
    begin(phone.page, made)
    phone.follow("Get help or report a concern")
    phone.meets("Get help or report a concern")
    phone.keeps_its_promises()
    to_ring = phone.page.locator("main a[href^='tel:']").all()
    assert min(link.bounding_box()["height"] for link in to_ring) >= 24
    assert [link.inner_text() for link in to_ring].count("999") == 1  # the other 999 takes texts: never ring it
    phone.press("Go back to my test")
    phone.meets("Question 1 of 20")


def test_large_text_and_high_contrast_from_start_to_pause(phone: Window, made: Made, make: Make) -> None:
    with make.work() as work:
        for kind, amount in ((Kind.LARGE_TEXT, ""), (Kind.HIGH_CONTRAST, ""), (Kind.BREAKS, "20")):
            adjusting.agree(work, made.person_id, "driver", kind, amount, evidence_seen=False, until=None)
    begin(phone.page, made)
    phone.keeps_its_promises()
    background = phone.page.evaluate("getComputedStyle(document.body).backgroundColor")
    link = phone.page.evaluate("getComputedStyle(document.querySelector('.quiz-help a')).color")
    assert (background, link) == ("rgb(0, 0, 0)", "rgb(0, 255, 255)"), "the council's own colours must not win"
    phone.follow("Get help or report a concern")
    phone.meets("Get help or report a concern")
    phone.keeps_its_promises()
    phone.press("Stop my clock")
    expect(phone.page.get_by_text("Your clock has stopped.")).to_be_visible()
    phone.keeps_its_promises()


def test_signed_out_because_signed_in_elsewhere(window: Callable[..., Window], made: Made) -> None:
    old, new = window(), window()
    begin(old.page, made)
    sign_in(new.page, made)
    new.meets("Question 1 of 20")
    old.press("Save and continue")
    old.meets("You have been signed out")
    assert "What you just sent was not saved." in old.page.inner_text("main")
    old.keeps_its_promises()
    old.press("Sign in again")
    old.meets("Sign in to the test")
    assert old.refused() == [403]


@pytest.mark.parametrize(
    ("button", "heading"), [("Sign out", "You have signed out"), ("This is not me", "This is not you")]
)
def test_the_way_out(phone: Window, made: Made, button: str, heading: str) -> None:
    sign_in(phone.page, made)
    phone.press(button)
    phone.meets(heading)
    phone.keeps_its_promises()


def test_an_answer_that_could_not_be_kept_is_sent_again(
    phone: Window, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_held: object) -> None:
        raise request.NotSaved

    begin(phone.page, made)
    with monkeypatch.context() as patched:
        patched.setattr(request, "_keep", full)
        phone.press("Save and continue")
        expect(phone.page.locator("#saved")).to_have_text("Not saved yet - we will keep trying")
    phone.meets("Question 2 of 20")
    assert set(phone.refused()) == {503}


def test_without_the_script_an_answer_that_could_not_be_kept_is_sent_again_by_a_button(
    phone: Window, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_held: object) -> None:
        raise request.NotSaved

    phone.page.route("**/answers.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    begin(phone.page, made)
    with monkeypatch.context() as patched:
        patched.setattr(request, "_keep", full)
        phone.press("Save and continue")
        phone.meets("Your answer was not saved")
        phone.keeps_its_promises()
    phone.press("Send it again")
    phone.meets("Question 2 of 20")


def test_a_form_that_no_longer_belongs_to_the_browser(phone: Window, made: Made) -> None:
    begin(phone.page, made)
    phone.page.context.clear_cookies()
    phone.press("Save and continue")
    phone.meets("This page was open for too long")
    phone.keeps_its_promises()
    assert phone.refused() == [400]


def test_the_question_is_whole_where_the_script_never_arrives(phone: Window, made: Made) -> None:
    phone.page.route("**/site.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    attempt_id = begin(phone.page, made)
    phone.meets("Question 1 of 20")
    phone.keeps_its_promises()
    phone.open(f"/test/{attempt_id}/check", "Check your answers")
    phone.keeps_its_promises()
