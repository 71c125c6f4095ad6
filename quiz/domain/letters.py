"""What a letter says, before it is set in type."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter that brings an access code, addressed by name and licence only.

    `reason` is a sentence ("You asked to renew your licence."), `support` says whom to ask and how, `code` may be typed
    with or without its dashes, `address` opens the service and `handbook_address` what to read first; `mark` is "",
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
    support: str
    issued_on: date
    mark: str = ""
