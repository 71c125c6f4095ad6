"""The main errands of officers and editors, by the words on buttons and fields."""

import csv
import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.domain.roles import Role
from quiz.records import bank
from tests.browser.conftest import DESK, PHONE, sign_in, staff_sign_in
from tests.browser.looking import Window
from tests.make import PEPPER, Made, Make

CODE = re.compile(r"\b\w{5}-\w{5}-\w{5}\b")
OTHER_WORDS = "These are other words, because the law has changed."


def test_an_officer_finds_a_driver_and_issues_a_code_that_works(
    window: Callable[..., Window], made: Made, make: Make
) -> None:
    shown, theirs = window(DESK), window(PHONE)
    page = shown.page
    staff_sign_in(page, make, Role.OFFICER)
    page.get_by_label("Licence number, name or e-mail").fill("ph 00")
    shown.press("Find driver")
    shown.meets("Find a driver")
    shown.keeps_its_promises()
    shown.follow("Sam Driver")
    shown.meets("Sam Driver")
    shown.press("Issue a new access code")
    shown.meets("Issue a new access code")
    page.get_by_label("The present invitation", exact=True).check()
    shown.press("Issue code")
    shown.meets("New access code")
    shown.keeps_its_promises()
    code = CODE.search(page.inner_text("main"))[0]
    sign_in(theirs.page, Made(made.person_id, made.invitation_id, made.number, code))
    theirs.meets("Before you start")
    shown.follow("Open the driver's record")
    shown.meets("Sam Driver")
    assert code not in page.content()


def test_an_officer_adds_a_driver(window: Callable[..., Window], make: Make) -> None:
    shown = window(PHONE)
    page = shown.page
    staff_sign_in(page, make, Role.OFFICER)
    shown.open("/staff/drivers/add", "Add a driver")
    shown.press("Add driver and issue a code")
    shown.meets("Add a driver")
    shown.keeps_its_promises()
    page.get_by_label("Full name").fill("Nadia New")
    page.get_by_label("Private hire", exact=True).check()
    page.get_by_label("Licence or application number").fill("PH 77-88")
    page.get_by_label("Renewal of a licence", exact=True).check()
    page.get_by_label("Anywhere, without supervision").check()
    shown.press("Add driver and issue a code")
    shown.meets("Driver added")
    assert CODE.search(page.inner_text("main"))


def test_an_officer_downloads_the_results(window: Callable[..., Window], made: Made, make: Make) -> None:
    make.attempt(made)
    shown = window(DESK)
    staff_sign_in(shown.page, make, Role.OFFICER)
    shown.follow("Results")
    shown.meets("Results")
    with shown.page.expect_download() as waiting:
        shown.press("Download as CSV")
    lines = list(csv.reader(waiting.value.path().read_text("utf-8-sig").splitlines()))
    assert len(lines) == 2 and "Sam Driver" in lines[1]


def write_a_version(shown: Window, question: str) -> None:
    """Change the explanation and send it to review."""
    shown.open(f"/editor/questions/{question}", question)
    shown.press("Write a new version")
    shown.page.get_by_label("Why the right answer is right").fill(OTHER_WORDS)
    shown.press("Save")
    shown.meets(question)
    shown.keeps_its_promises()
    shown.press("Send to review")
    shown.meets(question)


def test_an_editor_writes_a_version_and_a_colleague_approves_it(window: Callable[..., Window], make: Make) -> None:
    with make.reading() as session:
        rows = bank.live_versions(session, "driver")
        question = next(one.question_id for one in rows if not one.critical and not one.draft.two)
    writer, reviewer = window(DESK), window(DESK)
    staff_sign_in(writer.page, make, Role.EDITOR, name="Wren Writer")
    write_a_version(writer, question)
    expect(writer.page.get_by_text("somebody else has to review it")).to_be_visible()
    staff_sign_in(reviewer.page, make, Role.EDITOR, name="Rae Reviewer")
    reviewer.open("/editor", "Questions")
    reviewer.open(f"/editor/questions/{question}", question)
    expect(reviewer.page.get_by_text(OTHER_WORDS).first).to_be_visible()
    reviewer.keeps_its_promises()
    reviewer.press("Approve")
    reviewer.meets(question)
    expect(reviewer.page.get_by_text("Version 2 is live")).to_be_visible()
    reviewer.keeps_its_promises()


