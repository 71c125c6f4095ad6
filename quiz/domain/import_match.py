"""Which column of a list of licence holders is what: licensing systems each have headings of their own."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a column can hold. Nothing else of a list is read, so nothing else is kept."""

    NUMBER = "number"
    KIND = "kind"
    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    EMAIL = "email"
    MOBILE = "mobile"
    PHONE = "phone"
    EXPIRES = "expires"
    ACTION = "action"
    AUTHORITY = "authority"
    UNLISTED = "unlisted"


FIELD_WORDS = {
    Field.NUMBER: "Licence number",
    Field.KIND: "Kind of licence",
    Field.NAME: "Full name",
    Field.FORENAME: "Forenames",
    Field.SURNAME: "Surname",
    Field.EMAIL: "E-mail address",
    Field.MOBILE: "Mobile number",
    Field.PHONE: "Telephone number",
    Field.EXPIRES: "Licence expiry date",
    Field.ACTION: "Import action",
    Field.AUTHORITY: "Licence authority",
    Field.UNLISTED: "No longer listed since",
}

# A "driving licence number" is the DVLA's, which is never kept: such headings are left out here on purpose.
SYNONYMS = {
    Field.NUMBER: "licence number, licence no, licence num, licence, licence reference, licence ref, lic no, "
    "lic number, license number, license no, license, badge number, badge no, badge, driver badge number, "
    "driver badge no, badge licence no, licence badge number, reference number, ref no, "
    "application number, permit number",
    Field.KIND: "licence type, license type, kind of licence, licence kind, type of licence, type, lic type, category, "
    "licence category, badge type, driver type, licence class, licence description",
    Field.NAME: "full name, name, driver name, drivers name, driver, licence holder, licence holder name, licensee, "
    "licensee name, holder, holder name, name of licence holder, name of driver, applicant, applicant name",
    Field.FORENAME: "forenames, forename, first name, first names, given name, given names, christian name",
    Field.SURNAME: "surname, last name, family name",
    Field.EMAIL: "email address, email, e mail, e mail address, contact email, email addr, driver email",
    Field.MOBILE: "mobile number, mobile, mobile no, mobile phone, mobile phone number, mobile telephone, mob, cell",
    Field.PHONE: "telephone number, telephone, telephone no, tel, tel no, phone, phone number, phone no, "
    "contact number, contact no, contact telephone, home telephone, home phone, daytime telephone",
    Field.EXPIRES: "licence expiry date, licence expiry, expiry date, expiry, expires, expires on, date of expiry, "
    "expiration date, date expires, end date, licence end date, valid to, valid until, licence expires, renewal date, "
    "badge expiry, badge expiry date, exp date",
    Field.ACTION: "import action",
    Field.AUTHORITY: "licence authority",
    Field.UNLISTED: "no longer listed since",
}  # fmt: skip


def plain(heading: str) -> str:
    """What two spellings of one heading have in common: "Licence No." and "LICENCE_NO" are the same."""
    return "".join(c for c in heading.casefold() if c.isalnum())


KNOWN = {plain(words): field for field, text in SYNONYMS.items() for words in text.split(",")}


@dataclass(frozen=True, slots=True)
class Match:
    """A field for each column (None: not read), and the kind of all licences where no column tells it."""

    fields: tuple[Field | None, ...]
    kind: str = ""

    @property
    def stored(self) -> dict[str, object]:
        """As JSON can hold it."""
        return {"fields": [field or "" for field in self.fields], "kind": self.kind}


def stored(held: Mapping[str, list[str] | str]) -> Match:
    """The match that was stored so."""
    return Match(tuple(Field(one) if one else None for one in held["fields"]), str(held["kind"]))


def of_header(header: Sequence[str]) -> Match:
    """By the words of the headings. Where two columns have the same meaning, the first one counts."""
    taken: set[Field] = set()
    fields: list[Field | None] = []
    for heading in header:
        field = KNOWN.get(plain(heading))
        fields.append(field if field not in taken else None)
        taken |= {field} if field else set()
    return Match(tuple(fields))


def recognised(cells: Iterable[str]) -> int:
    """How many different fields the cells of a row would be headings of: this finds the row of headings."""
    return len({KNOWN[key] for cell in cells if (key := plain(cell)) in KNOWN})


def fingerprint(header: Sequence[str]) -> str:
    """The same for every list with these headings in this order, so that a match is remembered."""
    return hashlib.sha256("|".join(plain(one) for one in header).encode()).hexdigest()


def lacking(match: Match) -> list[str]:
    """What is missing before a list can be read, in words."""
    fields = [one for one in match.fields if one]
    found = [f"Say which column is “{FIELD_WORDS[Field.NUMBER]}”"] * (Field.NUMBER not in fields)
    if Field.NAME not in fields and not {Field.FORENAME, Field.SURNAME} <= set(fields):
        found.append("Say which column is the full name, or which are the forenames and the surname")
    if Field.KIND not in fields and not match.kind:
        found.append("Say which column is the kind of licence, or choose one kind for the whole list")
    twice = sorted({FIELD_WORDS[one] for one in fields if fields.count(one) > 1})
    return found + [f"Choose only one column for “{words}”" for words in twice]
