"""Versions of questions that were found wrong, and what that means for the tests that held them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, exists, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from quiz.records import bank
from quiz.records.answers import Answer, Said
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.base import Record
from quiz.records.marks import Marking
from quiz.records.people import Person
from quiz.records.questions import Suspension, Version


class FoundWrong(Record):
    """A version that counts as right for everyone who had it: why, since when, and what those drivers are told."""

    __tablename__ = "found_wrong"

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]
    told: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Held:
    """A finished test that held the version: where, in which order of options, all answers to it, and its mark."""

    attempt: Attempt
    name: str
    position: int
    order: tuple[int, ...]
    mark: Marking
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Listed:
    """A version that no new paper can hold and that papers have held, newest suspension first."""

    question: str
    number: int
    suspended_at: datetime
    reason: str
    papers: int
    found: FoundWrong | None


def of(session: Session, version_id: UUID) -> FoundWrong | None:
    """The finding about a version."""
    return session.get(FoundWrong, version_id)


def among(session: Session, version_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these were found wrong."""
    wanted = FoundWrong.version_id.in_(list(version_ids))
    return frozenset(session.scalars(select(FoundWrong.version_id).where(wanted)))


def holders(session: Session, version_id: UUID) -> set[UUID]:
    """Everybody whose paper has that version in it, finished or not."""
    query = select(Attempt.person_id).join(PaperSlot, PaperSlot.attempt_id == Attempt.id)
    return set(session.scalars(query.where(PaperSlot.version_id == version_id)))


def held(session: Session, version_id: UUID) -> list[Held]:
    """Every finished test with that version that was not set aside, newest first: two statements, however many."""
    later = aliased(Marking)
    newer = exists().where(later.attempt_id == Marking.attempt_id, later.number > Marking.number)
    rows = session.execute(
        select(Attempt, Person.name, PaperSlot.position, PaperSlot.order, Marking)
        .join(PaperSlot, PaperSlot.attempt_id == Attempt.id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Marking, (Marking.attempt_id == Attempt.id) & ~newer)
        .where(PaperSlot.version_id == version_id, Attempt.finished_at.is_not(None), Attempt.voided_at.is_(None))
        .order_by(Attempt.id.desc())
        .execution_options(populate_existing=True)
    ).all()
    said = _said(session, version_id)
    return [
        Held(attempt, name, position, tuple(map(int, order.split(","))), mark, said.get(attempt.id, []))
        for attempt, name, position, order, mark in rows
    ]


def _said(session: Session, version_id: UUID) -> dict[UUID, list[Said]]:
    """All answers to that version in the server's order, by attempt."""
    columns = [Answer.__table__.c[name] for name in Said.__slots__]
    there = (PaperSlot.attempt_id == Answer.attempt_id) & (PaperSlot.position == Answer.position)
    query = select(Answer.attempt_id, *columns).join(PaperSlot, there)
    found: dict[UUID, list[Said]] = {}
    for attempt_id, *facts in session.execute(query.where(PaperSlot.version_id == version_id).order_by(Answer.id)):
        found.setdefault(attempt_id, []).append(Said(*facts))
    return found


def listed(session: Session) -> list[Listed]:
    """Versions of questions that were ever suspended, that papers have held and that none can hold now."""
    live = bank.newest_approved()
    papers = (
        select(PaperSlot.version_id, func.count().label("papers")).group_by(PaperSlot.version_id).subquery("papers")
    )
    later = aliased(Suspension)
    newest = ~exists().where(later.question_id == Suspension.question_id, later.id > Suspension.id)
    rows = session.execute(
        select(Version.question_id, Version.number, Suspension.at, Suspension.reason, papers.c.papers, FoundWrong)
        .join(papers, papers.c.version_id == Version.id)
        .join(Suspension, (Suspension.question_id == Version.question_id) & newest)
        .join(live, live.c.question_id == Version.question_id)
        .outerjoin(FoundWrong, FoundWrong.version_id == Version.id)
        .where(Suspension.lifted_at.is_(None) | (live.c.number != Version.number))
        .order_by(Suspension.id.desc(), Version.number.desc())
    )
    return [Listed(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]
