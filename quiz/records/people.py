"""People and their licences."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import licence
from quiz.records.base import KEY, Record, new_id

AT_ONCE = 1000  # keys in one statement


class Person(Record):
    """Whoever sits a test. Only what the test needs: a name, and how to reach them if they gave it."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Licence(Record):
    """A licence or application; unique by authority, kind and number, since councils number each kind separately.

    `unlisted_since`: from that day on a list of the council's licence holders did not name it any more.
    """

    __tablename__ = "licence"
    __table_args__ = (
        UniqueConstraint("authority", "kind", "number_key"),
        CheckConstraint("kind IN ('hackney', 'private-hire', 'dual', 'application')", name="known_kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    authority: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(KEY, index=True)
    expires_on: Mapped[date | None]
    unlisted_since: Mapped[date | None]

    @property
    def shown(self) -> licence.Shown:
        """The licence as pages and documents show it."""
        return licence.Shown(licence.Kind(self.kind), self.number, self.authority)


# Drivers. People of groups have no licence, and lists of drivers do not show them.
LICENSED = exists().where(Licence.person_id == Person.id)


def person(session: Session, person_id: UUID) -> Person | None:
    """The person of that key."""
    return session.get(Person, person_id)


def known(session: Session, person_ids: list[UUID]) -> list[UUID]:
    """Those of these keys that somebody has, in the same order."""
    found = set(session.scalars(select(Person.id).where(Person.id.in_(person_ids)))) if person_ids else set()
    return [key for key in person_ids if key in found]


def with_licences(session: Session, person_id: UUID) -> tuple[Person, list[Licence]] | None:
    """A person and their licences in a fixed order, in one statement."""
    rows = session.execute(
        select(Person, Licence)
        .outerjoin(Licence, Licence.person_id == Person.id)
        .where(Person.id == person_id)
        .order_by(Licence.kind, Licence.number_key, Licence.id)
    ).all()
    return (rows[0][0], [row[1] for row in rows if row[1]]) if rows else None


def lock(session: Session, person_id: UUID) -> Person:
    """The person's row as it is now, held until the end of the transaction: first in the order of locks."""
    query = select(Person).where(Person.id == person_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def lock_all(session: Session, person_ids: Iterable[UUID]) -> None:
    """The rows of many people, held in the order of their keys, so that nobody waits in a circle."""
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = select(Person.id).where(Person.id.in_(wanted[start : start + AT_ONCE]))
        session.execute(some.order_by(Person.id).with_for_update())


def licences(session: Session, person_id: UUID) -> list[Licence]:
    """A person's licences in a fixed order."""
    return list(
        session.scalars(
            select(Licence).where(Licence.person_id == person_id).order_by(Licence.kind, Licence.number_key, Licence.id)
        )
    )


def licences_of(session: Session, person_ids: list[UUID]) -> dict[UUID, list[Licence]]:
    """The licences of many people in one statement."""
    found: dict[UUID, list[Licence]] = {person_id: [] for person_id in person_ids}
    query = select(Licence).where(Licence.person_id.in_(person_ids)).order_by(Licence.kind, Licence.number_key)
    for one in session.scalars(query) if person_ids else ():
        found[one.person_id].append(one)
    return found


def numbered(session: Session, typed: str) -> list[UUID]:
    """Everybody who holds that number, of whatever kind, in a fixed order."""
    key = licence.normalise(typed)
    query = select(Licence.person_id).where(Licence.number_key == key).distinct().order_by(Licence.person_id)
    return list(session.scalars(query)) if key else []


def holders(session: Session, keys: Iterable[str]) -> dict[str, list[UUID]]:
    """Who holds these numbers, of whatever kind, by number; numbers that nobody holds are left out."""
    wanted, found = sorted(set(keys)), dict[str, list[UUID]]()
    for start in range(0, len(wanted), AT_ONCE):
        query = select(Licence.number_key, Licence.person_id).where(
            Licence.number_key.in_(wanted[start : start + AT_ONCE])
        )
        for key, person_id in session.execute(query.distinct().order_by(Licence.number_key, Licence.person_id)):
            found.setdefault(key, []).append(person_id)
    return found


def taken(session: Session, authority: str, kind: str, number: str) -> Licence | None:
    """The licence that already has this number."""
    return session.scalars(
        select(Licence).where(
            Licence.authority == authority, Licence.kind == kind, Licence.number_key == licence.normalise(number)
        )
    ).one_or_none()


def newest(
    session: Session, before: UUID | None = None, size: int = 50, among: Select[UUID] | None = None
) -> list[Person]:
    """Drivers (of those whose keys `among` gives), the last added first."""
    query = select(Person).where(LICENSED).order_by(Person.id.desc()).limit(size)
    if among is not None:
        query = query.where(Person.id.in_(among))
    return list(session.scalars(query if before is None else query.where(Person.id < before)))
