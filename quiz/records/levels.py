"""How hard questions are: what judges rated, and how many drivers answered right. Counted where marking happens."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.records.base import Record
from quiz.records.questions import Version


class Rating(Record):
    """Of a hundred drivers who are just good enough, how many answer right: one judge on one version, for good."""

    __tablename__ = "rating"
    __table_args__ = (CheckConstraint("share BETWEEN 0 AND 100", name="share_of_a_hundred"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    judge: Mapped[str] = mapped_column(primary_key=True)
    share: Mapped[int]
    at: Mapped[datetime]


class Answered(Record):
    """How many marked papers a version was on, and on how many its answer was right."""

    __tablename__ = "answered"
    __table_args__ = (CheckConstraint('0 <= "right" AND "right" <= answered', name="right_among_answered"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey(Version.id), primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]


def count(session: Session, found: Mapping[UUID, bool]) -> None:
    """Add a marked paper to its versions, in one statement.

    In the order of the keys, so that two papers never wait for each other in a circle.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    table = Record.metadata.tables["answered"]
    rows = [{"version_id": key, "answered": 1, "right": int(found[key])} for key in sorted(found)]
    new = insert(table).values(rows)
    more = {name: table.c[name] + new.excluded[name] for name in ("answered", "right")}
    session.execute(new.on_conflict_do_update(index_elements=["version_id"], set_=more))


def take_off(session: Session, found: Mapping[UUID, bool]) -> None:
    """A paper that was set aside counts no more. One that was marked before anything was counted takes nothing off."""
    keys = session.scalars(
        select(Answered.version_id)
        .where(Answered.version_id.in_(found))
        .order_by(Answered.version_id)
        .with_for_update()
    ).all()
    for right in (True, False):
        mine = [key for key in keys if found[key] is right]
        holds = (Answered.version_id.in_(mine), Answered.answered > 0, Answered.right >= int(right))
        session.execute(
            update(Answered).where(*holds).values(answered=Answered.answered - 1, right=Answered.right - int(right))
            .execution_options(synchronize_session=False)
        )  # fmt: skip


def ratings(session: Session, version_id: UUID) -> list[Rating]:
    """What judges said of a version, oldest first."""
    return list(
        session.scalars(select(Rating).where(Rating.version_id == version_id).order_by(Rating.at, Rating.judge))
    )


def answered(session: Session, version_id: UUID) -> Answered | None:
    """How a version was answered so far."""
    return session.get(Answered, version_id)


JUDGED = (
    select(Rating.version_id, (func.avg(Rating.share) / 100.0).label("share")).group_by(Rating.version_id).subquery()
)
