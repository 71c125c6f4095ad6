"""Whoever is invited together with others: how many drivers a list has, and who has an invitation that is open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quiz.domain import calendar
from quiz.domain.codes import WORKS_AFTER_RESULT_DAYS
from quiz.domain.holders import Wanted
from quiz.domain.marking import Outcome
from quiz.records import holders
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.invitations import AccessCode, Invitation
from quiz.records.letters import Batch
from quiz.records.standing import StandingRow


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are on a list, how many of them have an open invitation, and how many of the others an address."""

    listed: int
    open: int
    by_email: int

    @property
    def invited(self) -> int:
        """How many will be invited."""
        return self.listed - self.open

    @property
    def on_paper(self) -> int:
        """How many of them gave no e-mail address."""
        return self.invited - self.by_email


def counted(session: Session, wanted: Wanted, test: str, now: datetime) -> Counted:
    """In one statement."""
    open_ = has_open(StandingRow.person_id, test, now)
    reached = ~open_ & (StandingRow.email_key != "")
    row = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((open_, 1), else_=0)), 0),
            func.coalesce(func.sum(case((reached, 1), else_=0)), 0),
        )
        .select_from(StandingRow)
        .where(*holders.conditions(wanted, calendar.day_of(now)))
    ).one()
    return Counted(row[0], row[1], row[2])


def some(
    session: Session, wanted: Wanted, test: str, now: datetime, after: UUID | None, size: int,
    among: Collection[UUID] | None = None,
) -> list[UUID]:  # fmt: skip
    """The next of a list who have no open invitation, in the order of their keys."""
    query = select(StandingRow.person_id).where(
        *holders.conditions(wanted, calendar.day_of(now)), ~has_open(StandingRow.person_id, test, now)
    )
    if after is not None:
        query = query.where(StandingRow.person_id > after)
    if among is not None:
        query = query.where(StandingRow.person_id.in_(among))
    return list(session.scalars(query.order_by(StandingRow.person_id).limit(size)))


def batches(session: Session, size: int = 50) -> list[Batch]:
    """What was asked for, the newest first."""
    return list(session.scalars(select(Batch).order_by(Batch.id.desc()).limit(size)))


def has_open(person_id: InstrumentedAttribute[UUID], test: str, now: datetime) -> ColumnElement[bool]:
    """Of a person in a query: whether they sit the test now, or could begin it under the newest invitation with the
    code that they have.
    """
    invited, later = aliased(Invitation), aliased(Invitation)
    newer = exists().where(later.person_id == invited.person_id, later.test == test, later.id > invited.id)
    code = exists().where(AccessCode.invitation_id == invited.id, AccessCode.withdrawn_at.is_(None))
    since = calendar.start_of(calendar.day_of(now) - timedelta(days=WORKS_AFTER_RESULT_DAYS))
    ended = select(func.max(Attempt.finished_at)).where(Attempt.invitation_id == invited.id).scalar_subquery()
    could_begin = exists().where(
        invited.person_id == person_id,
        invited.test == test,
        ~newer,
        or_(invited.deadline.is_(None), invited.deadline >= calendar.day_of(now)),
        code,
        or_(ended.is_(None), ended >= since),
        ~_passed(invited),
    )
    running = aliased(Attempt)
    sits = exists().where(
        running.person_id == person_id, running.test == test, running.finished_at.is_(None),
        running.voided_at.is_(None),
    )  # fmt: skip
    return could_begin | sits


def _passed(invited: type[Invitation]) -> ColumnElement[bool]:
    """Passed under that invitation, and the certificate was not withdrawn."""
    sat = aliased(Attempt)
    withdrawn = exists().where(Certificate.attempt_id == sat.id, Certificate.withdrawn_at.is_not(None))
    return exists().where(
        sat.invitation_id == invited.id, sat.voided_at.is_(None), sat.outcome == Outcome.PASSED, ~withdrawn
    )
