"""Holding a supervised sitting: opened, its list made, drivers let in, watched over, and closed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import deciding, pausing, sitting
from quiz.actions import invitations as inviting
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import calendar
from quiz.domain import sittings as rules
from quiz.domain.decisions import Grounds
from quiz.domain.errors import Refused
from quiz.domain.sittings import Identity, Incident, Plan
from quiz.records import attempts, people, sittings
from quiz.records.attempts import Attempt
from quiz.records.sittings import IncidentNote, Live, Seat, Sitting


def open_sitting(work: Work, test: str, plan: Plan) -> Sitting:
    """A sitting with an empty list and a start word of its own."""
    rules.must_make_sense(plan, calendar.day_of(work.now))
    row = Sitting(
        test=test, where=plan.where, place=plan.place.strip(), starts_at=plan.starts_at,
        start_word=rules.start_word(work.chance), opened_at=work.now, opened_by=work.actor,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("sitting.opened", f"sitting:{row.id}", where=row.where, starts_at=row.starts_at)
    return row


def add(work: Work, sitting_id: UUID, person_id: UUID) -> Seat:
    """Put a driver on the list, once for each test. Refuses whoever has no supervised invitation that works now."""
    people.lock(work.session, person_id)
    row = _opened(work, sitting_id)
    known = sittings.live(work.session, row.id)
    if any(one.seat.person_id == person_id and not _is_over(one, work.now) for one in known):
        raise Refused("seat-taken", "This driver is on the list already.")
    if len(known) >= rules.MOST_SEATS:
        raise Refused("sitting-full", f"The list is full: {rules.MOST_SEATS} drivers. Open another session.")
    invitation = inviting.present(work.session, person_id, row.test, work.now)
    if invitation is None or not invitation.supervised:
        raise Refused(
            "not-supervised",
            "This driver has no invitation to a supervised test that works now. "
            "Issue a code for a new invitation, at the office, on the "
            "driver's record first.",
        )
    seat = Seat(
        sitting_id=row.id, person_id=person_id, invitation_id=invitation.id, added_at=work.now, added_by=work.actor
    )
    work.session.add(seat)
    work.session.flush()
    work.record("seat.added", f"person:{person_id}", sitting=row.id)
    return seat


def remove(work: Work, sitting_id: UUID, seat_id: UUID) -> None:
    """Take somebody off the list who has not begun."""
    seat = _unused(work, sitting_id, seat_id)
    if any(note.seat_id == seat.id for note in sittings.incidents(work.session, sitting_id)):
        raise Refused("seat-noted", "Something was noted about this driver, so the driver stays on the list.")
    work.session.delete(seat)
    work.session.flush()
    work.record("seat.removed", f"person:{seat.person_id}", sitting=sitting_id)


def let_in(work: Work, sitting_id: UUID, seat_id: UUID, identity: Identity) -> None:
    """The invigilator has seen who it is; the kind of document is kept, never its number."""
    seat = _unused(work, sitting_id, seat_id)
    seat.identity, seat.let_in_at, seat.let_in_by = identity, work.now, work.actor
    work.session.flush()
    work.record("seat.let-in", f"person:{seat.person_id}", sitting=sitting_id, identity=identity)


def put_back(work: Work, sitting_id: UUID, seat_id: UUID) -> None:
    """Let in by mistake: not let in any more."""
    seat = _unused(work, sitting_id, seat_id)
    seat.identity = seat.let_in_at = seat.let_in_by = None
    work.session.flush()
    work.record("seat.put-back", f"person:{seat.person_id}", sitting=sitting_id)


def pause(work: Work, sitting_id: UUID, seat_id: UUID) -> None:
    """Stop a driver's clock. It is not taken off the pauses that the driver has."""
    _, attempt = _sitting_now(work, sitting_id, seat_id)
    pausing.stop_clock(work, attempt, work.now + rules.STANDS_STILL, by=work.actor)


def go_on(work: Work, sitting_id: UUID, seat_id: UUID) -> None:
    """Let the clock run again, whoever stopped it."""
    _, attempt = _sitting_now(work, sitting_id, seat_id)
    pausing.start_clock(work, attempt)


def extend(work: Work, sitting_id: UUID, seat_id: UUID, minutes: int, grounds: Grounds) -> None:
    """More time: the same decision as on the record."""
    seat, attempt = _sitting_now(work, sitting_id, seat_id)
    deciding.extend(work, seat.person_id, attempt.id, minutes, grounds)


def release(work: Work, sitting_id: UUID, seat_id: UUID) -> None:
    """Let the driver sign in on another machine, once. The old page ends then and says why."""
    seat, _ = _sitting_now(work, sitting_id, seat_id)
    seat.released_at = work.now
    _note(work, sitting_id, Incident.MOVED, "The driver may go on at another machine.", seat)


