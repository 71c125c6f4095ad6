"""The rule of passing, in sentences that a committee can read."""

from dataclasses import replace

import pytest

from quiz.domain import pass_rule
from quiz.domain.marking import Mark, Outcome, Tally
from tests.domain.samples import RULES

PASSED = Mark(16, 20, {}, {}, (), (), Outcome.PASSED, ())


def told(found: Mark, **changes: object) -> str:
    return " ".join(pass_rule.applied(found, replace(RULES, **changes)))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (PASSED, ["There were 16. That is enough.", "There were 0. That is within", "So the test is passed."]),
        (replace(PASSED, score=15, outcome=Outcome.NOT_PASSED), ["There were 15. That is not enough.", "not passed."]),
        (replace(PASSED, unsafe=(7, 3)), ["There were 2 (question 3, 7). That is too many."]),
        (replace(PASSED, excused=(4,)), ["so it counts as right whatever was chosen: question 4."]),
    ],
)
def test_each_condition_stands_beside_what_was_found(found, said):
    text = told(found, pass_mark=16, unsafe_limit=0)
    assert all(words in text for words in said)


def test_a_minimum_of_a_group_is_told_only_where_there_is_one():
    group = replace(RULES.groups[0], minimum=3)
    text = told(replace(PASSED, groups={group.key: Tally(2, 5)}), groups=(group, *RULES.groups[1:]))
    assert f"In “{group.name}”, 3 right answers are needed. There were 2. That is not enough." in text
    assert "No group of questions has a minimum" in told(PASSED)
