"""Supervised sittings: who is on the list, who was let in, what happened. Incidents are written once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, Text, case, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from quiz.records.answers import Answer
from quiz.records.attempts import Attempt
from quiz.records.base import Record, new_id
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.records.people import Person


class Sitting(Record):
    """One session in a room or by video. The start word stands on the wall, so it is no secret of ours."""

    __tablename__ = "sitting"
    __table_args__ = (CheckConstraint("place_kind IN ('place', 'video')", name="known_place_kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    test: Mapped[str]
    where: Mapped[str] = mapped_column("place_kind")
    place: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    start_word: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]


class Seat(Record):
    """A place on the list, for one attempt. `identity` is the kind of document that was seen.

    `released_at`: the driver may sign in on another machine, once.
    """

    __tablename__ = "seat"
    __table_args__ = (CheckConstraint("(identity IS NULL) = (let_in_at IS NULL)", name="let_in_with_identity"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey(Sitting.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey(Invitation.id), index=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    identity: Mapped[str | None]
    let_in_at: Mapped[datetime | None]
    let_in_by: Mapped[str | None]
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey(Attempt.id), unique=True)
    released_at: Mapped[datetime | None]


class IncidentNote(Record):
    """What an invigilator noted: a reason from a list and words. Without `seat_id` it is about the whole room."""

    __tablename__ = "incident"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey(Sitting.id), index=True)
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey(Seat.id))
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey(Attempt.id), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sitting in a list, with how many are on its list, have begun and have finished."""

    sitting: Sitting
    seats: int
    begun: int
    finished: int


@dataclass(frozen=True, slots=True)
class Live:
    """One driver on the live page. `answered` counts questions with a choice, `last` is the latest one touched."""

    seat: Seat
    name: str
    attempt: Attempt | None
    outcome: str | None
    answered: int
    last: int


@dataclass(frozen=True, slots=True)
class Sat:
    """The sitting in which an attempt was sat."""

    sitting: Sitting
    seat: Seat
    incidents: list[IncidentNote]


def get(session: Session, sitting_id: UUID) -> Sitting | None:
    """One sitting."""
    return session.get(Sitting, sitting_id)


