"""Long work: what was asked for, by whom, how far it is and how it ended. One process at a time does one of them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import jobs as rules
from quiz.records.base import Record, new_id


class Job(Record):
    """One piece of long work.

    `details` is JSON with opaque keys and no personal data; `words` says to the reader how it ended. `stage` says what
    is being done at the moment.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("ended IN ('done', 'refused', 'failed')", name="known_ending"),
        CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ended_at_some_time"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    details: Mapped[str]
    asked_by: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    ended: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")

    @property
    def given(self) -> dict[str, Any]:
        """What the work was asked for with."""
        found: dict[str, Any] = json.loads(self.details)
        return found


def asked_by(session: Session, actor: str, size: int = 50) -> list[Job]:
    """What somebody asked for, newest first."""
    query = select(Job).where(Job.asked_by == actor).order_by(Job.id.desc())
    return list(session.scalars(query.limit(size)))


def waiting(session: Session, actor: str) -> int:
    """How much of what somebody asked for is not over."""
    return session.scalar(select(func.count()).where(Job.asked_by == actor, Job.ended.is_(None))) or 0


def ended_before(session: Session, kind: str, moment: datetime) -> list[UUID]:
    """Work of a kind that ended before that moment."""
    return list(session.scalars(select(Job.id).where(Job.kind == kind, Job.ended_at < moment)))


def claim(session: Session, now: datetime) -> Job | None:
    """Take up the oldest work that nobody is at; it is then held for the length of a lease.

    Two processes never take up the same: SQLite has one writer at a time, PostgreSQL passes over a held row.
    """
    free = Job.ended.is_(None) & (Job.leased_until.is_(None) | (Job.leased_until <= now))
    found = session.scalars(
        select(Job).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if found is not None:
        found.tries += 1
        found.started_at = found.started_at or now
        found.leased_until = now + rules.LEASE
        session.flush()
    return found


# A job is given as it was when it was taken up. The number of its try then tells whether it is still held: a worker
# that was thought dead may wake up after another one has taken its work, and must do no more.


def keep(session: Session, job: Job, now: datetime, **known: int | str) -> bool:
    """Note how far it is, and hold it for another lease. False if it has ended or somebody else holds it by now."""
    changed = session.execute(
        update(Job).where(_held(job)).values(leased_until=now + rules.LEASE, **known).returning(Job.id)
    )
    return changed.one_or_none() is not None


def is_held(session: Session, job: Job) -> bool:
    """Whether it has not ended and nobody else holds it."""
    return session.scalar(select(Job.id).where(_held(job))) is not None


def let_go(session: Session, job: Job) -> None:
    """Leave it for another process at once; this try does not count."""
    session.execute(update(Job).where(_held(job)).values(leased_until=None, tries=Job.tries - 1))


def end(session: Session, job: Job, now: datetime, ending: rules.Ending, words: str) -> bool:
    """It is over. False if it was over before, or somebody else holds it by now."""
    changed = session.execute(
        update(Job)
        .where(_held(job))
        .values(ended=ending.value, ended_at=now, words=words, leased_until=None)
        .returning(Job.id)
    )
    return changed.one_or_none() is not None


def _held(job: Job) -> ColumnElement[bool]:
    return (Job.id == job.id) & (Job.tries == job.tries) & Job.ended.is_(None) & Job.leased_until.is_not(None)
