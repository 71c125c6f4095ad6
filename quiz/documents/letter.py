"""The letter with an access code: what the test is, how to sign in, whom to ask."""

from collections.abc import Sequence

from quiz.documents import qr, typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar, numbers
from quiz.domain.letters import LetterText

QR_SIDE = 30.0  # mm
MARKS = {
    "SAMPLE": "SAMPLE. This is not a real letter.",
    "PILOT": "PILOT. The council is trying out this test. A pass does not count for a licence.",
}


def pdf(text: LetterText) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("letter.typ", facts(text))


def many(texts: Sequence[LetterText]) -> bytes:
    """Several letters in one document, each on a page of its own. What all share is taken from the first."""
    return typeset.pdf("letters.typ", shared(texts[0]) | {"letters": [own(text) for text in texts]})


def facts(text: LetterText) -> dict[str, Fact]:
    """What the template prints."""
    return shared(text) | own(text)


def shared(text: LetterText) -> dict[str, Fact]:
    """What all letters of a day have. The code in the square is the address alone: no access code is in an address."""
    title = f"Your access code: {text.service}"
    return typeset.head(title, text.issued_on, text.mark, MARKS.get(text.mark, text.mark)) | {
        "council": text.council,
        "address": text.address,
        "handbook_address": text.handbook_address,
        "practice_address": text.practice_address,
        "support": text.support,
        "issued": calendar.words(text.issued_on),
        "qr": qr.square(text.address, QR_SIDE),
    }


def own(text: LetterText) -> dict[str, Fact]:
    """What only this driver's letter has."""
    return {
        "holder": text.holder,
        "licences": text.licences,
        "code": numbers.show(text.code.replace("-", "")),
        "reason": text.reason,
        "deadline": calendar.words(text.deadline) if text.deadline else None,
    }
