"""What this instance is: demo or real, pilot or live, and which contacts are current. One row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record
from quiz.records.contacts import ContactSetRow


class Service(Record):
    """Demo is a fact for ever; live is a fact once."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("live_at IS NULL OR NOT demo", name="demo_never_live"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    demo: Mapped[bool]
    created_at: Mapped[datetime]
    contacts_version: Mapped[int] = mapped_column(ForeignKey(ContactSetRow.version))
    live_at: Mapped[datetime | None]
    live_by: Mapped[str | None]
    key_backup_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What every page needs to know."""

    demo: bool
    live: bool
    contacts_version: int
    key_backup: bool

    @property
    def mark(self) -> str:
        """The word on every page and document that is not the real thing."""
        return "SAMPLE" if self.demo else "" if self.live else "PILOT"


FACTS = select(Service.demo, Service.live_at, Service.contacts_version, Service.key_backup_at).where(Service.id == 1)


def facts(session: Session) -> ServiceFacts:
    """One statement. Raises NoResultFound on a database that was never initialised."""
    row = session.execute(FACTS).one()
    return ServiceFacts(row.demo, row.live_at is not None, row.contacts_version, row.key_backup_at is not None)


def row(session: Session) -> Service | None:
    """The row itself, locked for a change."""
    return session.scalars(select(Service).where(Service.id == 1).with_for_update()).one_or_none()
