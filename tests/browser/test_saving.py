"""A choice is sent when it is made, waits while there is no network, and is called saved only when it is."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import expect

from quiz.actions import sitting
from quiz.records import answers, attempts
from tests.browser.conftest import begin, sign_in
from tests.browser.looking import Window
from tests.make import Made, Make

WAITING = "Not saved yet - we will keep trying"


def boxes(window: Window) -> list:
    """Enough options to answer the question on the page."""
    found = window.page.locator("input[name=choice]")
    return [found.nth(n) for n in range(2 if found.first.get_attribute("type") == "checkbox" else 1)]


def choose(window: Window) -> list[str]:
    """Answer the question on the page; the values that were chosen."""
    for box in boxes(window):
        box.check()
    return [str(box.get_attribute("value")) for box in boxes(window)]


def kept(make: Make, attempt_id: str, position: int = 1) -> list[tuple[str, bool]]:
    """What the database has of one question: choice, and whether the button was pressed."""
    with make.reading() as session:
        return [(one.choice, one.confirmed) for one in answers.said(session, UUID(attempt_id), position)]


def state(window: Window) -> object:
    return window.page.locator("#saved")


def test_a_choice_is_saved_before_the_button_is_pressed(phone: Window, made: Made, make: Make) -> None:
    attempt_id = begin(phone.page, made)
    chosen = choose(phone)
    expect(state(phone)).to_have_text("Saved")
    assert kept(make, attempt_id)[-1] == (",".join(chosen), False)
    phone.press("Save and continue")
    phone.meets("Question 2 of 20")
    assert kept(make, attempt_id)[-1] == (",".join(chosen), True)


def test_without_a_network_a_choice_waits_and_is_sent_when_it_returns(phone: Window, made: Made, make: Make) -> None:
    attempt_id = begin(phone.page, made)
    phone.meets("Question 1 of 20")
    phone.page.context.set_offline(True)
    chosen = choose(phone)
    expect(state(phone)).to_have_text(WAITING)
    assert kept(make, attempt_id) == []
    phone.page.context.set_offline(False)
    expect(state(phone)).to_have_text("Saved")
    assert kept(make, attempt_id) == [(",".join(chosen), False)]
    phone.complaints.clear()  # what Chromium says of a network that is gone


def test_the_button_waits_for_the_network_too(phone: Window, made: Made, make: Make) -> None:
    attempt_id = begin(phone.page, made)
    phone.meets("Question 1 of 20")
    phone.page.context.set_offline(True)
    chosen = choose(phone)
    phone.press("Save and continue")
    expect(state(phone)).to_have_text(WAITING)
    phone.meets("Question 1 of 20")
    phone.page.context.set_offline(False)
    phone.meets("Question 2 of 20")
    assert kept(make, attempt_id)[-1] == (",".join(chosen), True)
    phone.complaints.clear()


def test_a_choice_that_could_not_be_sent_survives_a_reload(phone: Window, made: Made, make: Make) -> None:
    attempt_id = begin(phone.page, made)
    phone.page.route(
        "**/test/*/1", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    chosen = choose(phone)
    expect(state(phone)).to_have_text(WAITING)
    phone.page.on("dialog", lambda dialog: dialog.accept())
    phone.page.unroute("**/test/*/1")
    phone.page.reload()
    expect(state(phone)).to_have_text("Saved")
    assert kept(make, attempt_id)[-1] == (",".join(chosen), False)
    assert boxes(phone)[0].is_checked()
    phone.complaints.clear()


def test_the_newest_choice_counts_over_two_tabs_and_the_back_button(phone: Window, made: Made, make: Make) -> None:
    attempt_id = begin(phone.page, made)
    first = phone.page
    second = first.context.new_page()
    second.goto(first.url)
    for page, place in ((first, 0), (second, 1), (first, 2)):
        page.locator("input[name=choice]").nth(place).check()
        expect(page.locator("#saved")).to_have_text("Saved")
    with make.reading() as session:
        found = attempts.paper(session, made.person_id, UUID(attempt_id))
        last = sitting.given(session, found)[0].chosen
        numbers = [one.sequence for one in answers.said(session, UUID(attempt_id), 1)]
    assert numbers == sorted(set(numbers))
    assert found.slots[0].order[2] in last


def test_signed_out_elsewhere_the_page_says_that_nothing_was_saved(
    phone: Window, window: Callable[..., Window], made: Made
) -> None:
    begin(phone.page, made)
    sign_in(window().page, made)
    choose(phone)
    expect(state(phone)).to_have_text("Not saved. Press “Save and continue” to see why.")
    phone.press("Save and continue")
    phone.meets("You have been signed out")
    assert set(phone.refused()) == {403}  # one for each choice, and one for the button
