"""What an attempt may do next, and which answer counts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from quiz.domain import attempt
from quiz.domain.attempt import Given, State
from quiz.domain.errors import Refused

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = NINE + timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
PHONE, TABLET = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Sat:
    deadline: datetime = TEN
    finished_at: datetime | None = None
    voided_at: datetime | None = None
    pause_until: datetime | None = None
    paused_at: datetime | None = None


@dataclass(frozen=True)
class Said:
    choice: str
    sequence: int | None = None
    session_id: UUID = PHONE
    position: int = 1
    later: bool = False
    confirmed: bool = True


@pytest.mark.parametrize(
    ("sat", "now", "expected"),
    [
        (Sat(), NINE, State.OPEN),
        (Sat(), TEN - MOMENT, State.OPEN),
        (Sat(), TEN, State.OUT_OF_TIME),
        (Sat(pause_until=TEN), TEN - MOMENT, State.PAUSED),
        (Sat(pause_until=TEN, paused_at=NINE), NINE, State.PAUSED),
        (Sat(pause_until=TEN, paused_at=NINE), NINE - MOMENT, State.OPEN),
        (Sat(pause_until=NINE), NINE, State.OPEN),
        (Sat(pause_until=NINE), TEN, State.OUT_OF_TIME),
        (Sat(pause_until=TEN, finished_at=NINE), NINE, State.FINISHED),
        (Sat(finished_at=NINE), NINE, State.FINISHED),
        (Sat(finished_at=TEN), TEN + MOMENT, State.FINISHED),
        (Sat(voided_at=NINE), NINE, State.VOID),
        (Sat(finished_at=NINE, voided_at=TEN), TEN, State.VOID),
    ],
    ids=[
        "running",
        "last moment",
        "out of time",
        "paused",
        "the moment of pausing",
        "received before the pause",
        "pause used up",
        "out of time after a pause",
        "sent in before",
        "sent in",
        "settled",
        "voided",
        "voided after it was sent in",
    ],
)
def test_the_state_follows_from_what_happened(sat, now, expected):
    assert attempt.state(sat, now) is expected


def test_an_open_attempt_takes_answers_until_its_last_moment():
    assert attempt.must_be_open(Sat(), TEN - MOMENT) is None


@pytest.mark.parametrize(
    ("sat", "code", "words"),
    [
        (Sat(), "attempt-out-of-time", "Your time ran out, so this answer was not saved."),
        (Sat(pause_until=TEN + MOMENT), "attempt-paused", "Your clock has stopped, so nothing was saved"),
        (Sat(finished_at=NINE), "attempt-finished", "You have already sent in your test"),
        (Sat(voided_at=NINE), "attempt-void", "The council has set this attempt aside"),
    ],
)
def test_an_attempt_that_is_over_refuses_and_says_why(sat, code, words):
    with pytest.raises(Refused, match=words) as refused:
        attempt.must_be_open(sat, TEN)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sat", "late", "may"),
    [
        (Sat(), timedelta(), False),
        (Sat(), timedelta(seconds=30) - MOMENT, False),
        (Sat(), timedelta(seconds=30), True),
        (Sat(finished_at=NINE), timedelta(hours=1), False),
        (Sat(voided_at=NINE), timedelta(hours=1), False),
    ],
    ids=["at the deadline", "just before 30 s", "30 s after", "sent in", "voided"],
)
def test_an_attempt_is_settled_only_half_a_minute_after_its_deadline(sat, late, may):
    assert attempt.may_be_settled(sat, TEN + late) is may


def test_time_left_is_never_negative():
    assert attempt.time_left(TEN, NINE) == timedelta(hours=1)
    assert attempt.time_left(TEN, TEN + MOMENT) == timedelta()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=23, minutes=40), "24 hours"),
        (timedelta(minutes=121), "2 hours"),
        (timedelta(minutes=120), "120 minutes"),
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(minutes=11, seconds=1), "12 minutes"),
        (timedelta(minutes=1, seconds=1), "2 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=59), "less than 1 minute"),
        (timedelta(), "less than 1 minute"),
    ],
)
def test_time_left_in_words(left, words):
    assert attempt.left_words(left) == words


@pytest.mark.parametrize(
    ("values", "two", "stored"),
    [
        (["3"], False, "3"),
        ([], False, ""),
        (["4", "1"], True, "1,4"),
        (["5"], True, "5"),
        (["1", "2", "3"], True, "1,2,3"),
        (["5", "4", "3", "2", "1"], True, "1,2,3,4,5"),
        (["2", "2"], False, "2"),
    ],
    ids=["one", "nothing", "two in any order", "one of two", "three", "everything", "one twice"],
)
def test_what_a_page_sends_is_kept_as_displayed_positions(values, two, stored):
    assert attempt.read_choice(values, range(5), two) == stored


@pytest.mark.parametrize(
    "value", ["0", "6", "-1", "x", "", " 1", "1.0", "01", "²", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 5000]
)
def test_an_option_that_is_not_on_the_page_is_refused(value):
    with pytest.raises(Refused) as refused:
        attempt.read_choice([value], range(5), True)
    assert refused.value.code == "answer-unknown"


def test_two_options_of_a_single_answer_question_are_refused():
    with pytest.raises(Refused) as refused:
        attempt.read_choice(["1", "2"], range(4), False)
    assert refused.value.code == "answer-several"


def test_displayed_positions_become_options():
    assert attempt.chosen("1,4", (2, 0, 3, 1)) == (2, 1)
    assert attempt.chosen("", (2, 0, 3, 1)) == ()


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([], ()),
        ([Said("1"), Said("2")], (1,)),
        ([Said("1"), Said("")], ()),
        ([Said("1", 1), Said("3", 3), Said("2", 2)], (2,)),
        ([Said("1", 1), Said("2", 1)], (1,)),
        ([Said("1", 5), Said("2", None)], (1,)),
        ([Said("1", 5), Said("2", None), Said("3", 3)], (1,)),
        ([Said("1", 5), Said("2", 1, TABLET)], (1,)),
        ([Said("1", 5), Said("2", 1, TABLET), Said("3", 6)], (2,)),
        ([Said("2", 1, TABLET), Said("1", 9, TABLET), Said("4", 2, PHONE)], (3,)),
    ],
    ids=["nothing said", "the last one", "taken back", "a lower number late", "the same number again",
         "without a number", "a lower number after one without", "another session", "a higher number later",
         "each session counts for itself"],
)  # fmt: skip
def test_the_answer_that_counts(said, counts):
    assert attempt.counting(said, {1: range(4)})[1].chosen == counts


def test_answers_at_other_positions_do_not_count():
    given = attempt.counting([Said("1", position=1), Said("2", position=3)], {1: (3, 2, 1, 0), 2: range(4)})
    assert given == {1: Given((3,), confirmed=True), 2: Given((), confirmed=False, later=False)}


def test_what_is_marked_for_later_and_whether_it_was_confirmed_is_of_the_answer_that_counts():
    given = attempt.counting([Said("1"), Said("1", later=True, confirmed=False)], {1: range(4)})
    assert given[1] == Given((0,), confirmed=False, later=True)


@pytest.mark.parametrize(
    ("chosen", "two", "finished"),
    [((), False, False), ((1,), False, True), ((), True, False), ((1,), True, False), ((1, 2), True, True),
     ((0, 1, 2), True, False)],
)  # fmt: skip
def test_choose_two_is_finished_with_exactly_two(chosen, two, finished):
    assert attempt.finished(Given(chosen), two) is finished


@pytest.mark.parametrize(
    ("given", "position"),
    [
        ([Given(), Given((1,)), Given((1, 2))], 1),
        ([Given((1,)), Given(), Given((1, 2))], 2),
        ([Given((1,)), Given((1,)), Given((1,))], 3),
        ([Given((1,)), Given((1,)), Given((1, 2))], 3),
    ],
    ids=["nothing yet", "one left blank", "one of two chosen", "everything answered"],
)
def test_a_driver_goes_on_at_the_first_question_that_is_not_finished(given, position):
    assert attempt.first_unanswered(given, [False, False, True]) == position


def test_a_pause_by_the_person_in_charge_is_refused_in_other_words():
    with pytest.raises(Refused, match=r"^The person in charge has stopped your clock") as refusal:
        attempt.must_be_open(Sat(pause_until=TEN + MOMENT), TEN, by_room=True)
    assert refusal.value.code == "attempt-paused-by-room"
    assert "Go back to my test" not in refusal.value.message
    assert attempt.must_be_open(Sat(), TEN - MOMENT, by_room=True) is None
