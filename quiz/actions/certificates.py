"""Issuing a certificate: its words are fixed at that moment and kept."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from quiz.actions.work import Work
from quiz.domain import calendar, certificate, numbers
from quiz.domain.blueprint import Blueprint, Reason
from quiz.domain.certificate import CertificateText
from quiz.domain.errors import Refused
from quiz.domain.signed import Statement
from quiz.formats import signing
from quiz.formats.signing import Signer
from quiz.records import certificates, people
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.invitations import Invitation


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the council's name, the address of the service, and the key that signs."""

    council: str
    base_url: str
    signer: Signer

    def verify_address(self, statement: Statement) -> str:
        """Where a certificate is checked. The signed part stays in the browser: no server log gets to see it."""
        code = signing.sign(self.signer, statement).text()
        return f"{self.base_url}/verify/{numbers.show(statement.number)}#{code}"


def issue(work: Work, attempt: Attempt, rules: Blueprint, issuer: Issuer) -> Certificate:
    """A certificate for a passed attempt."""
    finished = attempt.finished_at or work.now
    passed_on = calendar.day_of(finished)
    previous = certificates.last_expiry(work.session, attempt.person_id, attempt.test, attempt.mode)
    expires = certificate.expires_on(passed_on, rules, previous)
    row = _add(work, attempt, rules, issuer, passed_on, expires, issue=1)
    work.record("certificate.issued", f"attempt:{attempt.id}", certificate=row.number, expires_on=expires)
    return row


def replace(work: Work, old: Certificate, rules: Blueprint, issuer: Issuer) -> Certificate:
    """The same pass on a new certificate, with today's name and licences. The old one says that it was replaced."""
    _must_stand(old)
    attempt = work.session.get_one(Attempt, old.attempt_id)
    row = _add(work, attempt, rules, issuer, old.issued_on, old.expires_on, issue=old.issue + 1)
    old.replaced_by = row.number
    work.session.flush()
    work.record("certificate.replaced", f"attempt:{attempt.id}", certificate=old.number, by=row.number)
    return row


def revoke(work: Work, row: Certificate) -> None:
    """Not valid from this moment on, for ever. The reason stands in the decision."""
    _must_stand(row)
    row.withdrawn_at = work.now
    work.session.flush()
    work.record("certificate.withdrawn", f"attempt:{row.attempt_id}", certificate=row.number)


def _must_stand(row: Certificate) -> None:
    if row.withdrawn_at is not None:
        raise Refused("certificate-withdrawn", "This certificate was withdrawn before.")
    if row.replaced_by is not None:
        raise Refused("certificate-replaced", "This certificate was replaced before. Decide about the newer one.")


def _add(
    work: Work, attempt: Attempt, rules: Blueprint, issuer: Issuer, passed_on: date, expires: date, *, issue: int
) -> Certificate:
    number = numbers.make(work.chance)
    text = _text(work, attempt, rules, issuer, number, passed_on, expires)
    row = Certificate(
        number=number,
        person_id=attempt.person_id,
        attempt_id=attempt.id,
        issue=issue,
        test=attempt.test,
        mode=attempt.mode,
        issued_at=work.now,
        issued_on=passed_on,
        expires_on=expires,
        printed=json.dumps(asdict(text), default=str, ensure_ascii=False, sort_keys=True),
    )
    work.session.add(row)
    work.session.flush()
    return row


def _text(
    work: Work, attempt: Attempt, rules: Blueprint, issuer: Issuer, number: str, passed_on: date, expires: date
) -> CertificateText:
    person = people.lock(work.session, attempt.person_id)
    invitation = work.session.get_one(Invitation, attempt.invitation_id)
    mark = {"sample": "SAMPLE", "pilot": "PILOT"}.get(attempt.mode, "")
    return CertificateText(
        number=number,
        name=person.name,
        licences=_licences(work, person.id) if rules.for_drivers else (),
        council=issuer.council,
        test=rules.name,
        issued_on=passed_on,
        expires_on=expires,
        use_by=certificate.use_by(passed_on, rules, Reason(invitation.reason)),
        verify_address=issuer.verify_address(Statement(number, passed_on, expires, mark)),
        mark=mark,
    )


def _licences(work: Work, person_id: UUID) -> tuple[str, ...]:
    return tuple(one.shown.words for one in people.licences(work.session, person_id))


def printed(row: Certificate) -> CertificateText:
    """The words as they were issued."""
    kept = json.loads(row.printed)
    days = {key: date.fromisoformat(kept[key]) for key in ("issued_on", "expires_on")}
    use_by = date.fromisoformat(kept["use_by"]) if kept["use_by"] else None
    return CertificateText(**{**kept, **days, "use_by": use_by, "licences": tuple(kept["licences"])})
