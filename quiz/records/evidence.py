"""Evidence packs as they were made, and the questions that gathering them asks of other tables."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, load_only, mapped_column

from quiz.records.attempts import Attempt
from quiz.records.audit import AuditEntry
from quiz.records.base import Record, new_id
from quiz.records.certificates import Certificate
from quiz.records.decisions import Decision
from quiz.records.found_wrong import FoundWrong
from quiz.records.marks import Marking
from quiz.records.questions import Agreement, Approval, Suspension, Version
from quiz.records.sessions import DriverSession
from quiz.records.unsafe import UnsafeReading


class EvidencePack(Record):
    """One pack, written once. `content` is the file as it was signed, `digest` its SHA-256: both downloads come of it.

    `copy` is internal or disclosed; `recipient` stands on every page.
    """

    __tablename__ = "evidence_pack"
    __table_args__ = (CheckConstraint("copy IN ('internal', 'disclosed')", name="known_copy"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey(Attempt.id), index=True)
    copy: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    digest: Mapped[str]
    content: Mapped[str] = mapped_column(Text)


def of_attempt(session: Session, attempt_id: UUID) -> list[EvidencePack]:
    """The packs of an attempt without their content, newest first."""
    columns = (EvidencePack.copy, EvidencePack.reason, EvidencePack.recipient, EvidencePack.at, EvidencePack.by,
               EvidencePack.digest)  # fmt: skip
    query = select(EvidencePack).where(EvidencePack.attempt_id == attempt_id).options(load_only(*columns))
    return list(session.scalars(query.order_by(EvidencePack.id.desc())))


def sign_ins(session: Session, attempt: Attempt) -> list[DriverSession]:
    """The sign-ins of the driver that were open at some time of the attempt, oldest first."""
    query = select(DriverSession).where(
        DriverSession.person_id == attempt.person_id,
        DriverSession.started_at <= (attempt.finished_at or attempt.deadline),
        (DriverSession.ended_at.is_(None)) | (DriverSession.ended_at >= attempt.started_at),
        DriverSession.expires_at >= attempt.started_at,
    )
    return list(session.scalars(query.order_by(DriverSession.started_at, DriverSession.id)))


def marks(session: Session, attempt_id: UUID) -> list[Marking]:
    """Every mark of an attempt, the first one first."""
    return list(session.scalars(select(Marking).where(Marking.attempt_id == attempt_id).order_by(Marking.number)))


def certificates(session: Session, attempt_id: UUID) -> list[Certificate]:
    """Every certificate that an attempt earned, the first issue first."""
    query = select(Certificate).where(Certificate.attempt_id == attempt_id)
    return list(session.scalars(query.order_by(Certificate.issue)))


def decisions(session: Session, attempt: Attempt) -> list[Decision]:
    """Decisions about an attempt, and those about its driver that name no attempt, oldest first."""
    query = select(Decision).where(
        Decision.person_id == attempt.person_id,
        (Decision.attempt_id == attempt.id) | Decision.attempt_id.is_(None),
    )
    return list(session.scalars(query.order_by(Decision.at, Decision.id)))


def readings(session: Session, attempt_id: UUID) -> list[UnsafeReading]:
    """What people found about the unsafe answers of an attempt, oldest first."""
    query = select(UnsafeReading).where(UnsafeReading.attempt_id == attempt_id)
    return list(session.scalars(query.order_by(UnsafeReading.at, UnsafeReading.id)))


def versions(session: Session, version_ids: Iterable[UUID]) -> dict[UUID, tuple[Version, Approval]]:
    """The versions of a paper with their approvals, in one statement."""
    query = select(Version, Approval).join(Approval, Approval.version_id == Version.id)
    rows = session.execute(query.where(Version.id.in_(list(version_ids))))
    return {version.id: (version, approval) for version, approval in rows}


def agreements(session: Session, version_ids: Iterable[UUID]) -> dict[UUID, list[Agreement]]:
    """What bodies outside answered about these versions, withdrawn answers too, oldest first."""
    query = select(Agreement).where(Agreement.version_id.in_(list(version_ids)))
    found: dict[UUID, list[Agreement]] = {}
    for one in session.scalars(query.order_by(Agreement.recorded_at, Agreement.id)):
        found.setdefault(one.version_id, []).append(one)
    return found


def found_wrong(session: Session, version_ids: Iterable[UUID]) -> dict[UUID, FoundWrong]:
    """Which of these versions were found wrong, each with the finding."""
    rows = session.scalars(select(FoundWrong).where(FoundWrong.version_id.in_(list(version_ids))))
    return {row.version_id: row for row in rows}


def entries(session: Session, subjects: Iterable[str]) -> list[AuditEntry]:
    """The audit entries about these subjects, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject.in_(list(subjects)))
    return list(session.scalars(query.order_by(AuditEntry.sequence)))


def suspended(session: Session, question_ids: Iterable[str]) -> frozenset[str]:
    """Which of these questions are out of use already."""
    query = select(Suspension.question_id).where(
        Suspension.question_id.in_(list(question_ids)), Suspension.lifted_at.is_(None)
    )
    return frozenset(session.scalars(query))
