"""Everything that can be wrong with a question is said in words, at the field where it is mended."""

from dataclasses import replace
from datetime import date

import pytest

from quiz.domain import checking
from quiz.domain.question import Known, Option
from tests.make import draft

KNOWN = Known(
    topics=frozenset({"T1", "T7"}),
    sources=frozenset({"RECOMMENDATION"}),
    sections=frozenset({"start-here#three-lines"}),
    contacts=frozenset({"police"}),
    critical_topics=frozenset({"T7"}),
)
PLAIN = draft()
UNSAFE = {"unsafe": True, "harm": "A child stays in danger.", "source": "RECOMMENDATION"}
TWO = "A passenger worries you. Which two things do you do?"
FIFTH = Option("Ring your family and ask them", why="They cannot help.")
WORD = "word "


def options(**changes):
    """The options of a plain question; `at=1` says which of them is changed (1 is the right one)."""
    at = changes.pop("at", 2)
    return tuple(replace(one, **changes) if n == at else one for n, one in enumerate(PLAIN.options, 1))


def found(**changes):
    return list(checking.problems(replace(PLAIN, **changes), KNOWN))


def test_a_question_with_nothing_wrong():
    assert found() == []


def test_a_choose_two_question_with_nothing_wrong():
    assert found(two=True, stem=TWO, options=(*options(right=True, why=""), FIFTH)) == []


def test_a_critical_question_with_nothing_wrong():
    assert found(topic="T7", options=options(**UNSAFE)) == []


@pytest.mark.parametrize("text", ["Ring 999 or 101, or press 55?", "Ring {number:police} ({name:police}) now?"])
def test_emergency_numbers_and_placeholders_may_stand_in_a_question(text):
    assert found(stem=text) == []


@pytest.mark.parametrize(
    ("right", "wrong", "problems"), [(24, 20, 0), (25, 20, 1), (13, 10, 0), (14, 10, 1)], ids=lambda length: str(length)
)
def test_a_right_option_may_be_longer_by_a_fifth_or_by_three_letters(right, wrong, problems):
    texts = ("x" * right, *(letter * wrong for letter in "abc"))
    lengths = tuple(replace(one, text=text) for one, text in zip(PLAIN.options, texts, strict=True))
    assert len(found(options=lengths)) == problems


def test_a_question_may_be_as_long_as_the_rules_say():
    texts = [f"{n} {WORD * (length - 1)}" for n, length in enumerate((14, 14, 14, 8))]
    longest = tuple(replace(one, text=text) for one, text in zip(PLAIN.options, texts, strict=True))
    assert found(stem=(WORD * 19 + "end. ") * 2 + WORD * 10, options=longest) == []


def test_two_options_may_be_unsafe():
    two = tuple(replace(one, **UNSAFE) if n in (2, 3) else one for n, one in enumerate(PLAIN.options))
    assert found(topic="T7", options=two) == []


