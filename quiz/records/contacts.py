"""Contacts: each change writes a whole new set, so that a paper can show what its driver saw."""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.contacts import Contact, ContactSet
from quiz.records.base import Record


class ContactSetRow(Record):
    """One version of all contacts."""

    __tablename__ = "contact_set"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str]


class ContactRow(Record):
    """One contact in one version; never changed."""

    __tablename__ = "contact"

    version: Mapped[int] = mapped_column(ForeignKey(ContactSetRow.version), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    name: Mapped[str]
    number: Mapped[str]
    scope: Mapped[str]
    purpose: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    email: Mapped[str]
    card_order: Mapped[int]
    source: Mapped[str]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str]


FIELDS = tuple(field.name for field in fields(Contact))


def load(session: Session, version: int) -> ContactSet:
    """The set of that version, in its own order."""
    rows = session.scalars(select(ContactRow).where(ContactRow.version == version).order_by(ContactRow.place))
    return ContactSet(version, tuple(Contact(*(getattr(row, name) for name in FIELDS)) for row in rows))


def save(session: Session, contacts: tuple[Contact, ...], at: datetime, by: str) -> int:
    """Write a new version; returns its number. Making it the current one is the caller's."""
    version = (session.scalar(select(func.max(ContactSetRow.version))) or 0) + 1
    session.add(ContactSetRow(version=version, at=at, by=by))
    session.flush()
    for place, contact in enumerate(contacts):
        session.add(ContactRow(version=version, place=place, **{name: getattr(contact, name) for name in FIELDS}))
    session.flush()
    return version


def history(session: Session, key: str) -> list[tuple[ContactSetRow, ContactRow]]:
    """Every version of one contact with who wrote it, newest first."""
    rows = session.execute(
        select(ContactSetRow, ContactRow)
        .join(ContactRow, ContactRow.version == ContactSetRow.version)
        .where(ContactRow.key == key)
        .order_by(ContactSetRow.version.desc())
    )
    return [(made, contact) for made, contact in rows]
