"""Signals: they say what was seen, and keep still where there is nothing to see."""

from datetime import timedelta

import pytest

from quiz.domain import signals
from quiz.domain.errors import Refused
from quiz.domain.signals import Reading

DAY = timedelta(days=1)


def test_faster_than_reading_is_said_from_five_questions_on():
    quick, slow = Reading(80, 5), Reading(80, 20)
    assert signals.fast([quick] * 4 + [slow] * 16) is None
    found = signals.fast([quick] * 5 + [slow] * 15)
    assert found.seen.startswith("5 of 20 questions were answered in less time") and found.but


def test_a_usual_reader_is_never_fast():
    assert signals.fast([Reading(80, 80 / 300 * 60)] * 20) is None


A, B = frozenset({1}), frozenset({2})


@pytest.mark.parametrize(
    ("theirs", "fires"),
    [
        ([{"a": A, "b": A, "c": A, "d": A}], True),
        ([{"a": A, "b": A, "c": A}], False),
        ([{"a": A, "b": B, "c": A, "d": A}], False),
        ([{"a": B, "b": B, "c": B, "d": B}], False),
        ([{"a": A, "b": A, "c": A, "d": B, "e": A}], True),
        ([], False),
    ],
    ids=["alike", "too few", "three of four", "different", "four of five", "alone"],
)
def test_near_identical_wrong_answers_in_one_session(theirs, fires):
    mine = {"a": A, "b": A, "c": A, "d": A, "e": A}
    assert (signals.alike(mine, theirs) is not None) is fires


@pytest.mark.parametrize(
    ("before", "score", "fires"),
    [(None, 20, False), ((12, DAY), 19, True), ((12, DAY), 18, False), ((12, 8 * DAY), 20, False)],
)
def test_a_leap_between_tries(before, score, fires):
    assert (signals.leap(before, score) is not None) is fires


def test_a_reply_has_words_and_an_end():
    for words in (" ", "x" * 2001):
        with pytest.raises(Refused):
            signals.must_be_reply(words)
