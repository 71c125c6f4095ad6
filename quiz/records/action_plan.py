"""The action plan: each line as it stands now, and everything that it ever was."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.action_plan import Action, Status
from quiz.records.base import Record, new_id

KNOWN = "status IN ('not-started', 'under-way', 'completed', 'dropped')"


class Line:
    """What both tables hold of an action. `place` is its place in the plan, from 1."""

    place: Mapped[int]
    area: Mapped[str]
    action: Mapped[str] = mapped_column(Text)
    owner: Mapped[str]
    due: Mapped[date | None]
    status: Mapped[str]
    evidence: Mapped[str] = mapped_column(Text)

    @property
    def said(self) -> Action:
        """The line as the rules want it."""
        return Action(self.area, self.action, self.owner, self.due, Status(self.status), self.evidence)


class ActionItem(Line, Record):
    """A line of the plan as it stands."""

    __tablename__ = "action_item"
    __table_args__ = (CheckConstraint(KNOWN, name="known_status"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class ActionChange(Line, Record):
    """A line of the plan as somebody wrote it: only ever added."""

    __tablename__ = "action_change"
    __table_args__ = (CheckConstraint(KNOWN, name="known_status"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey(ActionItem.id), index=True)
    at: Mapped[datetime]
    by: Mapped[str]


def plan(session: Session) -> list[ActionItem]:
    """All lines in their order."""
    return list(session.scalars(select(ActionItem).order_by(ActionItem.place, ActionItem.id)))


def locked(session: Session) -> list[ActionItem]:
    """The same, held until the end of the transaction: two people who move lines come in turn."""
    query = select(ActionItem).order_by(ActionItem.id).with_for_update().execution_options(populate_existing=True)
    return sorted(session.scalars(query), key=lambda one: (one.place, one.id))


def last_place(session: Session) -> int:
    """The place of the last line; 0 where there is none."""
    return session.scalar(select(func.max(ActionItem.place))) or 0


def history(session: Session, item_id: UUID) -> list[ActionChange]:
    """What a line ever was, newest first."""
    query = select(ActionChange).where(ActionChange.item_id == item_id)
    return list(session.scalars(query.order_by(ActionChange.id.desc())))
