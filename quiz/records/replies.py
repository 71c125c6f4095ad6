"""What drivers answer to what a computer noticed. Written once, shown beside it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.attempts import Attempt
from quiz.records.base import Record, new_id


class Reply(Record):
    """One answer of a driver about one attempt."""

    __tablename__ = "reply"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), index=True)
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)


def of_attempt(session: Session, attempt_id: UUID) -> list[Reply]:
    """The driver's answers, oldest first."""
    return list(session.scalars(select(Reply).where(Reply.attempt_id == attempt_id).order_by(Reply.at, Reply.id)))
