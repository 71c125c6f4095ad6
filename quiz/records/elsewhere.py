"""Passes from elsewhere that officers accepted, and those that they ended again."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record, new_id
from quiz.records.people import Person


class AcceptedPass(Record):
    """Which body, what test, when passed, until when; who accepted it after seeing what. `mode` as of attempts."""

    __tablename__ = "accepted_pass"
    __table_args__ = (
        CheckConstraint("until >= passed_on", name="runs_forwards"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    test: Mapped[str]
    mode: Mapped[str]
    body: Mapped[str]
    course: Mapped[str]
    passed_on: Mapped[date]
    until: Mapped[date]
    seen: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


def of_person(session: Session, person_id: UUID, test: str) -> list[AcceptedPass]:
    """What was accepted for a person in place of that test, oldest first."""
    query = select(AcceptedPass).where(AcceptedPass.person_id == person_id, AcceptedPass.test == test)
    return list(session.scalars(query.order_by(AcceptedPass.id)))


def locked(session: Session, pass_id: UUID) -> AcceptedPass | None:
    """One of them, as it is now."""
    return session.get(AcceptedPass, pass_id, populate_existing=True)
