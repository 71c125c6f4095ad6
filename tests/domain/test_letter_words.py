"""The words of letters: what cannot be kept, and what comes in place of braces."""

from dataclasses import replace

import pytest

from quiz.documents import email
from quiz.domain import letter_words
from quiz.domain.letter_words import ALLOWED, NEEDED, PLACEHOLDERS, Wording, problems
from quiz.domain.posting import MEMBERS, PRINTED, Kind

FINE = Wording("Take your test", "Dear {name}, sign in at {address} with {code}.")


def told(**changes: str) -> list[str]:
    return [words for _, words in problems(Kind.INVITATION, replace(FINE, **changes))]


@pytest.mark.parametrize("kind", Kind)
def test_the_words_that_come_with_the_program_can_be_kept(kind):
    original = email.original(kind)
    assert list(problems(kind, original)) == []
    assert letter_words.tidy(original.subject, original.body) == original


def test_the_invitation_asks_about_help_and_leads_to_handbook_and_practice():
    body = email.original(Kind.INVITATION).body
    assert {"handbook", "practice", "phone", "deadline"} <= set(letter_words.BRACES.findall(body))
    assert "Do you need more time, a reader, breaks or other help?" in body


def test_every_name_in_braces_is_explained_and_what_is_needed_is_allowed():
    assert all(set(NEEDED[kind]) <= set(ALLOWED[kind]) <= set(PLACEHOLDERS) for kind in Kind)


def test_an_unknown_name_in_braces_is_refused_and_the_known_ones_are_told():
    (words,) = told(body=FINE.body + " {licence_number}")
    assert words.startswith("{licence_number} is not known in this letter. You can use {name}, {licence}, ")
    assert "{deadline}" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": "Sign in at {address}."}, "The letter needs {code}: the access code"),
        ({"body": "Your code is {code}."}, "The letter needs {address}: the web address of the test"),
        ({"subject": "Your code is {code}"}, "{code} must not stand in the subject"),
        ({"subject": ""}, "Enter the subject"),
        ({"subject": "x" * 121}, "Use 120 characters or fewer"),
        ({"body": "{code} {address}" + "x" * 5000}, "Use 5000 characters or fewer"),
        ({"body": "{code} {address} \x07"}, "There is a character that cannot be shown"),
        ({"body": "{code} {address} {{name}}"}, "A brace stands alone"),
        ({"body": "{code} {address} }"}, "A brace stands alone"),
        ({"body": "{code} {address} { name }"}, "{ name } is not known"),
        ({"body": "{code} {address} {}"}, "{} is not known"),
    ],
)
def test_what_cannot_be_kept_is_said(changes, words):
    assert any(one.startswith(words) for one in told(**changes)), told(**changes)


def test_a_reminder_brings_no_code():
    words = [said for _, said in problems(Kind.REMINDER_7, Wording("Ring us", "{licence_end} {phone} {code}"))]
    assert len(words) == 1 and words[0].startswith("{code} is not known")


@pytest.mark.parametrize(
    "body", ["{address} {code}", "{address}\n{code}\n{code}", "{address}\n# {code}", "{address} {code}\n{code}"]
)
def test_on_paper_the_code_stands_once_on_a_line_of_its_own(body):
    for kind in PRINTED:
        (words,) = [said for _, said in problems(kind, Wording("Your code", body))]
        assert words.startswith("Write {code} once, on a line of its own")
        assert list(problems(kind, Wording("Your code", "{address}\n   {code}\nBye"))) == []


def test_letters_to_people_of_groups_name_no_licence():
    for kind in MEMBERS:
        original = email.original(kind)
        assert not [
            word for word in ("licen", "driver", "taxi") if word in f"{original.subject}{original.body}".lower()
        ]
        assert [said for _, said in problems(kind, replace(original, body=original.body + "{licence}"))]


def test_a_sentence_that_says_nothing_leaves_no_gap():
    assert (
        letter_words.fill("{reason} {pass_by}\nNow {pass_by} go", {"reason": "Yes.", "pass_by": ""}) == "Yes.\nNow go"
    )
    assert (
        letter_words.pass_by("") == "" and letter_words.pass_by("1 May 2027") == "Please pass the test by 1 May 2027."
    )


def test_values_come_in_place_of_braces_and_are_not_read_again():
    assert letter_words.fill("{name}: {code}, {x}", {"name": "{code}", "code": "ABC"}) == "{code}: ABC, {x}"


def test_a_licence_is_known_by_its_last_characters():
    assert letter_words.ending(["PH 12-34", "HC 1567", "ph/1234"]) == "234 or 567"
    assert letter_words.ending([]) == ""


@pytest.mark.parametrize(("number", "told"), [("1234", "34"), ("234", "4"), ("HC12", "12"), ("7", "(not shown here)")])
def test_a_short_licence_number_is_never_told_as_a_whole(number, told):
    assert letter_words.ending([number]) == told


def test_a_pilot_says_so_first():
    filled = email.filled(Kind.INVITATION, FINE, {"name": "Sam"}, "PILOT")
    assert filled.subject == "PILOT: Take your test"
    assert filled.body.startswith("PILOT. The council is trying out this test.")
    assert filled.body.endswith("Dear Sam, sign in at {address} with {code}.")


def test_training_is_real_in_a_pilot_too():
    words = email.filled(Kind.TRAINING, email.original(Kind.TRAINING), {}, "PILOT").body
    assert words.startswith("PILOT. The council is trying out this service. The training itself is real.")
