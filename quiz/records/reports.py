"""Monitoring reports as they were issued: frozen text, its digest, and the signed end of the audit log of then."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, load_only, mapped_column

from quiz.domain.monitoring import Period
from quiz.domain.report import Seal, Version
from quiz.records.base import Record, new_id


class ReportRow(Record):
    """One report, written once. `content` is canonical JSON: page, PDF and spreadsheet are made of it alone."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("version IN ('internal', 'public')", name="known_version"),
        CheckConstraint("first_day <= last_day", name="runs_forwards"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int]
    number: Mapped[int]
    version: Mapped[str]
    test: Mapped[str]
    mode: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    head_sequence: Mapped[int]
    head_hash: Mapped[str]
    key: Mapped[str]
    signature: Mapped[str]

    @property
    def name(self) -> str:
        """2026-1: the first one of that year."""
        return f"{self.year}-{self.number}"

    @property
    def period(self) -> Period:
        """The days that it is about."""
        return Period(self.first_day, self.last_day)

    @property
    def seal(self) -> Seal:
        """What ties it to its moment."""
        return Seal(
            number=self.name, digest=self.digest, sequence=self.head_sequence, hash=self.head_hash,
            at=self.at.isoformat(), key=self.key, signature=self.signature,
        )  # fmt: skip


def listed(session: Session) -> list[ReportRow]:
    """Every report without its content, newest first."""
    columns = [getattr(ReportRow, name) for name in ("year", "number", "version", "first_day", "last_day", "at", "by")]
    query = select(ReportRow).options(load_only(*columns)).order_by(ReportRow.year.desc(), ReportRow.number.desc())
    return list(session.scalars(query))


def next_number(session: Session, year: int) -> int:
    """The number of the next report of that year."""
    return (session.scalar(select(func.max(ReportRow.number)).where(ReportRow.year == year)) or 0) + 1


def published(session: Session, test: str, mode: str) -> list[ReportRow]:
    """Every public version, in the order in which they were issued. What it says is read when it is asked for."""
    columns = [getattr(ReportRow, name) for name in ("year", "number", "first_day", "last_day")]
    query = select(ReportRow).where(
        ReportRow.version == Version.PUBLIC, ReportRow.test == test, ReportRow.mode == mode
    )  # fmt: skip
    ordered = query.order_by(ReportRow.year, ReportRow.number, ReportRow.id)
    return list(session.scalars(ordered.options(load_only(*columns))))
