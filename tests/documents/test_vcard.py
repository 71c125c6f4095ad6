"""The file that puts the card's numbers into a telephone."""

from dataclasses import replace

from quiz.documents import vcard
from tests.documents import samples

AWKWARD = replace(
    samples.CONTACTS[2],
    name="Kinder; Jugend, und \\ Söhne",
    purpose="Ärger " * 30,
    note="Two\nlines.",
    email="help@example.org",
    checked_on=None,
)


def cards(text):
    """Each card as its unfolded lines."""
    unfolded = text.replace("\r\n ", "")
    return [card.split("\r\n")[:-1] for card in unfolded.split("BEGIN:VCARD\r\n")[1:]]


def test_each_contact_is_one_card_in_the_order_of_the_card():
    made = cards(vcard.text(samples.CONTACTS, "Chorley Council"))
    assert [card[3] for card in made][:3] == ["TEL;TYPE=VOICE:999", "TEL;TYPE=VOICE:101", "TEL;TYPE=VOICE:03001236720"]
    assert len(made) == len(samples.CONTACTS)
    assert all((card[0], card[-1]) == ("VERSION:3.0", "END:VCARD") for card in made)


def test_short_numbers_lead_the_name_that_the_telephone_lists():
    names = [card[1] for card in cards(vcard.text(samples.CONTACTS, "Chorley Council"))]
    assert names[:3] == ["FN:999 Danger now", "FN:101 Police\\, not an emergency", "FN:Lancashire children’s services"]


def test_it_says_when_to_ring_and_where_it_came_from():
    [card] = cards(vcard.text(samples.CONTACTS[5:6], "Chorley Council"))
    assert card[4:-1] == [
        "CATEGORIES:Chorley Council,Safeguarding",
        "NOTE:You do not want to give your name. From the safeguarding contact card of Chorley Council.",
    ]


def test_an_unconfirmed_number_says_so_and_awkward_characters_are_escaped():
    [card] = cards(vcard.text([AWKWARD], "Chorley, Council"))
    assert card[1:3] == ["FN:Kinder\\; Jugend\\, und \\\\ Söhne", "N:Kinder\\; Jugend\\, und \\\\ Söhne;;;;"]
    assert card[4] == "EMAIL;TYPE=INTERNET:help@example.org"
    assert card[6].startswith("NOTE:Number not yet confirmed. Ärger Ärger")
    assert "Two\\nlines." in card[6]


def test_lines_end_in_cr_lf_and_are_folded_at_75_octets_between_characters():
    made = vcard.text([AWKWARD], "Chorley Council")
    lines = made.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert b"\n" not in made.encode().replace(b"\r\n", b"")


def test_no_contacts_make_an_empty_file():
    assert vcard.text([], "Chorley Council") == ""
