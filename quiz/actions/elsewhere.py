"""Accepting a pass from elsewhere, and ending that again. Both are decisions that the driver reads."""

from uuid import UUID

from quiz.actions import deciding
from quiz.actions.work import Work
from quiz.domain import calendar, decisions, tries
from quiz.domain import elsewhere as rules
from quiz.domain.decisions import Grounds, Kind
from quiz.domain.elsewhere import Pass
from quiz.domain.errors import Refused
from quiz.records import elsewhere, papers, people, service
from quiz.records.elsewhere import AcceptedPass


def accept(work: Work, person_id: UUID, test: str, found: Pass, grounds: Grounds) -> AcceptedPass:
    """It counts as a pass until its last day, in the mode in which the service is now."""
    decisions.must_have_grounds(Kind.ACCEPT, grounds)
    rules.must_be_acceptable(found, papers.current(work.session, test), calendar.day_of(work.now))
    people.lock(work.session, person_id)
    row = AcceptedPass(
        person_id=person_id, test=test, mode=tries.MODES[service.facts(work.session).mark], body=found.body.strip(),
        course=found.course.strip(), passed_on=found.passed_on, until=found.until, seen=found.seen.strip(),
        at=work.now, by=work.actor, ended_at=None, ended_by=None,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    deciding.decide(work, Kind.ACCEPT, grounds, person_id, detail=str(row.id))
    return row


def end(work: Work, person_id: UUID, pass_id: UUID, grounds: Grounds) -> None:
    """It counts no longer, from now on."""
    decisions.must_have_grounds(Kind.END_ACCEPTED, grounds)
    people.lock(work.session, person_id)
    row = elsewhere.locked(work.session, pass_id)
    if row is None or row.person_id != person_id:
        raise Refused("elsewhere-unknown", "There is no such certificate.")
    if row.ended_at is not None:
        raise Refused("elsewhere-ended", "This was ended before.")
    row.ended_at, row.ended_by = work.now, work.actor
    deciding.decide(work, Kind.END_ACCEPTED, grounds, person_id, detail=str(row.id))
