"""Marking is pure: the same paper and answers always give the same mark, with every reason that applies."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from quiz.domain import marking
from quiz.domain.attempt import Given
from quiz.domain.marking import Item, Outcome, Tally, Why
from tests.domain.samples import QUOTAS, RULES

PAPER = [topics[0] for topics, count in QUOTAS.items() for _ in range(count)]
RIGHT, WRONG, UNSAFE = Given((0,), confirmed=True), Given((1,), confirmed=True), Given((3,), confirmed=True)


def item(topic="T7"):
    return Item(topic, frozenset({0}), frozenset({3}))


def mark(*given, rules=RULES, unsafe_at=range(20)):
    """The mark of a whole paper whose answers begin like this and go on right."""
    items = [item(t) if n in unsafe_at else replace(item(t), unsafe=frozenset()) for n, t in enumerate(PAPER)]
    return marking.mark(items, [*given, *[RIGHT] * (20 - len(given))], rules)


def random_paper(seed):
    """Items and answers of every kind, answered by chance."""
    chance = Random(seed)
    items, given = [], []
    for topic in PAPER:
        order = chance.sample(range(5), 5)
        right = frozenset(order[: chance.choice((1, 1, 2))])
        items.append(Item(topic, right, frozenset(order[2 : 2 + chance.randrange(3)])))
        chosen = tuple(sorted(right)) if chance.random() < 0.7 else tuple(chance.sample(range(5), chance.randrange(4)))
        given.append(Given(chosen, confirmed=chance.random() < 0.8))
    return items, given


def test_the_score_is_the_number_of_answers_with_exactly_the_right_options():
    for seed in range(200):
        items, given = random_paper(seed)
        found = marking.mark(items, given, RULES)
        assert found.score == sum(frozenset(g.chosen) == i.right for i, g in zip(items, given, strict=True))


def test_topics_and_groups_add_up_to_the_whole():
    for seed in range(200):
        found = marking.mark(*random_paper(seed), RULES)
        for tallies in (found.topics, found.groups):
            assert sum(tally.right for tally in tallies.values()) == found.score
            assert sum(tally.of for tally in tallies.values()) == found.of == 20


def test_each_topic_is_counted_in_its_own_group():
    found = mark(WRONG)
    assert {topic: tally.of for topic, tally in found.topics.items()} == Counter(PAPER)
    assert found.groups == {"basics": Tally(0, 1), "signs": Tally(9, 9), "act": Tally(6, 6), "conduct": Tally(4, 4)}


def test_only_confirmed_answers_with_an_agreed_unsafe_option_are_unsafe():
    for seed in range(200):
        items, given = random_paper(seed)
        expected = tuple(
            place
            for place, (i, g) in enumerate(zip(items, given, strict=True), 1)
            if g.confirmed and i.unsafe & set(g.chosen)
        )
        assert marking.mark(items, given, RULES).unsafe == expected


def test_marking_again_gives_the_same_mark():
    for seed in range(50):
        assert marking.mark(*random_paper(seed), RULES) == marking.mark(*random_paper(seed), RULES)


@pytest.mark.parametrize(
    ("chosen", "right"),
    [((0, 1), 1), ((1, 0), 1), ((0,), 0), ((1,), 0), ((0, 1, 2), 0), ((0, 2), 0), ((), 0)],
    ids=["both", "both, the other way round", "one", "the other", "three", "one right and one wrong", "nothing"],
)
def test_choose_two_is_right_only_with_exactly_both(chosen, right):
    assert marking.mark([Item("T1", frozenset({0, 1}))], [Given(chosen, True)], RULES).score == right


def test_an_answer_left_blank_is_wrong():
    assert mark(Given(confirmed=True)).score == 19


def test_an_answer_that_was_chosen_but_not_confirmed_counts_for_the_mark_but_is_never_unsafe():
    found = mark(replace(RIGHT, confirmed=False), replace(UNSAFE, confirmed=False))
    assert (found.score, found.unsafe) == (19, ())


@pytest.mark.parametrize(
    ("wrong", "outcome"), [(0, Outcome.PASSED), (4, Outcome.PASSED), (5, Outcome.NOT_PASSED), (20, Outcome.NOT_PASSED)]
)
def test_sixteen_right_answers_are_enough(wrong, outcome):
    assert mark(*[WRONG] * wrong).outcome is outcome


def test_one_unsafe_answer_is_not_passed_whatever_the_score():
    found = mark(UNSAFE)
    assert (found.score, found.outcome, found.reasons) == (19, Outcome.NOT_PASSED, (Why.UNSAFE,))
    assert found.unsafe_alone


def test_without_an_agreement_an_unsafe_option_is_simply_wrong():
    found = mark(UNSAFE, unsafe_at=())
    assert (found.score, found.outcome, found.unsafe) == (19, Outcome.PASSED, ())


def test_the_rules_may_allow_an_unsafe_answer():
    assert mark(UNSAFE, rules=replace(RULES, unsafe_limit=1)).outcome is Outcome.PASSED
    assert mark(UNSAFE, UNSAFE, rules=replace(RULES, unsafe_limit=1)).reasons == (Why.UNSAFE,)


def test_a_group_below_its_minimum_is_not_passed():
    strict = replace(RULES, groups=tuple(replace(g, minimum=8 if g.key == "signs" else 0) for g in RULES.groups))
    assert mark(RIGHT, WRONG, rules=strict).below == ()
    found = mark(RIGHT, WRONG, WRONG, rules=strict)
    assert (found.below, found.reasons) == (("signs",), (Why.MINIMUM,))


def test_every_reason_that_applies_is_told():
    strict = replace(RULES, groups=tuple(replace(g, minimum=4) for g in RULES.groups if g.key != "basics") + tuple(
        g for g in RULES.groups if g.key == "basics"))  # fmt: skip
    found = mark(*[UNSAFE] * 10, rules=strict)
    assert found.reasons == (Why.SCORE, Why.UNSAFE, Why.MINIMUM)
    assert not found.unsafe_alone


def test_answers_and_questions_must_be_as_many():
    with pytest.raises(ValueError, match="shorter"):
        marking.mark([item()], [], RULES)


def test_marking_again_without_the_unsafe_mark_keeps_the_score_and_may_pass():
    found = mark(UNSAFE, WRONG)
    new = marking.again(found, RULES, safe=found.unsafe)
    assert (new.score, new.unsafe, new.outcome) == (18, (), Outcome.PASSED)


def test_a_wrong_question_counts_as_right_in_its_topic_and_its_group():
    found = mark(*[WRONG] * 5)
    new = marking.again(found, RULES, right=["T2"])
    assert (found.reasons, new.score, new.outcome) == ((Why.SCORE,), 16, Outcome.PASSED)
    assert new.topics["T2"].right == found.topics["T2"].right + 1
    assert new.groups["signs"].right == found.groups["signs"].right + 1


def test_marking_again_never_makes_a_mark_worse():
    for seed in range(200):
        found = marking.mark(*random_paper(seed), RULES)
        wrong = [topic for topic, tally in found.topics.items() if tally.right < tally.of]
        new = marking.again(found, RULES, right=wrong[:1], safe=range(1, 1 + seed % 20))
        assert set(new.reasons) <= set(found.reasons) and new.score >= found.score
