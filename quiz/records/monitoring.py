"""What the committee's report counts, set-wise: a handful of statements, however many drivers and tests there are."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quiz.domain import adjustments, calendar, monitoring
from quiz.domain.adjustments import Kind
from quiz.domain.decisions import Kind as Decided
from quiz.domain.marking import Outcome, Why
from quiz.domain.monitoring import Period
from quiz.domain.sittings import Incident
from quiz.records.attempts import Attempt
from quiz.records.decisions import Decision
from quiz.records.found_wrong import FoundWrong
from quiz.records.marks import Marking
from quiz.records.questions import Approval, Question, Suspension, Version
from quiz.records.sittings import IncidentNote, Seat, Sitting

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tests are counted: of one test and one mode, in a period. `since`: when this mode began for sessions."""

    test: str
    mode: str
    period: Period
    since: datetime | None = None

    @property
    def start(self) -> datetime:
        """The first moment of the period."""
        return calendar.start_of(self.period.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return calendar.end_of(self.period.last)


def tests(session: Session, scope: Scope) -> tuple[dict[str, int], dict[Kind, int]]:
    """The counts of tests by name, as `monitoring.network` wants them, and how many had which adjustment."""
    rows = monitoring.names_of_quarters(scope.period)
    names = ["", *rows, *(row for pair in monitoring.PAIRS for row in pair)]
    counts: Counter[str] = Counter({_named(row, column): 0 for row in names for column in monitoring.COLUMNS})
    counts.update(dict.fromkeys(("unsafe", "score", "upheld", "waiting", "withdrawn", "found-wrong", "changed",
                                 "ever-unsafe", "outright", "later", "not-yet", "later-other", "in-the-end", "sat",
                                 "elsewhere"), 0))  # fmt: skip
    kinds: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    for row in session.execute(_grouped(scope)):
        held = adjustments.read(row.adjusted)
        for kind in held:
            kinds[kind] += row.tests
        of = ["", "with" if held else "without", "again" if row.again else "first"]
        of += [rows[row.quarter]] if rows else []
        passed = row.outcome == Outcome.PASSED
        for one in of:
            counts[_named(one, "taken")] += row.tests
            counts[_named(one, "passed" if passed else "failed")] += row.tests
        for name in _came_of_it(row, passed):
            counts[name] += row.tests
    counts["in-the-end"] = counts["first.passed"] + counts["later"]
    counts["later-other"] = counts["again.passed"] - counts["later"]
    counts["elsewhere"] = counts["taken"] - counts["sat"]
    return dict(counts), dict(kinds)


def _named(row: str, column: str) -> str:
    return f"{row}.{column}" if row else column


def _came_of_it(row: Any, passed: bool) -> Iterator[str]:
    """The names, beside those of its tables, under which a test counts."""
    alone = row.reasons == Why.UNSAFE
    if passed:
        yield "changed" if row.ever else "outright"
    else:
        yield "unsafe" if alone else "score"
        if not row.again:
            yield "later" if row.later else "not-yet"
    if alone and not passed:
        yield "upheld" if row.upheld else "waiting"
    if passed and row.ever:
        yield "withdrawn" if row.withdrawn else "found-wrong"
    if row.ever and (passed or alone):
        yield "ever-unsafe"
    if row.sat:
        yield "sat"


def _grouped(scope: Scope) -> Select[*tuple[Any, ...]]:
    """One row for each kind of test, with how many there are."""
    mark = aliased(Marking)
    every = (
        select(
            Attempt.adjusted,
            _quarter(scope).label("quarter"),
            mark.outcome,
            mark.reasons,
            _earlier(scope).label("again"),
            _later(scope).label("later"),
            _marked(Marking.reasons == Why.UNSAFE).label("ever"),
            _decided(Decided.UPHELD).label("upheld"),
            _decided(Decided.WITHDRAWN).label("withdrawn"),
            _seated(scope).label("sat"),
        )
        .join(mark, and_(mark.attempt_id == Attempt.id, ~_newer(mark)))
        .where(*_ended(scope))
        .subquery()
    )
    return select(*every.c, func.count().label("tests")).group_by(*every.c)


def _ended(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (
        Attempt.test == scope.test, Attempt.mode == scope.mode, Attempt.voided_at.is_(None),
        Attempt.finished_at >= scope.start, Attempt.finished_at < scope.end,
    )  # fmt: skip


def _newer(mark: type[Marking]) -> ColumnElement[bool]:
    later = aliased(Marking)
    return exists().where(later.attempt_id == mark.attempt_id, later.number > mark.number)


def _quarter(scope: Scope) -> ColumnElement[int]:
    found = monitoring.quarters(scope.period)
    ends = [(Attempt.finished_at < calendar.end_of(one.last), number) for number, one in enumerate(found[:-1])]
    return case(*ends, else_=len(found) - 1) if ends else case((Attempt.id.is_(None), 1), else_=0)


def _earlier(scope: Scope) -> ColumnElement[bool]:
    """Another test of the same invitation ended before: this one is a retake."""
    other = aliased(Attempt)
    return exists().where(
        other.invitation_id == Attempt.invitation_id, other.id < Attempt.id, other.mode == scope.mode,
        other.voided_at.is_(None), other.finished_at.is_not(None),
    )  # fmt: skip


def _later(scope: Scope) -> ColumnElement[bool]:
    """A later test of the same invitation was passed by the end of the period."""
    other, mark = aliased(Attempt), aliased(Marking)
    return exists().where(
        other.invitation_id == Attempt.invitation_id, other.id > Attempt.id, other.mode == scope.mode,
        other.voided_at.is_(None), other.finished_at < scope.end,
        mark.attempt_id == other.id, mark.outcome == Outcome.PASSED,
    )  # fmt: skip


def _marked(how: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Marking.attempt_id == Attempt.id, how).correlate(Attempt)


def _decided(kind: Decided) -> ColumnElement[bool]:
    return exists().where(Decision.attempt_id == Attempt.id, Decision.kind == kind)


def _seated(scope: Scope) -> ColumnElement[bool]:
    seat = exists().where(Seat.attempt_id == Attempt.id, Seat.sitting_id == Sitting.id, *_of_sessions(scope))
    return seat.correlate(Attempt)


def _of_sessions(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    begin = scope.start if scope.since is None else max(scope.start, scope.since)
    return Sitting.test == scope.test, Sitting.starts_at >= begin, Sitting.starts_at < scope.end


def topics(session: Session, scope: Scope) -> dict[str, tuple[int, int]]:
    """For each topic how many questions were asked, and how many were answered right."""
    mark = aliased(Marking)
    query = select(mark.topics).join(Attempt, Attempt.id == mark.attempt_id).where(~_newer(mark), *_ended(scope))
    found: dict[str, tuple[int, int]] = {}
    for kept in session.scalars(query.execution_options(yield_per=CHUNK)):
        for code, (right, of) in json.loads(kept).items():
            asked, good = found.get(code, (0, 0))
            found[code] = (asked + of, good + right)
    return found


def count(session: Session, scope: Scope) -> int:
    """How many tests are counted: to know whether that will take long."""
    return session.scalar(select(func.count()).select_from(Attempt).where(*_ended(scope))) or 0


def set_aside(session: Session, scope: Scope) -> int:
    """How many tests that ended in the period, or were stopped by it, an officer set aside."""
    ended = func.coalesce(Attempt.finished_at, Attempt.voided_at)
    query = select(func.count()).where(
        Attempt.test == scope.test, Attempt.mode == scope.mode, Attempt.voided_at.is_not(None),
        ended >= scope.start, ended < scope.end,
    )  # fmt: skip
    return session.scalar(query) or 0


def sessions(session: Session, scope: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """Test sessions by name, and the drivers on their lists and the incidents by name."""
    let_in = exists().where(Seat.sitting_id == Sitting.id, Seat.let_in_at.is_not(None))
    planned = select(func.count(), func.sum(case((let_in, 1), else_=0))).select_from(Sitting)
    row = session.execute(planned.where(*_of_sessions(scope))).one()
    later = select(func.count()).where(Sitting.test == scope.test, Sitting.starts_at >= scope.end)
    seats = select(func.count(), func.count(Seat.let_in_at)).join(Sitting, Sitting.id == Seat.sitting_id)
    listed, came = session.execute(seats.where(*_of_sessions(scope))).one()
    events = {"sessions": row[0], "sessions-held": row[1] or 0, "sessions-later": session.scalar(later) or 0}
    return events, {"seats": listed, "came": came, "absent": listed - came, **_incidents(session, scope)}


def _incidents(session: Session, scope: Scope) -> dict[str, int]:
    begin = scope.start if scope.since is None else max(scope.start, scope.since)
    query = (
        select(IncidentNote.reason, func.count())
        .join(Sitting, Sitting.id == IncidentNote.sitting_id)
        .where(Sitting.test == scope.test, IncidentNote.at >= begin, IncidentNote.at < scope.end)
        .group_by(IncidentNote.reason)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    return {f"incident.{one}": found.get(one, 0) for one in Incident} | {"incidents": sum(found.values())}


def questions(session: Session, scope: Scope) -> dict[str, int]:
    """Questions that were new, changed, taken out of use and brought back in the period, by name."""

    def count(query: Select[*tuple[Any, ...]]) -> int:
        return session.scalar(query.where(Question.test == scope.test)) or 0

    def within(moment: Any) -> ColumnElement[bool]:
        return and_(moment >= scope.start, moment < scope.end)

    distinct = func.count(Question.id.distinct())
    approved = (
        select(distinct).join(Version, Version.question_id == Question.id)
        .join(Approval, Approval.version_id == Version.id)
        .where(Version.origin == "written", within(Approval.at))
    )  # fmt: skip
    before, allowed = aliased(Version), aliased(Approval)
    known = exists().where(
        before.question_id == Version.question_id, before.number < Version.number, allowed.version_id == before.id
    )
    out = select(distinct).join(Suspension, Suspension.question_id == Question.id)
    wrong = (
        select(distinct).join(Version, Version.question_id == Question.id)
        .join(FoundWrong, FoundWrong.version_id == Version.id)
    )  # fmt: skip
    still = or_(Suspension.lifted_at.is_(None), Suspension.lifted_at >= scope.end)
    return {
        "questions-new": count(approved.where(~known)),
        "questions-changed": count(approved.where(known)),
        "questions-out": count(out.where(within(Suspension.at))),
        "questions-still-out": count(out.where(within(Suspension.at), still)),
        "questions-back": count(out.where(within(Suspension.lifted_at))),
        "questions-wrong": count(wrong.where(within(FoundWrong.at))),
    }
