"""Who is covered on the last day of a period: which licence holders have a valid pass, which have attended training."""

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quiz.domain import monitoring
from quiz.records import holders as desk
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.records.monitoring import Scope
from quiz.records.people import Licence, Person

APPLICATION = "application"


def holders(session: Session, scope: Scope, attended: ColumnElement[bool] | None) -> dict[str, int]:
    """Everybody with a licence on the last day: with a valid pass, with attendance, overdue, by name.

    Who is overdue or due is said by the words of the officers' lists (`records.holders`), as of the last day.
    `attended` says of a person whether they have attended training; None where that is not recorded.
    """
    day = scope.period.last
    held = _held(scope)
    every = (
        select(
            _first_end(scope).label("due"),
            _own_until(scope).label("own"),
            _accepted_until(scope).label("accepted"),
            (attended if attended is not None else Person.id.is_(None)).label("attended"),
        )
        .where(Person.created_at < scope.end)
        .where(exists().where(held, Licence.kind != APPLICATION).correlate(Person))
        .subquery()
    )
    needs = desk.needs_on(every.c.due, every.c.own, every.c.accepted)
    due = case(
        (desk.is_overdue(needs, day), "overdue"), (desk.is_due(needs, day, monitoring.SOON), "due-soon"),
        else_="due-later",
    )  # fmt: skip
    told = select(
        case((every.c.own >= day, True), else_=False).label("own"),
        case((every.c.accepted >= day, True), else_=False).label("accepted"),
        every.c.attended,
        due.label("due"),
    ).subquery()
    names = ("holders", "valid", "without-pass", "own", "accepted", "overdue", "due-soon", "due-later")
    more = ("attended", "not-attended", "both", "pass-only", "attended-only", "neither")
    counts: Counter[str] = Counter(dict.fromkeys(names if attended is None else (*names, *more), 0))
    for row in session.execute(select(*told.c, func.count().label("people")).group_by(*told.c)):
        valid = row.own or row.accepted
        counts["holders"] += row.people
        counts["valid" if valid else "without-pass"] += row.people
        counts["own" if row.own else "accepted" if row.accepted else row.due] += row.people
        if attended is not None:
            counts["attended" if row.attended else "not-attended"] += row.people
            both = {(True, True): "both", (True, False): "pass-only", (False, True): "attended-only"}
            counts[both.get((bool(valid), bool(row.attended)), "neither")] += row.people
    return dict(counts)


def _held(scope: Scope) -> ColumnElement[bool]:
    """A licence that the council's list still named on the last day."""
    listed = or_(Licence.unlisted_since.is_(None), Licence.unlisted_since > scope.period.last)
    return and_(Licence.person_id == Person.id, listed)


def _first_end(scope: Scope) -> ScalarSelect[date | None]:
    return select(func.min(Licence.expires_on)).where(_held(scope)).correlate(Person).scalar_subquery()


def _own_until(scope: Scope) -> ScalarSelect[date]:
    """Until when a pass of ours holds that had been issued by the end of the last day, and not withdrawn by then."""
    withdrawn = aliased(Certificate)
    gone = exists().where(withdrawn.attempt_id == Certificate.attempt_id, withdrawn.withdrawn_at < scope.end)
    query = select(func.max(Certificate.expires_on)).where(
        Certificate.person_id == Person.id, Certificate.test == scope.test, Certificate.mode == scope.mode,
        Certificate.issued_on <= scope.period.last, ~gone,
    )  # fmt: skip
    return query.correlate(Person).scalar_subquery()


def _accepted_until(scope: Scope) -> ScalarSelect[date]:
    query = select(func.max(AcceptedPass.until)).where(
        AcceptedPass.person_id == Person.id, AcceptedPass.test == scope.test, AcceptedPass.mode == scope.mode,
        AcceptedPass.at < scope.end, or_(AcceptedPass.ended_at.is_(None), AcceptedPass.ended_at >= scope.end),
    )  # fmt: skip
    return query.correlate(Person).scalar_subquery()
