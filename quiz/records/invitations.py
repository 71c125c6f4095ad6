"""Invitations to sit, and the access codes that belong to them (digests only)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, exists, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from quiz.records.base import Record, new_id
from quiz.records.people import Person


class Invitation(Record):
    """The council's permission to sit: why, until when, supervised or not."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("reason IN ('application', 'renewal', 'refresher', 'required')", name="known_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    test: Mapped[str]
    reason: Mapped[str]
    supervised: Mapped[bool] = mapped_column(default=False)
    deadline: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class AccessCode(Record):
    """A code for one invitation, covering all its tries. The plain code is never stored."""

    __tablename__ = "access_code"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_only"),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey(Invitation.id), index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]


def of_person(session: Session, person_id: UUID) -> list[Invitation]:
    """A person's invitations, newest first."""
    return list(
        session.scalars(select(Invitation).where(Invitation.person_id == person_id).order_by(Invitation.id.desc()))
    )


def with_codes(session: Session, person_id: UUID) -> list[tuple[Invitation, list[AccessCode]]]:
    """A person's invitations, newest first, each with its codes, newest first, in one statement."""
    rows = session.execute(
        select(Invitation, AccessCode)
        .outerjoin(AccessCode, AccessCode.invitation_id == Invitation.id)
        .where(Invitation.person_id == person_id)
        .order_by(Invitation.id.desc(), AccessCode.issued_at.desc(), AccessCode.digest)
    )
    found: dict[UUID, tuple[Invitation, list[AccessCode]]] = {}
    for invitation, code in rows:
        found.setdefault(invitation.id, (invitation, []))[1].extend([code] if code else [])
    return list(found.values())


def newest(session: Session, person_id: UUID, test: str) -> Invitation | None:
    """The invitation that counts now."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.person_id == person_id, Invitation.test == test)
        .order_by(Invitation.id.desc())
        .limit(1)
    ).one_or_none()


def to_be_supervised(test: str) -> Select[UUID]:
    """The keys of everybody whose newest invitation is to a supervised test."""
    later = aliased(Invitation)
    newer = exists().where(
        later.person_id == Invitation.person_id, later.test == Invitation.test, later.id > Invitation.id
    )
    return select(Invitation.person_id).where(Invitation.test == test, Invitation.supervised, ~newer)


def working_codes(session: Session, person_id: UUID, test: str) -> list[AccessCode]:
    """A person's codes that no newer one has replaced."""
    return list(
        session.scalars(
            select(AccessCode)
            .join(Invitation, Invitation.id == AccessCode.invitation_id)
            .where(Invitation.person_id == person_id, Invitation.test == test, AccessCode.withdrawn_at.is_(None))
            .order_by(AccessCode.issued_at, AccessCode.digest)
        )
    )


def held_by(session: Session, digest: str, person_ids: list[UUID]) -> tuple[AccessCode, Invitation] | None:
    """The code of that digest if it belongs to one of these people."""
    found = session.execute(
        select(AccessCode, Invitation)
        .join(Invitation, Invitation.id == AccessCode.invitation_id)
        .where(AccessCode.digest == digest, Invitation.person_id.in_(person_ids))
    ).one_or_none()
    return None if found is None else (found[0], found[1])
