"""Letters that a service took and could not deliver: staff see them as refused, and nothing is sent by itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain.posting import REPORTED, State
from quiz.records import letters as rows


def to_ask(session: Session, now: datetime) -> bool:
    """Whether anything was sent of late that could still come back."""
    last = rows.last_with_receipt(session)
    return last is not None and last.made_at > now - REPORTED


def note(work: Work, words: Mapping[str, str]) -> int:
    """What came back, by the numbers under which it was taken: each is told once; how many were new.

    One that was sent again meanwhile has another number, so an old report says nothing of it.
    """
    found = rows.taken_as(work.session, list(words))
    for letter in found:
        letter.state, letter.words = State.REFUSED, words[letter.receipt or ""]
        letter.ended_at = letter.ended_by = None
        work.record("letter.came-back", f"person:{letter.person_id}", letter=letter.id, kind=letter.kind)
    return len(found)
