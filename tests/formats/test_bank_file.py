"""Question files: what is written loads back byte for byte, and a broken file tells everything that is wrong."""

from dataclasses import replace
from random import Random

import pytest

from quiz.formats import bank_file
from quiz.settings import ROOT
from tests.make import draft

TOPICS = sorted((ROOT / "question_bank" / "topics").glob("*.toml"))
AWKWARD = "\"'\\/\n\r\t\b\x00\x1f\x7f\x85\N{LINE SEPARATOR}\N{NO-BREAK SPACE}{}[]#=,é„“😀 a"

PLAIN = """\
# T1 Safeguarding basics

[[question]]
id = "t01-plain"
topic = "T1"
stem = "Who is a child?"
why = "The law says so."
sources = ["SST", "RECOMMENDATION"]
section = "who-is-at-risk#child"
review_by = 2027-11-21

[[question.option]]
text = "Anybody under 18"
right = true

[[question.option]]
text = "Anybody under 16"
why = "Sixteen is the age of consent."
"""


def problems(text):
    return [(key, problem.field, problem.message) for key, problem in bank_file.read(text)[1]]


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.name)
def test_every_committed_file_loads_back_byte_for_byte(path):
    text = path.read_text(encoding="utf-8")
    drafts, unreadable = bank_file.read(text)
    assert unreadable == []
    assert bank_file.write(drafts, text.partition("\n")[0].removeprefix("# ")) == text


def test_a_plain_question_leaves_out_what_goes_without_saying():
    drafts, unreadable = bank_file.read(PLAIN)
    assert unreadable == []
    assert bank_file.write(drafts, "T1 Safeguarding basics") == PLAIN


def test_everything_that_a_question_can_have_comes_back():
    options = (*draft().options[:3], replace(draft().options[3], unsafe=True, harm="Somebody is hurt."))
    full = draft(two=True, local=True, foes=("t01-a", "t01-b"), sources=("A", "B"), options=options)
    assert bank_file.read(bank_file.write([full, draft("t01-next")])) == ([full, draft("t01-next")], [])


def test_any_text_comes_back_as_it_was():
    for seed in range(200):
        chance = Random(seed)
        text = "".join(chance.choices(AWKWARD, k=12))
        odd = draft(
            why=text, stem=text.strip(), options=tuple(replace(o, text=text, harm=text) for o in draft().options)
        )
        assert bank_file.read(bank_file.write([odd])) == ([odd], [])


def test_an_empty_file_has_no_questions():
    assert bank_file.read("# Nothing yet\n") == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"t01-plain"', "t01-plain", ("", "file", "not a TOML file")),
        ("[[question]]", "[[question]]\n[[quiz]]", ("", "file", "Only [[question]] may stand here, not “quiz”")),
        ("# T1 Safeguarding basics", "council = 'Chorley'", ("", "file", "not “council”")),
        ('topic = "T1"', "", ("t01-plain", "topic", "“topic” is missing")),
        ('id = "t01-plain"', "", ("question 1", "id", "“id” is missing")),
        ('topic = "T1"', 'topic = "T1"\ntopics = "T1"', ("t01-plain", "topics", "A question has no “topics”")),
        ('topic = "T1"', "topic = 1", ("t01-plain", "topic", "“topic” must be text in quotes")),
        ('topic = "T1"', 'topic = "T1"\ntwo = "no"', ("t01-plain", "two", "“two” must be true or false")),
        ('topic = "T1"', 'topic = "T1"\nfoes = "t01-b"', ("t01-plain", "foes", "“foes” must be a list of texts")),
        ('["SST", "RECOMMENDATION"]', "[1]", ("t01-plain", "sources", "“sources” must be a list of texts")),
        ("2027-11-21", '"soon"', ("t01-plain", "review_by", "must be a date like 2027-11-21")),
        ("2027-11-21", "2027-11-21T10:00:00", ("t01-plain", "review_by", "must be a date like 2027-11-21")),
        ('text = "Anybody under 18"', "", ("t01-plain", "options", "An option has no “text”")),
        ("right = true", "right = 1", ("t01-plain", "right", "“right” must be true or false")),
        ("right = true", "correct = true", ("t01-plain", "correct", "An option has no “correct”")),
    ],
)
def test_what_is_wrong_with_a_file_is_named_with_question_and_field(old, new, expected):
    key, field, words = expected
    found = problems(PLAIN.replace(old, new))
    assert [(key, field)] == [(one, place) for one, place, message in found if words in message]


@pytest.mark.parametrize(
    "text", ["question = 3", "question = ['t01']", "[question]\nid = 't01-plain'"], ids=["number", "texts", "one table"]
)
def test_questions_that_are_no_tables_are_named(text):
    assert problems(text) == [("", "file", "Write each question under its own [[question]]")]


@pytest.mark.parametrize(
    "options", ["", "option = []", "option = 3", "option = ['Yes', 'No']", "option = {text = 'a'}"]
)
def test_options_that_are_no_tables_are_named(options):
    text = PLAIN.partition("[[question.option]]")[0] + options
    assert problems(text) == [("t01-plain", "options", "Write the options under [[question.option]]")]


def test_every_problem_of_every_question_is_named_at_once_and_the_good_ones_are_read():
    broken = PLAIN.replace('why = "The law says so."', "").replace("t01-plain", "t01-broken")
    worse = PLAIN.replace('"T1"', "1").replace("right = true", "right = 'yes'").replace("t01-plain", "t01-worse")
    drafts, _ = bank_file.read(PLAIN + broken + worse)
    assert [draft.id for draft in drafts] == ["t01-plain"]
    assert [found[:2] for found in problems(PLAIN + broken + worse)] == [
        ("t01-broken", "why"), ("t01-worse", "topic"), ("t01-worse", "right"),
    ]  # fmt: skip
