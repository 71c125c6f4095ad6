"""The contact card: whom to ring, in the pocket. Two sides of 85.60 x 53.98 mm, or one A4 sheet to cut out and fold."""

from datetime import date

from quiz.documents import qr, typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar, numbers
from quiz.domain.contacts import CardText, Contact

EMERGENCY = "emergency"
QR_SIDE = 25.0  # mm
MARKS = {
    "SAMPLE": "SAMPLE. Not a real card.",
    "PILOT": "PILOT. The council is trying out this service.",
}


def pdf(text: CardText) -> bytes:
    """Two pages of bank card size, front and back; PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("contact_card.typ", facts(text))


def sheet(text: CardText) -> bytes:
    """One A4 page with both sides at true size; PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("contact_card_sheet.typ", facts(text))


def facts(text: CardText) -> dict[str, Fact]:
    """What the templates print."""
    number = numbers.show(text.certificate_number.replace("-", ""))
    head = typeset.head("Safeguarding contact card", _dated(text), text.mark, MARKS.get(text.mark, text.mark))
    return head | {
        "council": text.council,
        "holder": text.holder,
        "licences": [licence.removesuffix(f", {text.council}") for licence in text.licences],
        "number": number,
        "issued": calendar.words(text.issued_on),
        "expires": calendar.words(text.expires_on),
        "verify_words": qr.in_words(text.verify_address),
        "qr": qr.square(text.verify_address, QR_SIDE),
        "handbook_address": text.handbook_address,
        "emergency": next((_printed(c) for c in text.contacts if c.key == EMERGENCY), None),
        "contacts": [_printed(c) for c in text.contacts if c.key != EMERGENCY],
        "version": _version(text),
    }


def _printed(contact: Contact) -> dict[str, Fact]:
    star = "" if contact.confirmed else "*"
    hints = [words.rstrip(".") for words in (contact.purpose, contact.note) if words]
    return {"name": contact.name, "hints": hints, "number": contact.number + star, "dial": contact.dial}


def _version(text: CardText) -> str:
    starred = "" if all(c.confirmed for c in text.contacts) else "* number not yet confirmed"
    unchecked = "" if starred else "Numbers not yet confirmed"
    checked = f"Numbers checked {text.checked:%B %Y}" if text.checked else unchecked
    return ". ".join(filter(None, (f"Card version {text.version}", checked, starred)))


def _dated(text: CardText) -> date:
    """The standard wants a date; the same card must give the same bytes."""
    return max((text.issued_on, *(c.checked_on for c in text.contacts if c.checked_on)))
