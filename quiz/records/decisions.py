"""Decisions: written once, never changed. A later one stands beside an earlier one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.adjustments import Adjustment
from quiz.records.attempts import Attempt
from quiz.records.base import Record, new_id
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.records.people import Licence, Person
from quiz.records.scans import Scan


class Decision(Record):
    """What an officer decided about a person: kind, reason (a key), words for the driver, and a note of the office.

    `detail` is a number of minutes, or the number of a new certificate, as text.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('void', 'another-try', 'extend', 'revoke-certificate', 'replace-certificate', 'unsafe-upheld', "
            "'unsafe-withdrawn', 'mark-again', 'accept-elsewhere', 'end-elsewhere')",
            name="known_kind",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey(Attempt.id), index=True)
    certificate: Mapped[str | None] = mapped_column(ForeignKey(Certificate.number))
    kind: Mapped[str]
    reason: Mapped[str]
    told: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    detail: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


@dataclass(frozen=True, slots=True)
class Known:
    """A person with licences in a fixed order, decisions newest first, adjustments and accepted passes oldest first.

    `scans`: what was kept of accepted passes, by pass.
    """

    person: Person
    licences: list[Licence]
    decisions: list[Decision]
    adjustments: list[Adjustment]
    accepted: list[AcceptedPass]
    scans: dict[UUID, Scan]


def known(session: Session, person_id: UUID) -> Known | None:
    """What stands about a person beside the attempts, in one statement: there are few rows of each kind."""
    rows = session.execute(
        select(Person, Licence, Decision, Adjustment, AcceptedPass, Scan)
        .outerjoin(Licence, Licence.person_id == Person.id)
        .outerjoin(Decision, Decision.person_id == Person.id)
        .outerjoin(Adjustment, Adjustment.person_id == Person.id)
        .outerjoin(AcceptedPass, AcceptedPass.person_id == Person.id)
        .outerjoin(Scan, Scan.pass_id == AcceptedPass.id)
        .where(Person.id == person_id)
        .order_by(
            Licence.kind,
            Licence.number_key,
            Licence.id,
            Decision.at.desc(),
            Decision.id.desc(),
            Adjustment.agreed_at,
            Adjustment.id,
            AcceptedPass.id,
        )
    ).all()
    if not rows:
        return None
    return Known(
        rows[0][0],
        list(dict.fromkeys(row[1] for row in rows if row[1])),
        list(dict.fromkeys(row[2] for row in rows if row[2])),
        list(dict.fromkeys(row[3] for row in rows if row[3])),
        list(dict.fromkeys(row[4] for row in rows if row[4])),
        {row[5].pass_id: row[5] for row in rows if row[5] and row[5].pass_id},
    )


def of_person(session: Session, person_id: UUID, test: str | None = None) -> list[Decision]:
    """All decisions about a person, newest first; with `test`, those about another test are left out."""
    query = select(Decision).where(Decision.person_id == person_id)
    if test is not None:
        query = (
            query.outerjoin(Attempt, Attempt.id == Decision.attempt_id)
            .outerjoin(Certificate, Certificate.number == Decision.certificate)
            .where(func.coalesce(Attempt.test, Certificate.test, test) == test)
        )
    return list(session.scalars(query.order_by(Decision.at.desc(), Decision.id.desc())))
