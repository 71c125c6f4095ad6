"""A fail by an unsafe answer is read by two different people who must agree, within five working days."""

from datetime import date

import pytest

from quiz.domain import unsafe
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.domain.unsafe import Capacity, Reading, Step, Verdict

OFFICER, LEAD = Capacity.OFFICER, Capacity.LEAD
UPHELD, WITHDRAWN = Verdict.UPHELD, Verdict.WITHDRAWN


def reading(capacity, verdict=UPHELD, reader=None):
    return Reading(reader or f"staff:{capacity}", capacity, verdict)


@pytest.mark.parametrize(
    ("readings", "step", "agreed"),
    [
        ([], Step.READ, None),
        ([reading(LEAD)], Step.READ, None),
        ([reading(OFFICER), reading(LEAD, WITHDRAWN)], Step.TALK, None),
        ([reading(OFFICER), reading(LEAD)], Step.ANSWER, UPHELD),
        ([reading(OFFICER), reading(LEAD, WITHDRAWN), reading(OFFICER, WITHDRAWN)], Step.ANSWER, WITHDRAWN),
    ],
)
def test_both_read_and_agree_before_the_driver_is_answered(readings, step, agreed):
    assert (unsafe.step(readings), unsafe.agreed(readings)) == (step, agreed)


def test_nobody_gives_both_readings():
    both = [Role.OFFICER, Role.LEAD]
    assert unsafe.asked(both, "staff:one", [reading(OFFICER, reader="staff:one")]) == (OFFICER,)
    assert unsafe.asked(both, "staff:one", [reading(OFFICER, reader="staff:two")]) == (OFFICER, LEAD)
    assert unsafe.asked([Role.EDITOR], "staff:one", []) == ()


@pytest.mark.parametrize("why", [" ", "x" * 2001])
def test_a_reading_has_words(why):
    with pytest.raises(Refused, match=r"Say why|fewer"):
        unsafe.must_be_asked([Role.LEAD], "staff:one", LEAD, [], why)


def test_the_answer_is_due_five_working_days_on_and_how_it_stands_is_said_in_words():
    due = unsafe.answer_by(date(2026, 11, 26))
    assert due == date(2026, 12, 3)
    said = [unsafe.due_words(due, date(2026, 12, day)) for day in (1, 3, 4, 5)]
    assert said == ["By Thursday 3 December 2026", "Today", "Overdue by 1 day", "Overdue by 2 days"]
