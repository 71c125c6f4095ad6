"""Licence holders as lists show them: filtered, counted, sorted, and found by number, name or e-mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from quiz.domain import licence, names
from quiz.domain.holders import Order, Wanted
from quiz.domain.standing import NEAR, Status
from quiz.records.people import Licence, Person
from quiz.records.standing import StandingRow

COUNTED = 10_000  # no list is counted further than that
AFTER_ALL = "\U0010ffff"  # behind every text with the same beginning

ENOUGH = 3  # digits by which a number is found from its end

_S = StandingRow

# In which column keys of people stand, in which order they come, and what must hold.
Way: TypeAlias = tuple[InstrumentedAttribute[UUID], InstrumentedAttribute[str], Sequence[ColumnElement[bool]]]


@dataclass(frozen=True, slots=True)
class Holder:
    """One line of a list: the person, and where they stand."""

    person: Person
    row: StandingRow


def needs_on(due: SQLColumnExpression[Any], *covered: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """What `standing.needs_on` says, for the database. `covered`: the last days of passes, of which any may be null."""
    return case((and_(*(or_(until.is_(None), until <= due) for until in covered)), due))


def is_overdue(needs: SQLColumnExpression[Any], day: date) -> ColumnElement[bool]:
    """The licence ended before that day, and no pass reached beyond its end: for lists and for the report."""
    return needs < day


def is_due(needs: SQLColumnExpression[Any], day: date, days: int) -> ColumnElement[bool]:
    """The licence ends within so many days from that day on, and no pass reaches beyond its end."""
    return needs.between(day, day + timedelta(days=days))


def condition(status: Status, today: date) -> ColumnElement[bool]:
    """What `standing.statuses` says, for the database.

    Whoever is not listed any more has no day on which something is due, so only the others are asked whether they are.
    """
    due = {
        status: is_due(_S.needs_on, today, days)
        for days, status in zip(NEAR, (Status.DUE_7, Status.DUE_30, Status.DUE_90), strict=True)
    }
    by_day = due | {
        Status.OVERDUE: is_overdue(_S.needs_on, today),
        Status.INVITED: _S.waiting_since.is_not(None) & (_S.invited_until.is_(None) | (_S.invited_until >= today)),
        Status.MAY_RETRY: _S.retry_on <= today,
        Status.MUST_WAIT: (_S.retry_on > today) & _S.stuck_until.is_(None),
        Status.OUT_OF_TRIES: _S.stuck_until > today,
        Status.LAPSING: _S.lapses_on >= today,
    }
    others = {
        Status.NEVER: _S.tested_on.is_(None) & _S.covered_until.is_(None),
        Status.VALID: _S.covered_until >= today,
        Status.ENDED: _S.covered_until < today,
        Status.WITHOUT: _S.tested_on.is_not(None) & _S.covered_until.is_(None) & _S.retry_on.is_(None),
        Status.NO_EXPIRY: _S.due_on.is_(None),
    }
    if status is Status.UNLISTED:
        return _S.listed.is_(False)
    return by_day[status] if status in by_day else and_(_S.listed.is_(True), others[status])


# By which day the most urgent comes first.
URGENCY = {
    Status.OVERDUE: _S.needs_on,
    Status.DUE_7: _S.needs_on,
    Status.DUE_30: _S.needs_on,
    Status.DUE_90: _S.needs_on,
    Status.INVITED: _S.waiting_since,
    Status.MAY_RETRY: _S.retry_on,
    Status.MUST_WAIT: _S.retry_on,
    Status.OUT_OF_TRIES: _S.stuck_until,
    Status.LAPSING: _S.lapses_on,
    Status.VALID: _S.covered_until,
    Status.ENDED: _S.covered_until,
}


def conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Everything that must hold of a row. People whom the council does not list any more are a status of their own."""
    found = [condition(wanted.status, today) if wanted.status else _S.listed.is_(True)]
    if wanted.kind:
        found.append((literal(" ") + _S.kinds + literal(" ")).contains(f" {wanted.kind} "))
    if wanted.first_day:
        found.append(_S.due_on >= wanted.first_day)
    if wanted.last_day:
        found.append(_S.due_on <= wanted.last_day)
    if wanted.adjusted:
        found.append(_S.adjusted_until >= today)
    return found


def page(session: Session, wanted: Wanted, today: date, after: UUID | None = None, size: int = 50) -> list[Holder]:
    """Some of a list, from just behind that person on. Two statements, or three."""
    query = select(_S.person_id).where(*_shown(wanted, today))
    column = _sorted_by(wanted)
    down = wanted.order in (Order.TESTED, Order.ADDED)
    if column is not None:
        query = query.order_by(column.desc() if down else column)
    query = query.order_by(_S.person_id.desc() if down else _S.person_id)
    if after is not None:
        query = query.where(_behind(session, column, after, down))
    return holders(session, list(session.scalars(query.limit(size))))


