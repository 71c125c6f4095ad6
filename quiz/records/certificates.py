"""Certificates as they were issued: the printed text is kept, whatever changes later."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.attempts import Attempt
from quiz.records.base import Record
from quiz.records.people import Person


class Certificate(Record):
    """One certificate. `printed` is its text as JSON; withdrawal and replacement are facts beside it.

    `issue` is 1 for the first of an attempt; each replacement is one more.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("attempt_id", "issue"),)

    number: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id))
    issue: Mapped[int]
    test: Mapped[str]
    mode: Mapped[str]
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    expires_on: Mapped[date] = mapped_column(index=True)
    printed: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None]
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("certificate.number"))


def of_attempt(session: Session, attempt_id: UUID) -> Certificate | None:
    """The certificate that an attempt earned; its newest issue."""
    query = select(Certificate).where(Certificate.attempt_id == attempt_id)
    return session.scalars(query.order_by(Certificate.issue.desc()).limit(1)).one_or_none()


def of_person(session: Session, person_id: UUID) -> list[Certificate]:
    """A person's certificates, newest first."""
    return list(
        session.scalars(
            select(Certificate)
            .where(Certificate.person_id == person_id)
            .order_by(Certificate.issued_at.desc(), Certificate.number)
        )
    )


def withdrawn(session: Session, person_id: UUID) -> frozenset[UUID]:
    """The attempts of a person whose certificate was withdrawn."""
    query = select(Certificate.attempt_id).where(
        Certificate.person_id == person_id, Certificate.withdrawn_at.is_not(None)
    )
    return frozenset(session.scalars(query))


def numbered(session: Session, number: str) -> Certificate | None:
    """The certificate of that number, as it stands now: a row that was read before a lock may be out of date."""
    return session.get(Certificate, number, populate_existing=True)


def last_expiry(session: Session, person_id: UUID, test: str, mode: str) -> date | None:
    """The latest last day among certificates of that mode that were not withdrawn or replaced."""
    return session.scalar(
        select(Certificate.expires_on)
        .where(
            Certificate.person_id == person_id,
            Certificate.test == test,
            Certificate.mode == mode,
            Certificate.withdrawn_at.is_(None),
            Certificate.replaced_by.is_(None),
        )
        .order_by(Certificate.expires_on.desc())
        .limit(1)
    )
