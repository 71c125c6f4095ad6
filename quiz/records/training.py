"""Training sessions, who is on their lists, and who came. What was noted is only ever added to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Text,
    UniqueConstraint,
    case,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from quiz.domain import calendar
from quiz.records.base import Record, new_id
from quiz.records.people import Person
from quiz.records.scans import Scan
from quiz.records.standing import StandingRow


class TrainingSession(Record):
    """One session. It was held from the moment on at which somebody was noted as having come. `edition` counts how
    often its day, time or place was changed.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="has_places"),
        CheckConstraint("held_at IS NULL OR cancelled_at IS NULL", name="held_or_cancelled"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str]
    trainer: Mapped[str]
    capacity: Mapped[int]
    notes: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    held_at: Mapped[datetime | None]
    held_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancelled_why: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def day(self) -> date:
        """Its day in London."""
        return calendar.day_of(self.starts_at)


class TrainingPlace(Record):
    """Somebody on the list of a session. `attended` and `noted_…` repeat the newest note; `valid_until` is the last day
    on which having come counts.
    """

    __tablename__ = "training_place"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("(attended IS NULL) = (noted_at IS NULL)", name="noted_at_a_time"),
        Index("ix_training_place_person_id", "person_id", "valid_until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(TrainingSession.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    invited_at: Mapped[datetime]
    invited_by: Mapped[str]
    attended: Mapped[bool | None]
    valid_until: Mapped[date | None]
    noted_at: Mapped[datetime | None]
    noted_by: Mapped[str | None]


class AttendanceNote(Record):
    """That somebody came, or did not. A later note stands beside an earlier one and says why."""

    __tablename__ = "attendance_note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(TrainingPlace.id), index=True)
    attended: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


class AcceptedAttendance(Record):
    """Training that another body held, which counts until its last day or until somebody ends that."""

    __tablename__ = "accepted_attendance"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        Index("ix_accepted_attendance_person_id", "person_id", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    body: Mapped[str]
    course: Mapped[str]
    attended_on: Mapped[date]
    until: Mapped[date]
    seen: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_why: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True, slots=True)
class Counted:
    """A session in a list, with how many are on its list and how many came."""

    session: TrainingSession
    places: int
    attended: int


@dataclass(frozen=True, slots=True)
class Trained:
    """Sessions on whose list somebody is or was, the latest first; what was accepted of others, the newest first,
    with what was kept of it.
    """

    places: list[tuple[TrainingPlace, TrainingSession]]
    elsewhere: list[AcceptedAttendance]
    scans: dict[UUID, Scan]


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list of a session, by name."""

    place: TrainingPlace
    name: str


def locked(session: Session, training_id: UUID) -> TrainingSession | None:
    """The session's row as it is now, held until the end of the transaction."""
    query = select(TrainingSession).where(TrainingSession.id == training_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _counted() -> Select[TrainingSession, int, int]:
    came = func.coalesce(func.sum(case((TrainingPlace.attended.is_(True), 1), else_=0)), 0)
    return (
        select(TrainingSession, func.count(TrainingPlace.id), came)
        .outerjoin(TrainingPlace, TrainingPlace.session_id == TrainingSession.id)
        .group_by(TrainingSession.id)
    )


def since(session: Session, start: datetime) -> list[Counted]:
    """Sessions that begin from that moment on, the next first."""
    query = _counted().where(TrainingSession.starts_at >= start)
    rows = session.execute(query.order_by(TrainingSession.starts_at, TrainingSession.id))
    return [Counted(row[0], row[1], row[2]) for row in rows]


def before(session: Session, end: datetime, size: int) -> list[Counted]:
    """Sessions that began before that moment, the latest first."""
    query = _counted().where(TrainingSession.starts_at < end)
    rows = session.execute(query.order_by(TrainingSession.starts_at.desc(), TrainingSession.id).limit(size))
    return [Counted(row[0], row[1], row[2]) for row in rows]


def places(session: Session, training_id: UUID) -> list[TrainingPlace]:
    """Everybody on the list as it is now."""
    query = select(TrainingPlace).where(TrainingPlace.session_id == training_id).order_by(TrainingPlace.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def lines(session: Session, training_id: UUID, attended: bool = False) -> list[Line]:
    """Everybody on the list by name, or only those who came."""
    query = (
        select(TrainingPlace, Person.name)
        .join(Person, Person.id == TrainingPlace.person_id)
        .where(TrainingPlace.session_id == training_id)
        .order_by(Person.name_key, TrainingPlace.id)
    )
    rows = session.execute(query.where(TrainingPlace.attended.is_(True)) if attended else query)
    return [Line(row[0], row[1]) for row in rows]


def corrections(session: Session, training_id: UUID) -> list[AttendanceNote]:
    """Notes that put an earlier one right, oldest first."""
    query = select(AttendanceNote).join(TrainingPlace, TrainingPlace.id == AttendanceNote.place_id)
    wanted = query.where(TrainingPlace.session_id == training_id, AttendanceNote.why != "")
    return list(session.scalars(wanted.order_by(AttendanceNote.at, AttendanceNote.id)))


def notes_of(session: Session, place_ids: list[UUID]) -> dict[UUID, list[AttendanceNote]]:
    """What was noted of these places, the oldest first."""
    query = select(AttendanceNote).where(AttendanceNote.place_id.in_(place_ids))
    found: dict[UUID, list[AttendanceNote]] = {}
    for one in session.scalars(query.order_by(AttendanceNote.at, AttendanceNote.id)):
        found.setdefault(one.place_id, []).append(one)
    return found


def was_noted(session: Session, place_id: UUID) -> bool:
    """Whether anything was ever noted of that place."""
    return session.scalar(select(AttendanceNote.id).where(AttendanceNote.place_id == place_id).limit(1)) is not None


def of_person(session: Session, person_id: UUID) -> Trained:
    """Everything about somebody's training, in one statement: there are few rows of each kind."""
    rows = session.execute(
        select(TrainingPlace, TrainingSession, AcceptedAttendance, Scan)
        .select_from(Person)
        .outerjoin(TrainingPlace, TrainingPlace.person_id == Person.id)
        .outerjoin(TrainingSession, TrainingSession.id == TrainingPlace.session_id)
        .outerjoin(AcceptedAttendance, AcceptedAttendance.person_id == Person.id)
        .outerjoin(Scan, Scan.attendance_id == AcceptedAttendance.id)
        .where(Person.id == person_id)
        .order_by(TrainingSession.starts_at.desc(), TrainingPlace.id, AcceptedAttendance.id.desc())
    ).all()
    return Trained(
        list(dict.fromkeys((place, held) for place, held, *_ in rows if place)),
        list(dict.fromkeys(accepted for _, _, accepted, _ in rows if accepted)),
        {scan.attendance_id: scan for *_, scan in rows if scan and scan.attendance_id},
    )


def attended_on(person_id: InstrumentedAttribute[UUID], day: date) -> ColumnElement[bool]:
    """Of a person in a query: whether there is attendance, ours or accepted, that counts on that day."""
    end = calendar.end_of(day)
    own = select(TrainingPlace.id).join(TrainingSession, TrainingSession.id == TrainingPlace.session_id)
    own = own.where(
        TrainingPlace.person_id == person_id, TrainingPlace.attended.is_(True), TrainingPlace.valid_until >= day,
        TrainingSession.starts_at < end,
    )  # fmt: skip
    other = select(AcceptedAttendance.id).where(
        AcceptedAttendance.person_id == person_id, AcceptedAttendance.at < end, AcceptedAttendance.attended_on <= day,
        AcceptedAttendance.until >= day,
        or_(AcceptedAttendance.ended_at.is_(None), AcceptedAttendance.ended_at >= end),
    )  # fmt: skip
    return or_(*(one.correlate(person_id.class_).exists() for one in (own, other)))


def _missing(today: date) -> Select[UUID, str]:
    wanted = select(StandingRow.person_id, StandingRow.name_key)
    return wanted.where(StandingRow.listed.is_(True), ~attended_on(StandingRow.person_id, today))


def missing(session: Session, today: date, after: UUID | None, size: int) -> list[Person]:
    """Licence holders without attendance that counts today, by name, from after one of them on."""
    query = _missing(today)
    last = session.get(StandingRow, after) if after else None
    if last is not None:
        query = query.where(tuple_(StandingRow.name_key, StandingRow.person_id) > tuple_(last.name_key, last.person_id))
    found = query.order_by(StandingRow.name_key, StandingRow.person_id).limit(size).subquery()
    rows = select(Person).join(found, found.c.person_id == Person.id).order_by(found.c.name_key, Person.id)
    return list(session.scalars(rows))


def count_missing(session: Session, today: date, most: int) -> int:
    """How many they are, counted no further than `most`."""
    return session.scalar(select(func.count()).select_from(_missing(today).limit(most).subquery())) or 0


def taken(session: Session, training_id: UUID, person_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these people are on the list already."""
    query = select(TrainingPlace.person_id).where(
        TrainingPlace.session_id == training_id, TrainingPlace.person_id.in_(list(person_ids))
    )
    return set(session.scalars(query))
