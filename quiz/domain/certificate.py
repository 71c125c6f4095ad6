"""How long a pass lasts, and what a certificate says. It says "Passed": no score, no band."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from quiz.domain.blueprint import Blueprint, Reason
from quiz.domain.calendar import add_months


class Standing(StrEnum):
    """What a look-up of a number tells. The reason of a withdrawal is never told."""

    CURRENT = "current"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Facts(Protocol):
    """What must be known of a certificate to say how it stands."""

    @property
    def expires_on(self) -> date: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def replaced_by(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What is printed. `verify_address` is the address in the QR code; `mark` is "", "SAMPLE" or "PILOT"."""

    number: str
    name: str
    licences: tuple[str, ...]
    council: str
    test: str
    issued_on: date
    expires_on: date
    use_by: date | None
    verify_address: str
    mark: str = ""


def expires_on(passed_on: date, rules: Blueprint, previous: date | None) -> date:
    """The last day. A pass in the last months before an earlier certificate's expiry counts from that expiry."""
    if previous is not None and add_months(previous, -rules.renewal_months) <= passed_on <= previous:
        return add_months(previous, rules.valid_months)
    return add_months(passed_on, rules.valid_months)


def use_by(passed_on: date, rules: Blueprint, reason: Reason) -> date | None:
    """A new driver's pass can be used for a grant for so many months; nobody else has such a day."""
    return add_months(passed_on, rules.use_within_months) if reason is Reason.APPLICATION else None


def stands(issued: Facts) -> bool:
    """Neither withdrawn nor replaced, whether or not its time is over."""
    return issued.withdrawn_at is None and issued.replaced_by is None


def standing(issued: Facts, today: date) -> Standing:
    """Valid to the end of its last day."""
    if issued.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if issued.replaced_by is not None:
        return Standing.REPLACED
    return Standing.CURRENT if today <= issued.expires_on else Standing.EXPIRED
