"""Numbers that people copy by hand: what is copied wrongly is noticed, how it is spelled does not matter."""

from itertools import pairwise
from math import log2
from random import Random

import pytest

from quiz.domain import numbers

MADE = [numbers.make(Random(seed)) for seed in range(50)]


def test_a_number_reads_back_as_it_was_made():
    assert [numbers.read(numbers.show(made)) for made in MADE] == MADE


def test_a_number_that_was_printed_once_is_read_for_ever():
    assert numbers.read("H8KW4-6R7JT-4QC4Y") == "H8KW46R7JT4QC4Y"


def test_a_number_cannot_be_guessed():
    assert numbers.RANDOM_CHARACTERS * log2(len(numbers.ALPHABET)) >= 60
    assert len(set(MADE)) == len(MADE)


def test_no_two_characters_look_alike_and_no_vowel_makes_a_word():
    assert not set("01OILB2Z5SU") & set(numbers.ALPHABET)
    assert not set("AEIOU") & set(numbers.ALPHABET)


def test_every_single_wrong_character_is_noticed():
    wrong = [
        made[:place] + other + made[place + 1 :]
        for made in MADE[:20]
        for place in range(numbers.LENGTH)
        for other in numbers.ALPHABET
        if other != made[place]
    ]
    assert len(wrong) == 20 * numbers.LENGTH * (len(numbers.ALPHABET) - 1)
    assert [number for number in wrong if numbers.read(number)] == []


def test_every_swap_of_two_neighbours_is_noticed():
    swapped = [
        made[:place] + right + left + made[place + 2 :]
        for made in MADE
        for place, (left, right) in enumerate(pairwise(made))
        if left != right
    ]
    assert len(swapped) > 500
    assert [number for number in swapped if numbers.read(number)] == []


@pytest.mark.parametrize("spell", [str.lower, numbers.show, lambda n: f"  {n[:5]} {n[5:]}\n", "–".join, ". ".join])
def test_spaces_dashes_and_small_letters_do_not_matter(spell):
    assert numbers.read(spell(MADE[0])) == MADE[0]


@pytest.mark.parametrize(
    "typed", ["", MADE[0][:-1], MADE[0] + "3", "O" + MADE[0][1:], "\N{FULLWIDTH DIGIT THREE}" + MADE[0][1:], "A" * 15]
)
def test_what_cannot_be_a_number_is_none(typed):
    assert numbers.read(typed) is None


def test_a_number_is_shown_in_groups_of_five():
    assert numbers.show("346789CDFGHJKMN") == "34678-9CDFG-HJKMN"
