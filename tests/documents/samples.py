"""Texts to print: ordinary ones, and ones as long as they come."""

from dataclasses import replace
from datetime import date

from quiz.documents import email
from quiz.domain import letter_layout, letter_words
from quiz.domain.certificate import CertificateText
from quiz.domain.contacts import CardText, Contact
from quiz.domain.letters import LetterText, mark_words
from quiz.domain.posting import Kind

ADDRESS = "https://safeguarding-test.chorley.gov.uk"
CHECKED = date(2026, 11, 2)

LONG_COUNCIL = "North Lancashire and South Cumbria Combined Unitary Authority Licensing and Public Protection"
LONG_NAME = "Maximilian-Alexander Christopher Montgomery-Featherstonehaugh Wolfeschlegelstein van der Berghe-Smyt"
LONG_LICENCE = "Hackney carriage and private hire HCD/PHD/2026/0000000000123456"
SIGNED_PART = "#" + "A1b2C3d4" * 16

CERTIFICATE = CertificateText(
    number="H4KMT7QXW9CDF36",
    name="Zoë O’Brien",
    licences=("Hackney carriage HC0123, Chorley Council", "Private hire PH1234, Chorley Council"),
    council="Chorley Council",
    test="Taxi driver safeguarding test",
    issued_on=date(2026, 11, 21),
    expires_on=date(2029, 11, 21),
    use_by=date(2027, 11, 21),
    verify_address=f"{ADDRESS}/verify/H4KMT-7QXW9-CDF36",
)

LONG_CERTIFICATE = replace(
    CERTIFICATE,
    name=LONG_NAME,
    council=LONG_COUNCIL,
    test="Licensed hackney carriage and private hire vehicle driver safeguarding knowledge assessment",
    licences=(f"{LONG_LICENCE}, {LONG_COUNCIL}",) * 3,
    verify_address=CERTIFICATE.verify_address + SIGNED_PART,
    mark="PILOT",
)


def contact(key: str, name: str, number: str, purpose: str, checked_on: date | None = CHECKED) -> Contact:
    """A contact of the card; without a day it is unconfirmed."""
    return Contact(key, name, number, "local", purpose, card_order=1, checked_on=checked_on)


CONTACTS = (
    contact("emergency", "Emergency: police, ambulance, fire", "999", "Danger now"),
    contact("police", "Police, not an emergency", "101", "Nobody is in danger now"),
    contact("children-services", "Lancashire children’s services", "0300 123 6720", "Worried about a child"),
    contact("children-out-of-hours", "Lancashire children’s services, out of hours", "0300 123 6722", "At night"),
    contact("adult-services", "Lancashire adult services", "0300 123 6720", "Worried about an adult at risk"),
    contact("crimestoppers", "Crimestoppers", "0800 555 111", "You do not want to give your name"),
    contact("modern-slavery", "Modern Slavery and Exploitation Helpline", "08000 121 700", "Slavery or trafficking"),
    contact("nspcc", "NSPCC Helpline", "0808 800 5000", "Advice about a child"),
    contact("licensing", "Chorley Council licensing", "01257 515151", "A driver or an operator"),
)

CARD = CardText(
    council="Chorley Council",
    holder="Zoë O’Brien",
    licences=CERTIFICATE.licences,
    certificate_number=CERTIFICATE.number,
    issued_on=CERTIFICATE.issued_on,
    expires_on=CERTIFICATE.expires_on,
    verify_address=CERTIFICATE.verify_address,
    handbook_address=f"{ADDRESS}/handbook",
    contacts=CONTACTS,
    version=3,
    checked=CHECKED,
)

UNCONFIRMED_CARD = replace(
    CARD, checked=None, contacts=(*CONTACTS[:-1], replace(CONTACTS[-1], checked_on=None)), mark="SAMPLE"
)

LONG_CARD = replace(
    CARD,
    council=LONG_COUNCIL,
    holder=LONG_NAME,
    licences=(f"{LONG_LICENCE}, {LONG_COUNCIL}",) * 3,
    verify_address=LONG_CERTIFICATE.verify_address,
    contacts=tuple(replace(c, name=f"North Lancashire and South Cumbria {c.name}", checked_on=None) for c in CONTACTS),
    mark="PILOT",
)

SAID = {
    "name": "Zoë O’Brien",
    "reason": "You asked to renew your licence.",
    "pass_by": "Please pass the test by 21 December 2026.",
    "place": "You can take the test where and when it suits you.",
    "address": ADDRESS,
    "handbook": f"{ADDRESS}/handbook",
    "practice": f"{ADDRESS}/practice",
    "phone": "Chorley Council licensing: 01257 515151",
    "service": "Taxi driver safeguarding test",
    "called": "elected member",
    "test": "Safeguarding refresher for members and officers",
}


def letter_text(kind: Kind = Kind.PRINTED, body: str | None = None, **said: str) -> LetterText:
    """A letter in the words that come with the program, or in others."""
    words, values = email.original(kind), SAID | said
    return LetterText(
        council="Chorley Council",
        holder=values["name"],
        known_by=CERTIFICATE.licences,
        title=letter_words.fill(words.subject, values),
        body=letter_layout.blocks(words.body if body is None else body, values),
        code="W9CDF36H4KMT7QX",
        address=values["address"],
        issued_on=date(2026, 11, 21),
    )


def marked(text: LetterText, mark: str, kind: Kind = Kind.PRINTED) -> LetterText:
    """The same in a pilot, or as a sample."""
    return replace(text, mark=mark, mark_words=mark_words(kind, mark))


LETTER = letter_text()
MEMBER_LETTER = replace(
    letter_text(Kind.MEMBER_PRINTED, name="Morgan Member", address=f"{ADDRESS}/sign-in/elected-members"),
    known_by=("Your reference: M-7K3Q9",),
)

MEMBER_CERTIFICATE = replace(CERTIFICATE, test=SAID["test"], licences=(), use_by=None)
