"""Results by filters: a page at a time, counted, or all of them. Quick whatever is filtered, however many there are.

A page and its totals look through so many tests and no more, in the order of the list and in one index that holds all
that filters ask for; where the period has more, they say so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, func, select, tuple_
from sqlalchemy.orm import Session

from quiz.domain import calendar
from quiz.domain.results import Came, Order, Totals, Wanted
from quiz.records import results
from quiz.records.attempts import Attempt
from quiz.records.results import Result

LOOKED_THROUGH = 100_000  # some 40 ms on SQLite, 60 ms on PostgreSQL


@dataclass(frozen=True, slots=True)
class Page:
    """Some results. The list goes on after `last`; `gone_through`: so far nothing else fits, but not all was seen."""

    results: list[Result]
    last: UUID | None
    gone_through: bool = False


def page(session: Session, wanted: Wanted, after: UUID | None = None, size: int = 50) -> Page:
    """So many results from just after that one, in the order that is wanted (keyset paging)."""
    mark = session.execute(select(Attempt.started_at, Attempt.id).where(Attempt.id == after)).one_or_none()
    looked = _looked(wanted, tuple(mark) if mark else None)
    fitting = select(looked.c.id).where(*_fits(looked.c, wanted)).order_by(*_order(looked.c, wanted)).limit(size + 1)
    some = fitting.subquery("some")
    query = results.selected().join(some, some.c.id == Attempt.id).order_by(*_order(Attempt, wanted))
    found = [Result(*row) for row in session.execute(query)]
    if len(found) > size:
        return Page(found[:size], found[size - 1].attempt_id)
    edge = select(looked.c.id).order_by(*_order(looked.c, wanted)).offset(LOOKED_THROUGH - 1).limit(1)
    last = session.scalar(edge) if wanted.narrowed else None
    return Page(found, last, gone_through=last is not None)


def totals(session: Session, wanted: Wanted) -> Totals:
    """How many tests fit, by what came of them: in one look."""
    looked = _looked(wanted, None)
    fits = _fits(looked.c, wanted)
    counts = [func.count().filter(*fits, *_came(looked.c, came)) for came in Came]
    seen, *found = session.execute(select(func.count(), *counts).select_from(looked)).one()
    by_came = dict(zip(Came, found, strict=True))
    return Totals(
        passed=by_came[Came.PASSED],
        not_passed=by_came[Came.NOT_PASSED],
        set_aside=by_came[Came.SET_ASIDE],
        running=by_came[Came.RUNNING],
        bounded=LOOKED_THROUGH if seen == LOOKED_THROUGH else 0,
    )


def count(session: Session, wanted: Wanted, most: int | None = None) -> int:
    """How many tests fit, of all there are; no more than `most` are counted."""
    some = select(Attempt.id).where(*_period(Attempt, wanted), *_fits(Attempt, wanted)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def all_of(session: Session, wanted: Wanted) -> Iterator[Result]:
    """Every test that fits, in its order, a thousand at a time."""
    query = results.selected().where(*_period(Attempt, wanted), *_fits(Attempt, wanted))
    for row in session.execute(query.order_by(*_order(Attempt, wanted)).execution_options(yield_per=1000)):
        yield Result(*row)


def of_people(session: Session, people: Iterable[UUID], size: int) -> list[Result]:
    """The newest tests of these people."""
    query = results.selected().where(Attempt.person_id.in_(people)).order_by(*_order(Attempt, Wanted())).limit(size)
    return [Result(*row) for row in session.execute(query)]


def _looked(wanted: Wanted, after: Sequence[Any] | None) -> Subquery:
    """The tests that are looked through, with what the index holds and nothing else."""
    query: Select[*tuple[Any, ...]] = select(
        Attempt.id, Attempt.started_at, Attempt.voided_at, Attempt.finished_at, Attempt.outcome, Attempt.supervised,
        Attempt.reason, Attempt.weak,
    ).where(*_period(Attempt, wanted))  # fmt: skip
    if after is not None:
        place, mark = tuple_(Attempt.started_at, Attempt.id), tuple_(*after)
        query = query.where(place < mark if wanted.order is Order.NEWEST else place > mark)
    return query.order_by(*_order(Attempt, wanted)).limit(LOOKED_THROUGH).subquery("looked")


def _order(columns: Any, wanted: Wanted) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if wanted.order is Order.OLDEST:
        return columns.started_at.asc(), columns.id.asc()
    return columns.started_at.desc(), columns.id.desc()


def _period(columns: Any, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    start: datetime | None = calendar.start_of(wanted.first_day) if wanted.first_day else None
    end: datetime | None = calendar.end_of(wanted.last_day) if wanted.last_day else None
    if start is not None:
        yield columns.started_at >= start
    if end is not None:
        yield columns.started_at < end


def _fits(columns: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What was chosen besides the period."""
    found: list[ColumnElement[bool]] = list(_came(columns, wanted.came)) if wanted.came else []
    if wanted.supervised is not None:
        found.append(columns.supervised.is_(wanted.supervised))
    if wanted.reason is not None:
        found.append(columns.reason == wanted.reason)
    if wanted.weak:
        found.append(columns.weak.contains(f",{wanted.weak},", autoescape=True))
    return found


def _came(columns: Any, came: Came) -> Iterator[ColumnElement[bool]]:
    if came is Came.SET_ASIDE:
        yield columns.voided_at.is_not(None)
        return
    yield columns.voided_at.is_(None)
    if came is Came.RUNNING:
        yield columns.finished_at.is_(None)
    else:
        yield columns.outcome == came