def _shown(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Those of a list who have the day by which it is sorted: nobody else has a place in that order."""
    column = _sorted_by(wanted)
    if column is None or column is _S.name_key:
        return conditions(wanted, today)
    return [*conditions(wanted, today), column.is_not(None)]


def _sorted_by(wanted: Wanted) -> InstrumentedAttribute[date | None] | InstrumentedAttribute[str] | None:
    if wanted.order is Order.NAME:
        return _S.name_key
    if wanted.order is Order.TESTED:
        return _S.tested_on
    if wanted.order is Order.ADDED:
        return None
    return URGENCY.get(wanted.status) if wanted.status else _S.due_on


def _behind(
    session: Session,
    column: InstrumentedAttribute[date | None] | InstrumentedAttribute[str] | None,
    after: UUID,
    down: bool,
) -> ColumnElement[bool]:
    """What comes later in the list than that person; they themselves may be gone from it meanwhile."""
    key = _S.person_id < after if down else _S.person_id > after
    if column is None:
        return key
    value = session.scalar(select(column).where(_S.person_id == after))
    if value is None:
        return key
    place, mark = tuple_(column, _S.person_id), tuple_(value, after)
    return place < mark if down else place > mark


def holders(session: Session, person_ids: list[UUID]) -> list[Holder]:
    """These people with their rows, in that order."""
    rows = session.execute(
        select(Person, _S).join(_S, _S.person_id == Person.id).where(Person.id.in_(person_ids))
    ).all() if person_ids else []  # fmt: skip
    found = {person.id: Holder(person, row) for person, row in rows}
    return [found[key] for key in person_ids if key in found]


def count(session: Session, wanted: Wanted, today: date, most: int = COUNTED) -> int:
    """How many a list shows in its order; one more than `most` stands for "more than that"."""
    some = select(literal(1)).select_from(_S).where(*_shown(wanted, today)).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def counts(session: Session, statuses: tuple[Status, ...], today: date, most: int = COUNTED) -> dict[Status, int]:
    """How many there are of each status, in one statement."""
    parts = []
    for status in statuses:
        some = select(literal(1)).select_from(_S).where(condition(status, today)).limit(most + 1).subquery()
        parts.append(select(func.count()).select_from(some).scalar_subquery())
    return dict(zip(statuses, session.execute(select(*parts)).one(), strict=True))


def find(session: Session, typed: str, limit: int = 51, among: Select[UUID] | None = None) -> list[Person]:
    """Licence holders by a number in any spelling or its beginning, parts of a name, or the beginning of an e-mail.

    Sorted by name; where there are more than `limit`, those with the nearest number or e-mail and the first names.
    Only those whose keys `among` gives, where it is given.
    """
    key, number, email = names.key(typed), licence.normalise(typed), typed.strip().casefold()
    if not key:
        return []
    # One way after the other, each in the order of its own index: none has to be read further than the limit.
    named: Way = (_S.person_id, _S.name_key, [_S.name_key.contains(word, autoescape=True) for word in key.split()])
    ways = _by_number(number) if number else []
    if " " not in email:
        ways.append((_S.person_id, _S.email_key, _begins(_S.email_key, email)))
    found: set[UUID] = set()
    for person_id, place, which in ways if number.isdigit() else [named, *ways]:
        found.update(_some(session, person_id, place, which, limit, among))
    if number.isdigit() and not found:  # hardly a name, so those are looked through only if it is no number
        found.update(_some(session, *named, limit, among))
    if not found:
        return []
    people = session.scalars(select(Person).where(Person.id.in_(found)))
    return sorted(people, key=lambda one: (one.name_key, one.id))[:limit]


def _by_number(number: str) -> list[Way]:
    column = Licence.number_key
    ways: list[Way] = [(Licence.person_id, column, _begins(column, number))]
    if spellings := licence.spellings(number):
        ways.append((Licence.person_id, column, [column.in_(spellings)]))
    if number.isdigit() and len(number) >= ENOUGH:  # of a badge often the digits alone are told
        ways.append((Licence.person_id, column, [column.endswith(number, autoescape=True)]))
    return ways


def _some(
    session: Session,
    person_id: InstrumentedAttribute[UUID],
    place: InstrumentedAttribute[str],
    which: Sequence[ColumnElement[bool]],
    limit: int,
    among: Select[UUID] | None,
) -> Iterable[UUID]:
    query = select(person_id).where(*which).order_by(place, person_id)
    return session.scalars((query if among is None else query.where(person_id.in_(among))).limit(limit))


def _begins(column: InstrumentedAttribute[str], text: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """A range that an index serves on both engines, whatever language the database speaks."""
    return column >= text, column <= text + AFTER_ALL
