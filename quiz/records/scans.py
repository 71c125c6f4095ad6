"""Scans of certificates from elsewhere: what lies in the instance folder, and to what it belongs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record, new_id
from quiz.records.elsewhere import AcceptedPass


class Scan(Record):
    """One file: its random name in the folder, what it is by its content, its size in bytes and its SHA-256. It belongs
    to a pass from elsewhere or to attendance elsewhere.
    """

    __tablename__ = "scan"
    __table_args__ = (
        CheckConstraint("kind IN ('pdf', 'jpeg', 'png')", name="known_kind"),
        CheckConstraint("(pass_id IS NULL) <> (attendance_id IS NULL)", name="of_one"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pass_id: Mapped[UUID | None] = mapped_column(ForeignKey(AcceptedPass.id), unique=True)
    attendance_id: Mapped[UUID | None] = mapped_column(ForeignKey("accepted_attendance.id"), unique=True)
    file: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


def of_attendance(session: Session, attendance_id: UUID) -> Scan | None:
    """The scan that belongs to accepted attendance."""
    return session.scalars(select(Scan).where(Scan.attendance_id == attendance_id)).one_or_none()


def of_pass(session: Session, pass_id: UUID) -> Scan | None:
    """The scan that belongs to an accepted pass."""
    return session.scalars(select(Scan).where(Scan.pass_id == pass_id)).one_or_none()


def named(session: Session, files: list[str]) -> set[str]:
    """Which of these files belong to something."""
    return set(session.scalars(select(Scan.file).where(Scan.file.in_(files))))
