"""What a letter says, before it is set in type."""

from dataclasses import dataclass
from datetime import date

from quiz.domain.blueprint import Reason

REASONS = {
    Reason.APPLICATION: "You asked for a licence.",
    Reason.RENEWAL: "You asked to renew your licence.",
    Reason.REFRESHER: "Every driver takes this test again from time to time.",
    Reason.REQUIRED: "The council asks you to take this test.",
}
PLACES = {
    True: "You take the test at the council’s office, under supervision. Ring us for a time.",
    False: "You can take the test where and when it suits you.",
}


@dataclass(frozen=True, slots=True)
class MemberLetter:
    """The letter to somebody of a group: a reference in place of a licence, and no word of drivers' licences.

    `called` is what one of the group is ("elected member"); the other fields are those of `LetterText`.
    """

    council: str
    test: str
    holder: str
    reference: str
    code: str
    called: str
    deadline: date | None
    address: str
    handbook_address: str
    support: str
    issued_on: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter that brings an access code, addressed by name and licence only.

    `reason` is a sentence ("You asked to renew your licence."), `support` says whom to ask and how, `code` may be typed
    with or without its dashes, `address` opens the service and `handbook_address` what to read first,
    `practice_address` the practice questions; `mark` is "",
    "SAMPLE" or "PILOT".
    """

    council: str
    service: str
    holder: str
    licences: tuple[str, ...]
    code: str
    reason: str
    deadline: date | None
    address: str
    handbook_address: str
    practice_address: str
    support: str
    issued_on: date
    mark: str = ""
