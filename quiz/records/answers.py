"""Answers: append-only, in the server's order. Which of them counts is worked out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    bindparam,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record
from quiz.records.sessions import DriverSession


class Answer(Record):
    """One choice at one moment; `choice` holds displayed positions ("3", "1,4" or nothing).

    `sequence` is the page's own count when it has one. `confirmed`: the driver pressed the button.
    """

    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "position"], ["paper_slot.attempt_id", "paper_slot.position"]),
        UniqueConstraint("attempt_id", "position", "session_id", "sequence"),
        Index("ix_answer_place", "attempt_id", "position", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    attempt_id: Mapped[UUID]
    position: Mapped[int]
    session_id: Mapped[UUID] = mapped_column(ForeignKey(DriverSession.id))
    sequence: Mapped[int | None]
    choice: Mapped[str]
    later: Mapped[bool]
    confirmed: Mapped[bool]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer row as it is folded."""

    position: int
    session_id: UUID
    sequence: int | None
    choice: str
    later: bool
    confirmed: bool
    at: datetime


# Built once: building a statement costs as much as running it.
SAID = (
    select(*(Answer.__table__.c[name] for name in Said.__slots__))
    .where(Answer.attempt_id == bindparam("attempt"))
    .order_by(Answer.id)
)
SAID_THERE = SAID.where(Answer.position == bindparam("place"))
ANSWER = Record.metadata.tables["answer"]
# The same answer sent twice (page, sign-in and number) is one; whichever comes second adds nothing.
ONCE = ["attempt_id", "position", "session_id", "sequence"]
ADD_ANSWER = {
    "sqlite": sqlite.insert(ANSWER).on_conflict_do_nothing(index_elements=ONCE).returning(ANSWER.c.id),
    "postgresql": postgresql.insert(ANSWER).on_conflict_do_nothing(index_elements=ONCE).returning(ANSWER.c.id),
}


def said(session: Session, attempt_id: UUID, position: int | None = None) -> list[Said]:
    """Every answer of an attempt, or of one of its questions, in the server's order."""
    if position is None:
        rows = session.execute(SAID, {"attempt": attempt_id})
    else:
        rows = session.execute(SAID_THERE, {"attempt": attempt_id, "place": position})
    return [Said(*row) for row in rows]


def add_answer(session: Session, attempt_id: UUID, said: Said) -> bool:
    """Append one answer; False when this sign-in has sent that number for that question before."""
    added = session.execute(
        ADD_ANSWER[session.get_bind().dialect.name],
        {
            "attempt_id": attempt_id,
            "position": said.position,
            "session_id": said.session_id,
            "sequence": said.sequence,
            "choice": said.choice,
            "later": said.later,
            "confirmed": said.confirmed,
            "at": said.at,
        },
    )
    return added.first() is not None


def numbered(session: Session, attempt_id: UUID, like: Said) -> Said:
    """The answer that this sign-in has sent under the same number for the same question."""
    query = SAID_THERE.where(Answer.session_id == like.session_id, Answer.sequence == like.sequence)
    return Said(*session.execute(query, {"attempt": attempt_id, "place": like.position}).one())
