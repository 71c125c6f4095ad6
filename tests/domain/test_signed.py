"""The code in a QR picture: read from what people paste, and false as soon as one character differs."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from quiz.domain import signed
from quiz.domain.errors import Refused
from quiz.domain.signed import Finding, Statement
from quiz.formats import signing
from quiz.formats.signing import Signer

SIGNER = Signer(bytes(range(32)))
KEY = SIGNER.public(1)
STATEMENT = Statement("8T6F7PNPWKC7P3R", date(2026, 11, 23), date(2029, 11, 23), "PILOT")
CODE = signing.sign(SIGNER, STATEMENT).text()
ADDRESS = f"https://test.example.org/verify/8T6F7-PNPWK-C7P3R#{CODE}"


@pytest.mark.parametrize("typed", [CODE, ADDRESS, f"  {ADDRESS[:90]}\n{ADDRESS[90:]} "])
def test_a_code_is_read_from_whatever_was_pasted(typed):
    given = signed.read(typed)
    assert given.statement == STATEMENT
    assert signing.check([KEY], given) is Finding.GENUINE
    assert given.text() == CODE


@pytest.mark.parametrize("typed", ["", "#", ADDRESS[:-1], CODE.replace("20261123", "20261323"), "x" * 10_000])
def test_what_is_no_code_is_none(typed):
    assert signed.read(typed) is None


def test_no_character_of_the_signed_words_can_be_changed():
    words, _, signature = CODE.rpartition(".")
    accepted = []
    for place, character in enumerate(words):
        for other in "3L7S0a":
            given = (
                signed.read(f"{words[:place]}{other}{words[place + 1 :]}.{signature}") if other != character else None
            )
            if given and signing.check([KEY], given) is Finding.GENUINE:
                accepted.append((place, other))
    assert accepted == []


def test_a_code_by_another_key_or_by_one_that_was_given_up_proves_nothing():
    given = signed.read(CODE)
    assert signing.check([Signer(bytes(32)).public(1)], given) is Finding.UNKNOWN_KEY
    gone = replace(KEY, given_up=datetime(2026, 12, 1, tzinfo=UTC))
    assert signing.check([gone], given) is Finding.GIVEN_UP


def test_what_was_signed_for_one_thing_cannot_be_shown_for_another():
    other = SIGNER.sign("quiz-other-1\n", STATEMENT.text(KEY.id).encode())
    assert signing.check([KEY], replace(signed.read(CODE), signature=other)) is Finding.ALTERED


def test_the_number_before_the_code_is_read_too():
    assert signed.number_before(ADDRESS) == STATEMENT.number
    assert signed.number_before(CODE) is None


def test_public_keys_come_back_from_their_file_and_nothing_else_does():
    keys = (KEY, replace(Signer(bytes(32)).public(2, demo=True), given_up=datetime(2026, 12, 1, tzinfo=UTC)))
    assert signing.read(signing.write(keys)) == keys
    for text in ("", "{}", '{"keys": [{"number": 1, "public": "AAAA", "demo": false, "given_up": null}]}'):
        with pytest.raises(Refused):
            signing.read(text)