def test_a_question_is_suspended_at_once(window: Callable[..., Window], make: Make) -> None:
    with make.reading() as session:
        question = bank.live_versions(session, "driver")[0].question_id
    shown = window(PHONE)
    staff_sign_in(shown.page, make, Role.EDITOR)
    shown.open(f"/editor/questions/{question}", question)
    shown.press("Suspend now")
    shown.press("Suspend now")
    shown.meets(f"Suspend {question}")
    shown.keeps_its_promises()
    shown.page.get_by_role("textbox").fill("The number has changed")
    shown.press("Suspend now")
    shown.meets(question)
    expect(shown.page.get_by_text("Reason: The number has changed")).to_be_visible()
    shown.keeps_its_promises()


def nothing_typed(page: Page) -> None:
    """Empty every box of the form."""
    for box in page.locator("main input[type=text], main input[type=email], main textarea").all():
        box.fill("")


@pytest.mark.parametrize(
    ("role", "path", "heading", "button"),
    [
        (Role.EDITOR, "/editor/questions/new", "Write a new question", "Save"),
        (Role.ADMINISTRATOR, "/staff/people/add", "Add somebody to staff", "Add"),
        (Role.OFFICER, "/staff/contacts/nspcc/change", "Change NSPCC Helpline", "Save"),
        (Role.OFFICER, "/staff/password", "Change your password", "Change password"),
    ],
    ids=["question", "staff", "contact", "password"],
)
def test_an_empty_form_says_what_is_missing(
    window: Callable[..., Window], make: Make, role: Role, path: str, heading: str, button: str
) -> None:
    shown = window(PHONE)
    staff_sign_in(shown.page, make, role)
    shown.open(path, heading)
    nothing_typed(shown.page)
    shown.press(button)
    expect(shown.page.locator(".govuk-error-summary")).to_be_visible()
    shown.keeps_its_promises()


@pytest.mark.parametrize(
    ("roles", "lines"),
    [((Role.OFFICER,), 1), ((Role.OFFICER, Role.ADMINISTRATOR, Role.EDITOR), 2)],
    ids=["one", "three"],
)
def test_the_menu_stands_below_the_name_and_the_help(
    window: Callable[..., Window], make: Make, roles: tuple[Role, ...], lines: int
) -> None:
    """An officer's in one line; whoever has three roles has twelve entries, in two."""
    shown = window(DESK)
    staff_sign_in(shown.page, make, *roles)
    shown.meets("Staff pages")
    name, help_, menu = (
        shown.page.locator(one).bounding_box()
        for one in (".govuk-service-navigation__service-name", ".quiz-help", ".govuk-service-navigation__list")
    )
    assert abs(name["y"] + name["height"] / 2 - help_["y"] - help_["height"] / 2) < 15, (name, help_)
    assert menu["y"] >= help_["y"] + help_["height"] and menu["height"] < 70 * lines, (help_, menu)


def test_results_are_filtered_searched_and_printed(window: Callable[..., Window], made: Made, make: Make) -> None:
    make.attempt(made, right=4)
    shown = window(PHONE)
    staff_sign_in(shown.page, make, Role.OFFICER)
    shown.open("/staff/attempts?outcome=not-passed&weak=act", "Results")
    shown.keeps_its_promises()
    shown.press("Print view")
    shown.meets("Results for printing")
    shown.keeps_its_promises()
    shown.follow("Back to the list")
    shown.page.get_by_text("Results of one driver").click()
    shown.page.get_by_label("Licence number, name or e-mail").fill("sam")
    shown.press("Find results")
    shown.meets("Results of drivers you searched")
    shown.keeps_its_promises()
    shown.open("/staff/attempts?outcome=unsafe", "Results")
    shown.keeps_its_promises()


def test_a_long_file_of_results_is_fetched_when_it_is_ready(
    window: Callable[..., Window], made: Made, make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.web.staff.exporting.STRAIGHT", 0)
    make.attempt(made)
    shown = window(DESK)
    staff_sign_in(shown.page, make, Role.OFFICER)
    shown.open("/staff/attempts", "Results")
    shown.press("Download for a spreadsheet")
    shown.meets("Making a file of results")
    at = Desk(app.extensions["quiz"].settings, make.engine, PEPPER, make.clock.now)
    working.run_next(at, make.clock, handlers=HANDLERS)
    shown.press("See what came of it")  # shown by itself
    shown.meets("A file of results")
    shown.keeps_its_promises()
    with shown.page.expect_download() as waiting:
        shown.press("Download the file")
    assert waiting.value.suggested_filename == "results.xlsx"
