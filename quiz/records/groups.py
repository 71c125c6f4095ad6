"""Groups of other people, and who belongs to them. What they pass stands in the same tables as everybody's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, ScalarSelect, Select, func, or_, select, text, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from quiz.domain import calendar, licence
from quiz.domain import groups as rules
from quiz.domain.groups import Due
from quiz.domain.posting import Kind
from quiz.records import inviting
from quiz.records.base import KEY, Record, new_id
from quiz.records.certificates import Certificate
from quiz.records.letters import Letter
from quiz.records.people import Person


class Audience(Record):
    """A group: its test, and what one of its people is called ("elected member")."""

    __tablename__ = "audience"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    called: Mapped[str]
    test: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class Membership(Record):
    """Somebody in a group, from one moment to another. The reference is typed where a driver types the licence."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_one_open", "audience_key", "person_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    audience_key: Mapped[str] = mapped_column(ForeignKey(Audience.key), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    reference: Mapped[str] = mapped_column(KEY, unique=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a group with the last day of the pass that counts, if there is one."""

    membership: Membership
    person: Person
    passed_until: date | None


def every(session: Session) -> list[Audience]:
    """All groups by name."""
    return list(session.scalars(select(Audience).order_by(Audience.name, Audience.key)))


def of_key(session: Session, key: str) -> Audience | None:
    """The group of that key."""
    return session.get(Audience, key)


def referenced(session: Session, typed: str) -> list[UUID]:
    """Whoever has that reference, while they belong to the group."""
    key = licence.normalise(typed)
    query = select(Membership.person_id).where(Membership.reference == key, Membership.ended_at.is_(None))
    return list(session.scalars(query)) if key else []


def taken(session: Session, reference: str) -> bool:
    """Whether somebody has, or had, that reference."""
    return session.scalar(select(Membership.id).where(Membership.reference == reference)) is not None


def of_person(session: Session, person_id: UUID, test: str | None = None) -> list[tuple[Membership, Audience]]:
    """The groups to which a person belongs now (of that test), by name."""
    query = (
        select(Membership, Audience)
        .join(Audience, Audience.key == Membership.audience_key)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Audience.name, Membership.id)
    )
    rows = session.execute(query if test is None else query.where(Audience.test == test))
    return [(row[0], row[1]) for row in rows]


def open_of(session: Session, audience_key: str, person_ids: list[UUID]) -> set[UUID]:
    """Which of these people belong to the group now."""
    query = select(Membership.person_id).where(
        Membership.audience_key == audience_key, Membership.person_id.in_(person_ids), Membership.ended_at.is_(None)
    )
    return set(session.scalars(query)) if person_ids else set()


def memberships(session: Session, audience_key: str, person_ids: list[UUID]) -> dict[UUID, Membership]:
    """Whoever of these people belongs to the group now, by their keys."""
    query = select(Membership).where(
        Membership.audience_key == audience_key, Membership.person_id.in_(person_ids), Membership.ended_at.is_(None)
    )
    return {one.person_id: one for one in session.scalars(query)} if person_ids else {}


def known_as(session: Session, name_keys: list[str], emails: list[str]) -> list[Person]:
    """Everybody, drivers too, who has one of these names or addresses."""
    alike = or_(Person.name_key.in_(name_keys), func.lower(Person.email).in_(emails))
    return list(session.scalars(select(Person).where(alike).order_by(Person.id)))


def valid_until(test: str | InstrumentedAttribute[str], mode: str) -> ScalarSelect[date]:
    """The last day of a member's newest pass that stands, for a query of memberships, by the index of the person."""
    return (
        select(func.max(Certificate.expires_on))
        .where(
            Certificate.person_id == Membership.person_id, Certificate.test == test, Certificate.mode == mode,
            Certificate.withdrawn_at.is_(None), Certificate.replaced_by.is_(None),
        )
        .correlate(Membership, Audience)
        .scalar_subquery()
    )  # fmt: skip


def _members(audience: Audience, mode: str) -> Select[Membership, Person, date | None]:
    return (
        select(Membership, Person, valid_until(audience.test, mode))
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.audience_key == audience.key)
    )


def member(session: Session, audience: Audience, membership_id: UUID, mode: str) -> Member | None:
    """Somebody who belongs, or belonged, to the group."""
    row = session.execute(_members(audience, mode).where(Membership.id == membership_id)).one_or_none()
    return Member(row[0], row[1], row[2]) if row else None


def page(
    session: Session, audience: Audience, mode: str, today: date, due: Due | None = None,
    after: UUID | None = None, size: int | None = None,
) -> list[Member]:  # fmt: skip
    """People of the group now, by name; only those who stand so, where that is asked."""
    query = _members(audience, mode).where(Membership.ended_at.is_(None))
    if due is not None:
        query = query.where(_stands(valid_until(audience.test, mode), due, today))
    mark = session.execute(
        select(Person.name_key, Membership.id).join(Membership).where(Membership.id == after)
    ).one_or_none()
    if mark is not None:
        query = query.where(tuple_(Person.name_key, Membership.id) > tuple_(*mark))
    rows = session.execute(query.order_by(Person.name_key, Membership.id).limit(size))
    return [Member(row[0], row[1], row[2]) for row in rows]


def to_invite(
    session: Session, audience: Audience, mode: str, now: datetime, among: Collection[UUID] | None = None
) -> list[Member]:
    """Everybody of the group (of these people) who has no pass that lasts, sits no test and can begin none; by name."""
    until = valid_until(audience.test, mode)
    query = _members(audience, mode).where(
        Membership.ended_at.is_(None), or_(until.is_(None), until <= rules.soon(calendar.day_of(now))),
        ~inviting.has_open(Membership.person_id, audience.test, now),
    )  # fmt: skip
    if among is not None:
        query = query.where(Membership.person_id.in_(among))
    rows = session.execute(query.order_by(Person.name_key, Membership.id))
    return [Member(row[0], row[1], row[2]) for row in rows]


def letters_of(session: Session, audience_key: str, states: Sequence[str], size: int) -> list[tuple[Letter, Person]]:
    """Invitations to people of a group in one of these states, the newest first."""
    query = (
        select(Letter, Person)
        .join(Person, Person.id == Letter.person_id)
        .where(
            Letter.person_id.in_(select(Membership.person_id).where(Membership.audience_key == audience_key)),
            Letter.kind == Kind.MEMBER_INVITATION,
            Letter.about.startswith(f"{audience_key}.", autoescape=True),
            Letter.state.in_(states),
        )
        .order_by(Letter.id.desc())
        .limit(size)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def counts(session: Session, audience: Audience, mode: str, today: date) -> Mapping[Due, int]:
    """How many people of the group stand how, in one statement."""
    own = (Membership.audience_key == audience.key, Membership.ended_at.is_(None))
    until = select(valid_until(audience.test, mode).label("until")).where(*own).subquery().c.until
    numbers = (func.count().filter(_stands(until, due, today)) for due in Due)
    return dict(zip(Due, session.execute(select(*numbers).select_from(until.table)).one(), strict=True))


def _stands(until: ColumnElement[date], due: Due, today: date) -> ColumnElement[bool]:
    """What `groups.due` says, for the database."""
    return {
        Due.NEVER: until.is_(None),
        Due.DUE: until < today,
        Due.SOON: until.between(today, rules.soon(today)),
        Due.VALID: until > rules.soon(today),
    }[due]
