"""Anybody practises without signing in; nothing is kept, and nothing is lost by a reload or a step back."""

import pytest
from sqlalchemy import func, select

from quiz.domain import contacts
from quiz.domain import practice as rules
from quiz.records import contacts as contact_records
from quiz.records import papers
from quiz.records.tables import METADATA
from quiz.web.public import practice
from tests.page import words


def rows(make):
    """How many rows every table has."""
    with make.reading() as session:
        counts = {table.name: select(func.count()).select_from(table) for table in METADATA.sorted_tables}
        return {name: session.scalar(query) for name, query in counts.items()}


@pytest.fixture
def drawn(make):
    """The questions of a round."""
    with make.reading() as session:
        blueprint = papers.current(session, "driver")
    return lambda number: rules.draw(practice.pool(), blueprint, str(number))


@pytest.fixture
def said(make):
    """A text as the pages show it, names and numbers in place."""
    with make.reading() as session:
        numbers = contact_records.load(session, 1)
    return lambda words: contacts.fill(words, numbers)


@pytest.fixture
def answer(said):
    """Answers the question on the page, rightly or wrongly."""

    def press(browser, right=True):
        legend = words(browser.page.soup.legend)
        draft = next(one for one in practice.pool() if said(one.stem) == legend)
        wanted = [said(option.text) for option in draft.options if option.right is right]
        return browser.choose(*wanted[: 2 if draft.two else 1], then="See the answer")

    return press


def test_ten_questions_an_explanation_after_each_and_a_summary_by_group(browse, make, answer):
    browser, before = browse(), rows(make)
    browser.open("/")
    browser.follow("practise with ten questions")
    browser.press("Start practising")
    for position in range(1, 11):
        assert browser.page.heading == f"Practice question {position} of 10"
        page = answer(browser, right=position != 4)
        assert page.heading == ("That is not right" if position == 4 else "That is right")
        assert page.soup.select_one("a[href^='/handbook/']")
        browser.press("See how it went" if position == 10 else "Next question")
    page = browser.page
    assert page.heading == "You got 9 of 10"
    counts = [cell.get_text() for cell in page.soup.select("tbody td")]
    assert sum(int(count.split(" of ")[0]) for count in counts) == 9
    assert sum(int(count.split(" of ")[1]) for count in counts) == 10
    assert "Read these chapters of the handbook" in page.text
    assert rows(make) == before
    assert not browser.client.get_cookie("quiz")
    assert browser.press("Practise again").heading == "Practice question 1 of 10"


def test_every_option_is_explained(browse, answer, drawn, said):
    browser = browse()
    browser.open("/practice/question?round=7&done=")
    page = answer(browser, right=False)
    draft = drawn(7)[0]
    for words_of in (draft.why, *(part for option in draft.options for part in (option.text, option.why))):
        assert said(words_of) in page.text
    assert page.text.count("Your answer") == 1 + draft.two


def test_nothing_chosen_asks_again(browse):
    browser = browse()
    browser.open("/practice/question?round=7&done=")
    page = browser.press("See the answer")
    assert page.title.startswith("Error: ")
    assert page.heading == "Practice question 1 of 10"
    assert page.soup.select_one(".govuk-error-summary a[href='#choice-1']")


def test_a_choose_two_question_wants_two(browse, drawn):
    browser = browse()
    number = next(n for n in range(1, 500) if drawn(n)[0].two)
    browser.open(f"/practice/question?round={number}&done=")
    page = browser.press("See the answer", choice="2")
    assert "Choose exactly two answers" in page.text
    assert page.soup.select_one("#choice-2").has_attr("checked")


def test_the_same_address_shows_the_same_page(browse):
    first, second = browse(), browse()
    address = "/practice/question?round=123456&done=101"
    assert first.open(address).soup.legend == second.open(address).soup.legend
    assert first.page.heading == "Practice question 4 of 10"


@pytest.mark.parametrize(
    "address",
    [
        "/practice/question",
        "/practice/question?round=x&done=",
        "/practice/question?round=1&done=2",
        "/practice/question?round=1&done=00000000000",
        "/practice/question?round=1234567890&done=",
        "/practice/answer?round=1&done=0000000000&choice=1",
    ],
)
def test_an_address_that_nobody_was_given_is_not_found(browse, address):
    assert browse().open(address).status == 404


@pytest.mark.parametrize("choice", ["9", "-1", "x", "²", ""])
def test_a_choice_that_is_not_on_the_page_is_no_choice(browse, choice):
    assert "Choose" in browse().open(f"/practice/answer?round=7&done=&choice={choice}").text


def test_practice_holds_no_question_of_the_test(folder):
    live = {draft.id for draft in folder.drafts} | {draft.stem for draft in folder.drafts}
    assert not [one.id for one in practice.pool() if one.id in live or one.stem in live]
