"""Rows of a list brought into the records set-wise: a handful of statements, however long the list is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ColumnExpressionArgument, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from quiz.domain.importing import Category
from quiz.records.base import Instant
from quiz.records.imports import ImportRow
from quiz.records.people import Licence, Person

APART = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Done:
    """How much was written."""

    people: int
    licences: int
    changed: int
    unlisted: int


def _taken(import_id: UUID) -> ColumnElement[bool]:
    return (ImportRow.import_id == import_id) & ImportRow.taken


def lock_people(session: Session, import_id: UUID) -> None:
    """Hold the people whom rows change, in the order of their keys as everywhere."""
    changed = select(ImportRow.person_id).where(_taken(import_id), ImportRow.changes | ~ImportRow.adds_person)
    held = select(Person.id).where(Person.id.in_(changed)).order_by(Person.id).with_for_update()
    if session.get_bind().dialect.name != "sqlite":  # that has one writer at a time anyway
        session.execute(held)


def stale(session: Session, import_id: UUID) -> int:
    """How many rows were compared with something that is not so any more."""
    differs = or_(
        Licence.id.is_(None),
        Licence.person_id != ImportRow.person_id,
        Person.name != ImportRow.was_name,
        Person.email != ImportRow.was_email,
        Person.phone != ImportRow.was_phone,
        Licence.expires_on.is_distinct_from(ImportRow.was_expires_on),
        Licence.unlisted_since.is_distinct_from(ImportRow.was_unlisted_since),
    )
    changed = (
        select(func.count())
        .select_from(ImportRow)
        .outerjoin(Licence, Licence.id == ImportRow.licence_id)
        .outerjoin(Person, Person.id == Licence.person_id)
        .where(_taken(import_id), ImportRow.changes, differs)
    )
    there = exists().where(
        Licence.number_key == ImportRow.number_key, Licence.kind == ImportRow.kind,
        Licence.authority == ImportRow.authority,
    )  # fmt: skip
    added = select(func.count()).where(_taken(import_id), ImportRow.adds_licence, there)
    other = aliased(ImportRow)
    brought = select(other.own_id).where(other.import_id == import_id, other.adds_person, other.taken)
    gone = select(func.count()).where(
        _taken(import_id), ImportRow.adds_licence, ~ImportRow.adds_person,
        ~exists().where(Person.id == ImportRow.person_id), ImportRow.person_id.not_in(brought),
    )  # fmt: skip
    return sum(session.scalar(query) or 0 for query in (changed, added, gone))


def write(session: Session, import_id: UUID, now: datetime) -> Done:
    """Add and change what the rows say. Gives how much that was."""
    rows = ImportRow
    people = select(rows.person_id, rows.name, rows.name_key, rows.email, rows.phone, literal(now, Instant()))
    people = people.where(_taken(import_id), rows.adds_person).order_by(rows.number)
    to = ["id", "name", "name_key", "email", "phone", "created_at"]
    session.execute(insert(Person).from_select(to, people))
    licences = select(
        rows.licence_id, rows.person_id, rows.authority, rows.kind, rows.licence, rows.number_key, rows.expires_on,
        rows.unlisted_since,
    ).where(_taken(import_id), rows.adds_licence).order_by(rows.number)  # fmt: skip
    to = ["id", "person_id", "authority", "kind", "number", "number_key", "expires_on", "unlisted_since"]
    session.execute(insert(Licence).from_select(to, licences))
    changes = _taken(import_id) & rows.changes
    # Each by itself: two rows about one person may change different things, and neither takes back what the other says.
    for other, values in (
        (rows.name != rows.was_name, {"name": rows.name, "name_key": rows.name_key}),
        (rows.email != rows.was_email, {"email": rows.email}),
        (rows.phone != rows.was_phone, {"phone": rows.phone}),
    ):
        change = update(Person).where(Person.id == rows.person_id, changes, other).values(**values)
        session.execute(change.execution_options(**APART))
    other_licence = or_(
        rows.expires_on.is_distinct_from(rows.was_expires_on),
        rows.unlisted_since.is_distinct_from(rows.was_unlisted_since),
    )
    session.execute(
        update(Licence)
        .where(Licence.id == rows.licence_id, changes, other_licence)
        .values(expires_on=rows.expires_on, unlisted_since=rows.unlisted_since)
        .execution_options(**APART)
    )
    return done(session, import_id)


def done(session: Session, import_id: UUID) -> Done:
    """What the rows that are taken add and change."""

    def number(*which: ColumnExpressionArgument[bool]) -> int:
        return session.scalar(select(func.count()).where(_taken(import_id), *which)) or 0

    gone = ImportRow.category == Category.UNLISTED
    return Done(
        number(ImportRow.adds_person), number(ImportRow.adds_licence), number(ImportRow.changes, ~gone), number(gone)
    )


def touched(session: Session, import_id: UUID) -> list[UUID]:
    """The people whose facts the rows changed, in the order of their keys."""
    query = select(ImportRow.person_id).where(_taken(import_id), ImportRow.person_id.is_not(None)).distinct()
    return [one for one in session.scalars(query.order_by(ImportRow.person_id)) if one]
