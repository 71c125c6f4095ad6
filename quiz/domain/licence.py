"""Licence and application numbers: each council has its own form, so any text is a number if it can be compared."""

import re
from dataclasses import dataclass
from enum import StrEnum

from quiz.domain.errors import Refused

LONGEST = 30
MOST_ZEROS = 4  # in front of the digits of a number, where people leave them out or add them


class Kind(StrEnum):
    """Councils number each kind separately, so authority, kind and number together are unique."""

    HACKNEY = "hackney"
    PRIVATE_HIRE = "private-hire"
    DUAL = "dual"
    APPLICATION = "application"


KIND_WORDS = {
    Kind.HACKNEY: "Hackney carriage",
    Kind.PRIVATE_HIRE: "Private hire",
    Kind.DUAL: "Hackney carriage and private hire",
    Kind.APPLICATION: "Application",
}


def normalise(typed: str) -> str:
    """What two spellings of one number have in common: "ph 12-34" and "PH1234" are the same."""
    return "".join(c for c in typed.upper() if c.isalnum())


def spellings(normalised: str) -> tuple[str, ...]:
    """The same number with fewer or more zeros in front of its digits: "HC 2217" may be kept as "HC02217"."""
    found = re.fullmatch(r"([A-Z]*)0*([1-9][0-9]*)", normalised)
    return tuple(found[1] + "0" * zeros + found[2] for zeros in range(MOST_ZEROS + 1)) if found else ()


def number(typed: str) -> str:
    """The number as it is kept and printed; leading zeros stay. Refuses what could never be compared."""
    tidy = " ".join(typed.split()).upper()
    if not normalise(tidy):
        raise Refused("licence-number", "Enter the licence or application number, for example PH1234")
    if len(tidy) > LONGEST:
        raise Refused("licence-number", f"Enter a licence number of at most {LONGEST} characters")
    return tidy


@dataclass(frozen=True)
class Shown:
    """A licence as pages and documents show it."""

    kind: Kind
    number: str
    authority: str

    @property
    def words(self) -> str:
        """Private hire PH1234, Chorley Council."""
        return f"{KIND_WORDS[self.kind]} {self.number}, {self.authority}"
