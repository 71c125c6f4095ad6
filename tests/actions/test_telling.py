"""Drivers are told of a training session once, by e-mail or by telephone, and told again only of what changed."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from quiz.actions import letters, telling, training
from quiz.domain.posting import Kind, Outcome, State
from quiz.domain.training import Plan
from quiz.records import telling as told
from tests.actions.sitter import refused
from tests.actions.test_letters import HOUSE

PLAN = Plan(datetime(2026, 12, 7, 9, 30, tzinfo=UTC), "Town Hall, room 2", "SAMPLE trainer", 20)


@pytest.fixture
def session(make):
    """A session with two drivers on its list: one with an e-mail address, one without."""
    with make.work() as work:
        session_id = training.plan(work, PLAN).id
    people = [make.driver(name="Ann Able", number="PH1234", email="ann@example.com"), make.driver(name="Bob Baker")]
    with make.work() as work:
        training.invite(work, session_id, [one.person_id for one in people])
    return session_id


def tell(make, session, edition=0):
    with make.reading() as reading:
        places = [one.place.id for one in told.listed(reading, session)]
    with make.work("staff:ann") as work:
        return dict(telling.tell(work, HOUSE, session, places, edition))


def standing(make, session) -> dict[str, list[tuple[str, str]]]:
    with make.reading() as reading:
        return {
            one.person.name: [(row.kind, row.state) for row in one.letters] for one in told.listed(reading, session)
        }


def sent(make) -> str:
    """What goes out next, and arrives."""
    with make.work("service") as work:
        out = letters.take(work)
    with make.work("service") as work:
        letters.settle(work, UUID(out.reference), Outcome(State.SENT))
    return out.to + "\n" + out.body


def test_each_is_told_once_of_the_session_of_its_move_and_of_its_end(make, session):
    assert tell(make, session) == {"waiting": 1, "phone": 1}
    assert tell(make, session) == {}
    body = sent(make)
    for words in ("ann@example.com", "Monday 7 December 2026", "9:30am", "Town Hall, room 2", "ends with 234",
                  "Tell us before the day", "01257 515151"):  # fmt: skip
        assert words in body
    assert "PH1234" not in body and "{" not in body
    with make.work() as work:
        training.change(work, session, replace(PLAN, place="Library"))
    # Bob was not rung yet: the earlier place is never told, and he is invited to the new one.
    assert standing(make, session)["Bob Baker"] == [(Kind.TRAINING, State.GIVEN_UP)]
    assert tell(make, session, 1) == {"waiting": 1, "phone": 1}
    assert "It is now:" in (moved := sent(make)) and "Library" in moved
    with make.work() as work:
        training.cancel(work, session, "The trainer is ill")
    assert tell(make, session, 1) == {"waiting": 1}
    assert "does not take place" in sent(make)
    assert standing(make, session) == {
        "Ann Able": [(kind, State.SENT) for kind in (Kind.TRAINING, Kind.TRAINING_MOVED, Kind.TRAINING_CANCELLED)],
        "Bob Baker": [(Kind.TRAINING, State.GIVEN_UP)] * 2,
    }


def test_another_trainer_is_no_reason_to_write_again(make, session):
    tell(make, session)
    with make.work() as work:
        training.change(work, session, replace(PLAN, trainer="SAMPLE colleague"))
    assert tell(make, session) == {}


def test_whoever_looked_at_the_session_before_it_was_moved_sends_nothing(make, session):
    with make.work() as work:
        training.change(work, session, replace(PLAN, place="Library"))
    with make.work() as work:
        refused("training-moved", telling.tell, work, HOUSE, session, [], 0)


def test_a_letter_that_waits_until_the_session_is_over_is_not_sent(make, session, clock):
    tell(make, session)
    clock.pass_by(days=30)
    with make.work("service") as work:
        assert letters.take(work) is None
    assert standing(make, session)["Ann Able"] == [(Kind.TRAINING, State.GIVEN_UP)]


def test_off_the_list_and_on_it_again_is_invited_again(make, session):
    tell(make, session)
    with make.reading() as reading:
        ann = told.listed(reading, session)[0]
    with make.work() as work:
        training.remove(work, session, ann.place.id)
    with make.work() as work:
        training.invite(work, session, [ann.person.id])
    assert standing(make, session)["Ann Able"] == [(Kind.TRAINING, State.GIVEN_UP)]
    assert tell(make, session) == {"waiting": 1}