def locked(session: Session, sitting_id: UUID) -> Sitting:
    """The sitting's row, held until the end of the transaction."""
    query = select(Sitting).where(Sitting.id == sitting_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _listed() -> Select[Sitting, int, int, int]:
    begun = func.count(Seat.attempt_id)
    finished = func.sum(case((Attempt.finished_at.is_not(None), 1), else_=0))
    return (
        select(Sitting, func.count(Seat.id), begun, func.coalesce(finished, 0))
        .outerjoin(Seat, Seat.sitting_id == Sitting.id)
        .outerjoin(Attempt, Attempt.id == Seat.attempt_id)
        .group_by(Sitting.id)
    )


def since(session: Session, start: datetime) -> list[Listed]:
    """Sittings that begin from that moment on, the next first."""
    query = _listed().where(Sitting.starts_at >= start).order_by(Sitting.starts_at, Sitting.id)
    return [Listed(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def before(session: Session, end: datetime, size: int) -> list[Listed]:
    """Sittings that began before that moment, the latest first."""
    query = _listed().where(Sitting.starts_at < end).order_by(Sitting.starts_at.desc(), Sitting.id).limit(size)
    return [Listed(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def between(start: datetime, end: datetime) -> Select[UUID]:
    """The query for those that begin in a period."""
    return select(Sitting.id).where(Sitting.starts_at >= start, Sitting.starts_at < end)


def live(session: Session, sitting_id: UUID) -> list[Live]:
    """Everybody on the list by name, with where they stand, in one statement however many there are."""
    last = (
        select(Answer.attempt_id, Answer.position, Answer.choice)
        .add_columns(
            func.row_number()
            .over(partition_by=(Answer.attempt_id, Answer.position), order_by=Answer.id.desc())
            .label("newness"),
            func.max(Answer.id).over(partition_by=Answer.attempt_id).label("newest"),
            Answer.id.label("answer_id"),
        )
        .join(Seat, Seat.attempt_id == Answer.attempt_id)
        .where(Seat.sitting_id == sitting_id)
        .subquery()
    )
    progress = (
        select(
            last.c.attempt_id,
            func.sum(case((last.c.choice != "", 1), else_=0)).label("answered"),
            func.max(case((last.c.answer_id == last.c.newest, last.c.position), else_=0)).label("at"),
        )
        .where(last.c.newness == 1)
        .group_by(last.c.attempt_id)
        .subquery()
    )
    mark, later = aliased(Marking), aliased(Marking)
    newer = select(later.attempt_id).where(later.attempt_id == Attempt.id, later.number > mark.number).exists()
    rows = session.execute(
        select(Seat, Person.name, Attempt, mark.outcome, func.coalesce(progress.c.answered, 0),
               func.coalesce(progress.c.at, 0))
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Attempt, Attempt.id == Seat.attempt_id)
        .outerjoin(mark, (mark.attempt_id == Attempt.id) & ~newer)
        .outerjoin(progress, progress.c.attempt_id == Seat.attempt_id)
        .where(Seat.sitting_id == sitting_id)
        .order_by(Person.name_key, Seat.id)
    )  # fmt: skip
    return [Live(*row) for row in rows]


def seat(session: Session, sitting_id: UUID, seat_id: UUID) -> Seat | None:
    """A seat of that sitting. Anybody else's is not found."""
    query = select(Seat).where(Seat.id == seat_id, Seat.sitting_id == sitting_id)
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def open_for(
    session: Session, person_id: UUID, test: str, start: datetime, end: datetime
) -> tuple[Sitting, Seat] | None:
    """The unused seat of somebody in a sitting of that test that begins in a period and that nobody has closed."""
    row = session.execute(
        select(Sitting, Seat)
        .join(Seat, Seat.sitting_id == Sitting.id)
        .where(
            Seat.person_id == person_id, Seat.attempt_id.is_(None), Sitting.closed_at.is_(None),
            Sitting.starts_at >= start, Sitting.starts_at < end, Sitting.test == test,
        )
        .order_by(Seat.let_in_at.is_(None), Sitting.starts_at.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if row is None else (row[0], row[1])


def seat_of(session: Session, attempt_id: UUID) -> Seat | None:
    """The seat in which an attempt is sat; None for one without supervision."""
    return session.scalars(select(Seat).where(Seat.attempt_id == attempt_id)).one_or_none()


def beside(session: Session, attempt_id: UUID) -> list[tuple[UUID, UUID]]:
    """The other finished attempts of the same sitting, each with its person."""
    own = select(Seat.sitting_id).where(Seat.attempt_id == attempt_id).scalar_subquery()
    rows = session.execute(
        select(Attempt.id, Attempt.person_id)
        .join(Seat, Seat.attempt_id == Attempt.id)
        .where(
            Seat.sitting_id == own,
            Attempt.id != attempt_id,
            Attempt.finished_at.is_not(None),
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.id)
    )
    return [(row[0], row[1]) for row in rows]


def incidents(session: Session, sitting_id: UUID) -> list[IncidentNote]:
    """What was noted, oldest first."""
    query = select(IncidentNote).where(IncidentNote.sitting_id == sitting_id)
    return list(session.scalars(query.order_by(IncidentNote.at, IncidentNote.id)))


def of_attempts(session: Session, attempt_ids: Collection[UUID]) -> dict[UUID, Sat]:
    """The sittings of these attempts, with what was noted of each attempt, in one statement; none for no attempts."""
    if not attempt_ids:
        return {}
    rows = session.execute(
        select(Sitting, Seat, IncidentNote)
        .join(Seat, Seat.sitting_id == Sitting.id)
        .outerjoin(IncidentNote, IncidentNote.attempt_id == Seat.attempt_id)
        .where(Seat.attempt_id.in_(attempt_ids))
        .order_by(IncidentNote.at, IncidentNote.id)
    )
    found: dict[UUID, Sat] = {}
    for sitting, seat_, note in rows:
        if seat_.attempt_id is not None:
            found.setdefault(seat_.attempt_id, Sat(sitting, seat_, [])).incidents.extend([note] if note else [])
    return found
