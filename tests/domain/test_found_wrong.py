"""A question that was found wrong counts as right for everyone who had it, once, and never hurts anybody."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from quiz.domain import found_wrong
from quiz.domain.errors import Refused
from quiz.domain.found_wrong import Place
from quiz.domain.marking import Outcome
from tests.domain.samples import RULES
from tests.domain.test_marking import PAPER, RIGHT, UNSAFE, WRONG, item, mark

FIRST = item(PAPER[0])
HERE = UUID(int=1)


@dataclass(frozen=True)
class Said:
    choice: str
    position: int = 1
    session_id: UUID = HERE
    sequence: int | None = None
    later: bool = False
    confirmed: bool = True


def again(found, *choices):
    """Without the first question; options stand in the order in which they were written."""
    return found_wrong.again(found, FIRST, Place(1, (0, 1, 2, 3), [Said(one) for one in choices]), RULES)


def test_a_wrong_answer_becomes_right_and_may_be_a_pass():
    found = mark(*[WRONG] * 5)
    new = again(found, "2")
    assert (found.outcome, new.score, new.outcome, new.excused) == (Outcome.NOT_PASSED, 16, Outcome.PASSED, (1,))


def test_no_answer_at_all_counts_as_right_too():
    assert again(mark(WRONG)).score == 20


def test_an_unsafe_answer_to_it_counts_as_right_and_as_safe():
    new = again(mark(UNSAFE), "4")
    assert (new.score, new.unsafe, new.outcome) == (20, (), Outcome.PASSED)


def test_a_right_answer_changes_nothing_and_nothing_is_left_out_twice():
    assert again(mark(RIGHT), "1") is None
    assert again(again(mark(WRONG), "2"), "2") is None


def test_it_must_be_out_of_use_first():
    found_wrong.must_be_out_of_use(live=True, suspended=True)
    found_wrong.must_be_out_of_use(live=False, suspended=False)
    with pytest.raises(Refused, match="Suspend it first"):
        found_wrong.must_be_out_of_use(live=True, suspended=False)
