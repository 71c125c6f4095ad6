"""What marking found. A mark is only ever added; a later one may only help the driver."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.marking import Mark, Outcome, Tally, Why
from quiz.records.base import Record


class Marking(Record):
    """What marking found; number 1 is the first, a later one may only help the driver. JSON in the text columns.

    `because` is the key of the decision ("decision:…") after which it was marked again; nothing for the first.
    `excused`: positions whose question was found wrong before it was made.
    """

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("outcome IN ('passed', 'not-passed')", name="known_outcome"),
        Index("ix_mark_unsafe", "attempt_id", sqlite_where=text("unsafe != ''"), postgresql_where=text("unsafe != ''")),
    )

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
    because: Mapped[str | None]
    excused: Mapped[str | None]


def add(session: Session, attempt_id: UUID, number: int, found: Mark, at: datetime, by: str, because: str = "") -> None:
    """Keep what marking found as the mark of that number."""
    session.add(
        Marking(
            attempt_id=attempt_id,
            number=number,
            at=at,
            by=by,
            score=found.score,
            of=found.of,
            outcome=found.outcome,
            reasons=",".join(found.reasons),
            topics=json.dumps({key: [one.right, one.of] for key, one in found.topics.items()}),
            groups=json.dumps({key: [one.right, one.of] for key, one in found.groups.items()}),
            unsafe=",".join(map(str, found.unsafe)),
            below=",".join(found.below),
            because=because or None,
            excused=",".join(map(str, found.excused)) or None,
        )
    )


def read(row: Marking) -> Mark:
    """What marking found, as the rules want it."""
    return Mark(
        score=row.score,
        of=row.of,
        topics=counts(row.topics),
        groups=counts(row.groups),
        unsafe=tuple(int(position) for position in row.unsafe.split(",") if position),
        below=tuple(key for key in row.below.split(",") if key),
        outcome=Outcome(row.outcome),
        reasons=tuple(Why(key) for key in row.reasons.split(",") if key),
        excused=tuple(int(position) for position in (row.excused or "").split(",") if position),
    )


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
