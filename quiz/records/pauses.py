"""Pauses of attempts, each with the moment at which it ends by itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.attempts import Attempt
from quiz.records.base import Record, new_id


class Pause(Record):
    """The clock stood still from `began_at` to `ended_at`, or to `until` when the driver did not come back before.

    `by` is the invigilator who stopped the clock; None: the driver did. `kind` is "break"
    for an agreed break; None: for help, from what everybody has.
    """

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("until > began_at", name="runs_forwards"),
        CheckConstraint("ended_at IS NULL OR (ended_at >= began_at AND ended_at <= until)", name="ends_within"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), index=True)
    began_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    by: Mapped[str | None]
    kind: Mapped[str | None]


def of_attempts(session: Session, attempt_ids: list[UUID]) -> dict[UUID, list[Pause]]:
    """The pauses of these attempts, oldest first, in one statement."""
    found: dict[UUID, list[Pause]] = {key: [] for key in attempt_ids}
    query = select(Pause).where(Pause.attempt_id.in_(attempt_ids)).order_by(Pause.began_at, Pause.id)
    for row in session.scalars(query) if attempt_ids else ():
        found[row.attempt_id].append(row)
    return found
