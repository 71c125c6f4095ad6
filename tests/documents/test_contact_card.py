"""The contact card: true size, every number legible, nothing over the edge."""

from dataclasses import replace

import pytest
import zxingcpp

from quiz.documents import contact_card
from tests.documents import reading, samples
from tests.documents.reading import squeezed

MILLIMETRE = 72 / 25.4  # points
SMALLEST, SMALLEST_CONTACT = 5.5, 6.5  # points


def sizes(document):
    with reading.opened(document) as pdf:
        return [[float(x) / MILLIMETRE for x in page.mediabox[2:]] for page in pdf.pages]


def test_the_card_has_two_sides_of_bank_card_size():
    assert sizes(contact_card.pdf(samples.CARD)) == [pytest.approx([85.60, 53.98], abs=0.1)] * 2


def test_the_sheet_is_one_a4_page():
    assert sizes(contact_card.sheet(samples.CARD)) == [pytest.approx([210, 297], abs=0.1)]


@pytest.mark.parametrize(
    "words",
    [
        "Chorley Council",
        "Safeguarding contact card",
        "Zoë O’Brien",
        "Hackney carriage HC0123",
        "Private hire PH1234",
        "Certificate H4KMT-7QXW9-CDF36",
        "Valid to the end of 21 November 2029",
        "Handbook: https://safeguarding-test.chorley.gov.uk/handbook",
    ],
)
def test_the_front_says(words):
    assert squeezed(words) in reading.spoken(contact_card.pdf(samples.CARD), page=1)


@pytest.mark.parametrize(
    "words",
    [
        "DANGER NOW 999",
        "Cannot speak? On a mobile stay on the line and press 55 when asked",
        "Write down: who, where, when, vehicle, phone",
        "Never confront. Never wait to be sure.",
        "Card version 3. Numbers checked November 2026",
    ],
)
def test_the_back_says(words):
    assert squeezed(words) in reading.spoken(contact_card.pdf(samples.CARD), page=2)


def test_contacts_stand_in_the_order_of_the_card():
    back = reading.spoken(contact_card.pdf(samples.CARD), page=2)
    places = [back.index(squeezed(contact.name)) for contact in samples.CONTACTS[1:]]
    assert places == sorted(places)
    assert all(squeezed(contact.number) in back for contact in samples.CONTACTS)


def test_999_is_the_biggest_of_all():
    back = [run for run in reading.runs(contact_card.pdf(samples.CARD)) if run.page == 2]
    assert max(back, key=lambda run: run.size).words == "999"


def test_an_unconfirmed_number_has_a_star_and_the_star_is_explained():
    back = reading.spoken(contact_card.pdf(samples.UNCONFIRMED_CARD), page=2)
    assert back.count("*") == 2
    assert "01257515151*" in back
    assert squeezed("Card version 3. * number not yet confirmed") in back


def test_a_card_that_nobody_checked_says_so():
    unchecked = reading.spoken(contact_card.pdf(replace(samples.CARD, checked=None)), page=2)
    assert squeezed("Card version 3. Numbers not yet confirmed") in unchecked


def test_a_licence_of_another_council_keeps_its_council():
    front = contact_card.pdf(replace(samples.CARD, licences=("Private hire 7, South Ribble Borough Council",)))
    assert squeezed("Private hire 7, South Ribble Borough Council") in reading.spoken(front, page=1)


@pytest.mark.parametrize("sample", [samples.UNCONFIRMED_CARD, samples.LONG_CARD], ids=["ordinary, marked", "long"])
@pytest.mark.parametrize("template", ["contact_card.typ", "contact_card_sheet.typ"])
def test_a_telephone_reads_its_code(template, sample):
    front = reading.pictures(template, contact_card.facts(sample))[0]
    [code] = zxingcpp.read_barcodes(front)
    assert (code.text, code.ec_level) == (sample.verify_address, "M")


@pytest.mark.parametrize("mark", contact_card.MARKS)
def test_a_mark_stands_across_both_sides_and_in_words(mark):
    document = contact_card.pdf(replace(samples.CARD, mark=mark))
    assert [(run.page, run.words) for run in reading.runs(document) if run.artifact] == [(1, mark), (2, mark)]
    assert squeezed(contact_card.MARKS[mark]) in reading.spoken(document, page=1)


LONG = {
    "long words": samples.LONG_CARD,
    "words longer than a line": replace(samples.LONG_CARD, holder="W" * 100, council="W" * 90),
    "licences of a far council": replace(samples.LONG_CARD, council="Chorley Council"),
    "in the wider face": replace(samples.LONG_CARD, holder="Ẁ" * 100),
    "nine long contacts": replace(
        samples.LONG_CARD,
        contacts=tuple(replace(c, name="W" * 80, number="0300 123 67200 1234") for c in samples.CONTACTS),
    ),
    "one contact, no licence": replace(samples.CARD, contacts=samples.CONTACTS[:1], licences=()),
    "no emergency": replace(samples.CARD, contacts=samples.CONTACTS[1:]),
    "long handbook address": replace(samples.CARD, handbook_address=f"https://{'safeguarding.' * 7}gov.uk/handbook"),
}


@pytest.mark.parametrize("sample", LONG.values(), ids=LONG)
def test_nothing_goes_over_the_edge_or_into_the_next_line(sample):
    pages = reading.pictures("contact_card.typ", contact_card.facts(replace(sample, mark="")))
    assert len(pages) == 2
    assert all(reading.edge_is_blank(page, 2) for page in pages)
    assert reading.collisions(contact_card.pdf(sample)) == []
    assert len(reading.pictures("contact_card_sheet.typ", contact_card.facts(sample))) == 1


@pytest.mark.parametrize("sample", LONG.values(), ids=LONG)
def test_all_of_it_is_large_enough_to_read(sample):
    runs = reading.runs(contact_card.pdf(sample))
    numbers = {squeezed(contact.number) for contact in sample.contacts}
    assert min(run.size for run in runs) >= SMALLEST
    assert min(run.size for run in runs if squeezed(run.words).strip("*") in numbers) >= SMALLEST_CONTACT


def test_licences_that_no_small_print_can_hold_are_left_to_the_certificate():
    crowded = reading.spoken(contact_card.pdf(LONG["licences of a far council"]), page=1)
    assert squeezed("3 licences, named on the certificate") in crowded


def test_the_sheet_has_both_sides_and_one_sentence_of_instruction():
    sheet = reading.spoken(contact_card.sheet(samples.CARD))
    assert squeezed("Print this page at actual size (100%), cut along the outer line, and fold") in sheet
    assert squeezed("Zoë O’Brien") in sheet
    assert "DANGERNOW999" in sheet


def test_a_number_on_the_card_can_be_tapped():
    with reading.opened(contact_card.pdf(samples.CARD)) as pdf:
        taps = {str(note.A.URI) for page in pdf.pages for note in page.get("/Annots", [])}
    assert {contact.dial for contact in samples.CONTACTS} <= taps
