"""What a driver does in the tests of sitting: begin, answer, send in, and look at what became of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import func, select

from quiz.actions import sitting
from quiz.domain.attempt import Given
from quiz.domain.errors import Refused
from quiz.records import attempts, marks
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.marks import Marking
from quiz.records.questions import Exposure
from quiz.records.sessions import DriverSession
from tests.make import ISSUER, Made, Make


def begin(make: Make, made: Made) -> UUID:
    """Sign in and start; the attempt."""
    session_id = make.session(made)
    with make.work(f"person:{made.person_id}") as work:
        return sitting.start(work, session_id, made.invitation_id, "handbook").id


def say(make: Make, made: Made, attempt_id: UUID, position: int, *values: str, **how: object) -> None:
    """Answer one question, as "choose two" so that any number of options may be sent."""
    with make.work(f"person:{made.person_id}") as work:
        session_id = work.session.scalars(
            select(DriverSession.id).where(DriverSession.person_id == made.person_id)
        ).first()
        leaf = attempts.leaf(work.session, made.person_id, attempt_id, position)
        sitting.answer(work, leaf, leaf.place, session_id, values, **{"two": True, "later": False, **how})


def send_in(make: Make, made: Made, attempt_id: UUID) -> None:
    with make.work(f"person:{made.person_id}") as work:
        sitting.send_in(work, made.person_id, attempt_id, ISSUER)


def settle(make: Make, attempt_id: UUID) -> None:
    with make.work("public") as work:
        sitting.settle(work, attempt_id, ISSUER)


def refused(code: str, act: Callable[..., object], *given: object, **named: object) -> str:
    """That this is refused with that code; the words."""
    with pytest.raises(Refused) as found:
        act(*given, **named)
    assert found.value.code == code
    return found.value.message


def at_once(times: int, act: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(act, range(times)))


def mark_of(make: Make, attempt_id: UUID) -> Marking | None:
    with make.reading() as session:
        return marks.of_attempt(session, attempt_id)


def row_of(make: Make, attempt_id: UUID) -> Attempt:
    with make.reading() as session:
        return session.get_one(Attempt, attempt_id)


def given(make: Make, made: Made, attempt_id: UUID) -> list[Given]:
    with make.reading() as session:
        return sitting.given(session, attempts.paper(session, made.person_id, attempt_id))


def shown(make: Make) -> int:
    with make.reading() as session:
        return session.scalar(select(func.sum(Exposure.shown)))


def question_ids(make: Make, attempt_id: UUID) -> set[str]:
    with make.reading() as session:
        return set(session.scalars(select(PaperSlot.question_id).where(PaperSlot.attempt_id == attempt_id)))
