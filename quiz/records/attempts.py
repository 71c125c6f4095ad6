"""Attempts, their papers, answers and marks. Answers and marks are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import results
from quiz.domain.marking import Mark
from quiz.records import marks
from quiz.records.base import Record, new_id
from quiz.records.contacts import ContactSetRow
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.records.papers import BlueprintRow
from quiz.records.people import Person
from quiz.records.questions import Approval, Version


class Attempt(Record):
    """One person sitting one paper. Facts only: whether it is open, out of time or finished is worked out.

    `reason`, `outcome` and `weak` repeat the invitation and the mark that counts, for lists that filter by them.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("deadline > started_at", name="runs_forwards"),
        CheckConstraint("(finished_at IS NULL) = (finished_how IS NULL)", name="finished_somehow"),
        CheckConstraint("finished_how IN ('sent-in', 'time')", name="known_end"),
        Index("ix_attempt_one_open", "person_id", "test", unique=True,
              sqlite_where=text("finished_at IS NULL AND voided_at IS NULL"),
              postgresql_where=text("finished_at IS NULL AND voided_at IS NULL")),
        Index("ix_attempt_person", "person_id", "id"),
        Index("ix_attempt_list", "started_at", "id", "voided_at", "finished_at", "outcome", "supervised", "reason",
              "weak", "test"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey(Invitation.id), index=True)
    test: Mapped[str]
    blueprint_id: Mapped[int] = mapped_column(ForeignKey(BlueprintRow.id))
    contacts_version: Mapped[int] = mapped_column(ForeignKey(ContactSetRow.version))
    handbook_digest: Mapped[str]
    supervised: Mapped[bool]
    mode: Mapped[str]
    started_at: Mapped[datetime]
    deadline: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    finished_how: Mapped[str | None]
    voided_at: Mapped[datetime | None]
    sealed: Mapped[str | None]
    paused_at: Mapped[datetime | None]
    pause_until: Mapped[datetime | None]
    uncounted_at: Mapped[datetime | None]
    adjusted: Mapped[str | None] = mapped_column(Text)
    repeated: Mapped[int | None]
    stopped_by: Mapped[str | None]
    reason: Mapped[str | None]
    outcome: Mapped[str | None]
    weak: Mapped[str | None]


class PaperSlot(Record):
    """One question of one paper; the foreign key lets only approved versions in. `order` is "2031"-like, by commas."""

    __tablename__ = "paper_slot"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Approval.version_id), index=True)
    question_id: Mapped[str]
    order: Mapped[str] = mapped_column("option_order")


@dataclass(frozen=True, slots=True)
class Place:
    """A slot as the hot path reads it: displayed order of option indices."""

    position: int
    version: UUID
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An attempt with its slots, read in one statement; it has the shape that the rules ask for."""

    id: UUID
    person_id: UUID
    invitation_id: UUID
    blueprint_id: int
    contacts_version: int
    started_at: datetime
    deadline: datetime
    finished_at: datetime | None
    voided_at: datetime | None
    paused_at: datetime | None
    pause_until: datetime | None
    adjusted: str | None
    supervised: bool
    slots: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question of an open paper as the hot path reads it: little, in one row."""

    id: UUID
    contacts_version: int
    deadline: datetime
    finished_at: datetime | None
    voided_at: datetime | None
    paused_at: datetime | None
    pause_until: datetime | None
    adjusted: str | None
    count: int
    place: Place
    supervised: bool


# The statements of the hot path are built once: building one costs as much as running it.
LEAF = (
    select(
        Attempt.id, Attempt.contacts_version, Attempt.deadline, Attempt.finished_at, Attempt.voided_at,
        Attempt.paused_at, Attempt.pause_until, Attempt.adjusted,
        select(func.count()).where(PaperSlot.attempt_id == bindparam("attempt")).scalar_subquery(),
        PaperSlot.version_id, PaperSlot.order, Attempt.supervised,
    )
    .join(PaperSlot, PaperSlot.attempt_id == Attempt.id)
    .where(
        Attempt.id == bindparam("attempt"), Attempt.person_id == bindparam("person"),
        PaperSlot.position == bindparam("place"),
    )
)  # fmt: skip
LEAF_LOCKED = LEAF.with_for_update(of=Attempt)


def paper(session: Session, person_id: UUID, attempt_id: UUID, lock: bool = False) -> Paper | None:
    """The paper of that attempt if it is this person's; with `lock`, nobody else changes it meanwhile."""
    query = (
        select(
            Attempt.id, Attempt.person_id, Attempt.invitation_id, Attempt.blueprint_id, Attempt.contacts_version,
            Attempt.started_at, Attempt.deadline, Attempt.finished_at, Attempt.voided_at, Attempt.paused_at,
            Attempt.pause_until, Attempt.adjusted, Attempt.supervised, PaperSlot.position, PaperSlot.version_id,
            PaperSlot.order,
        )
        .join(PaperSlot, PaperSlot.attempt_id == Attempt.id)
        .where(Attempt.id == attempt_id, Attempt.person_id == person_id)
        .order_by(PaperSlot.position)
    )  # fmt: skip
    rows = session.execute(query.with_for_update(of=Attempt) if lock else query).all()
    if not rows:
        return None
    slots = tuple(Place(row[13], row[14], tuple(map(int, row[15].split(",")))) for row in rows)
    facts: dict[str, Any] = dict(zip(Paper.__slots__[:-1], rows[0], strict=False))
    return Paper(**facts, slots=slots)


