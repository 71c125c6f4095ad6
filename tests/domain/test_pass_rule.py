"""The rule of passing, in sentences that a committee can read."""

from dataclasses import replace

import pytest

from quiz.domain import pass_rule
from quiz.domain.marking import Tally
from tests.domain.samples import RULES


@pytest.mark.parametrize(
    ("score", "unsafe", "outcome", "said"),
    [
        (
            16,
            [],
            "passed",
            ["There were 16. That is enough.", "There were 0. That is within", "So the test is passed."],
        ),
        (15, [], "not-passed", ["There were 15. That is not enough.", "So the test is not passed."]),
        (18, [7, 3], "not-passed", ["There were 2 (question 3, 7). That is too many.", "So the test is not passed."]),
    ],
)
def test_each_condition_stands_beside_what_was_found(score, unsafe, outcome, said):
    rules = replace(RULES, pass_mark=16, unsafe_limit=0)
    text = " ".join(pass_rule.applied(rules, score, 20, {}, unsafe, outcome))
    assert all(words in text for words in said)


def test_a_minimum_of_a_group_is_told_only_where_there_is_one():
    group = replace(RULES.groups[0], minimum=3)
    rules = replace(RULES, groups=(group, *RULES.groups[1:]))
    text = " ".join(pass_rule.applied(rules, 16, 20, {group.key: Tally(2, 5)}, [], "not-passed"))
    assert f"In “{group.name}”, 3 right answers are needed. There were 2. That is not enough." in text
    assert "No group of questions has a minimum" in " ".join(pass_rule.applied(RULES, 16, 20, {}, [], "passed"))
