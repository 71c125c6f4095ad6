"""A question is short, plain and respectful, and does not give its answer away."""

from dataclasses import replace

import pytest

from quiz.domain import terms, wording
from quiz.domain.question import Option
from tests.make import draft

PLAIN = draft()


def found(**changes):
    return [problem.message for problem in wording.problems(replace(PLAIN, **changes))]


def texts(*words, right=0):
    """Options with these words; the one at `right` is the right one."""
    return tuple(Option(text, right=place == right, why="So.") for place, text in enumerate(words))


def test_a_question_with_nothing_wrong():
    assert found() == []


@pytest.mark.parametrize(
    "text",
    [
        "Do not let her go unless her gran is there",
        "Never drive without asking nobody",
        "It isn't impossible that she is ill",
        "Nobody can do nothing",
    ],
)
def test_two_negatives_in_one_breath_are_refused(text):
    (message,) = found(stem=f"{text}. What now?")
    assert "is a double negative" in message


@pytest.mark.parametrize(
    "text", ["Do not ask, and never follow", "Nobody is there and nothing moves", "Do not go to no one but her"]
)
def test_two_negatives_that_stand_apart_are_plain(text):
    assert [message for message in found(stem=f"{text}. What now?") if "double" in message] == []


@pytest.mark.parametrize(
    "stem",
    ["Which of these is not a sign?", "What should you never do?", "A girl is lost. What should you not say to her?",
     "Whom can't you tell?", "Which two things do not belong in a note?", "How must you never wake a passenger?"],
)  # fmt: skip
def test_a_question_for_what_is_wrong_is_refused(stem):
    assert "Ask what to do, not what NOT to do: rewrite the question without NOT or EXCEPT" in found(stem=stem)


@pytest.mark.parametrize(
    "stem",
    ["You are not sure. What should you do?", "What should you do when he does not answer?",
     "‘I do not know him,’ she says. What should you do?", "Whom do you ring if it is not urgent?",
     "Which of them is a child who is not yet at school?"],
)  # fmt: skip
def test_a_scene_may_say_what_is_not_so(stem):
    assert [message for message in found(stem=stem) if "NOT" in message] == []


@pytest.mark.parametrize("stem", ["The first thing to ring is the", "You should find an", "The best things to do are:"])
def test_a_stem_that_the_option_completes_gives_it_away(stem):
    (message,) = found(stem=stem)
    assert "gives it away by grammar" in message


def test_a_question_for_one_answer_does_not_ask_for_two():
    assert found(stem="Which two things do you do?") == ["Ask for one answer, or mark two right"]
    assert found(stem="You see two girls. What do you do?") == []


def test_a_choose_two_question_says_so():
    five = (*PLAIN.options, Option("Ring somebody at home and ask", right=True))
    assert found(stem="What do you do?", two=True, options=five) == ["Ask “Which two …?”, since two answers are wanted"]
    assert found(stem="Which two things do you do?", two=True, options=five) == []


@pytest.mark.parametrize(
    "options",
    [
        ("Ring them now.", "Wait for her", "Ask him first", "Go away soon"),
        ("ring them now", "Wait for her", "Ask him first", "Go away soon"),
        ("'Ring them now", "Wait for her", "Ask him first", "Go away soon"),
        ("Ring them. Then wait", "Wait for her", "Ask him first", "Go away soon"),
    ],
)
def test_the_right_option_does_not_look_like_the_odd_one_out(options):
    assert [message for message in found(options=texts(*options)) if "write all options alike" in message]
    assert found(options=texts(*options, right=1)) == []


def test_a_word_of_the_question_that_only_the_right_option_has_gives_it_away():
    stem = "A school bus stops near you. What do you do?"
    options = ("Ring the schools", "Ring the office", "Ring the doctor", "Ring the father")
    (message,) = found(stem=stem, options=texts(*options))
    assert "“school”" in message
    assert found(stem=stem, options=texts(*options[:3], "Ring a school later")) == []
    assert found(stem=stem, options=texts(*options, right=1)) == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("A streetwise girl gets in", "somebody is putting the child at risk"),
        ("He is a runaway", "a child who may be missing"),
        ("The boy claims to be ill", "said"),
        ("A wheelchair-bound man", "uses a wheelchair"),
        ("Under-age girls", "child"),
        ("An addict gets in", "a person who has taken drugs"),
        ("Ask the elderly first", "older people"),
    ],
)
def test_a_disrespectful_or_outdated_term_comes_with_a_better_one(text, instead):
    (message,) = found(stem=f"{text}. What do you do?")
    assert message.startswith("Do not use “")
    assert instead in message


EXAMPLES = (
    "a child prostitute", "a promiscuous boy", "her lifestyle choice", "he puts himself at risk", "child porn",
    "an underage girl", "an absconder", "just a domestic", "the woman claimed it", "a handicapped man",
    "she is wheelchair-bound", "a mental patient", "a deaf and dumb man", "an old dear", "a junkie",
    "an illegal immigrant", "a coloured man",
    "a Chinese man", "a black woman", "a Muslim family", "an asylum hostel", "in broken English",
    "takeaway owners who groom", "typical of kebab drivers",
)  # fmt: skip


def test_every_term_of_the_lists_is_met_by_an_example():
    lists = (*terms.RESPECT, *terms.STEREOTYPE)
    assert [term.pattern for term, _ in lists if not any(map(term.search, EXAMPLES))] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_refused_with_what_to_write(text):
    messages = found(stem=f"You drive past {text}. What do you do?")
    assert any("write " in message or "Say what the person does" in message for message in messages)


@pytest.mark.parametrize(
    "text",
    ["An Asian man gets in", "She wears a headscarf", "He is a refugee", "A boy with an accent", "Two white men wait",
     "A kebab shop is open"],
)  # fmt: skip
def test_origin_faith_speech_and_trade_stay_outside_the_equality_topic(text):
    (message,) = found(stem=f"{text}. What do you do?")
    assert "Say what the person does" in message
    assert found(stem=f"{text}. What do you do?", topic="T12") == []


@pytest.mark.parametrize(
    "text", ["A white car waits", "A black bag", "She does not know the town", "The takeaway is shut"]
)
def test_plain_descriptions_may_be_given(text):
    assert found(stem=f"{text}. What do you do?") == []


def test_a_long_sentence_is_split_wherever_it_is_read():
    assert ["Split this sentence" in message for message in found(why="word " * 21)] == [True]


def test_a_quotation_ends_a_sentence():
    assert wording.sentences("He said, 'I am ill.' She waits. Why?") == ["He said, 'I am ill.", "She waits.", "Why?"]


def test_words_meet_whatever_their_ending():
    assert wording.content("The girls' phones rang; she phoned from my phone") == {"girl", "phon", "rang"}
