"""Adjustments agreed with a person. There is no place here for a diagnosis, on purpose."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record, new_id
from quiz.records.people import Person


class Adjustment(Record):
    """Kind and amount, who agreed it, whether evidence was seen, until when, and whether it was ended."""

    __tablename__ = "adjustment"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('extra-time', 'breaks', 'large-text', 'high-contrast', 'reader', 'scribe')", name="known_kind"
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    kind: Mapped[str]
    amount: Mapped[str]
    evidence_seen: Mapped[bool]
    until: Mapped[date | None]
    agreed_at: Mapped[datetime]
    agreed_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


def of_person(session: Session, person_id: UUID) -> list[Adjustment]:
    """All that was ever agreed with a person, oldest first."""
    query = select(Adjustment).where(Adjustment.person_id == person_id)
    return list(session.scalars(query.order_by(Adjustment.agreed_at, Adjustment.id)))
