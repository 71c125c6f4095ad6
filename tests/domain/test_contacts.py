"""Telephone numbers: in place of placeholders, on the card, and what is wrong with one."""

from dataclasses import replace
from datetime import date

import pytest

from quiz.domain import contacts
from quiz.domain.contacts import Contact, ContactSet
from quiz.domain.errors import Refused

POLICE = Contact("police", "Police", "101", "national", "Not an emergency", card_order=2, checked_on=date(2026, 11, 1))
NSPCC = Contact("nspcc", "NSPCC", "0808 800 5000", "national", "Advice", checked_on=date(2026, 11, 3))
CHILDREN = Contact("children-services", "Children's services", "01632 960 001", "local", "A child", card_order=1)
CONTACTS = ContactSet(3, (POLICE, NSPCC, CHILDREN))


def test_placeholders_become_names_and_numbers():
    text = "Ring {number:police} ({name:police}) or {number:children-services}."
    assert contacts.fill(text, CONTACTS) == "Ring 101 (Police) or 01632 960 001."


def test_text_without_placeholders_stays_as_it_is():
    assert contacts.fill("Ring 999 {now}", CONTACTS) == "Ring 999 {now}"


def test_a_placeholder_for_nobody_is_refused():
    with pytest.raises(Refused, match="no contact called “nobody”"):
        contacts.fill("Ring {number:nobody}", CONTACTS)


def test_what_is_filled_in_is_not_filled_in_again():
    odd = ContactSet(1, (replace(POLICE, name="{number:police}"),))
    assert contacts.fill("{name:police}", odd) == "{number:police}"


def test_the_keys_that_a_text_names():
    assert contacts.placeholders("{number:police} {name:nspcc} {council}") == {"police", "nspcc"}


@pytest.mark.parametrize(
    ("number", "dial"),
    [("101", "tel:101"), ("0808 800 5000", "tel:08088005000"), ("+44 1632 960001", "tel:+441632960001")],
)
def test_a_telephone_rings_the_digits(number, dial):
    assert replace(POLICE, number=number).dial == dial


def test_a_number_that_takes_texts_is_not_rung_by_touching_it():
    keys = ("police", "emergency", "emergency-text", "relay")
    assert [replace(POLICE, key=key).rings for key in keys] == [True, True, False, False]


def test_the_card_has_its_own_order_and_leaves_out_the_rest():
    assert [contact.key for contact in CONTACTS.card()] == ["children-services", "police"]


def test_a_contact_without_a_day_of_checking_is_unconfirmed():
    assert CONTACTS.unconfirmed() == (CHILDREN,)


def test_the_card_is_as_old_as_its_oldest_check():
    checked = replace(CHILDREN, checked_on=date(2026, 11, 2))
    assert ContactSet(4, (POLICE, NSPCC, checked)).oldest_check() == date(2026, 11, 1)
    assert CONTACTS.oldest_check() is None


def test_a_contact_with_nothing_wrong():
    assert [contacts.problems(contact) for contact in CONTACTS.contacts] == [[], [], []]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"number": ""}, "number"),
        ({"number": "1"}, "number"),
        ({"number": "ring 101"}, "number"),
        ({"number": "101; ext=1"}, "number"),
        ({"number": "0" * 21}, "number"),
        ({"number": "\N{ARABIC-INDIC DIGIT ONE}01"}, "number"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_what_is_wrong_with_a_contact_is_told_at_its_field(changes, field):
    assert [place for place, _ in contacts.problems(replace(POLICE, **changes))] == [field]


@pytest.mark.parametrize("text", ["01632 960001", "0808-800-5000", "(0300) 123 6720", "18000", "+44 7700 900123"])
def test_a_typed_telephone_number_is_recognised(text):
    assert contacts.TYPED_NUMBER.search(f"Ring {text} now")


@pytest.mark.parametrize("text", ["999", "101", "press 55", "aged 14 to 16", "at 10.30", "in 2026", "20 of 45"])
def test_other_numbers_are_no_telephone_numbers(text):
    assert not contacts.TYPED_NUMBER.search(text)
