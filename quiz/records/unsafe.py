"""Results with an unsafe answer that wait for two readers, and what the readers found. Readings are only added."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, Text, exists, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from quiz.domain import calendar, unsafe
from quiz.domain.marking import Outcome, Why
from quiz.domain.unsafe import Capacity, Reading, Verdict
from quiz.records.attempts import Attempt
from quiz.records.base import Record, new_id
from quiz.records.decisions import Decision
from quiz.records.marks import Marking

ANSWERS = tuple(unsafe.DECISIONS.values())


class UnsafeReading(Record):
    """What one person found about the unsafe answers of one attempt. `why` stays in the office."""

    __tablename__ = "unsafe_reading"
    __table_args__ = (
        CheckConstraint("capacity IN ('officer', 'lead')", name="known_capacity"),
        CheckConstraint("verdict IN ('upheld', 'withdrawn')", name="known_verdict"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), index=True)
    capacity: Mapped[str]
    verdict: Mapped[str]
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]

    @property
    def said(self) -> Reading:
        """The reading as the rules want it."""
        return Reading(self.by, Capacity(self.capacity), Verdict(self.verdict))


@dataclass(frozen=True, slots=True)
class Case:
    """A result that waits for its readers or for the answer to the driver."""

    attempt_id: UUID
    person_id: UUID
    ended_at: datetime
    score: int
    of: int
    reasons: str
    positions: str
    readings: list[UnsafeReading]

    @property
    def said(self) -> list[Reading]:
        """The readings as the rules want them."""
        return [one.said for one in self.readings]

    @property
    def unsafe(self) -> list[int]:
        """Where on the paper the unsafe answers stand."""
        return [int(position) for position in self.positions.split(",")]

    @property
    def due(self) -> date:
        """The day by which the driver hears from us."""
        return unsafe.answer_by(calendar.day_of(self.ended_at))


def waiting() -> Select[UUID]:
    """The query for attempts whose newest mark is a fail with an unsafe answer, and which nobody has answered."""
    later = aliased(Marking)
    newer = exists().where(later.attempt_id == Marking.attempt_id, later.number > Marking.number)
    answered = exists().where(Decision.attempt_id == Attempt.id, Decision.kind.in_(ANSWERS))
    return (
        select(Attempt.id)
        .join(Marking, Marking.attempt_id == Attempt.id)
        .where(Marking.unsafe != "", Marking.outcome == Outcome.NOT_PASSED, Marking.reasons.contains(Why.UNSAFE))
        .where(Attempt.voided_at.is_(None), ~newer, ~answered)
    )


def of_person(session: Session, person_id: UUID) -> set[UUID]:
    """Which attempts of a person wait for their readings or for the answer."""
    return set(session.scalars(waiting().where(Attempt.person_id == person_id)))


def cases(session: Session, attempt_id: UUID | None = None) -> list[Case]:
    """Everything that waits, the oldest first, in one statement; or only that one."""
    query = waiting().add_columns(
        Attempt.person_id,
        Attempt.finished_at,
        Marking.score,
        Marking.of,
        Marking.reasons,
        Marking.unsafe,
        UnsafeReading,
    )
    query = query.outerjoin(UnsafeReading, UnsafeReading.attempt_id == Attempt.id)
    query = query.order_by(Attempt.finished_at, Attempt.id, UnsafeReading.id)
    found: dict[UUID, Case] = {}
    for row in session.execute(query if attempt_id is None else query.where(Attempt.id == attempt_id)):
        facts: dict[str, Any] = dict(zip(Case.__slots__[:-1], row, strict=False))
        case = found.setdefault(row[0], Case(**facts, readings=[]))
        case.readings.extend([row.UnsafeReading] if row.UnsafeReading else [])
    return list(found.values())
