"""Blueprint versions: kept as the text that was adopted; the newest one counts."""

import json
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import blueprint as rules
from quiz.domain.blueprint import Blueprint
from quiz.records.base import Record


class BlueprintRow(Record):
    """One version of a test's rules. Adopted with date, minute and basis, or (in a pilot) not yet."""

    __tablename__ = "blueprint"
    __table_args__ = (UniqueConstraint("test", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    test: Mapped[str]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    adopted_on: Mapped[date | None]
    minute: Mapped[str]
    basis: Mapped[str]


@lru_cache(maxsize=64)
def read(text: str) -> Blueprint:
    """A stored text as rules; rows never change, so it is parsed once per process."""
    return rules.of_table(json.loads(text))


def newest(session: Session, test: str) -> BlueprintRow:
    """The row that counts now."""
    return session.scalars(
        select(BlueprintRow).where(BlueprintRow.test == test).order_by(BlueprintRow.number.desc()).limit(1)
    ).one()


def versions(session: Session, test: str) -> list[BlueprintRow]:
    """Every version of a test's rules, the newest first."""
    return list(
        session.scalars(select(BlueprintRow).where(BlueprintRow.test == test).order_by(BlueprintRow.number.desc()))
    )


def names(session: Session) -> dict[str, str]:
    """What each test that has rules is called now, by its key; in the order in which they were first adopted."""
    rows = session.scalars(select(BlueprintRow).order_by(BlueprintRow.id))
    texts = {row.test: row.text for row in rows}  # a later version of the same test has the last word
    return {test: read(text).name for test, text in texts.items()}


def current(session: Session, test: str) -> Blueprint:
    """The rules that count now."""
    return read(newest(session, test).text)


def of(session: Session, blueprint_id: int) -> Blueprint:
    """The rules under which an attempt was begun."""
    return read(session.get_one(BlueprintRow, blueprint_id).text)


def save(session: Session, row: BlueprintRow) -> BlueprintRow:
    """Add the next version of a test's rules."""
    last = session.scalar(
        select(BlueprintRow.number).where(BlueprintRow.test == row.test).order_by(BlueprintRow.number.desc()).limit(1)
    )
    row.number = (last or 0) + 1
    session.add(row)
    session.flush()
    return row
