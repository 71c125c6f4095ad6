"""The review pack on paper: questions with key, reasons and sources, and a box for the answer to each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quiz.documents import typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar
from quiz.domain.question import Draft, Option

MARKS = {
    "SAMPLE": "SAMPLE. Made-up people; nothing here counts.",
    "PILOT": "PILOT. The council is trying out this test.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, its placeholders filled. `sources` and `section` are in words."""

    id: str
    version: int
    topic: str
    draft: Draft
    sources: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack for one recipient, whose name stands on every page."""

    council: str
    service: str
    recipient: str
    day: date
    mark: str
    questions: tuple[Question, ...]


def pdf(pack: Pack) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("review_pack.typ", facts(pack))


def facts(pack: Pack) -> dict[str, Fact]:
    """What the template prints."""
    return typeset.head(f"Review pack: {pack.service}", pack.day, pack.mark, MARKS.get(pack.mark, pack.mark)) | {
        "council": pack.council,
        "service": pack.service,
        "recipient": pack.recipient,
        "day": calendar.words(pack.day),
        "questions": [_question(one) for one in pack.questions],
    }


def _question(one: Question) -> dict[str, Fact]:
    return {
        "id": one.id,
        "version": one.version,
        "topic": one.topic,
        "critical": one.draft.critical,
        "two": one.draft.two,
        "local": one.draft.local,
        "stem": one.draft.stem,
        "options": [_option(option) for option in one.draft.options],
        "why": one.draft.why,
        "sources": list(one.sources),
        "section": one.section,
    }


def _option(option: Option) -> dict[str, Fact]:
    standing = "Right" if option.right else "Unsafe" if option.unsafe else "Wrong"
    return {"text": option.text, "standing": standing, "notes": list(_notes(option))}


def _notes(option: Option) -> Iterator[str]:
    if option.harm:
        yield f"Harm: {option.harm} Source: {option.source or 'not named'}."
    if option.why:
        yield option.why
