"""The server is killed while drivers answer: nothing that it acknowledged is lost, and nobody is marked twice.

Twenty drivers in `make test`; two hundred, and more kills, in `make prove`.
"""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import func, select

from quiz.domain.attempt import State, state
from quiz.records import answers
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.marks import Marking
from quiz.settings import ROOT
from tests.make import Make
from tests.operations.conftest import Quiz
from tests.operations.killing import Driver, Server, ordeal

AT_ONCE = 20


def proved(quiz: Quiz, make: Make, environment: dict[str, str], drivers: int, kills: int) -> None:
    """So many drivers sit while the server is killed so often; then the database is asked."""
    server = Server(quiz, {**environment, "PYTHONPATH": str(ROOT)})
    crowd = [Driver(make.driver(), server.port, seed) for seed in range(drivers)]
    try:
        repeated = ordeal(server, crowd, kills, Random(7), AT_ONCE)
    finally:
        server.kill()
    assert repeated() > 0, "no kill met a driver: this proves nothing"
    for driver in crowd:
        assert len(driver.acknowledged) == 60
    with make.reading() as session:
        marks = dict(session.execute(select(Marking.attempt_id, func.count()).group_by(Marking.attempt_id)).all())
        certificates = Counter(session.scalars(select(Certificate.attempt_id)))
        sat = {one.person_id: one for one in session.scalars(select(Attempt))}
        assert len(sat) == session.scalar(select(func.count()).select_from(Attempt)) == drivers
        for driver in crowd:
            attempt = sat[driver.made.person_id]
            assert attempt.id == driver.attempt_id
            assert state(attempt, make.clock.now) is State.FINISHED
            assert marks[attempt.id] == 1 and certificates[attempt.id] <= 1
            kept = [(one.position, one.sequence, one.choice) for one in answers.said(session, attempt.id)]
            assert sorted(kept) == sorted(driver.acknowledged)


@pytest.mark.both_engines
@pytest.mark.timeout(300)
def test_what_was_acknowledged_is_there_after_kills(quiz: Quiz, make: Make, environment: dict[str, str]) -> None:
    proved(quiz, make, environment, drivers=20, kills=3)


@pytest.mark.prove
@pytest.mark.both_engines
@pytest.mark.timeout(1800)
def test_it_holds_for_two_hundred_drivers_and_a_score_of_kills(
    quiz: Quiz, make: Make, environment: dict[str, str]
) -> None:
    proved(quiz, make, environment, drivers=200, kills=20)
