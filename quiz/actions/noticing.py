"""Working out the signals of a test that is over, and keeping what the driver answers to them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import sitting
from quiz.actions.work import Work
from quiz.domain import adjustments
from quiz.domain import signals as rules
from quiz.domain.adjustments import Kind
from quiz.domain.errors import Refused
from quiz.domain.signals import Reading, Signal
from quiz.records import answers, attempts, bank, found_wrong, replies, sittings
from quiz.records.attempts import Attempt, Paper
from quiz.records.replies import Reply

MOST_REPLIES = 5


def signals(session: Session, attempt: Attempt) -> list[Signal]:
    """What can be seen in a finished attempt; nothing in one that was set aside."""
    if attempt.finished_at is None or attempt.voided_at is not None:
        return []
    sheet = attempts.paper(session, attempt.person_id, attempt.id)
    if sheet is None:
        return []
    written = Kind.SCRIBE in adjustments.read(attempt.adjusted)  # a scribe enters what was said before
    fast = None if written else rules.fast(_readings(session, sheet))
    found = (fast, _alike(session, sheet), _leap(session, attempt))
    return [one for one in found if one is not None]


def reply(work: Work, person_id: UUID, attempt_id: UUID, words: str) -> None:
    """The driver's answer, kept as it is."""
    attempt = attempts.attempt(work.session, person_id, attempt_id)
    if attempt is None or not signals(work.session, attempt):
        raise Refused("reply-to-nothing", "There is nothing to answer here.")
    rules.must_be_reply(words)
    if len(replies.of_attempt(work.session, attempt_id)) >= MOST_REPLIES:
        raise Refused("reply-limit", f"You have answered {MOST_REPLIES} times. Ring us if there is more to say.")
    row = Reply(attempt_id=attempt_id, at=work.now, words=words.strip())
    work.session.add(row)
    work.session.flush()
    work.record("signal.answered", f"attempt:{attempt_id}", reply=row.id)


def _readings(session: Session, sheet: Paper) -> list[Reading]:
    """Each answered question, in the order of first answers. A pause only makes the time before an answer longer."""
    texts = bank.drafts(session, [slot.version for slot in sheet.slots])
    words = {
        slot.position: sum(
            len(text.split()) for text in (texts[slot.version].stem, *(o.text for o in texts[slot.version].options))
        )
        for slot in sheet.slots
    }
    return list(_timed(answers.said(session, sheet.id), words, sheet.started_at))


def _timed(said: list[answers.Said], words: dict[int, int], started_at: datetime) -> Iterator[Reading]:
    before, seen = started_at, set()
    for one in said:
        if one.choice and one.position not in seen:
            seen.add(one.position)
            yield Reading(words[one.position], (one.at - before).total_seconds())
        before = max(before, one.at)


def _alike(session: Session, sheet: Paper) -> Signal | None:
    others = sittings.beside(session, sheet.id)
    papers = [attempts.paper(session, person_id, attempt_id) for attempt_id, person_id in others]
    wrong = [_wrong(session, one) for one in papers if one is not None]
    return rules.alike(_wrong(session, sheet), wrong) if wrong else None


def _wrong(session: Session, sheet: Paper) -> dict[str, frozenset[int]]:
    """The wrong answers of a paper: question to the options that were chosen. Wrong questions accuse nobody."""
    right = sitting.answered_right(session, sheet)
    mended = found_wrong.among(session, list(right))
    given = sitting.given(session, sheet)
    return {
        str(slot.version): frozenset(one.chosen)
        for slot, one in zip(sheet.slots, given, strict=True)
        if one.chosen and not right[slot.version] and slot.version not in mended
    }


def _leap(session: Session, attempt: Attempt) -> Signal | None:
    history = [
        (one, mark) for one, mark in attempts.of_person(session, attempt.person_id, attempt.test)
        if mark is not None and one.voided_at is None and one.finished_at is not None
    ]  # fmt: skip
    score = next((mark.score for one, mark in history if one.id == attempt.id), None)
    earlier = [(one, mark) for one, mark in history if one.id < attempt.id]
    if score is None or not earlier:
        return None
    last, mark = earlier[-1]
    ended = last.finished_at or last.deadline
    return rules.leap((mark.score, attempt.started_at - ended), score)
