"""Whose licence ends soon without a pass for the time after it, and who was not reminded of that yet."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, exists, select
from sqlalchemy.orm import Session

from quiz.domain import groups, posting
from quiz.domain.posting import Kind
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.records.groups import Audience, Membership, valid_until
from quiz.records.letters import Letter
from quiz.records.people import Licence, Person

LISTED = Licence.unlisted_since.is_(None)


def to_remind(
    session: Session, test: str, mode: str, kind: Kind, today: date, size: int, among: Collection[UUID] | None = None
) -> list[tuple[UUID, date]]:
    """People and the days on which a licence of theirs ends, the first to end first."""
    first, last = posting.window(kind, today)
    written = exists().where(
        Letter.person_id == Licence.person_id, Letter.kind == kind, Letter.about == cast(Licence.expires_on, String)
    )
    query = (
        select(Licence.person_id, Licence.expires_on)
        .where(Licence.expires_on >= first, Licence.expires_on <= last, LISTED, ~_covered(test, mode), ~written)
        .distinct()
        .order_by(Licence.expires_on, Licence.person_id)
        .limit(size)
    )
    if among is not None:
        query = query.where(Licence.person_id.in_(among))
    return [(person_id, ends) for person_id, ends in session.execute(query) if ends is not None]


def is_due(session: Session, person_id: UUID, test: str, mode: str, ends: date) -> bool:
    """Whether a licence of that person still ends on that day, without a pass for the time after it."""
    held = (Licence.person_id == person_id) & (Licence.expires_on == ends) & LISTED
    return session.scalar(select(Licence.id).where(held, ~_covered(test, mode)).limit(1)) is not None


def members_to_remind(
    session: Session, mode: str, today: date, size: int, among: Collection[UUID] | None = None
) -> list[tuple[Membership, Audience, Person, date]]:
    """People of groups whose pass ends soon, without a newer one, and who were not reminded of that day yet."""
    until = valid_until(Audience.test, mode)
    written = exists().where(
        Letter.person_id == Membership.person_id, Letter.kind == Kind.MEMBER_REMINDER,
        Letter.about == Audience.key + "." + cast(until, String),
    )  # fmt: skip
    query = (
        select(Membership, Audience, Person, until)
        .join(Audience, Audience.key == Membership.audience_key)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.ended_at.is_(None), until.between(today, groups.soon(today)), ~written)
        .order_by(Membership.id)
        .limit(size)
    )
    if among is not None:
        query = query.where(Membership.id.in_(among))
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def member_is_due(session: Session, person_id: UUID, mode: str, about: str) -> bool:
    """Whether somebody still belongs to that group, and that is still the last day of the newest pass."""
    key, _, day = about.rpartition(".")
    query = (
        select(Membership.id)
        .join(Audience, Audience.key == Membership.audience_key)
        .where(
            Membership.person_id == person_id, Membership.audience_key == key, Membership.ended_at.is_(None),
            valid_until(Audience.test, mode) == date.fromisoformat(day),
        )
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def _covered(test: str, mode: str) -> ColumnElement[bool]:
    """The holder of a licence has a pass, of ours or an accepted one, that holds longer than the licence."""
    ours = exists().where(
        Certificate.person_id == Licence.person_id, Certificate.test == test, Certificate.mode == mode,
        Certificate.withdrawn_at.is_(None), Certificate.replaced_by.is_(None),
        Certificate.expires_on > Licence.expires_on,
    )  # fmt: skip
    accepted = exists().where(
        AcceptedPass.person_id == Licence.person_id, AcceptedPass.test == test, AcceptedPass.mode == mode,
        AcceptedPass.ended_at.is_(None), AcceptedPass.until > Licence.expires_on,
    )  # fmt: skip
    return ours | accepted
