"""Stopping the clock of a running test, and letting it run again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import adjustments
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import pauses as rules
from quiz.domain.attempt import State
from quiz.domain.errors import Refused
from quiz.domain.pauses import Kind
from quiz.records import attempts, pauses, sessions
from quiz.records.attempts import Attempt, Leaf, Paper
from quiz.records.pauses import Pause
from quiz.records.sessions import AFTERWARDS


def pause(work: Work, person_id: UUID, attempt_id: UUID, kind: Kind = Kind.HELP) -> None:
    """Stop the clock. The deadline moves on at once by all that the pause may last; what is not used is given back.

    So the stored deadline is right at every moment, and a driver who never comes back needs no job: the clock runs
    again when the pause is used up. Pressing twice is one pause.
    """
    attempt = _own(work, person_id, attempt_id)
    if rules_of_attempt.state(attempt, work.now) is State.PAUSED:
        return
    rules_of_attempt.must_be_open(attempt, work.now)
    taken = pauses.of_attempts(work.session, [attempt.id])[attempt.id]
    until = rules.until(taken, kind, adjustments.breaks(adjustments.read(attempt.adjusted)), work.now)
    _stop_clock(work, attempt, until, by=None, kind=kind)


def stop_clock(work: Work, attempt: Attempt, until: datetime, by: str) -> None:
    """The invigilator stops the clock of a locked attempt; a pause of the driver's own ends with that."""
    if stopped_by(work.session, attempt, work.now) is not None:
        return
    start_clock(work, attempt)
    rules_of_attempt.must_be_open(attempt, work.now)
    _stop_clock(work, attempt, until, by)


def _stop_clock(work: Work, attempt: Attempt, until: datetime, by: str | None, kind: Kind | None = None) -> None:
    attempt.deadline += until - work.now
    attempt.paused_at, attempt.pause_until = work.now, until
    work.session.add(Pause(attempt_id=attempt.id, began_at=work.now, until=until, ended_at=None, by=by, kind=kind))
    work.session.flush()
    sessions.keep_driver(work.session, attempt.person_id, attempt.deadline + AFTERWARDS)
    work.record("attempt.paused", f"attempt:{attempt.id}", until=until)


def resume(work: Work, person_id: UUID, attempt_id: UUID) -> None:
    """Let the clock run again. Pressing twice, or after the pause is used up, changes nothing.

    Refuses a driver whose clock the invigilator has stopped.
    """
    attempt = _own(work, person_id, attempt_id)
    if stopped_by(work.session, attempt, work.now):
        raise Refused("paused-by-room", "The person in charge has stopped your clock. Wait until they start it again.")
    start_clock(work, attempt)


def stopped_by(session: Session, attempt: Attempt | Paper, now: datetime) -> str | None:
    """The invigilator who has stopped the clock; None where it runs or the driver stopped it."""
    if rules_of_attempt.state(attempt, now) is not State.PAUSED:
        return None
    return pauses.of_attempts(session, [attempt.id])[attempt.id][-1].by


def must_be_open(session: Session, attempt: Attempt | Paper | Leaf, now: datetime) -> None:
    """Refuses unless answers may still be saved. Only of a test that is paused it is asked who paused it."""
    paused = rules_of_attempt.state(attempt, now) is State.PAUSED
    by_room = paused and pauses.of_attempts(session, [attempt.id])[attempt.id][-1].by is not None
    rules_of_attempt.must_be_open(attempt, now, by_room)


def start_clock(work: Work, attempt: Attempt) -> None:
    """The clock of a locked attempt runs again, and what is left of the pause is given back."""
    if rules_of_attempt.state(attempt, work.now) is not State.PAUSED or attempt.pause_until is None:
        return
    attempt.deadline -= attempt.pause_until - work.now
    attempt.paused_at = attempt.pause_until = None
    pauses.of_attempts(work.session, [attempt.id])[attempt.id][-1].ended_at = work.now
    work.session.flush()
    work.record("attempt.resumed", f"attempt:{attempt.id}")


def _own(work: Work, person_id: UUID, attempt_id: UUID) -> Attempt:
    attempt = attempts.locked(work.session, attempt_id)
    if attempt.person_id != person_id:
        raise Refused("attempt-unknown", "There is no such test.")
    return attempt
