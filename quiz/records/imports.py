"""Lists of licence holders on their way into the records: the file, its match, its rows and what they would change."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, delete, exists, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.importing import Category, Held, Known, Question
from quiz.records.base import KEY, Record, new_id
from quiz.records.people import Licence, Person

AT_ONCE = 500
UNLISTED_FROM = 10_000_000  # numbers of rows that stand for licences which the list does not name


class ImportFile(Record):
    """A list that was uploaded. Headings, examples and notes are JSON; the file itself lies in the instance folder."""

    __tablename__ = "import_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    authority: Mapped[str]
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    header: Mapped[str] = mapped_column(default="[]")
    examples: Mapped[str] = mapped_column(default="[]")
    notes: Mapped[str] = mapped_column(default="[]")
    match: Mapped[str] = mapped_column(default="")
    rows: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[UUID | None]
    compared_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]

    def kept(self, name: str) -> Any:
        """What one of the columns in JSON holds."""
        text = getattr(self, name)
        return json.loads(text) if text else None


class ImportMatch(Record):
    """Which column was what in a list with these headings: remembered for the next one."""

    __tablename__ = "import_match"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    match: Mapped[str]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]


class ImportRow(Record):
    """A row of a list: how things would stand afterwards, how they stood before (`was_…`), and what it adds or changes.

    `own_id` would be the key of a new person; `other_id` is somebody known who may be the same person.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_category", "import_id", "category", "number"),
        Index("ix_import_row_licence", "import_id", "number_key"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey(ImportFile.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    choice: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    authority: Mapped[str]
    kind: Mapped[str]
    licence: Mapped[str]
    number_key: Mapped[str] = mapped_column(KEY)
    name: Mapped[str]
    name_key: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    expires_on: Mapped[date | None]
    unlisted_since: Mapped[date | None]
    was_name: Mapped[str | None]
    was_email: Mapped[str | None]
    was_phone: Mapped[str | None]
    was_expires_on: Mapped[date | None]
    was_unlisted_since: Mapped[date | None]
    licence_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    own_id: Mapped[UUID | None]
    other_id: Mapped[UUID | None]
    taken: Mapped[bool] = mapped_column(default=False)
    adds_person: Mapped[bool] = mapped_column(default=False)
    adds_licence: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[bool] = mapped_column(default=False)


def listed(session: Session, size: int = 50) -> list[ImportFile]:
    """Lists that were uploaded, the newest first."""
    return list(session.scalars(select(ImportFile).order_by(ImportFile.id.desc()).limit(size)))


def lock(session: Session, import_id: UUID) -> ImportFile:
    """A list, held until the end of the transaction."""
    return session.scalars(select(ImportFile).where(ImportFile.id == import_id).with_for_update()).one()


def ended(session: Session, import_id: UUID) -> tuple[datetime | None, datetime | None]:
    """When a list was brought in and when it was forgotten, as it is now; held until the end of the transaction."""
    query = select(ImportFile.applied_at, ImportFile.cleared_at).where(ImportFile.id == import_id)
    applied, cleared = session.execute(query.with_for_update()).one()
    return applied, cleared


def is_wanted(session: Session, import_id: UUID, job_id: UUID) -> bool:
    """Whether that piece of work is still what was asked for last about a list that is open; held likewise."""
    query = select(ImportFile.id).where(
        ImportFile.id == import_id, ImportFile.job_id == job_id, ImportFile.applied_at.is_(None),
        ImportFile.cleared_at.is_(None),
    )  # fmt: skip
    return session.scalar(query.with_for_update()) is not None


def held(session: Session, keys: Iterable[str]) -> dict[tuple[str, str, str], Held]:
    """The licences with these numbers, with their holders, by authority, kind and number."""
    found = {}
    for some in _batches(keys):
        query = _held().where(Licence.number_key.in_(some))
        for one in session.execute(query):
            known = Held(*one[:10])
            found[known.authority, known.kind, known.key] = known
    return found


def known(session: Session, keys: Iterable[str]) -> dict[str, list[Known]]:
    """The people with these names, by the key of the name, in a fixed order."""
    found: dict[str, list[Known]] = {}
    for some in _batches(keys):
        query = select(Person.name_key, Person.id, Person.name, Person.email, Person.phone).where(
            Person.name_key.in_(some)
        )
        for key, person_id, name, email, phone in session.execute(query.order_by(Person.id)):
            found.setdefault(key, []).append(Known(person_id, name, email, phone))
    return found


def _held() -> Any:
    return select(
        Licence.id, Licence.person_id, Licence.authority, Licence.kind, Licence.number_key, Person.name, Person.email,
        Person.phone, Licence.expires_on, Licence.unlisted_since, Licence.number,
    ).join(Person, Person.id == Licence.person_id)  # fmt: skip


def not_named(session: Session, import_id: UUID, authority: str) -> list[Any]:
    """Licences of the authority, of the kinds in the list, that no row of it names, in whatever state that row is."""
    kinds = select(ImportRow.kind).where(ImportRow.import_id == import_id, ImportRow.kind != "").distinct()
    named = exists().where(
        ImportRow.import_id == import_id, ImportRow.number_key == Licence.number_key,
        or_(ImportRow.kind == Licence.kind, ImportRow.kind == ""), ImportRow.category != Category.UNLISTED,
    )  # fmt: skip
    query = _held().where(
        Licence.authority == authority, Licence.kind.in_(kinds), Licence.unlisted_since.is_(None), ~named
    )
    return list(session.execute(query.order_by(Licence.kind, Licence.number_key)))


def counts(session: Session, import_id: UUID) -> dict[Category, int]:
    """How many rows there are of each category."""
    query = select(ImportRow.category, func.count()).where(ImportRow.import_id == import_id)
    found = {Category(one): number for one, number in session.execute(query.group_by(ImportRow.category))}
    return {category: found.get(category, 0) for category in Category}


def undecided(session: Session, import_id: UUID) -> int:
    """How many rows wait for a decision."""
    query = select(func.count()).where(
        ImportRow.import_id == import_id, ImportRow.category == Category.DECIDE, ImportRow.choice == ""
    )
    return session.scalar(query) or 0


def page(session: Session, import_id: UUID, category: str, after: int, size: int) -> list[ImportRow]:
    """Rows of a category in the order of the list, beginning after a row."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.category == category, ImportRow.number > after
    )
    return list(session.scalars(query.order_by(ImportRow.number).limit(size)))


def choices(session: Session, import_id: UUID) -> dict[int, tuple[str, str]]:
    """What was decided so far, by row: the question and the answer."""
    query = select(ImportRow.number, ImportRow.question, ImportRow.choice)
    rows = session.execute(query.where(ImportRow.import_id == import_id, ImportRow.choice != ""))
    return {number: (question, choice) for number, question, choice in rows}


def same_licence(session: Session, row: ImportRow) -> list[ImportRow]:
    """The other rows of the list for the same licence among which one is to be chosen."""
    query = select(ImportRow).where(
        ImportRow.import_id == row.import_id, ImportRow.number_key == row.number_key, ImportRow.kind == row.kind,
        ImportRow.question == row.question, ImportRow.number != row.number,
    )  # fmt: skip
    return list(session.scalars(query))


def beside(session: Session, import_id: UUID, rows: Sequence[ImportRow]) -> dict[int, list[ImportRow]]:
    """For each of these rows the other rows of the list that its question is about: same licence, or same person."""
    keys = {one.number_key for one in rows if one.question == Question.TWICE}
    people = {one.other_id for one in rows if one.question == Question.PERSON}
    twice = ImportRow.number_key.in_(keys) & (ImportRow.question == Question.TWICE)
    query = select(ImportRow).where(ImportRow.import_id == import_id, or_(twice, ImportRow.own_id.in_(people)))
    found = list(session.scalars(query.order_by(ImportRow.number))) if rows else []
    return {one.number: [other for other in found if _beside(one, other)] for one in rows}


def _beside(one: ImportRow, other: ImportRow) -> bool:
    if one.question == Question.PERSON:
        return other.own_id == one.other_id
    alike = (one.question, one.authority, one.kind, one.number_key)
    return other.number != one.number and alike == (other.question, other.authority, other.kind, other.number_key)


def remembered(session: Session, fingerprint: str) -> Mapping[str, Any] | None:
    """The match that was kept for a list with these headings."""
    found = session.get(ImportMatch, fingerprint)
    return json.loads(found.match) if found else None


def forget(session: Session, import_id: UUID, size: int) -> bool:
    """Remove some rows of a list; False once there are none."""
    some = select(ImportRow.number).where(ImportRow.import_id == import_id).limit(size).scalar_subquery()
    gone = session.execute(
        delete(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.number.in_(some))
        .returning(ImportRow.number)
        .execution_options(synchronize_session=False)
    )
    return bool(gone.all())


def to_clear(session: Session, before: datetime) -> list[UUID]:
    """Lists whose rows have been kept long enough."""
    query = select(ImportFile.id).where(ImportFile.cleared_at.is_(None), ImportFile.uploaded_at < before)
    return list(session.scalars(query.order_by(ImportFile.id)))


def unsettled(session: Session) -> list[UUID]:
    """Lists that were applied, but not everybody's standing was worked out again."""
    query = select(ImportFile.id).where(ImportFile.applied_at.is_not(None), ImportFile.settled_at.is_(None))
    return list(session.scalars(query.order_by(ImportFile.id)))


def take_unlisted(session: Session, import_id: UUID) -> None:
    """The rows of licences that are no longer listed are to be applied as well."""
    session.execute(
        update(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.category == Category.UNLISTED)
        .values(taken=True)
        .execution_options(synchronize_session=False)
    )


def _batches(keys: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(keys))
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
