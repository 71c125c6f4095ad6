"""What staff read of attempts: with who, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from quiz.domain.attempt import State, state
from quiz.domain.blueprint import TEST
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.records.pauses import Pause
from quiz.records.people import Licence, Person

_first = Marking.__table__.alias("newest_mark")


class Sat(NamedTuple):
    """An attempt with the mark that counts, the newest issue of its certificate, and its pauses, oldest first."""

    attempt: Attempt
    mark: Marking | None
    certificate: Certificate | None
    pauses: list[Pause]


@dataclass(frozen=True, slots=True)
class Result:
    """One attempt as lists and files show it; out-of-time ones that nobody has settled are among them."""

    attempt_id: UUID
    person_id: UUID
    name: str
    reason: str
    supervised: bool
    mode: str
    started_at: datetime
    deadline: datetime
    finished_at: datetime | None
    voided_at: datetime | None
    paused_at: datetime | None
    pause_until: datetime | None
    finished_how: str | None
    weak: str | None
    score: int | None
    of: int | None
    outcome: str | None
    reasons: str | None

    def state(self, now: datetime) -> State:
        """Where the attempt stands now."""
        return state(self, now)


def selected() -> Select[*tuple[Any, ...]]:
    """What a `Result` is made of, in the order of its fields."""
    later = select(Marking.attempt_id).where(Marking.attempt_id == Attempt.id, Marking.number > _first.c.number)
    return (
        select(
            Attempt.id, Attempt.person_id, Person.name, Invitation.reason, Attempt.supervised, Attempt.mode,
            Attempt.started_at, Attempt.deadline, Attempt.finished_at, Attempt.voided_at, Attempt.paused_at,
            Attempt.pause_until, Attempt.finished_how, Attempt.weak,
            _first.c.score, _first.c.of, _first.c.outcome, _first.c.reasons,
        )
        .join(Person, Person.id == Attempt.person_id)
        .join(Invitation, Invitation.id == Attempt.invitation_id)
        .outerjoin(_first, (_first.c.attempt_id == Attempt.id) & ~later.exists())
    )  # fmt: skip


def newest(session: Session, size: int) -> list[Result]:
    """The attempts at the driver test begun last."""
    query = selected().where(Attempt.test == TEST).order_by(Attempt.id.desc()).limit(size)
    return [Result(*row) for row in session.execute(query)]


def of_person(session: Session, person_id: UUID) -> list[Sat]:
    """Every attempt of a person with its mark, certificate and pauses, newest first, in one statement."""
    mark, later = aliased(Marking), aliased(Marking)
    newer = exists().where(later.attempt_id == Attempt.id, later.number > mark.number)
    rows = session.execute(
        select(Attempt, mark, Certificate, Pause)
        .select_from(Attempt)
        .outerjoin(mark, (mark.attempt_id == Attempt.id) & ~newer)
        .outerjoin(Certificate, (Certificate.attempt_id == Attempt.id) & Certificate.replaced_by.is_(None))
        .outerjoin(Pause, Pause.attempt_id == Attempt.id)
        .where(Attempt.person_id == person_id)
        .order_by(Attempt.id.desc(), Pause.began_at, Pause.id)
    )
    found: dict[UUID, Sat] = {}
    for attempt, marked, certificate, pause in rows:
        one = found.setdefault(attempt.id, Sat(attempt, marked, certificate, []))
        one.pauses.extend([pause] if pause else [])
    return list(found.values())


def licence_words(session: Session, person_ids: list[UUID]) -> dict[UUID, str]:
    """The licence numbers of many people, joined for a table cell."""
    found: dict[UUID, list[str]] = {}
    query = select(Licence.person_id, Licence.number).where(Licence.person_id.in_(person_ids))
    for person_id, number in session.execute(query.order_by(Licence.kind, Licence.number_key)) if person_ids else ():
        found.setdefault(person_id, []).append(number)
    return {key: ", ".join(numbers) for key, numbers in found.items()}
