"""Which words went and which came."""

from dataclasses import replace

from quiz.domain.question import Option
from quiz.web.editor.comparing import GONE, NEW, SAME, Piece, differences, pieces
from tests.make import draft


def test_equal_questions_have_no_differences():
    assert differences(draft(), draft()) == []


def test_only_the_words_that_differ_are_marked():
    assert list(pieces("Ring the operator first", "Ring 999 first, now")) == [
        Piece(SAME, "Ring"), Piece(GONE, "the operator first"), Piece(NEW, "999 first, now"),
    ]  # fmt: skip


def test_each_part_that_differs_is_named_in_the_order_of_the_page():
    old = draft()
    options = (replace(old.options[0], text="Tell somebody"), *old.options[1:], Option("A fifth", right=True))
    new = draft(options=options, two=True, local=True, foes=("t01-other",), why="Because.")
    assert [change.part for change in differences(old, new)] == [
        "Kind", "Option 1", "Option 5", "Option 5 is", "Why the right answer is right", "Local agreement", "Foes",
    ]  # fmt: skip


def test_an_option_that_becomes_unsafe_is_told():
    old = draft()
    new = draft(options=(old.options[0], replace(old.options[1], unsafe=True, harm="Hurt."), *old.options[2:]))
    assert [(change.part, change.pieces[0].kind) for change in differences(old, new)] == [
        ("Option 2 is", GONE),
        ("Option 2, harm", NEW),
    ]