def leaf(session: Session, person_id: UUID, attempt_id: UUID, position: int, lock: bool = False) -> Leaf | None:
    """One question of that attempt if it is this person's and has such a position."""
    wanted = {"attempt": attempt_id, "person": person_id, "place": position}
    row = session.execute(LEAF_LOCKED if lock else LEAF, wanted).one_or_none()
    if row is None:
        return None
    place = Place(position, row[9], tuple(map(int, row[10].split(","))))
    return Leaf(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], place, row[11])


def attempt(session: Session, person_id: UUID, attempt_id: UUID) -> Attempt | None:
    """An attempt if it is this person's."""
    return session.scalars(
        select(Attempt).where(Attempt.id == attempt_id, Attempt.person_id == person_id)
    ).one_or_none()


def locked(session: Session, attempt_id: UUID) -> Attempt:
    """The attempt's row, held until the end of the transaction."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def unfinished(session: Session, person_id: UUID, test: str) -> Attempt | None:
    """The attempt that is neither finished nor set aside, whether or not its time is up."""
    return session.scalars(
        select(Attempt).where(
            Attempt.person_id == person_id,
            Attempt.test == test,
            Attempt.finished_at.is_(None),
            Attempt.voided_at.is_(None),
        )
    ).one_or_none()


def open_now(session: Session, person_id: UUID) -> Attempt | None:
    """The newest attempt of a person that is neither finished nor set aside, of whatever test."""
    query = select(Attempt).where(
        Attempt.person_id == person_id, Attempt.finished_at.is_(None), Attempt.voided_at.is_(None)
    )
    return session.scalars(query.order_by(Attempt.id.desc()).limit(1)).one_or_none()


def taking(session: Session, person_ids: Sequence[UUID], test: str) -> set[UUID]:
    """Those of these people who have begun a test that is neither finished nor set aside."""
    query = select(Attempt.person_id).where(
        Attempt.person_id.in_(person_ids), Attempt.test == test, Attempt.finished_at.is_(None),
        Attempt.voided_at.is_(None),
    )  # fmt: skip
    return set(session.scalars(query)) if person_ids else set()


def of_person(session: Session, person_id: UUID, test: str | None = None) -> list[tuple[Attempt, Marking | None]]:
    """All attempts of a person with their newest mark, oldest first."""
    query = select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.id)
    found = list(session.scalars(query if test is None else query.where(Attempt.test == test)))
    kept = marks.newest(session, [one.id for one in found])
    return [(one, kept.get(one.id)) for one in found]


def questions_seen(session: Session, person_id: UUID, test: str, papers: int) -> frozenset[str]:
    """The questions of a person's last papers."""
    last = (
        select(Attempt.id)
        .where(Attempt.person_id == person_id, Attempt.test == test)
        .order_by(Attempt.id.desc())
        .limit(papers)
        .subquery()
    )
    return frozenset(session.scalars(select(PaperSlot.question_id).where(PaperSlot.attempt_id.in_(select(last.c.id)))))


def question_ids(session: Session, attempt_id: UUID) -> list[str]:
    """The questions of a paper, in their order."""
    query = select(PaperSlot.question_id).where(PaperSlot.attempt_id == attempt_id)
    return list(session.scalars(query.order_by(PaperSlot.position)))


def topics_at(session: Session, attempt_id: UUID, positions: set[int]) -> list[str]:
    """The topics of the questions at these positions of a paper."""
    query = (
        select(Version.topic)
        .join(PaperSlot, PaperSlot.version_id == Version.id)
        .where(PaperSlot.attempt_id == attempt_id, PaperSlot.position.in_(positions))
        .order_by(PaperSlot.position)
    )
    return list(session.scalars(query)) if positions else []


def add_mark(
    session: Session, attempt: Attempt, number: int, found: Mark, at: datetime, by: str, because: str = ""
) -> None:
    """Keep what marking found, and repeat on the attempt what lists filter by."""
    marks.add(session, attempt.id, number, found, at, by, because)
    attempt.outcome, attempt.weak = found.outcome, results.kept(results.weak_groups(found.groups))


def any_open(session: Session) -> bool:
    """Whether any test is neither marked nor set aside, whether or not its time is up."""
    query = select(Attempt.id).where(Attempt.finished_at.is_(None), Attempt.voided_at.is_(None))
    return session.scalar(select(query.exists())) or False


def overdue(session: Session, before: datetime, limit: int | None = None) -> list[Attempt]:
    """Attempts whose deadline lies before that moment and that nobody has settled, the first of them first."""
    open_ones = select(Attempt).where(Attempt.finished_at.is_(None), Attempt.voided_at.is_(None))
    # Not by key: SQLite would walk through all attempts that ever were, in the hope of finding some early.
    ordered = open_ones.where(Attempt.deadline <= before).order_by(Attempt.deadline, Attempt.id)
    return list(session.scalars(ordered.limit(limit)))


def has_result(session: Session, invitation_id: UUID) -> bool:
    """Whether an attempt of this invitation has ended and was not set aside."""
    query = select(Attempt.id).where(
        Attempt.invitation_id == invitation_id, Attempt.finished_at.is_not(None), Attempt.voided_at.is_(None)
    )
    return session.scalar(select(query.exists())) or False


def last_result(session: Session, invitation_id: UUID) -> tuple[datetime | None, bool]:
    """When the last attempt of an invitation ended, and whether one is still running."""
    rows = session.execute(
        select(Attempt.finished_at, Attempt.voided_at).where(Attempt.invitation_id == invitation_id)
    ).all()
    ended = [row.finished_at for row in rows if row.finished_at]
    return max(ended, default=None), any(row.finished_at is None and row.voided_at is None for row in rows)
