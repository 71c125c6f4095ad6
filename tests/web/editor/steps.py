"""What editors do in many of these tests, in a line each."""

from sqlalchemy import select

from quiz.domain.question import Draft
from quiz.records import bank, questions
from quiz.records.questions import Version
from tests.make import Make
from tests.page import Browser, Page

NEW_WHY = "These are other words, because the law has changed."


def live(make: Make, critical: bool) -> str:
    """The first live question of that kind with one right answer."""
    with make.reading() as session:
        return next(
            one.question_id
            for one in bank.live_versions(session, "driver")
            if one.critical is critical and not one.draft.two
        )


def here(question: str) -> str:
    """Where a question stands."""
    return f"/editor/questions/{question}"


def correct(browser: Browser, question: str, why: str = NEW_WHY) -> Page:
    """Save a new version that explains the right answer in other words."""
    browser.open(here(question) + "/edit")
    return browser.press("Save", why=why)


def send(browser: Browser, question: str) -> Page:
    """Write a new version and send it to review."""
    correct(browser, question)
    return browser.press("Send to review")


def approve(browser: Browser, question: str) -> Page:
    """Open the question and approve it."""
    browser.open(here(question))
    return browser.press("Approve")


def drawable(make: Make) -> dict[str, int]:
    """The version number of every question that could be drawn now."""
    with make.reading() as session:
        found = bank.candidates(session, "driver")
        numbers = {row.id: row.number for row in session.execute(select(Version.id, Version.number))}
        return {one.question: numbers[one.version] for one in found}


def newest(make: Make, question: str) -> Version:
    """The newest version, its columns read."""
    with make.reading() as session:
        return questions.versions(session, question)[0]


def typed(draft: Draft) -> dict[str, object]:
    """A draft as an editor types it into the empty form."""
    boxes = {}
    for place, option in enumerate(draft.options):
        boxes[f"options-{place}-text"] = option.text
        boxes[f"options-{place}-standing"] = "right" if option.right else "unsafe" if option.unsafe else "wrong"
        boxes[f"options-{place}-harm"] = option.harm
        boxes[f"options-{place}-source"] = option.source
        boxes[f"options-{place}-why"] = option.why
    return {
        "id": draft.id,
        "topic": draft.topic,
        "stem": draft.stem,
        "why": draft.why,
        "sources": "\n".join(draft.sources),
        "section": draft.section,
        "review_by-day": draft.review_by.day,
        "review_by-month": draft.review_by.month,
        "review_by-year": draft.review_by.year,
        **boxes,
    }
