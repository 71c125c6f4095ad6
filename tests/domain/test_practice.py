"""Practice: a round follows from its number, is spread over the groups, and is told by group."""

from collections import Counter

import pytest

from quiz.domain import practice
from quiz.domain.question import Option
from tests.domain.samples import GROUP_OF, QUOTAS, RULES
from tests.make import draft

TOPICS = [topic for topics in QUOTAS for topic in topics]
POOL = [draft(f"p{topic[1:]:>02}-{n}", topic=topic) for topic in TOPICS for n in range(4)]
GROUP = {topic: group for group, topics in GROUP_OF.items() for topic in topics}


def test_a_round_is_ten_different_questions_spread_over_the_groups_as_a_paper_is():
    for number in range(30):
        drawn = practice.draw(POOL, RULES, str(number))
        assert len({one.id for one in drawn}) == 10
        assert Counter(GROUP[one.topic] for one in drawn) == {"signs": 4, "act": 3, "conduct": 2, "basics": 1}


def test_the_same_number_gives_the_same_round_and_another_another():
    assert practice.draw(POOL, RULES, "7") == practice.draw(list(reversed(POOL)), RULES, "7")
    assert len({practice.draw(POOL, RULES, str(number)) for number in range(20)}) == 20


def test_every_question_of_the_pool_comes_up():
    assert {one.id for n in range(300) for one in practice.draw(POOL, RULES, str(n))} == {one.id for one in POOL}


def test_a_topic_that_is_off_is_not_practised():
    off = draft("p15-off", topic="T15")
    assert all(off not in practice.draw([*POOL, off], RULES, str(n)) for n in range(50))


def test_a_small_pool_gives_a_short_round():
    assert len(practice.draw(POOL[:3], RULES, "1")) <= 3
    assert practice.draw([], RULES, "1") == ()


def test_options_stand_in_an_order_of_the_round():
    one = POOL[0]
    orders = {practice.options(one, str(number)) for number in range(100)}
    assert len(orders) == 24
    assert {frozenset(order) for order in orders} == {frozenset(one.options)}


@pytest.mark.parametrize(("chosen", "right"), [({1}, True), ({2}, False), ({1, 2}, False), (set(), False)])
def test_only_exactly_the_right_options_are_right(chosen, right):
    shown = (Option("a", right=True), Option("b"), Option("c"), Option("d"))
    assert practice.is_right(shown, chosen) is right


def test_the_summary_counts_by_group_in_the_order_of_the_rules():
    drawn = [draft(topic="T7"), draft(topic="T1"), draft(topic="T8"), draft(topic="T2")]
    lines = practice.summary(drawn, "1001", RULES)
    assert [(line.group.key, line.right, line.count) for line in lines] == [
        ("basics", 0, 1),
        ("signs", 1, 1),
        ("act", 1, 2),
    ]
