"""Wrong tries at signing in and looking up, counted for address and for number. Rows of digests, not of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, case, delete, select, update
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


def blocked_until(session: Session, buckets: Mapping[str, int], now: datetime) -> datetime | None:
    """Until when to wait, by the longest wait of these buckets with their free tries; None when there is no wait."""
    rows = session.scalars(select(WrongTries).where(WrongTries.bucket.in_(buckets)))
    # Free tries ask for no wait, even where a colleague's was counted a moment after this request came in.
    ends = [
        row.last_at + wait
        for row in rows
        if limits.still_counts(row.last_at, now) and (wait := limits.wait_after(row.count, buckets[row.bucket]))
    ]
    latest = max(ends, default=now)
    return latest if latest > now else None


def hold(session: Session, buckets: Mapping[str, int], now: datetime) -> datetime | None:
    """The same, with these counters held until the transaction ends.

    Tries that come at the same moment are judged one after the other: whoever is let through here counts a wrong try
    before the next one is looked at.
    """
    if session.get_bind().dialect.name != "sqlite":  # that has one writer at a time anyway
        for bucket in sorted(buckets):
            row = {"bucket": bucket, "count": 0, "last_at": now, "person_id": None}
            session.execute(postgresql.insert(WrongTries).values(row).on_conflict_do_nothing())
        held = select(WrongTries.bucket).where(WrongTries.bucket.in_(buckets)).order_by(WrongTries.bucket)
        session.execute(held.with_for_update())
    return blocked_until(session, buckets, now)


def count_wrong(session: Session, buckets: dict[str, UUID | None], now: datetime) -> None:
    """Add one wrong try to each bucket, in an order that cannot deadlock."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    forgotten = now - limits.FORGOTTEN_AFTER
    for bucket in sorted(buckets):
        values = {"bucket": bucket, "count": 1, "last_at": now, "person_id": buckets[bucket]}
        again = case((WrongTries.last_at > forgotten, WrongTries.count + 1), else_=1)
        session.execute(
            insert(WrongTries)
            .values(values)
            .on_conflict_do_update(index_elements=["bucket"], set_={**values, "count": again})
            .execution_options(synchronize_session=False)
        )


def forget(session: Session, bucket: str) -> None:
    """A right try ends the counting for its number (not for its address)."""
    row = session.get(WrongTries, bucket)
    if row is not None:
        session.delete(row)


def give_back(session: Session, bucket: str) -> None:
    """A try that was counted before it was judged was right."""
    session.execute(
        update(WrongTries)
        .where(WrongTries.bucket == bucket, WrongTries.count > 0)
        .values(count=WrongTries.count - 1)
        .execution_options(synchronize_session=False)
    )


def erase_old(session: Session, now: datetime, size: int = 5000) -> None:
    """Erase counters that nobody asks for any more, some at a time: whoever tries many numbers makes many."""
    old = select(WrongTries.bucket).where(WrongTries.last_at < now - limits.KEPT_FOR).limit(size)
    session.execute(delete(WrongTries).where(WrongTries.bucket.in_(old)).execution_options(synchronize_session=False))


def alerts(session: Session, since: datetime) -> list[Alert]:
    """People whose number was tried wrongly at least ten times in a row, the latest first."""
    rows = session.execute(
        select(Person.id, Person.name, WrongTries.count, WrongTries.last_at)
        .join(WrongTries, Person.id == WrongTries.person_id)
        .where(WrongTries.count >= limits.ALERT_FROM, WrongTries.last_at >= since)
        .order_by(WrongTries.last_at.desc(), WrongTries.bucket)
    )
    return [Alert(*row) for row in rows]
