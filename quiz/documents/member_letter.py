"""Letters with access codes for people of a group, one to a page, in one file."""

from collections.abc import Sequence

from quiz.documents import qr, typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar, numbers
from quiz.domain.letters import MemberLetter

QR_SIDE = 30.0  # mm
MARKS = {
    "SAMPLE": "SAMPLE. This is not a real letter.",
    "PILOT": "PILOT. The council is trying out this test. A pass does not count.",
}


def pdf(letters: Sequence[MemberLetter]) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a; at least one letter, all of one test and one day."""
    first = letters[0]
    title = f"Your access code: {first.test}" if len(letters) == 1 else f"Access codes: {first.test}"
    head = typeset.head(title, first.issued_on, first.mark, MARKS.get(first.mark, first.mark))
    return typeset.pdf("member_letter.typ", head | {"letters": [_facts(one) for one in letters]})


def _facts(text: MemberLetter) -> dict[str, Fact]:
    return {
        "title": f"Your access code: {text.test}",
        "council": text.council,
        "holder": text.holder,
        "reference": text.reference,
        "code": numbers.show(text.code.replace("-", "")),
        "called": text.called,
        "deadline": calendar.words(text.deadline) if text.deadline else None,
        "address": text.address,
        "handbook_address": text.handbook_address,
        "support": text.support,
        "issued": calendar.words(text.issued_on),
        "qr": qr.square(text.address, QR_SIDE),
    }