@pytest.mark.parametrize(
    "text", ["", "Say so", "t1-short", "t01", "t01-", "t01-Capital", "t01--two", "t01-a_b", "x01-a"]
)
def test_an_id_has_one_form(text):
    assert [problem.field for problem in found(id=text)] == ["id"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"stem": " "}, "stem", "Write the question"),
        ({"why": ""}, "why", "Say why the right answer is right"),
        ({"sources": ()}, "sources", "at least one source"),
        ({"options": PLAIN.options[:3]}, "options", "has 4 options; this one has 3"),
        ({"two": True, "stem": TWO, "options": (*PLAIN.options, FIFTH)}, "options", "Mark exactly 2 right"),
        ({"options": options(at=1, right=False, why="So.")}, "options", "Mark exactly 1 right"),
        ({"options": options(right=True)}, "options", "Mark exactly 1 right"),
        ({"options": options(text="ask the other drivers, at the rank!")}, "options", "say the same thing"),
        ({"options": options(text="Tell somebody who can help you today")}, "options", "nearly the same thing"),
        ({"options": options(at=1, text="X" * 40)}, "options", "the longest by more than 20 %"),
        ({"two": True, "stem": TWO, "options": (*options(right=True, why=""), replace(FIFTH, **UNSAFE)), "topic": "T7"},
         "options", "Only single-answer questions"),
        ({"topic": "T7", "options": (PLAIN.options[0], *(replace(one, **UNSAFE) for one in PLAIN.options[1:]))},
         "options", "At most 2 options may be unsafe"),
        ({"topic": "T7", "options": options(at=1, **UNSAFE)}, "options", "cannot be right and unsafe"),
        ({"options": options(**UNSAFE)}, "options", "draws no critical question from T1"),
        ({"stem": "What should you NOT do now?"}, "stem", "without NOT or EXCEPT"),
        ({"stem": "Do all of these except which one?"}, "stem", "without NOT or EXCEPT"),
        ({"options": options(text="All of the above")}, "options", "Write a real option"),
        ({"options": options(text="None of these")}, "options", "Write a real option"),
        ({"stem": (WORD * 13 + "end. ") * 4}, "stem", "The question has 56 words; use 50 or fewer"),
        ({"stem": WORD * 21}, "stem", "Split this sentence, it has 21 words"),
        ({"stem": (WORD * 14 + "end. ") * 3, "options": tuple(
            replace(one, text=f"{n} {WORD * 13}") for n, one in enumerate(PLAIN.options))},
         "stem", "have 101 words together; use 100 or fewer"),
        ({"stem": "A promiscuous girl gets in. What do you do?"}, "stem", "Do not use “promiscuous”"),
        ({"stem": "Ring 01632 960 001?"}, "stem", "Write {number:KEY} instead"),
        ({"topic": "T99"}, "topic", "no topic “T99”"),
        ({"sources": ("RECOMMENDATION", "HEARSAY")}, "sources", "no source “HEARSAY”"),
        ({"section": "start-here"}, "section", "no handbook section “start-here”"),
        ({"section": "start-here#nowhere"}, "section", "no handbook section “start-here#nowhere”"),
        ({"stem": "Ring {number:nobody}?"}, "stem", "no contact “nobody”"),
        ({"stem": "Ring {numer:police}?"}, "stem", "may stand in braces"),
        ({"stem": "Ring {number:police?"}, "stem", "may stand in braces"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_told_at_its_field(changes, field, words):
    (problem,) = found(**changes)
    assert problem.field == field
    assert words in problem.message


@pytest.mark.parametrize("text", ["Ring 999 when your shift ends", "Follow them and ring 999"])
def test_a_late_or_dangerous_call_may_be_unsafe(text):
    assert found(topic="T7", options=options(**{**UNSAFE, "text": text})) == []


@pytest.mark.parametrize(
    ("changes", "part", "words"),
    [
        ({"text": ""}, "text", "Write the words of this option"),
        ({"why": " "}, "why", "Say why a decent driver might choose it"),
        ({"text": WORD * 15}, "text", "has 15 words; use 14 or fewer"),
        ({"text": "Call him handicapped"}, "text", "Do not use “handicapped”"),
        ({"text": "Ring 0808 800 5000 later on"}, "text", "Write {number:KEY} instead"),
        ({"text": "Ring {name:nobody} later on today"}, "text", "no contact “nobody”"),
        ({"text": "Ring {Name:police} later on"}, "text", "may stand in braces"),
        ({"unsafe": True, "source": "RECOMMENDATION"}, "harm", "what harm"),
        ({**UNSAFE, "harm": "Harm."}, "harm", "what harm"),
        ({**UNSAFE, "harm": "A child stays in danger"}, "harm", "what harm"),
        ({**UNSAFE, "source": ""}, "source", "Name the source"),
        ({**UNSAFE, "source": "HEARSAY"}, "source", "no source “HEARSAY”"),
        ({**UNSAFE, "text": "Ring 999 and report what you saw"}, "text", "Reporting too much is never unsafe"),
        ({"source": "RECOMMENDATION"}, "source", "names the source of a harm but is not marked unsafe"),
        ({"why": WORD * 21}, "why", "Split this sentence"),
        ({"why": "He was handicapped."}, "why", "Do not use “handicapped”"),
        ({"harm": "Somebody is hurt."}, "harm", "names a harm but is not marked unsafe"),
    ],
)
def test_what_is_wrong_with_an_option_is_told_at_that_option(changes, part, words):
    (problem,) = found(topic="T7", options=options(at=3, **changes))
    assert (problem.field, problem.option, problem.part) == ("options", 3, part)
    assert words in problem.message


def test_every_problem_is_told_at_once():
    wrong = found(id="", stem="", why="", sources=(), topic="T99", section="nowhere")
    assert {problem.field for problem in wrong} == {"id", "stem", "why", "sources", "topic", "section"}


def test_a_problem_of_an_option_says_which():
    (problem,) = found(options=options(at=4, why=""))
    assert str(problem).startswith("Option 4: ")


def test_nothing_known_leaves_references_unchecked():
    assert list(checking.problems(replace(PLAIN, topic="T99", sources=("X",), stem="{name:x}?"), Known())) == []


def warned(today=date(2026, 11, 26), everyday=frozenset(), **changes):
    return list(checking.warnings(replace(PLAIN, **changes), replace(KNOWN, everyday=everyday), today))


def test_a_plain_question_in_good_time_warns_of_nothing():
    assert warned() == []


@pytest.mark.parametrize(("review_by", "warns"), [(date(2026, 11, 25), True), (date(2026, 11, 26), False)])
def test_a_question_whose_day_has_passed_is_to_be_read_again(review_by, warns):
    assert ["review_by" in problem.field for problem in warned(review_by=review_by)] == [True] * warns


def test_a_hard_question_says_its_grade():
    (problem,) = warned(
        stem="Considerable safeguarding responsibilities necessitate immediate notification of authorities?"
    )
    assert "The reading grade is" in problem.message


def test_a_name_is_no_hard_word_wherever_it_stands():
    words = frozenset("you drive to school waves at what do it".split())
    texts = tuple(replace(one, text=text) for one, text in zip(PLAIN.options, ["Drive"] * 4, strict=True))
    stem = "You drive Zeb to school. Zeb waves at you. What do you do?"
    assert warned(everyday=words, stem=stem, options=texts) == []
    (problem,) = warned(everyday=words, stem="Zeb waves at you. What do you do?", options=texts)
    assert "Not on the list of everyday words: zeb" in problem.message
    (problem,) = warned(everyday=words, stem="You drive to school. Zeb is a zeb. What do you do?", options=texts)
    assert "a, is, zeb" in problem.message or "is, zeb" in problem.message


def test_words_outside_the_everyday_list_are_named():
    words = frozenset(" ".join([PLAIN.stem, *(one.text for one in PLAIN.options)]).casefold().replace(".", " ").split())
    assert warned(everyday=words | {"what", "do", "wait", "ask", "leave", "it", "sure"}) == []
    (problem,) = warned(
        everyday=words - {"worries"} | {"what", "do", "it"}, stem="A passenger worries you. What do you do?"
    )
    assert "Not on the list of everyday words: worries" in problem.message
