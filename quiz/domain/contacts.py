"""The telephone numbers: data with an owner and a date, never text inside a question or a page."""

import re
from dataclasses import dataclass
from datetime import date

from quiz.domain import calendar
from quiz.domain.errors import Refused

PLACEHOLDER = re.compile(r"\{(number|name|note):([a-z0-9-]+)\}")
# Their numbers take texts, and are those of the emergency call.
WRITTEN_TO = ("emergency-text", "relay")
CHECKED_WITHIN = 6  # months
TYPED_NUMBER = re.compile(r"\d(?:[\s().-]?\d){4,}")


@dataclass(frozen=True, slots=True)
class Contact:
    """One service to ring. `card_order` 0 means: not on the contact card."""

    key: str
    name: str
    number: str
    scope: str
    purpose: str
    note: str = ""
    email: str = ""
    card_order: int = 0
    source: str = ""
    checked_on: date | None = None
    checked_by: str = ""

    @property
    def confirmed(self) -> bool:
        """Somebody checked this number and said when."""
        return self.checked_on is not None

    @property
    def dial(self) -> str:
        """The address that a telephone rings: tel:01235000000."""
        return "tel:" + re.sub(r"[^0-9+]", "", self.number)

    @property
    def rings(self) -> bool:
        """Whether touching the number may ring it: nobody may ring 999 who only wanted to text it."""
        return self.key not in WRITTEN_TO


@dataclass(frozen=True, slots=True)
class ContactSet:
    """All contacts as they stood at one version; a change makes a new version, so old papers keep theirs."""

    version: int
    contacts: tuple[Contact, ...]

    def stale(self, today: date) -> list[Contact]:
        """Those that nobody has checked for six months."""
        limit = calendar.add_months(today, -CHECKED_WITHIN)
        return [one for one in self.contacts if one.checked_on is None or one.checked_on < limit]

    def get(self, key: str) -> Contact:
        """The contact of that key; refuses one that nobody has defined."""
        for contact in self.contacts:
            if contact.key == key:
                return contact
        raise Refused("contact-unknown", f"There is no contact called “{key}”")

    def card(self) -> tuple[Contact, ...]:
        """What the contact card shows, in its order."""
        return tuple(sorted((c for c in self.contacts if c.card_order), key=lambda c: c.card_order))

    def unconfirmed(self) -> tuple[Contact, ...]:
        """Contacts that nobody has checked yet."""
        return tuple(c for c in self.contacts if not c.confirmed)

    def oldest_check(self) -> date | None:
        """When the card's contacts were last all checked; None while one is unconfirmed."""
        days = [c.checked_on for c in self.card()]
        return min((d for d in days if d), default=None) if all(days) else None


@dataclass(frozen=True, slots=True)
class CardText:
    """What is printed on a contact card, both sides. `mark` is "", "SAMPLE" or "PILOT"."""

    council: str
    holder: str
    licences: tuple[str, ...]
    certificate_number: str
    issued_on: date
    expires_on: date
    verify_address: str
    handbook_address: str
    contacts: tuple[Contact, ...]
    version: int
    checked: date | None
    mark: str = ""


def placeholders(text: str) -> set[str]:
    """The keys of the contacts that a text names."""
    return {key for _, key in PLACEHOLDER.findall(text)}


def fill(text: str, contacts: ContactSet) -> str:
    """Put names and numbers and notes in place of {name:KEY}, {number:KEY} and {note:KEY}."""
    return PLACEHOLDER.sub(lambda found: getattr(contacts.get(found[2]), found[1]), text)


def problems(contact: Contact) -> list[tuple[str, str]]:
    """What is wrong with a contact: pairs of field and words."""
    found = []
    if not contact.name.strip():
        found.append(("name", "Enter the name that drivers will read"))
    if not re.fullmatch(r"[0-9+][0-9 ]{1,19}", contact.number):
        found.append(("number", "Enter a telephone number: digits and spaces only, for example 01632 960 001"))
    if not contact.purpose.strip():
        found.append(("purpose", "Say in one line when to ring this number"))
    return found
