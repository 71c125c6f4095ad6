"""Letters with access codes on paper: what they say in the words that come with the program, and in any others."""

from dataclasses import replace

import pytest
import zxingcpp

from quiz.documents import letter
from quiz.domain.posting import Kind
from tests.documents import reading, samples
from tests.documents.reading import squeezed

LONG_BODY = f"""Dear {{name}}
how are you?

- one **bold thing**
- another

# Why

{"Councils must be sure of it. " * 90}

# {"Many words of a heading " * 6}

1. Open {{address}}/{"x" * 150}

   and wait

2. Type this:

   {{code}}

3. Begin

In between.

7. Go on

{"And this is said as well. " * 60}

Jane Smith
Licensing {{phone}}"""
LONG_LETTER = replace(
    samples.letter_text(body=LONG_BODY, name=samples.LONG_NAME),
    council=samples.LONG_COUNCIL,
    known_by=(f"{samples.LONG_LICENCE}, {samples.LONG_COUNCIL}",) * 3,
    title="A title of many words that somebody in the office has thought of for this letter " + "y" * 60,
)


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
        "You can take the test where and when it suits you.",
        "Do you need more time, a reader, breaks or other help? Tell us before you start.",
        "Chorley Council licensing: 01257 515151",
    ],
)
def test_it_says(words):
    assert squeezed(words) in reading.spoken(letter.pdf([samples.LETTER]))


def test_people_of_a_group_read_their_reference_and_nothing_of_a_licence_or_a_driver():
    said = reading.spoken(letter.pdf([samples.MEMBER_LETTER]))
    for words in (
        "Morgan Member Your reference: M-7K3Q9",
        "The council asks every elected member to take this test. Please pass the test by 21 December 2026.",
        "https://safeguarding-test.chorley.gov.uk/sign-in/elected-members",
    ):
        assert squeezed(words) in said
    for mark in ("PILOT", "SAMPLE"):
        marked = samples.marked(samples.MEMBER_LETTER, mark, Kind.MEMBER_PRINTED)
        said += reading.spoken(letter.pdf([marked]))
    assert not [word for word in ("licence", "driver", "taxi") if word in said.lower()]


def test_without_a_deadline_it_names_none():
    assert squeezed("Please pass") not in reading.spoken(letter.pdf([samples.letter_text(pass_by="")]))


def test_its_square_code_opens_the_service_and_holds_no_access_code():
    [page] = reading.pictures("letter.typ", letter.facts([samples.LETTER]))
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [samples.ADDRESS]


@pytest.mark.parametrize("mark", ["SAMPLE", "PILOT"])
def test_a_mark_stands_across_the_page_and_in_words_and_it_is_still_one_page(mark):
    text = samples.marked(samples.LETTER, mark)
    document = letter.pdf([text])
    assert [run.words for run in reading.runs(document) if run.artifact] == [mark]
    assert squeezed(text.mark_words) in reading.spoken(document)


def test_a_long_text_loses_nothing_and_each_of_its_pages_says_whose_it_is():
    document = letter.pdf([LONG_LETTER])
    pages = reading.pictures("letter.typ", letter.facts([LONG_LETTER]))
    assert len(pages) > 2 and all(reading.edge_is_blank(page, 10) for page in pages)
    assert [code.text for page in pages for code in zxingcpp.read_barcodes(page)] == [samples.ADDRESS]
    assert reading.collisions(document) == []
    said = reading.spoken(document)
    for words in (samples.LONG_NAME, "Openhttps://", "x" * 150, "7.Go on", "W9CDF-36H4K-MT7QX", "JaneSmithLicensing"):
        assert squeezed(words) in said
    footers = [squeezed(run.words) for run in reading.runs(document) if run.artifact and "page" in run.words]
    assert footers[-1].endswith(f"page{len(pages)}of{len(pages)}") and "W9CDF" not in "".join(footers)


def test_many_letters_are_one_document_and_each_begins_on_a_page_of_its_own():
    other = replace(samples.letter_text(name="Sam Driver", pass_by=""), code="H4KMT7QXW9CDF36")
    document = letter.pdf([LONG_LETTER, samples.LETTER, other])
    with reading.opened(document) as pdf:
        last = len(pdf.pages)
    first, second = (reading.spoken(document, page) for page in (last - 1, last))
    assert squeezed("Zoë O’Brien") in first and squeezed("W9CDF-36H4K-MT7QX") in first
    assert squeezed("Sam Driver") in second and squeezed("H4KMT-7QXW9-CDF36") in second
    assert squeezed("Please pass") in first and squeezed("Please pass") not in second
