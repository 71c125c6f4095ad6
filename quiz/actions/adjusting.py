"""Agreeing adjustments with a driver. They apply to the next test by themselves, and to one that is running."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import adjustments as rules
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import calendar
from quiz.domain.adjustments import Kind
from quiz.domain.errors import Refused
from quiz.records import adjustments, attempts, papers, people, sessions
from quiz.records.adjustments import Adjustment
from quiz.records.sessions import AFTERWARDS, DriverSession


def held(session: Session, person_id: UUID, today: date) -> dict[Kind, str]:
    """What holds for a person on that day."""
    return rules.in_force(adjustments.of_person(session, person_id), today)


def agree(
    work: Work, person_id: UUID, test: str, kind: Kind, amount: str, *, evidence_seen: bool, until: date | None
) -> Adjustment:
    """Agree one. Extra time moves the deadline of a running test at once; nothing ever shortens one."""
    rules.must_be_known(kind, amount)
    today = calendar.day_of(work.now)
    if until is not None and until < today:
        raise Refused("adjustment-until", "The last day must be today or later.")
    people.lock(work.session, person_id)
    row = Adjustment(
        person_id=person_id, kind=kind, amount=amount, evidence_seen=evidence_seen, until=until,
        agreed_at=work.now, agreed_by=work.actor, ended_at=None, ended_by=None,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    now_held = held(work.session, person_id, today)
    _apply(work, person_id, test, now_held)
    _dress(work, person_id, shown_now(work, person_id))
    work.record("adjustment.agreed", f"person:{person_id}", adjustment=row.id)
    return row


def end(work: Work, person_id: UUID, adjustment_id: UUID) -> None:
    """It holds no longer for tests that begin from now on. A running test keeps what it was given."""
    people.lock(work.session, person_id)
    row = work.session.get(Adjustment, adjustment_id)
    if row is None or row.person_id != person_id:
        raise Refused("adjustment-unknown", "There is no such adjustment.")
    if row.ended_at is None:
        row.ended_at, row.ended_by = work.now, work.actor
        work.session.flush()
        _dress(work, person_id, shown_now(work, person_id))
        work.record("adjustment.ended", f"person:{person_id}", adjustment=row.id)


def shown_now(work: Work, person_id: UUID) -> dict[Kind, str]:
    """What holds today, and in a test that is running also what it was begun with."""
    running = attempts.open_now(work.session, person_id)
    kept = rules.read(running.adjusted) if running and rules_of_attempt.is_running(running, work.now) else {}
    return {**kept, **held(work.session, person_id, calendar.day_of(work.now))}


def _apply(work: Work, person_id: UUID, test: str, now_held: dict[Kind, str]) -> None:
    running = attempts.unfinished(work.session, person_id, test)
    if running is None:
        return
    attempt = attempts.locked(work.session, running.id)
    if not rules_of_attempt.is_running(attempt, work.now):
        return
    minutes, before = papers.of(work.session, attempt.blueprint_id).minutes, rules.read(attempt.adjusted)
    more = rules.time_allowed(minutes, now_held) - rules.time_allowed(minutes, before)
    attempt.deadline += max(more, timedelta())
    attempt.adjusted = rules.write({**before, **now_held})
    sessions.keep_driver(work.session, person_id, attempt.deadline + AFTERWARDS)


def _dress(work: Work, person_id: UUID, now_held: dict[Kind, str]) -> None:
    """How the driver's pages look stands on the sign-in, so that no page has to ask."""
    query = update(DriverSession).where(DriverSession.person_id == person_id, DriverSession.ended_at.is_(None))
    work.session.execute(query.values(look=rules.look(now_held)))
