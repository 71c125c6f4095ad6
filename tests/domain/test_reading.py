"""How hard a question is to read."""

import pytest

from quiz.domain import reading


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("police", 2), ("taxi", 2), ("stopped", 1), ("wanted", 2), ("little", 2), ("the", 1), ("boxes", 2),
     ("children", 2), ("passenger", 3), ("emergency", 4), ("girl's", 1), ("rhythm", 1), ("makes", 1), ("safe", 1)],
)  # fmt: skip
def test_syllables_are_counted_about_right(word, count):
    assert reading.syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid():
    # Two sentences, eight words, ten syllables: 0.39 * 8/2 + 11.8 * 10/8 - 15.59 = 0.72
    assert reading.grade(["The taxi stops here. Ring the police now."]) == pytest.approx(0.72)


def test_each_option_ends_a_sentence():
    assert reading.grade(["Stop here", "Go home"]) == reading.grade(["Stop here. Go home."])


def test_no_words_have_no_grade():
    assert reading.grade(["", "?"]) == 0


@pytest.mark.parametrize(
    "word", ["stop", "stops", "stopped", "stopping", "driver", "drive", "carries", "easily", "taken"]
)
def test_an_everyday_word_is_known_in_all_its_forms(word):
    assert reading.known(word, {"stop", "drive", "carry", "easy", "take"})


@pytest.mark.parametrize("word", ["stopwatch", "notification", "sto"])
def test_another_word_is_not(word):
    assert not reading.known(word, {"stop", "drive", "carry"})
