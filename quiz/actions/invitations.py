"""Inviting somebody to sit, and issuing the access code that belongs to the invitation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import calendar, codes, numbers
from quiz.domain.blueprint import REASON_WORDS, Reason
from quiz.domain.errors import Refused
from quiz.records import attempts, invitations, papers, people
from quiz.records.invitations import AccessCode, Invitation


def invite(
    work: Work,
    person_id: UUID,
    *,
    test: str,
    reason: Reason,
    deadline: date | None = None,
    supervised: bool = False,
) -> Invitation:
    """Permission to sit: why, until when, supervised or not."""
    must_be_allowed(work, test, reason, deadline, supervised)
    person = people.lock(work.session, person_id)
    row = Invitation(
        person_id=person.id,
        test=test,
        reason=reason,
        supervised=supervised,
        deadline=deadline,
        made_at=work.now,
        made_by=work.actor,
    )
    work.session.add(row)
    work.session.flush()
    work.record("invitation.made", f"person:{person.id}", invitation=row.id, reason=reason, supervised=supervised)
    return row


def must_be_allowed(work: Work, test: str, reason: Reason, deadline: date | None, supervised: bool) -> None:
    """Refuses a last day in the past, and a test at home where that does not count."""
    if deadline is not None and deadline < calendar.day_of(work.now):
        raise Refused("deadline-past", "The last day to take the test is in the past. Choose today or later.")
    if not supervised and papers.current(work.session, test).unsupervised.get(reason) == "no":
        raise Refused(
            "supervision-needed",
            f"Without supervision the test does not count here ({REASON_WORDS[reason].lower()}). Choose supervised.",
        )


def present(session: Session, person_id: UUID, test: str, now: datetime) -> Invitation | None:
    """The newest invitation, if a fresh code for it would work now."""
    found = invitations.newest(session, person_id, test)
    if found is None:
        return None
    ended, sitting = attempts.last_result(session, found.id)
    return found if codes.works(now, found.deadline, None, ended, sitting) else None


def issue_code(work: Work, invitation: Invitation) -> str:
    """A new access code, in groups; older ones of this person and test stop working. Shown once, kept as a digest."""
    people.lock(work.session, invitation.person_id)
    for old in invitations.working_codes(work.session, invitation.person_id, invitation.test):
        old.withdrawn_at = work.now
    code = numbers.make(work.chance)
    work.session.add(
        AccessCode(
            digest=codes.digest(work.pepper, "code", code),
            invitation_id=invitation.id,
            issued_at=work.now,
            issued_by=work.actor,
        )
    )
    work.session.flush()
    work.record("code.issued", f"person:{invitation.person_id}", invitation=invitation.id)
    return numbers.show(code)
