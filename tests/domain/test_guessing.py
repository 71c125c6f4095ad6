"""Guessers see only the words; what they single out is counted as it is."""

from dataclasses import replace
from random import Random

import pytest

from quiz.domain import guessing
from quiz.domain.question import Option
from tests.make import draft


def question(*texts, right=(0,), stem="A girl is in your taxi. What do you do?", **changes):
    options = tuple(Option(text, right=place in right) for place, text in enumerate(texts))
    return draft(stem=stem, options=options, **changes)


def singled(scorer, *texts, **changes):
    scores = scorer(question(*texts, **changes))
    return [text for text, score in zip(texts, scores, strict=True) if score == max(scores)]


@pytest.mark.parametrize(
    ("scorer", "texts", "best"),
    [
        (guessing.longest, ("Go", "Go now", "Go away now", "Go on"), ["Go away now"]),
        (guessing.shortest, ("Go", "Go now", "Go away now", "Go on"), ["Go"]),
        (guessing.like_the_stem, ("Take the girl home", "Take her home", "Go home", "Go on"), ["Take the girl home"]),
        (guessing.reports, ("Ring 999", "Tell the police on 101", "Go on", "Wait"), ["Tell the police on 101"]),
        (
            guessing.cautious,
            ("Stay calm and offer help", "Drive off", "Shout at him", "Go"),
            ["Stay calm and offer help"],
        ),
        (
            guessing.unlike_the_others,
            ("Ring the man", "Ring the shop", "Walk away", "Ring the shop man"),
            ["Walk away"],
        ),
        (guessing.without_the_worst, ("Follow him", "Ring them", "Wait", "Eat"), ["Ring them", "Wait", "Eat"]),
        (
            guessing.test_wise,
            ("Ring 999 and stay calm", "Shout at him", "Follow him", "Eat"),
            ["Ring 999 and stay calm"],
        ),
        (guessing.at_random, ("a", "bb", "ccc", "dddd"), ["a", "bb", "ccc", "dddd"]),
    ],
)
def test_a_guesser_follows_its_clue(scorer, texts, best):
    assert singled(scorer, *texts) == best


def test_a_guesser_ticks_one_option_or_two():
    one = question("a", "bb", "ccc", "dddd")
    assert guessing.choose(one, guessing.longest(one), Random(1)) == {3}
    two = question("a", "bb", "ccc", "dddd", "eeeee", right=(3, 4), two=True)
    assert guessing.choose(two, guessing.longest(two), Random(1)) == {3, 4} == guessing.right(two)


def test_equal_options_are_chosen_by_lot():
    one = question("a", "b", "c", "d")
    chosen = {min(guessing.choose(one, guessing.longest(one), Random(seed))) for seed in range(50)}
    assert chosen == {0, 1, 2, 3}


def test_a_clue_is_counted_where_it_singles_out_one_option():
    bank = [
        question("long one", "b", "c", "d"),
        question("long one", "b", "c", "d", right=(1,)),
        question("same", "same", "c", "d"),
        question("long one", "b", "c", "d", "e", right=(0, 1), two=True),
    ]
    assert guessing.cue(bank, guessing.longest) == guessing.Cue(2, 1)
    assert guessing.cue(bank, guessing.longest).share == 0.5
    assert guessing.cue(bank, guessing.at_random).share == 0


def test_the_right_option_at_an_end_is_counted_among_single_answers():
    bank = [question("long one", "b", "cc", "dd"), question("a", "bb", "cc", "dd"), question("aa", "b", "cc", "ddd")]
    assert guessing.at_an_end(bank) == (1 / 3, 1 / 3)


def test_word_statistics_learn_from_the_other_half_only():
    easy = [replace(question("Ring now", "Wait then", "Go off", "Ask him"), id=f"t01-q{n:02}") for n in range(10)]
    score = guessing.learned(easy)(easy[0])
    assert score[0] == max(score)
    alone = [replace(question("Ring now", "Wait then", "Go off", "Ask him"), id="t01-a"),
             replace(question("Stay put", "Walk by", "Sit down", "Turn back"), id="t01-b")]  # fmt: skip
    assert len(set(guessing.learned(alone)(alone[0]))) == 1


def test_words_that_tell_are_named_with_their_counts():
    easy = [question("Ring now", "Wait then", "Go off", "Ask him") for _ in range(10)]
    assert ("ring", 10, 10) in guessing.telling(easy)
    assert all(word not in ("wait", "go") for word, _, _ in guessing.telling(easy))
    assert guessing.telling(easy, least=11) == []
