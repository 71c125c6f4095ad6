"""Groups of other people who sit a test of their own: a reference in place of a licence, and who is due."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from quiz.domain.errors import Refused
from quiz.domain.numbers import ALPHABET

PREFIX = "M"
CHARACTERS = 5
SOON_DAYS = 30
LONGEST = 80
LINES_AT_ONCE = 500


class Due(StrEnum):
    """How somebody of a group stands today."""

    NEVER = "never"
    DUE = "due"
    SOON = "soon"
    VALID = "valid"


DUE_WORDS = {
    Due.NEVER: "Has not passed yet",
    Due.DUE: "Due: the pass has ended",
    Due.SOON: f"Due within {SOON_DAYS} days",
    Due.VALID: "Has a valid pass",
}


def due(passed_until: date | None, today: date) -> Due:
    """A pass is valid to the end of its last day."""
    if passed_until is None:
        return Due.NEVER
    if passed_until < today:
        return Due.DUE
    return Due.SOON if passed_until <= soon(today) else Due.VALID


def soon(today: date) -> date:
    """The last day that counts as soon."""
    return today + timedelta(days=SOON_DAYS)


def reference(chance: Random) -> str:
    """A new reference as it is kept and compared: M7K3Q9. It opens nothing without an access code."""
    return PREFIX + "".join(chance.choice(ALPHABET) for _ in range(CHARACTERS))


def shown(kept: str) -> str:
    """As it is printed: M-7K3Q9."""
    return f"{kept[: len(PREFIX)]}-{kept[len(PREFIX) :]}"


def key(name: str) -> str:
    """What stands for a group in addresses: "Elected members" is elected-members."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:40].strip("-")


def words(name: str, called: str) -> tuple[str, str]:
    """The name of a group and what one of its people is called, tidied. Refuses what says nothing."""
    found = " ".join(name.split()), " ".join(called.split())
    if not key(found[0]):
        raise Refused("group-name", "Enter the name of the group, for example Elected members")
    if not found[1]:
        raise Refused("group-called", "Enter what one of them is called, for example elected member")
    for code, text in zip(("group-name", "group-called"), found, strict=True):
        if len(text) > LONGEST:
            raise Refused(code, f"Use {LONGEST} characters or fewer")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pasted list: name and, after a comma, semicolon or tab, an e-mail address."""

    number: int
    name: str
    email: str


def lines(pasted: str) -> Iterator[Line]:
    """The lines that have anything in them. Only what looks like an address counts as one: "Smith, Ann" is a name."""
    for number, text in enumerate(pasted.splitlines(), 1):
        parts = [part.strip() for part in text.replace(";", ",").replace("\t", ",").split(",")]
        parts = [part for part in parts if part]
        if not parts:
            continue
        email = parts.pop() if len(parts) > 1 and "@" in parts[-1] else ""
        yield Line(number, ", ".join(parts), email)
