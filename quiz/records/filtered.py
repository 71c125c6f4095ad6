"""Results by filters: a page at a time, counted, or all of them. Quick whatever is filtered, however many there are.

A page and its totals look through so many tests and no more, in the order of the list and in one index that holds all
that filters ask for; where the period has more, they say so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.results import Came, Order, Totals, Wanted
from quiz.records import results
from quiz.records.attempts import Attempt
from quiz.records.results import Result

Place: TypeAlias = Row[datetime, UUID]  # where a test stands in the order of the list

LOOKED_THROUGH = 100_000  # some 25 ms on SQLite, 40 ms on PostgreSQL


@dataclass(frozen=True, slots=True)
class Page:
    """Some results. The list goes on after `last`; `gone_through`: so far nothing else fits, but not all was seen."""

    results: list[Result]
    last: UUID | None
    gone_through: bool = False


def page(session: Session, wanted: Wanted, after: UUID | None = None, size: int = 50) -> Page:
    """So many results from just after that one, in the order that is wanted (keyset paging)."""
    begun = session.execute(select(Attempt.started_at, Attempt.id).where(Attempt.id == after)).one_or_none()
    edge = _edge(session, wanted, begun) if wanted.picky else None
    fitting = select(Attempt.id).where(*_between(wanted, begun, edge), *_fits(wanted)).order_by(*_order(wanted))
    # In two statements: SQLite would begin a join of both at the wrong end.
    keys = session.scalars(fitting.limit(size + 1)).all()
    found = _read(session, results.selected().where(Attempt.id.in_(keys)).order_by(*_order(wanted))) if keys else []
    if len(found) > size:
        return Page(found[:size], found[size - 1].attempt_id)
    return Page(found, edge[1] if edge else None, gone_through=edge is not None)


def totals(session: Session, wanted: Wanted) -> Totals:
    """How many tests fit, by what came of them: in one look at the index."""
    edge = _edge(session, wanted, None)
    counts = [func.count().filter(*_came(came)) for came in Came]
    query = select(*counts).select_from(Attempt).where(*_between(wanted, None, edge), *_fits(wanted))
    by_came = dict(zip(Came, session.execute(query).one(), strict=True))
    return Totals(
        passed=by_came[Came.PASSED],
        not_passed=by_came[Came.NOT_PASSED],
        set_aside=by_came[Came.SET_ASIDE],
        running=by_came[Came.RUNNING],
        bounded=LOOKED_THROUGH if edge else 0,
    )


def count(session: Session, wanted: Wanted, most: int | None = None) -> int:
    """How many tests fit, of all there are; no more than `most` are counted."""
    some = select(Attempt.id).where(*_between(wanted, None, None), *_fits(wanted)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def all_of(session: Session, wanted: Wanted) -> Iterator[Result]:
    """Every test that fits, in its order, a thousand at a time."""
    query = results.selected().where(*_between(wanted, None, None), *_fits(wanted))
    for row in session.execute(query.order_by(*_order(wanted)).execution_options(yield_per=1000)):
        yield Result(*row)


def of_people(session: Session, people: Iterable[UUID], size: int) -> list[Result]:
    """The newest driver tests of these people."""
    theirs = results.selected().where(Attempt.person_id.in_(people), Attempt.test == TEST)
    return _read(session, theirs.order_by(*_order(Wanted())).limit(size))


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[Result]:
    return [Result(*row) for row in session.execute(query)]


def _edge(session: Session, wanted: Wanted, begun: Place | None) -> Place | None:
    """The last test that is looked through; None where the period has no more than that."""
    query = select(Attempt.started_at, Attempt.id).where(*_between(wanted, begun, None)).order_by(*_order(wanted))
    found = session.execute(query.offset(LOOKED_THROUGH - 1).limit(2)).all()
    return found[0] if len(found) > 1 else None


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if wanted.order is Order.OLDEST:
        return Attempt.started_at.asc(), Attempt.id.asc()
    return Attempt.started_at.desc(), Attempt.id.desc()


def _between(wanted: Wanted, begun: Place | None, edge: Place | None) -> Iterator[ColumnElement[bool]]:
    """In the period; after `begun` and up to `edge` in the order of the list."""
    if wanted.first_day:
        yield Attempt.started_at >= calendar.start_of(wanted.first_day)
    if wanted.last_day:
        yield Attempt.started_at < calendar.end_of(wanted.last_day)
    place, falls = tuple_(Attempt.started_at, Attempt.id), wanted.order is Order.NEWEST
    if begun is not None:
        mark = tuple_(*begun)
        yield place < mark if falls else place > mark
    if edge is not None:
        mark = tuple_(*edge)
        yield place >= mark if falls else place <= mark


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What was chosen besides the period."""
    found: list[ColumnElement[bool]] = [Attempt.test == wanted.test]
    if wanted.came:
        found.extend(_came(wanted.came))
    if wanted.supervised is not None:
        found.append(Attempt.supervised.is_(wanted.supervised))
    if wanted.reason is not None:
        found.append(Attempt.reason == wanted.reason)
    if wanted.weak:
        found.append(Attempt.weak.contains(f",{wanted.weak},", autoescape=True))
    return found


def _came(came: Came) -> Iterator[ColumnElement[bool]]:
    if came is Came.SET_ASIDE:
        yield Attempt.voided_at.is_not(None)
        return
    yield Attempt.voided_at.is_(None)
    if came is Came.RUNNING:
        yield Attempt.finished_at.is_(None)
    else:
        yield Attempt.outcome == came
