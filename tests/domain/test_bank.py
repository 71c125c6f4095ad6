"""Problems that only show across questions, and whether a bank can fill papers."""

from dataclasses import dataclass, replace

import pytest

from quiz.domain import bank
from quiz.domain.question import Option
from tests.domain.samples import CRITICAL, QUOTAS, RULES
from tests.make import draft

FIRST = draft("t01-first", stem="A girl gets into your taxi with an older man. What do you do?")
OTHERS = tuple(
    Option(f"Ring the {word} office", right=word == "red", why="So.") for word in ("red", "blue", "old", "new")
)
SECOND = draft("t01-second", stem="Somebody leaves a bag on your back seat. Whom do you ring?", options=OTHERS)


@dataclass(frozen=True)
class Counted:
    topic: str
    critical: bool


# What one paper takes: the plain places once the critical questions of one topic have theirs, and the critical ones.
CRITICAL_OF_ONE_TOPIC = {topics: count for topics, count in CRITICAL.items() if len(topics) == 1}
PLAIN = {topics: count - CRITICAL_OF_ONE_TOPIC.get(topics, 0) for topics, count in QUOTAS.items()}
JUST_ENOUGH = [
    *(Counted(topics[0], False) for topics, count in PLAIN.items() for _ in range(count)),
    *(Counted(topics[0], True) for topics, count in CRITICAL.items() for _ in range(count)),
]


def test_different_questions_have_no_problem():
    assert list(bank.problems([FIRST, replace(SECOND, foes=("t01-first",))])) == []


def test_two_questions_cannot_have_one_id():
    ((key, problem),) = bank.problems([FIRST, replace(SECOND, id="t01-first")])
    assert (key, problem.field) == ("t01-first", "id")


def test_a_foe_must_exist():
    ((key, problem),) = bank.problems([FIRST, replace(SECOND, foes=("t01-gone",))])
    assert (key, problem.field, "“t01-gone”" in problem.message) == ("t01-second", "foes", True)


def test_nearly_the_same_question_is_told_at_the_later_one():
    again = replace(SECOND, stem="In the taxi: a girl gets into your taxi with an older man! What would you do?")
    ((key, problem),) = bank.problems([FIRST, replace(again, stem=FIRST.stem.replace("A girl", "The girl"))])
    assert (key, problem.field, "“t01-first”" in problem.message) == ("t01-second", "stem", True)


def test_a_bank_that_just_fills_one_paper_has_no_shortage():
    assert list(bank.shortages(JUST_ENOUGH, RULES)) == []


@pytest.mark.parametrize("gone", dict.fromkeys(JUST_ENOUGH), ids=lambda one: f"{one.topic} {one.critical}")
def test_one_question_fewer_is_a_shortage(gone):
    fewer = list(JUST_ENOUGH)
    fewer.remove(gone)
    (words,) = bank.shortages(fewer, RULES)
    assert gone.topic in words
    assert ("that are not critical" in words) is not gone.critical


def test_three_papers_need_three_times_as_many():
    assert list(bank.shortages(JUST_ENOUGH * 3, RULES, papers=3)) == []
    assert len(list(bank.shortages(JUST_ENOUGH * 2, RULES, papers=3))) == len(CRITICAL) + len(
        [n for n in PLAIN.values() if n]
    )


def test_questions_with_a_fifth_of_other_words_are_not_nearly_the_same():
    five = draft("t01-five", stem="red green blue white black", options=OTHERS)
    assert list(bank.beside(five, [draft("t01-four", stem="red green blue white")])) == []
    assert len(list(bank.beside(five, [draft("t01-same", stem="Black, white, blue, green, red?")]))) == 1


def test_questions_without_words_are_not_the_same():
    assert list(bank.problems([draft("t01-a", stem="?"), draft("t01-b", stem="!", options=OTHERS)])) == []


def test_a_shortage_says_how_many_are_needed_and_how_many_there_are():
    words = list(bank.shortages(JUST_ENOUGH, RULES, papers=3))
    assert "“T7” needs 6 critical questions from T7; there are 2" in words
    assert "T13 or T14 needs 3 questions that are not critical; there are 1" in words


def test_a_question_beside_the_others_is_checked_like_the_whole_bank():
    found = list(bank.beside(replace(FIRST, id="t01-new", foes=("t01-second", "t01-gone")), [FIRST, SECOND]))
    assert [(problem.field, problem.message) for problem in found] == [
        ("foes", "There is no question “t01-gone”"),
        ("stem", "This is nearly the same question as “t01-first”; ask something else"),
    ]


def test_a_question_may_be_like_its_own_older_version():
    assert list(bank.beside(FIRST, [FIRST, SECOND])) == []


def test_the_same_options_again_are_told_at_the_later_question():
    ((key, problem),) = bank.problems([FIRST, replace(SECOND, options=FIRST.options[::-1])])
    assert (key, problem.field, "“t01-first” has the same options" in problem.message) == (
        "t01-second",
        "options",
        True,
    )


HALF = replace(SECOND, stem="A girl gets into your taxi with an older woman. What now?")


def test_questions_that_are_half_alike_should_be_foes():
    ((key, problem),) = bank.warnings([FIRST, HALF])
    assert (key, problem.field, "“t01-first”" in problem.message) == ("t01-second", "foes", True)
    assert list(bank.warnings([replace(FIRST, foes=("t01-second",)), HALF])) == []
    assert list(bank.warnings([FIRST, SECOND])) == []


def test_a_bank_for_one_paper_allows_one_and_a_bank_for_three_allows_three():
    assert bank.disjoint(JUST_ENOUGH, RULES)[None] == 1
    many = bank.disjoint(JUST_ENOUGH * 3, RULES)
    assert set(many.values()) == {3}
    assert set(many) == {*RULES.places, None}


def test_the_scarcest_kind_of_question_says_how_many_papers_share_nothing():
    found = bank.disjoint([*JUST_ENOUGH * 2, *(Counted("T7", True) for _ in range(20))], RULES)
    assert {place.topics: count for place, count in found.items() if place} == dict.fromkeys(QUOTAS, 2)
    assert bank.disjoint([one for one in JUST_ENOUGH if one.topic != "T12"], RULES)[None] == 0