def stop(work: Work, sitting_id: UUID, seat_id: UUID, reason: Incident, words: str, issuer: Issuer) -> None:
    """End a test early: what was saved is marked as it stands. Whether it counts, an officer decides afterwards."""
    rules.must_be_note(words)
    seat, attempt = _sitting_now(work, sitting_id, seat_id)
    pausing.start_clock(work, attempt)
    _note(work, sitting_id, Incident.STOPPED, f"{rules.INCIDENT_WORDS[reason]}. {words.strip()}", seat)
    sitting.stop(work, attempt.id, issuer)


def note(work: Work, sitting_id: UUID, seat_id: UUID | None, reason: Incident, words: str) -> None:
    """Write down what happened, about one driver or about the whole room."""
    rules.must_be_note(words)
    seat = None if seat_id is None else _seat(work, sitting_id, seat_id)
    sittings.locked(work.session, sitting_id)
    _note(work, sitting_id, reason, words.strip(), seat)


def close(work: Work, sitting_id: UUID) -> None:
    """Nobody starts any more. Refuses while a test is running."""
    row = _opened(work, sitting_id)
    running = [
        one for one in sittings.live(work.session, row.id)
        if one.attempt is not None and rules_of_attempt.is_running(one.attempt, work.now)
    ]  # fmt: skip
    if running:
        tests = "One test is" if len(running) == 1 else f"{len(running)} tests are"
        raise Refused("sitting-running", f"{tests} still running. Wait, or end it first.")
    row.closed_at, row.closed_by = work.now, work.actor
    work.session.flush()
    work.record("sitting.closed", f"sitting:{row.id}")


def _is_over(line: Live, now: datetime) -> bool:
    """Whoever's test was set aside may begin again in the same sitting, in a seat of its own."""
    return line.attempt is not None and not rules_of_attempt.is_running(line.attempt, now)


def must_be_released(session: Session, person_id: UUID, test: str, now: datetime) -> None:
    """Refuses a sign-in on another machine during a supervised test, until the invigilator has released it."""
    running = attempts.unfinished(session, person_id, test)
    if running is None or not running.supervised or not rules_of_attempt.is_running(running, now):
        return
    seat = sittings.seat_of(session, running.id)
    if seat is None:
        return
    if seat.released_at is None:
        raise Refused(
            "supervised-elsewhere",
            "Your test is open on another machine. Ask the person in the room to move it to this one, then sign in "
            "again. Your answers are saved.",
        )
    seat.released_at = None


def _note(work: Work, sitting_id: UUID, reason: Incident, words: str, seat: Seat | None) -> None:
    row = IncidentNote(
        sitting_id=sitting_id, seat_id=seat.id if seat else None, attempt_id=seat.attempt_id if seat else None,
        at=work.now, by=work.actor, reason=reason, words=words,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    subject = f"attempt:{seat.attempt_id}" if seat and seat.attempt_id else f"sitting:{sitting_id}"
    work.record("incident.noted", subject, sitting=sitting_id, incident=row.id, reason=reason)


def _opened(work: Work, sitting_id: UUID) -> Sitting:
    row = sittings.locked(work.session, sitting_id)
    if row.closed_at is not None:
        raise Refused("sitting-closed", "This session is closed, so nothing was changed.")
    return row


def _seat(work: Work, sitting_id: UUID, seat_id: UUID) -> Seat:
    """Locked in the order that everybody keeps: the person first. The row is read after the wait."""
    seat = sittings.seat(work.session, sitting_id, seat_id)
    if seat is not None:
        people.lock(work.session, seat.person_id)
        seat = sittings.seat(work.session, sitting_id, seat_id)
    if seat is None:
        raise Refused("seat-unknown", "This driver is not on the list any more.")
    return seat


def _unused(work: Work, sitting_id: UUID, seat_id: UUID) -> Seat:
    seat = _seat(work, sitting_id, seat_id)
    _opened(work, sitting_id)
    if seat.attempt_id is not None:
        raise Refused("seat-begun", "This driver has begun the test, so nothing was changed.")
    return seat


def _sitting_now(work: Work, sitting_id: UUID, seat_id: UUID) -> tuple[Seat, Attempt]:
    seat = _seat(work, sitting_id, seat_id)
    if seat.attempt_id is None:
        raise Refused("seat-not-begun", "This driver has not begun the test yet.")
    attempt = attempts.locked(work.session, seat.attempt_id)
    if not rules_of_attempt.is_running(attempt, work.now):
        raise Refused("not-running", "This test is not running any more, so nothing was changed.")
    return seat, attempt
