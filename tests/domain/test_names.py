"""Names of people: kept as they are written, compared without case and accents."""

import pytest

from quiz.domain import names


def test_a_name_is_tidied_but_not_changed():
    assert names.tidy("  Zoe\N{COMBINING DIAERESIS}  O'Neil ") == "Zoë O'Neil"


@pytest.mark.parametrize("name", ["Zoë O'Neil", "José García-López", "Nguyễn Văn Anh", "محمد علي", "X"])
def test_names_in_any_script_are_names(name):
    assert list(names.problems(name)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter the name"),
        ("x" * 101, "100 characters or fewer"),
        ("Sam\x00", "cannot be shown"),
        ("Sam\x1b[31m", "cannot be shown"),
        ("Sam\N{RIGHT-TO-LEFT OVERRIDE}", "cannot be shown"),
        ("Sam\N{LINE SEPARATOR}Driver", "cannot be shown"),
        ("Sam\ue000", "cannot be shown"),
        ("Sam\ud800", "cannot be shown"),
    ],
    ids=["empty", "too long", "control", "escape", "turns the text", "line", "private use", "half a character"],
)
def test_what_cannot_be_shown_is_named(name, words):
    (problem,) = names.problems(name)
    assert words in problem


def test_a_name_of_the_greatest_length_is_kept():
    assert list(names.problems("x" * 100)) == []


@pytest.mark.parametrize(
    "typed", ["Zoë O'Neil", "ZOË O’NEIL", "zoe o'neil", "  Zoe   O'Neil", "Zoe\N{COMBINING DIAERESIS} O'Neil"]
)
def test_a_search_finds_a_name_without_case_and_accents(typed):
    assert names.key(typed) == "zoe o'neil"
