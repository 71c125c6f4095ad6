"""The letter with an access code: what the test is, how to sign in, whom to ask."""

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


def facts(text: LetterText) -> dict[str, Fact]:
    """What the template prints. The code in the square is the address alone: the access code is never in an address."""
    title = f"Your access code: {text.service}"
    return typeset.head(title, text.issued_on, text.mark, MARKS.get(text.mark, text.mark)) | {
        "council": text.council,
        "holder": text.holder,
        "licences": text.licences,
        "code": numbers.show(text.code.replace("-", "")),
        "reason": text.reason,
        "deadline": calendar.words(text.deadline) if text.deadline else None,
        "address": text.address,
        "handbook_address": text.handbook_address,
        "support": text.support,
        "issued": calendar.words(text.issued_on),
        "qr": qr.square(text.address, QR_SIDE),
    }
