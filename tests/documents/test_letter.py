"""The letter with the access code: everything a driver needs to begin, nothing that gives the code away."""

from dataclasses import replace

import pytest
import zxingcpp

from quiz.documents import letter
from tests.documents import reading, samples
from tests.documents.reading import squeezed


@pytest.mark.parametrize(
    "words",
    [
        "Chorley Council",
        "Zoë O’Brien Hackney carriage HC0123, Chorley Council Private hire PH1234, Chorley Council",
        "Your access code: Taxi driver safeguarding test",
        "W9CDF-36H4K-MT7QX",
        "You asked to renew your licence. Please pass the test by 21 December 2026.",
        "https://safeguarding-test.chorley.gov.uk",
        "https://safeguarding-test.chorley.gov.uk/handbook",
        "https://safeguarding-test.chorley.gov.uk/practice",
        "Do not share it",
        "Do you need more time, a reader, breaks or other help? Tell us before you start.",
        "Chorley Council licensing: 01257 515151",
    ],
)
def test_it_says(words):
    assert squeezed(words) in reading.spoken(letter.pdf(samples.LETTER))


def test_without_a_deadline_it_names_none():
    assert squeezed("Please pass") not in reading.spoken(letter.pdf(replace(samples.LETTER, deadline=None)))


def test_its_square_code_opens_the_service_and_holds_no_access_code():
    [page] = reading.pictures("letter.typ", letter.facts(samples.LETTER))
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [samples.ADDRESS]


@pytest.mark.parametrize(("mark", "words"), letter.MARKS.items())
def test_a_mark_stands_across_the_page_and_in_words(mark, words):
    document = letter.pdf(replace(samples.LETTER, mark=mark))
    assert [run.words for run in reading.runs(document) if run.artifact] == [mark]
    assert squeezed(words) in reading.spoken(document)


def test_an_ordinary_letter_is_one_page_and_a_long_one_loses_nothing():
    long = replace(samples.LETTER, holder=samples.LONG_NAME, council=samples.LONG_COUNCIL, support="Ring us. " * 40)
    assert len(reading.pictures("letter.typ", letter.facts(samples.LETTER))) == 1
    assert all(reading.edge_is_blank(page, 10) for page in reading.pictures("letter.typ", letter.facts(long)))
    assert squeezed(samples.LONG_NAME) in reading.spoken(letter.pdf(long))


def test_many_letters_are_one_document_with_a_page_for_each():
    other = replace(samples.LETTER, holder="Sam Driver", code="H4KMT7QXW9CDF36", deadline=None)
    document = letter.many([samples.LETTER, other])
    with reading.opened(document) as pdf:
        assert len(pdf.pages) == 2
    said = reading.spoken(document)
    for words in ("Zoë O’Brien", "W9CDF-36H4K-MT7QX", "Sam Driver", "H4KMT-7QXW9-CDF36"):
        assert squeezed(words) in said
    assert said.index(squeezed("W9CDF")) < said.index(squeezed("Sam Driver")) < said.index(squeezed("H4KMT"))
