"""Wrong tries at signing in and looking up, counted for address and for number. Rows of digests, not of people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import limits
from quiz.records.base import Record
from quiz.records.people import Person


class WrongTries(Record):
    """How often something failed. `person_id` is set when the number exists, so that officers can be told."""

    __tablename__ = "wrong_tries"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody's number was tried wrongly again and again."""

    person_id: UUID
    name: str
    count: int
    last_at: datetime


def blocked_until(session: Session, buckets: list[str], now: datetime) -> datetime | None:
    """Until when to wait, by the longest wait of these buckets; None when nothing is to wait for."""
    rows = session.scalars(select(WrongTries).where(WrongTries.bucket.in_(buckets)))
    ends = [row.last_at + limits.wait_after(row.count) for row in rows if limits.still_counts(row.last_at, now)]
    latest = max(ends, default=now)
    return latest if latest > now else None


def count_wrong(session: Session, buckets: dict[str, UUID | None], now: datetime) -> None:
    """Add one wrong try to each bucket, in an order that cannot deadlock."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for bucket in sorted(buckets):
        known = session.get(WrongTries, bucket, with_for_update=True)
        count = known.count + 1 if known and limits.still_counts(known.last_at, now) else 1
        values = {"bucket": bucket, "count": count, "last_at": now, "person_id": buckets[bucket]}
        query = insert(WrongTries).values(values)
        session.execute(
            query.on_conflict_do_update(
                index_elements=["bucket"],
                set_={"count": count, "last_at": now, "person_id": buckets[bucket]},
            )
        )


def forget(session: Session, bucket: str) -> None:
    """A right try ends the counting for its number (not for its address)."""
    row = session.get(WrongTries, bucket)
    if row is not None:
        session.delete(row)


def alerts(session: Session, since: datetime) -> list[Alert]:
    """People whose number was tried wrongly at least ten times in a row, the latest first."""
    rows = session.execute(
        select(Person.id, Person.name, WrongTries.count, WrongTries.last_at)
        .join(WrongTries, Person.id == WrongTries.person_id)
        .where(WrongTries.count >= limits.ALERT_FROM, WrongTries.last_at >= since)
        .order_by(WrongTries.last_at.desc(), WrongTries.bucket)
    )
    return [Alert(*row) for row in rows]
