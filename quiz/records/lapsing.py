"""Drivers whose licence may end before they can try again: who comes into question, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from quiz.domain.marking import Outcome
from quiz.records.attempts import Attempt
from quiz.records.elsewhere import AcceptedPass
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.records.people import Licence, Person


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with a licence that still runs and with a fail not long ago: all attempts, oldest first."""

    person_id: UUID
    name: str
    licences: list[Licence]
    history: list[tuple[Attempt, Marking | None]]


def candidates(session: Session, test: str, mode: str, failed_since: datetime, today: date) -> list[Candidate]:
    """Everybody who comes into question, by name. Whoever sits now, or holds an accepted pass, does not."""
    mark, later = aliased(Marking), aliased(Marking)
    newer = exists().where(later.attempt_id == mark.attempt_id, later.number > mark.number)
    rows = session.execute(
        select(Person.id, Person.name, Licence, Attempt, mark)
        .join(Licence, Licence.person_id == Person.id)
        .join(Attempt, (Attempt.person_id == Person.id) & (Attempt.test == test))
        .outerjoin(mark, (mark.attempt_id == Attempt.id) & ~newer)
        .where(_runs(today), _failed(test, mode, failed_since), ~_sits(test), ~_accepted(test, mode, today))
        .order_by(Person.name_key, Person.id, Attempt.id, Licence.kind, Licence.number_key, Licence.id)
    )
    found: dict[UUID, Candidate] = {}
    for person_id, name, licence, attempt, marked in rows:
        one = found.setdefault(person_id, Candidate(person_id, name, [], []))
        if licence not in one.licences:
            one.licences.append(licence)
        if not one.history or one.history[-1][0] is not attempt:
            one.history.append((attempt, marked))
    return list(found.values())


def _runs(today: date) -> ColumnElement[bool]:
    return exists().where(Licence.person_id == Person.id, Licence.expires_on >= today).correlate(Person)


def _failed(test: str, mode: str, since: datetime) -> ColumnElement[bool]:
    tried, marked = aliased(Attempt), aliased(Marking)
    return exists().where(
        tried.person_id == Person.id, tried.test == test, tried.mode == mode, tried.finished_at >= since,
        tried.voided_at.is_(None), tried.uncounted_at.is_(None), marked.attempt_id == tried.id,
        marked.outcome == Outcome.NOT_PASSED,
    )  # fmt: skip


def _sits(test: str) -> ColumnElement[bool]:
    running = aliased(Attempt)
    return exists().where(
        running.person_id == Person.id, running.test == test, running.finished_at.is_(None), running.voided_at.is_(None)
    )


def _accepted(test: str, mode: str, today: date) -> ColumnElement[bool]:
    """An accepted pass holds, and no invitation was made since."""
    invited = exists().where(Invitation.person_id == AcceptedPass.person_id, Invitation.made_at > AcceptedPass.at)
    return exists().where(
        AcceptedPass.person_id == Person.id, AcceptedPass.test == test, AcceptedPass.mode == mode,
        AcceptedPass.ended_at.is_(None), AcceptedPass.until >= today, ~invited,
    )  # fmt: skip
