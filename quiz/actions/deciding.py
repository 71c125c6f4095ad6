"""What an officer decides about a driver: dated, with a reason, beside the facts, and told to the driver."""

from datetime import timedelta
from uuid import UUID

from quiz.actions import certificates as papers_of
from quiz.actions import sitting
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import decisions as rules
from quiz.domain import tries
from quiz.domain.decisions import Grounds, Kind
from quiz.domain.errors import Refused
from quiz.records import attempts, certificates, levels, papers, people, sessions
from quiz.records.attempts import Attempt
from quiz.records.base import new_id
from quiz.records.certificates import Certificate
from quiz.records.decisions import Decision
from quiz.records.sessions import AFTERWARDS


def void(work: Work, person_id: UUID, attempt_id: UUID, grounds: Grounds) -> Decision:
    """Set an attempt aside: it is no try any more, and its certificate is withdrawn. What was answered stays kept."""
    rules.must_have_grounds(Kind.VOID, grounds)
    attempt = attempt_of(work, person_id, attempt_id)
    if attempt.voided_at is not None:
        raise Refused("void-already", "This test was set aside before.")
    attempt.voided_at = work.now
    sheet = attempts.paper(work.session, person_id, attempt_id)
    counted = papers.of(work.session, attempt.blueprint_id).for_drivers  # as when it was marked
    if counted and attempt.finished_at is not None and sheet is not None:
        levels.take_off(work.session, sitting.answered_right(work.session, sheet))
    earned = certificates.of_attempt(work.session, attempt.id)
    if earned is not None and earned.withdrawn_at is None:
        papers_of.revoke(work, earned)
    return decide(work, Kind.VOID, grounds, person_id, attempt=attempt.id)


def another_try(work: Work, person_id: UUID, test: str, grounds: Grounds) -> Decision:
    """Let a driver try again now, with all tries afresh, where the adopted rules say that a decision resets them."""
    rules.must_have_grounds(Kind.ANOTHER_TRY, grounds)
    people.lock(work.session, person_id)
    if "decision" not in papers.current(work.session, test).resets:
        raise Refused("decision-not-allowed", "The rules of the test that were adopted do not allow another try.")
    counted = tries.counting(attempts.of_person(work.session, person_id, test))
    if not counted:
        raise Refused("no-tries", "This driver has no try that counts. An access code is enough.")
    for one, _ in counted:
        one.uncounted_at = work.now
    return decide(work, Kind.ANOTHER_TRY, grounds, person_id)


def extend(work: Work, person_id: UUID, attempt_id: UUID, minutes: int, grounds: Grounds) -> Decision:
    """More time for a test that is running: its deadline moves on at once."""
    rules.must_have_grounds(Kind.EXTEND, grounds)
    rules.must_be_minutes(minutes)
    attempt = attempt_of(work, person_id, attempt_id)
    if not rules_of_attempt.is_running(attempt, work.now):
        raise Refused("not-running", "This test is not running any more, so it cannot be given more time.")
    attempt.deadline += timedelta(minutes=minutes)
    sessions.keep_driver(work.session, person_id, attempt.deadline + AFTERWARDS)
    return decide(work, Kind.EXTEND, grounds, person_id, attempt=attempt.id, detail=str(minutes))


def revoke(work: Work, person_id: UUID, number: str, grounds: Grounds) -> Decision:
    """Take a certificate back. Whoever looks it up is told since when it is not valid, and never why."""
    rules.must_have_grounds(Kind.REVOKE, grounds)
    row = _certificate(work, person_id, number)
    papers_of.revoke(work, row)
    return decide(work, Kind.REVOKE, grounds, person_id, attempt=row.attempt_id, certificate=row.number)


def replace(work: Work, person_id: UUID, number: str, issuer: Issuer, grounds: Grounds) -> Decision:
    """A new certificate for the same pass; the old number says that it was replaced."""
    rules.must_have_grounds(Kind.REPLACE, grounds)
    old = _certificate(work, person_id, number)
    attempt = attempts.locked(work.session, old.attempt_id)
    if attempt.voided_at is not None:
        raise Refused("void-already", "This test was set aside before.")
    new = papers_of.replace(work, old, papers.of(work.session, attempt.blueprint_id), issuer)
    return decide(work, Kind.REPLACE, grounds, person_id, attempt=attempt.id, certificate=old.number, detail=new.number)


def attempt_of(work: Work, person_id: UUID, attempt_id: UUID) -> Attempt:
    """Locked in the order that everybody keeps: the person, then the attempt."""
    people.lock(work.session, person_id)
    row = attempts.locked(work.session, attempt_id)
    if row.person_id != person_id:
        raise Refused("attempt-unknown", "There is no such test.")
    return row


def _certificate(work: Work, person_id: UUID, number: str) -> Certificate:
    people.lock(work.session, person_id)
    row = certificates.numbered(work.session, number)
    if row is None or row.person_id != person_id:
        raise Refused("certificate-unknown", "There is no such certificate.")
    return row


def decide(
    work: Work,
    kind: Kind,
    grounds: Grounds,
    person_id: UUID,
    *,
    attempt: UUID | None = None,
    certificate: str | None = None,
    detail: str = "",
) -> Decision:
    """Keep a decision, and write it down without its words."""
    row = written(work, kind, grounds, person_id, attempt=attempt, certificate=certificate, detail=detail)
    work.session.add(row)
    work.session.flush()
    work.record("decision.made", f"person:{person_id}", kind=kind, decision=row.id, reason=grounds.reason)
    return row


def written(
    work: Work,
    kind: Kind,
    grounds: Grounds,
    person_id: UUID,
    *,
    attempt: UUID | None = None,
    certificate: str | None = None,
    detail: str = "",
) -> Decision:
    """The row of a decision, not yet kept."""
    return Decision(
        id=new_id(),
        person_id=person_id, attempt_id=attempt, certificate=certificate, kind=kind, reason=grounds.reason,
        told=grounds.told.strip(), note=grounds.note.strip(), detail=detail, at=work.now, by=work.actor,
    )  # fmt: skip
