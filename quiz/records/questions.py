"""Questions and their versions. A version never changes; a paper can only hold one that was approved."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import editing
from quiz.domain.question import Draft, Option
from quiz.records.base import Record, new_id


class Question(Record):
    """A question through all its versions, under a stable id such as "t07-child-alone"."""

    __tablename__ = "question"

    id: Mapped[str] = mapped_column(primary_key=True)
    test: Mapped[str]
    topic: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]


class Version(Record):
    """One wording of a question. `origin` is "initial" when it came with the program, else "written"."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        UniqueConstraint("id", "author", "critical", "origin"),
        CheckConstraint("origin IN ('initial', 'written')", name="known_origin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    question_id: Mapped[str] = mapped_column(ForeignKey(Question.id))
    number: Mapped[int]
    topic: Mapped[str]
    critical: Mapped[bool]
    options: Mapped[int]
    review_by: Mapped[date]
    body: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    origin: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def draft(self) -> Draft:
        """The question as it was written."""
        return read(self.question_id, self.topic, self.review_by, self.body)


class ReviewRequest(Record):
    """The author asked for review."""

    __tablename__ = "review_request"

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]


class Review(Record):
    """One reviewer's word on one version; nobody speaks twice."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("capacity IN ('editor', 'lead')", name="known_capacity"),
        CheckConstraint("verdict IN ('approve', 'return')", name="known_verdict"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    reviewer: Mapped[str] = mapped_column(primary_key=True)
    capacity: Mapped[str]
    verdict: Mapped[str]
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    @property
    def said(self) -> editing.Review:
        """The review as the rules of editing want it."""
        return editing.Review(self.reviewer, editing.Capacity(self.capacity), editing.Verdict(self.verdict))


class Approval(Record):
    """The permission to draw a version. Author and approver differ; a critical one has the lead's approval as well.

    Only what `init` or demo loaded into an empty database stands here without an approver.
    """

    __tablename__ = "approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version_id", "author", "critical", "origin"],
            ["version.id", "version.author", "version.critical", "version.origin"],
        ),
        CheckConstraint(
            "origin = 'initial' OR (approver IS NOT NULL AND approver <> author AND "
            "(NOT critical OR (lead IS NOT NULL AND lead <> author AND lead <> approver)))",
            name="two_people",
        ),
    )

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    author: Mapped[str]
    critical: Mapped[bool]
    origin: Mapped[str]
    approver: Mapped[str | None]
    lead: Mapped[str | None]
    at: Mapped[datetime]


class Agreement(Record):
    """What a body outside answered about a version: it agrees, asks for a change or rejects.

    Unsafe options count as unsafe only with an agreement and without a standing objection; else they are simply wrong.
    """

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("answer IN ('agree', 'change', 'reject')", name="known_answer"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), index=True)
    body: Mapped[str]
    role: Mapped[str]
    agreed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    answer: Mapped[str]
    comment: Mapped[str] = mapped_column(Text)


class Suspension(Record):
    """Taken out of use by one person; brought back by two."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint("lifted_by IS NULL OR lifted_by <> asked_by", name="two_to_lift"),
        CheckConstraint("lifted_by IS NULL OR asked_by IS NOT NULL", name="asked_before_lifted"),
        Index("ix_suspension_open", "question_id", unique=True, sqlite_where=text("lifted_at IS NULL"),
              postgresql_where=text("lifted_at IS NULL")),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    question_id: Mapped[str] = mapped_column(ForeignKey(Question.id))
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime | None]
    asked_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None]


class Exposure(Record):
    """On how many papers a question has been."""

    __tablename__ = "exposure"

    question_id: Mapped[str] = mapped_column(ForeignKey(Question.id), primary_key=True)
    topic: Mapped[str] = mapped_column(index=True)
    shown: Mapped[int]


def write(draft: Draft) -> str:
    """What a version keeps of a draft beside its own columns, as canonical JSON."""
    kept = {**asdict(draft), "options": [asdict(option) for option in draft.options]}
    for column in ("id", "topic", "review_by"):
        kept.pop(column)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def read(question_id: str, topic: str, review_by: date, body: str) -> Draft:
    """The draft that `write` kept."""
    kept: dict[str, Any] = json.loads(body)
    kept["options"] = tuple(Option(**option) for option in kept["options"])
    kept["sources"], kept["foes"] = tuple(kept["sources"]), tuple(kept["foes"])
    return Draft(id=question_id, topic=topic, review_by=review_by, **kept)


def lock(session: Session, question_id: str) -> None:
    """Hold a question and its exposure until the end of the transaction: what two people decide comes in turn."""
    lock_question(session, question_id)
    lock_exposure(session, [question_id])


def lock_question(session: Session, question_id: str) -> None:
    """Hold a question alone."""
    session.execute(select(Question.id).where(Question.id == question_id).with_for_update())


def lock_exposure(session: Session, question_ids: list[str]) -> None:
    """Hold the counters of these questions. Everybody takes them in the same order, so nobody waits in a circle."""
    counters = select(Exposure.question_id).where(Exposure.question_id.in_(question_ids))
    session.execute(counters.order_by(Exposure.question_id).with_for_update())


def version(session: Session, question_id: str, number: int) -> Version | None:
    """One version by question and number."""
    return session.scalars(
        select(Version).where(Version.question_id == question_id, Version.number == number)
    ).one_or_none()


def versions(session: Session, question_id: str) -> list[Version]:
    """All versions of a question, newest first."""
    return list(
        session.scalars(select(Version).where(Version.question_id == question_id).order_by(Version.number.desc()))
    )


def reviews(session: Session, version_id: UUID) -> list[Review]:
    """What reviewers said of a version, oldest first."""
    return list(
        session.scalars(select(Review).where(Review.version_id == version_id).order_by(Review.at, Review.reviewer))
    )


def spoken(session: Session, version_id: UUID) -> list[editing.Review]:
    """The same as the rules of editing want it."""
    return [row.said for row in reviews(session, version_id)]


def suspension(session: Session, question_id: str) -> Suspension | None:
    """The suspension that is in force."""
    return session.scalars(
        select(Suspension).where(Suspension.question_id == question_id, Suspension.lifted_at.is_(None))
    ).one_or_none()


def agreements(session: Session, version_id: UUID) -> list[Agreement]:
    """Agreement records of a version, withdrawn ones too, oldest first."""
    query = select(Agreement).where(Agreement.version_id == version_id)
    return list(session.scalars(query.order_by(Agreement.recorded_at, Agreement.id)))


def standing(session: Session, version_id: UUID) -> list[Agreement]:
    """Those that nobody has withdrawn."""
    return [one for one in agreements(session, version_id) if one.withdrawn_at is None]


def mean_exposure(session: Session, topic: str) -> int:
    """Where a new question of a topic starts, so that it does not flood the papers."""
    return round(session.scalar(select(func.avg(Exposure.shown)).where(Exposure.topic == topic)) or 0)
