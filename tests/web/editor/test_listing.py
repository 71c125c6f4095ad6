"""The list of questions: what waits, what each topic has, and finding one."""

import pytest
from sqlalchemy import event

from quiz.actions import editing
from quiz.domain import calendar
from quiz.domain.roles import Role
from quiz.records import bank
from tests.web.editor.conftest import colleague
from tests.web.editor.steps import approve, correct, here, newest, send


def shown(page):
    """The questions that a page lists."""
    found = [str(link["href"]) for link in page.soup.select("main a[href^='/editor/questions/']")]
    return [address.rsplit("/", 1)[1] for address in found if not address.endswith("/new")]


def listed(browser, **filters):
    """All questions that a filter finds, page after page."""
    address = "/editor?" + "&".join(f"{key}={value}" for key, value in filters.items())
    found = shown(browser.open(address))
    while "Next page" in " ".join(browser.page.links):
        browser.follow(next(words for words in browser.page.links if words.startswith("Next")))
        found += shown(browser.page)
    return found


def test_all_questions_are_found_page_by_page(editor, make):
    with make.reading() as session:
        names = {line.question for line in bank.lines(session, "driver")}
    found = listed(editor, status="loaded")
    assert (set(found), len(found)) == (names, len(names))


def test_what_colleagues_sent_comes_first(editor, second, critical):
    send(editor, critical)
    page = second.open("/editor")
    assert shown(page)[0] == critical
    assert second.open("/editor/next").heading == critical
    assert critical not in listed(editor, status="waiting")


def test_each_status_finds_its_questions(editor, second, lead, plain, critical):
    correct(editor, plain)
    assert listed(editor, status="draft") == [plain]
    editor.open(here(plain))
    editor.press("Send to review")
    assert listed(editor, status="in-review") == [plain]
    second.open(here(plain))
    second.press("Return with comment", comment="Not clear")
    assert listed(editor, status="returned") == [plain]
    send(editor, critical)
    approve(second, critical)
    approve(lead, critical)
    assert listed(editor, status="approved") == [critical]
    assert critical in listed(editor, status="unagreed")
    assert critical not in listed(editor, status="loaded")
    assert listed(editor, status="suspended") == []
    editor.open(here(plain) + "/suspend")
    editor.press("Suspend now", reason="Wrong")
    assert listed(editor, status="suspended") == [plain]


def test_a_question_past_its_day_is_found(browse, make, plain, clock):
    clock.now = calendar.start_of(newest(make, plain).review_by)
    before = colleague(browse, make, "Early Editor", Role.EDITOR)
    assert plain not in listed(before, status="overdue")
    clock.now = calendar.end_of(newest(make, plain).review_by)
    after = colleague(browse, make, "Late Editor", Role.EDITOR)
    assert plain in listed(after, status="overdue")
    assert "past its review-by date" in after.open(here(plain)).text


def test_topic_words_and_critical_narrow_the_list(editor, critical, make):
    row = newest(make, critical)
    found = listed(editor, topic=row.topic, critical="y")
    assert critical in found and all(newest(make, name).critical for name in found)
    words = "+".join(row.draft.stem.split()[:6]).lower()
    assert critical in listed(editor, text=words)
    assert listed(editor, text=critical) == [critical]


def test_nothing_found_is_said_with_the_way_back(editor):
    page = editor.open("/editor?text=zebra&status=nonsense&page=99")
    assert "0 questions found" in page.text
    assert editor.follow("Show all questions").heading == "Questions"


def test_the_topics_count_what_can_be_drawn(editor, plain, make):
    topic = newest(make, plain).topic
    before = _row(editor.open("/editor"), topic)
    editor.open(here(plain) + "/suspend")
    editor.press("Suspend now", reason="Wrong")
    after = _row(editor.open("/editor"), topic)
    assert after[:2] == [before[0], str(int(before[1]) - 1)]


def test_a_bank_that_has_become_too_small_is_said(editor, make):
    with make.work("staff:x") as work:
        for version in bank.live_versions(work.session, "driver"):
            if version.topic == "T8":
                editing.suspend(work, version.question_id, "Wrong")
    assert "T8 needs 1 questions that are not critical; there are 0" in editor.open("/editor").text


def _row(page, topic):
    for row in page.soup.select("tbody tr"):
        cells = [cell.get_text(strip=True) for cell in row.select("td")]
        if cells[0].startswith(f"{topic} "):
            return cells[1:]
    raise AssertionError(f"no row for {topic}")


PATHS = ("/editor", "/editor?status=waiting", "/editor/sources", "/editor/questions/new", "{}", "{}/2", "{}/1/preview",
         "{}/edit", "{}/suspend")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_page_takes_more_than_twelve_statements(path, editor, second, critical, engine):
    send(editor, critical)
    approve(second, critical)
    statements = []

    @event.listens_for(engine, "before_cursor_execute")
    def count(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("PRAGMA", "BEGIN")):
            statements.append(statement)

    assert editor.open(path.format(here(critical))).status == 200
    assert len(statements) <= 12, statements
