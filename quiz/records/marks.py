"""What marking found. A mark is only ever added; a later one may only help the driver."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.marking import Tally
from quiz.records.base import Record


class Marking(Record):
    """What marking found; number 1 is the first, a later one may only help the driver. JSON in the text columns."""

    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("outcome IN ('passed', 'not-passed')", name="known_outcome"),)

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    score: Mapped[int]
    of: Mapped[int]
    outcome: Mapped[str]
    reasons: Mapped[str]
    topics: Mapped[str] = mapped_column(Text)
    groups: Mapped[str] = mapped_column(Text)
    unsafe: Mapped[str]
    below: Mapped[str]


def counts(kept: str) -> dict[str, Tally]:
    """The counts that a mark keeps of its topics or groups."""
    return {key: Tally(*pair) for key, pair in json.loads(kept).items()}


def newest(session: Session, attempt_ids: list[UUID]) -> dict[UUID, Marking]:
    """The mark that counts of each attempt, in one statement."""
    query = select(Marking).where(Marking.attempt_id.in_(attempt_ids)).order_by(Marking.number)
    return {row.attempt_id: row for row in session.scalars(query)} if attempt_ids else {}


def of_attempt(session: Session, attempt_id: UUID) -> Marking | None:
    """The mark that counts."""
    return newest(session, [attempt_id]).get(attempt_id)
