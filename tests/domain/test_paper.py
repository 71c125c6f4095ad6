"""Papers are drawn to the rules, whatever the chance: tried with many chances."""

from collections import Counter
from dataclasses import replace
from itertools import count, product
from random import Random
from uuid import UUID

import pytest

from quiz.domain import levelling, paper
from quiz.domain.errors import Refused
from quiz.domain.paper import Candidate
from tests.domain.samples import CRITICAL, QUOTAS, RULES

SEEDS = range(200)
NUMBERS = count(1)


def candidates(topic, critical, how_many):
    return [
        Candidate(
            UUID(int=next(NUMBERS)), f"{topic}-{'critical' if critical else 'plain'}-{n}", topic, critical, 4 + n % 2
        )
        for n in range(how_many)
    ]


CRITICAL_TOPICS = {topic for topics in CRITICAL for topic in topics}
POOL = [
    one
    for topics in (*QUOTAS, ("T15",))
    for topic, critical in product(topics, (False, True))
    for one in (candidates(topic, critical, 4) if topic in CRITICAL_TOPICS or not critical else ())
]
BY_VERSION = {one.version: one for one in POOL}


def drawn(seed, pool=POOL, avoid=()):
    return [BY_VERSION[slot.version] for slot in paper.draw(pool, RULES, Random(seed), avoid)]


def with_foes(*pairs):
    """The pool, each first question of a pair naming the second as its foe."""
    foes = {one: frozenset({other}) for one, other in pairs}
    return [replace(one, foes=foes.get(one.question, frozenset())) for one in POOL]


def test_every_paper_fills_the_quotas_exactly():
    for seed in SEEDS:
        topics = Counter(one.topic for one in drawn(seed))
        assert {place: sum(topics[topic] for topic in place) for place in QUOTAS} == QUOTAS
        assert sum(topics.values()) == 20


def test_every_paper_has_exactly_the_critical_questions_of_the_rules():
    for seed in SEEDS:
        topics = Counter(one.topic for one in drawn(seed) if one.critical)
        assert {rule: sum(topics[topic] for topic in rule) for rule in CRITICAL} == CRITICAL
        assert sum(topics.values()) == 5


def test_a_topic_without_a_place_is_never_drawn():
    assert not [seed for seed in SEEDS if "T15" in {one.topic for one in drawn(seed)}]


def test_no_question_is_on_a_paper_twice():
    for seed in SEEDS:
        assert len({one.question for one in drawn(seed)}) == 20


@pytest.mark.parametrize("pair", [("T7-critical-0", "T10-plain-1"), ("T10-plain-1", "T7-critical-0")])
def test_foes_are_never_on_one_paper_whichever_names_the_other(pair):
    for seed in SEEDS:
        assert not set(pair) <= {one.question for one in drawn(seed, with_foes(pair))}


def test_each_of_two_foes_is_drawn_on_other_papers():
    seen = {one.question for seed in SEEDS for one in drawn(seed, with_foes(("T7-critical-0", "T7-critical-1")))}
    assert {"T7-critical-0", "T7-critical-1"} <= seen


def test_questions_of_the_last_papers_are_avoided_while_there_are_others():
    for seed in SEEDS[:100]:
        first = {one.question for one in drawn(seed)}
        again = {one.question for one in drawn(seed + 1000, avoid=first)}
        assert not first & again


def test_a_question_to_avoid_comes_back_where_nothing_else_is_left():
    only = [one for one in POOL if one.topic != "T1" or one.question == "T1-plain-0"]
    assert "T1-plain-0" in {one.question for one in drawn(1, only, avoid={"T1-plain-0"})}


def test_options_and_questions_are_shown_in_any_order():
    slots = [paper.draw(POOL, RULES, Random(seed)) for seed in SEEDS]
    for one in slots:
        assert all(sorted(slot.order) == list(range(BY_VERSION[slot.version].options)) for slot in one)
    assert len({slot.order for one in slots for slot in one if len(slot.order) == 4}) == 24
    assert len({BY_VERSION[one[0].version].topic for one in slots}) == 14


def test_the_same_chance_draws_the_same_paper():
    assert paper.draw(POOL, RULES, Random(7)) == paper.draw(POOL, RULES, Random(7))
    assert paper.draw(POOL, RULES, Random(7)) != paper.draw(POOL, RULES, Random(8))


def test_a_question_that_was_shown_often_comes_more_rarely():
    worn = [replace(one, shown=6 if one.question == "T1-plain-0" else 0) for one in POOL]
    assert sum("T1-plain-0" in {one.question for one in drawn(seed, worn)} for seed in SEEDS) < 10


def test_a_number_shown_beyond_all_bounds_does_not_break_the_draw():
    worn = [replace(one, shown=10**9 if one.question.endswith("0") else 0) for one in POOL]
    assert len(drawn(1, worn)) == 20


@pytest.mark.parametrize("topic", ["T1", "T7", "T13"])
def test_a_bank_that_is_too_small_is_refused_in_words(topic):
    gone = ("T13", "T14") if topic == "T13" else (topic,)
    with pytest.raises(Refused, match="there are not enough questions") as refused:
        paper.draw([one for one in POOL if one.topic not in gone], RULES, Random(1))
    assert refused.value.code == "bank-too-small"


def test_a_bank_without_critical_questions_of_a_topic_is_refused():
    with pytest.raises(Refused):
        paper.draw([one for one in POOL if not (one.topic == "T9" and one.critical)], RULES, Random(1))


def rated(seed: int) -> dict[str, Candidate]:
    """The pool with shares from easy to hard, a third of them unknown."""
    chance = Random(seed)
    return {
        one.question: replace(one, expected=None if chance.random() < 1 / 3 else chance.uniform(0.3, 1.0))
        for one in POOL
    }


def test_two_papers_differ_by_at_most_half_a_mark_and_every_question_has_its_turn():
    pool, chance = rated(1), Random(2)
    shares = levelling.expectations((one.version, one.topic, one.expected) for one in pool.values())
    sums = []
    for _ in range(1000):
        slots = paper.draw(list(pool.values()), RULES, chance)
        sums.append(sum(shares[slot.version] for slot in slots))
        for slot in slots:
            pool[slot.question] = replace(pool[slot.question], shown=pool[slot.question].shown + 1)
    assert max(sums) - min(sums) <= 0.5
    shown: dict[tuple[str, bool], list[int]] = {}
    for one in pool.values():
        shown.setdefault((one.topic, one.critical), []).append(one.shown)
    assert [key for key, counts in shown.items() if max(counts) > 1.5 * min(counts)] == []


def test_levelling_keeps_quotas_foes_and_the_questions_to_avoid():
    pool = list(rated(3).values())
    first = {one.question for one in paper.draw(pool, RULES, Random(1))}
    again = paper.draw(pool, RULES, Random(2), first)
    assert not first & {one.question for one in again}
    topics = Counter(BY_VERSION[slot.version].topic for slot in again)
    assert all(sum(topics[topic] for topic in place.topics) == place.count for place in RULES.places)


def test_a_bank_that_cannot_be_level_gives_the_closest_paper():
    easy = [replace(one, expected=0.99) for one in POOL]
    hard = [replace(one, expected=0.01) if one.topic == "T1" and one.question == "T1-plain-0" else one for one in easy]
    assert len(paper.draw(hard, RULES, Random(1))) == 20
