"""When attendance may be noted, what puts it right, and whom a pasted list means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from quiz.domain import training
from quiz.domain.errors import Refused
from quiz.domain.training import Elsewhere, Plan, State

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
GOOD = Plan(AT, "Town Hall", "SAMPLE trainer", 20)


@dataclass
class Session:
    starts_at: datetime = AT
    held_at: datetime | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    attended: bool | None


def code(do, *given) -> str:
    with pytest.raises(Refused) as refusal:
        do(*given)
    return refusal.value.code


@pytest.mark.parametrize(
    ("session", "state"),
    [(Session(), State.PLANNED), (Session(held_at=AT), State.HELD), (Session(cancelled_at=AT), State.CANCELLED)],
)
def test_a_session_is_held_once_somebody_came(session, state):
    assert training.state(session) is state


def test_a_plan_needs_place_trainer_and_room_for_all_on_the_list():
    training.must_make_sense(GOOD, 20)
    assert code(training.must_make_sense, Plan(AT, " ", "T", 5)) == "training-place"
    assert code(training.must_make_sense, Plan(AT, "P", "", 5)) == "training-trainer"
    assert code(training.must_make_sense, Plan(AT, "P", "T", 201)) == "training-capacity"
    assert code(training.must_make_sense, GOOD, 21) == "training-capacity"


def test_attendance_is_noted_on_the_day_or_later_and_never_of_a_cancelled_session():
    training.must_be_notable(Session(), date(2026, 11, 26))
    assert code(training.must_be_notable, Session(), date(2026, 11, 25)) == "training-early"
    assert code(training.must_be_notable, Session(cancelled_at=AT), date(2026, 11, 26)) == "training-cancelled"


def test_putting_a_note_right_needs_a_reason():
    new, noted, same = Place(None), Place(False), Place(True)
    assert training.changes([new, same], {new: True, same: True}, "") == [new]
    assert code(training.changes, [noted], {noted: True}, " ") == "training-why"
    assert training.changes([noted], {noted: True}, "The wrong line") == [noted]


def test_a_pasted_list_is_sorted_into_one_nobody_and_several():
    lines = training.lines("PH 1, Ann\n\nXX9\n77;both")
    found = training.sort(lines, {"PH1": ["ann"], "77": ["one", "two"]})
    assert (found.people, found.unknown, found.several) == (["ann"], ["XX9"], ["77;both"])
    assert code(training.lines, " \n , \n") == "training-list"


def test_training_elsewhere_is_believed_when_it_is_proven_and_recent():
    today = date(2026, 11, 26)
    training.must_be_believed(Elsewhere("Preston", "Theirs", date(2024, 1, 1), "The paper"), today)
    assert code(training.must_be_believed, Elsewhere("", "Theirs", today, "The paper"), today) == "elsewhere-body"
    old = Elsewhere("Preston", "Theirs", date(2020, 1, 1), "The paper")
    assert code(training.must_be_believed, old, today) == "elsewhere-attended"
