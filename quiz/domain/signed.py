"""What a QR code says beside its address: number, dates and key, signed. A paper that was changed no longer fits it.

As text: NUMBER.ISSUED.EXPIRES.KIND.KEY.SIGNATURE. Days are YYYYMMDD; KIND is L (counts), P (pilot) or S (sample);
KEY is the first 8 hexadecimal digits of the public key's SHA-256. The signature is Ed25519 (RFC 8032) over PURPOSE
and all that stands before the last dot, in base64 for addresses, without padding.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.domain import numbers

PURPOSE = "quiz-certificate-1\n"
LONGEST = 600  # characters that are looked at; ours have some 200 with the address
KINDS = {"": "L", "PILOT": "P", "SAMPLE": "S"}
MARKS = {letter: mark for mark, letter in KINDS.items()}
FORM = re.compile(r"([0-9A-Z]{15})\.(\d{8})\.(\d{8})\.([LPS])\.([0-9a-f]{8})\.([0-9A-Za-z_-]{86})", re.ASCII)


class Finding(StrEnum):
    """What a signature tells. GIVEN_UP: right, but by a key that others may have; only our records can tell more."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown-key"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed. `mark` is "", "SAMPLE" or "PILOT"."""

    number: str
    issued_on: date
    expires_on: date
    mark: str = ""

    def text(self, key_id: str) -> str:
        """The signed words, in their one form."""
        return f"{self.number}.{self.issued_on:%Y%m%d}.{self.expires_on:%Y%m%d}.{KINDS[self.mark]}.{key_id}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with the key that is said to have signed it and its signature (64 bytes), not yet checked."""

    statement: Statement
    key_id: str
    signature: bytes

    def text(self) -> str:
        """As it stands in the code."""
        return f"{self.statement.text(self.key_id)}.{urlsafe_b64encode(self.signature).decode().rstrip('=')}"


def read(typed: str) -> Signed | None:
    """The statement in a scanned address or a pasted code, or None if there is none."""
    found = FORM.fullmatch("".join(typed[:LONGEST].split()).rpartition("#")[2])
    if found is None:
        return None
    number, issued, expires, kind, key_id, signature = found.groups()
    try:
        statement = Statement(number, _day(issued), _day(expires), MARKS[kind])
    except ValueError:
        return None
    return Signed(statement, key_id, urlsafe_b64decode(f"{signature}=="))


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def number_before(typed: str) -> str | None:
    """The certificate number in the address before the code, if there is one."""
    address, _, _ = "".join(typed[:LONGEST].split()).rpartition("#")
    return numbers.read(address.rstrip("/").rpartition("/")[2]) if address else None
