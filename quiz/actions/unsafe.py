"""Reading a fail by an unsafe answer, and answering the driver. An unsafe mark can be withdrawn, never added."""

from collections.abc import Collection
from uuid import UUID

from quiz.actions import deciding, marking_again
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import decisions, marking
from quiz.domain import unsafe as rules
from quiz.domain.decisions import Grounds, Kind
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.domain.unsafe import Capacity, Verdict
from quiz.records import marks, papers, people
from quiz.records import unsafe as records
from quiz.records.attempts import Attempt
from quiz.records.decisions import Decision
from quiz.records.unsafe import Case, UnsafeReading


def read(work: Work, attempt_id: UUID, roles: Collection[Role], capacity: Capacity, verdict: Verdict, why: str) -> None:
    """Keep what one person found. A second reading in the same capacity takes the place of the first."""
    case = _case(work, attempt_id)
    rules.must_be_asked(roles, work.actor, capacity, case.said, why)
    row = UnsafeReading(
        attempt_id=attempt_id, capacity=capacity, verdict=verdict, why=why.strip(), at=work.now, by=work.actor
    )
    work.session.add(row)
    work.session.flush()
    work.record("unsafe.read", f"person:{case.person_id}", attempt=attempt_id, capacity=capacity, verdict=verdict)


def answer(work: Work, attempt_id: UUID, grounds: Grounds, issuer: Issuer) -> Decision:
    """Tell the driver what both readers found. A withdrawn unsafe mark is a further mark, and may be a pass."""
    case = _case(work, attempt_id)
    kind = rules.DECISIONS[rules.must_be_agreed(case.said)]
    decisions.must_have_grounds(kind, grounds)
    decision = deciding.decide(work, kind, grounds, case.person_id, attempt=attempt_id)
    if kind is Kind.WITHDRAWN:
        attempt = work.session.get_one(Attempt, attempt_id)
        old = marks.newest(work.session, [attempt_id])[attempt_id]
        found = marks.read(old)
        new = marking.again(found, papers.of(work.session, attempt.blueprint_id), safe=found.unsafe)
        marking_again.further(work, attempt, old, new, decision, issuer)
    return decision


def _case(work: Work, attempt_id: UUID) -> Case:
    """What waits, its person held: what two people say at the same moment comes in turn."""
    attempt = work.session.get(Attempt, attempt_id)
    if attempt is not None:
        people.lock(work.session, attempt.person_id)
    found = records.cases(work.session, attempt_id)
    if not found:
        raise Refused("unsafe-answered", "This result is not waiting any more: it was answered, or it was set aside.")
    return found[0]
