"""Changing the words of letters. Every wording stays; the newest counts for letters that are written from then on."""

from collections.abc import Iterator

from quiz.actions.work import Work
from quiz.documents import email, fonts
from quiz.domain import letter_words
from quiz.domain.errors import Refused
from quiz.domain.letter_words import Wording
from quiz.domain.posting import PRINTED, Kind
from quiz.records import letters, service
from quiz.records.letters import LetterText

OVERTAKEN = "A colleague changed this letter meanwhile. Their words stand above yours: compare, and save again."


def save(work: Work, kind: Kind, subject: str, body: str, seen: int) -> LetterText:
    """New words. `seen` is the version that was on the page (0: the words that came with the program)."""
    wording = letter_words.tidy(subject, body)
    for where, words in problems(kind, wording):
        raise Refused(f"letter-{where}", words)
    return _added(work, kind, wording, seen)


def problems(kind: Kind, wording: Wording) -> Iterator[tuple[str, str]]:
    """Why these words cannot be kept: those of the rules, and on paper what no font of ours can print."""
    yield from letter_words.problems(kind, wording)
    for where, text in (("subject", wording.subject), ("body", wording.body.replace("\n", " "))):
        if kind in PRINTED and (missing := fonts.unprintable(text)):
            yield where, f"The letter cannot be printed with “{missing}”. Leave it out"


def go_back(work: Work, kind: Kind, seen: int) -> LetterText:
    """The words that came with the program count again, as one more version."""
    return _added(work, kind, email.original(kind), seen)


def _added(work: Work, kind: Kind, wording: Wording, seen: int) -> LetterText:
    service.row(work.session)  # one change at a time
    newest = letters.newest_text(work.session, kind)
    version = newest.version if newest else 0
    if version != seen:
        raise Refused("letter-overtaken", OVERTAKEN)
    row = LetterText(
        kind=kind, version=version + 1, subject=wording.subject, body=wording.body, at=work.now, by=work.actor
    )
    work.session.add(row)
    work.session.flush()
    work.record("letter-text.saved", f"letter-text:{kind}", version=row.version)
    return row
