"""Who is covered on the last day of a period: which licence holders have a valid pass, which have attended training."""

from collections import Counter

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quiz.domain import monitoring
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.records.monitoring import Scope
from quiz.records.people import Licence, Person

APPLICATION = "application"


def holders(session: Session, scope: Scope, attended: ColumnElement[bool] | None) -> dict[str, int]:
    """Everybody with a licence on the last day: with a valid pass, with attendance, overdue, by name.

    `attended` says of a person whether they have attended training; None where that is not recorded.
    """
    day = scope.period.last
    held = _held(scope)
    ends = select(func.min(Licence.expires_on)).where(held).correlate(Person).scalar_subquery()
    due = case((ends < day, "overdue"), (ends <= day + monitoring.SOON, "due-soon"), else_="due-later")
    every = (
        select(
            _own_pass(scope).label("own"),
            _accepted_pass(scope).label("accepted"),
            (attended if attended is not None else Person.id.is_(None)).label("attended"),
            due.label("due"),
        )
        .where(Person.created_at < scope.end)
        .where(exists().where(held).correlate(Person))
        .subquery()
    )
    names = ("holders", "valid", "without-pass", "own", "accepted", "overdue", "due-soon", "due-later")
    more = ("attended", "not-attended", "both", "pass-only", "attended-only", "neither")
    counts: Counter[str] = Counter(dict.fromkeys(names if attended is None else (*names, *more), 0))
    for row in session.execute(select(*every.c, func.count().label("people")).group_by(*every.c)):
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
    """A licence, not an application, that the council's list still named on the last day."""
    listed = or_(Licence.unlisted_since.is_(None), Licence.unlisted_since > scope.period.last)
    return and_(Licence.person_id == Person.id, Licence.kind != APPLICATION, listed)


def _own_pass(scope: Scope) -> ColumnElement[bool]:
    """A certificate that had been issued by the end of the last day, was in force then, and not withdrawn."""
    withdrawn = aliased(Certificate)
    gone = exists().where(withdrawn.attempt_id == Certificate.attempt_id, withdrawn.withdrawn_at < scope.end)
    return (
        exists()
        .where(
            Certificate.person_id == Person.id, Certificate.test == scope.test, Certificate.mode == scope.mode,
            Certificate.issued_on <= scope.period.last, Certificate.expires_on >= scope.period.last, ~gone,
        )
        .correlate(Person)
    )  # fmt: skip


def _accepted_pass(scope: Scope) -> ColumnElement[bool]:
    return exists().where(
        AcceptedPass.person_id == Person.id, AcceptedPass.test == scope.test, AcceptedPass.mode == scope.mode,
        AcceptedPass.at < scope.end, AcceptedPass.until >= scope.period.last,
        or_(AcceptedPass.ended_at.is_(None), AcceptedPass.ended_at >= scope.end),
    )  # fmt: skip
