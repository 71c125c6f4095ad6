"""Papers drawn by the real rules, sat by guessers."""

from dataclasses import replace
from random import Random

import pytest

from quiz.domain import guessing, simulation
from quiz.domain.question import Option
from quiz.domain.simulation import Sat
from tests.domain.samples import CRITICAL, QUOTAS, RULES
from tests.make import draft

UNSAFE = {"unsafe": True, "harm": "A child is hurt by it.", "source": "RECOMMENDATION"}


def bank(copies=2):
    """A bank for two papers in which the right option is always the longest."""
    found = []
    for topics, count in (*QUOTAS.items(), *CRITICAL.items()):
        for n in range(count * copies):
            critical = len(found) >= copies * sum(QUOTAS.values())
            options = (Option("The longest of all", right=True), Option("Short", **UNSAFE if critical else {}),
                       Option("Other"), Option("Words"))  # fmt: skip
            found.append(draft(f"t{topics[0][1:]:>02}-{'c' if critical else 'p'}{n}", topic=topics[0], options=options))
    return found


@pytest.mark.parametrize(
    ("found", "of", "interval"), [(0, 10, (0.0, 0.2775)), (5, 10, (0.2366, 0.7634)), (0, 0, (0, 1))]
)
def test_the_interval_is_wilsons(found, of, interval):
    assert simulation.wilson(found, of) == pytest.approx(interval, abs=5e-5)


def test_papers_are_drawn_by_the_rules_and_evenly():
    drawn = list(simulation.papers(bank(), RULES, Random(7), 40))
    topics = {one.id: one.topic for one in bank()}
    assert {len(set(names)) for names in drawn} == {20}
    assert {sum(topics[name] == "T7" for name in names) for names in drawn} == {3}
    shown = [sum(name in names for names in drawn) for name in topics if name.startswith("t01-p")]
    assert max(shown) - min(shown) <= 4


def test_questions_of_a_topic_that_is_off_are_not_drawn():
    off = draft("t15-off", topic="T15")
    drawn = simulation.papers([*bank(), off], RULES, Random(7), 20)
    assert all("t15-off" not in names for names in drawn)


def test_whoever_follows_a_clue_that_is_always_right_passes_every_paper():
    drafts = bank()
    drawn = list(simulation.papers(drafts, RULES, Random(7), 10))
    assert simulation.sit(drafts, RULES, drawn, guessing.longest, Random(1)) == Sat(10, 10, 1.0)
    assert simulation.sit(drafts, RULES, drawn, guessing.shortest, Random(1)) == Sat(10, 0, 0.0)


def test_each_target_that_is_missed_is_named():
    drafts = bank()
    scorers = {"the longest option": guessing.longest}
    words = list(simulation.findings(drafts, {"the longest option": Sat(1000, 1000, 1.0)}, scorers))
    assert [word.split(":")[1].split(" ")[1] for word in words[:3]] == ["up", "the", "right"]
    assert words[3:] == [
        "the right option is the longest in 100%; it must be 20% to 30%",
        "the right option is the shortest in 0%; it must be 20% to 30%",
    ]


def test_a_bank_without_clues_has_nothing_to_name():
    even = [
        replace(one, options=tuple(replace(o, text=text) for o, text in zip(one.options, texts[n % 4], strict=True)))
        for texts in [
            (("aaaa", "b", "cc", "dd"), ("a", "bbbb", "cc", "dd"), ("aa", "b", "cccc", "dd"), ("aa", "bb", "c", "dddd"))
        ]
        for n, one in enumerate(bank())
    ]
    scorers = {"the longest option": guessing.longest}
    assert list(simulation.findings(even, {"the longest option": Sat(10_000, 4, 0.25)}, scorers)) == []


def test_the_learning_guesser_sits_with_the_others():
    assert len(simulation.guessers(bank())) == len(guessing.GUESSERS) + 1
