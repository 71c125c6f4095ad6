"""Every document can be read aloud, kept for good, and made again byte for byte."""

from dataclasses import replace

import pdfua
import pytest

from quiz.documents import certificate, contact_card, letter
from tests.documents import reading, samples

DOCUMENTS = {
    "certificate": certificate.pdf(samples.CERTIFICATE),
    "sample certificate": certificate.pdf(replace(samples.CERTIFICATE, mark="SAMPLE", use_by=None)),
    "long certificate": certificate.pdf(samples.LONG_CERTIFICATE),
    "card": contact_card.pdf(samples.CARD),
    "unconfirmed card": contact_card.pdf(samples.UNCONFIRMED_CARD),
    "long card": contact_card.pdf(samples.LONG_CARD),
    "sheet": contact_card.sheet(samples.UNCONFIRMED_CARD),
    "letter": letter.pdf(samples.LETTER),
    "pilot letter": letter.pdf(replace(samples.LETTER, mark="PILOT", deadline=None)),
}
TITLES = {
    "certificate": "Certificate H4KMT-7QXW9-CDF36: Taxi driver safeguarding test",
    "card": "Safeguarding contact card",
    "sheet": "Safeguarding contact card",
    "letter": "Your access code for the taxi driver safeguarding test",
}

every_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


@every_document
def test_it_says_that_it_is_pdf_ua_1_and_pdf_a_2a(document):
    with reading.opened(document) as pdf, pdf.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")


@every_document
def test_it_is_tagged_british_english_and_shows_its_title(document):
    with reading.opened(document) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


@every_document
def test_a_checker_of_pdf_ua_finds_nothing(document, tmp_path):
    (tmp_path / "it.pdf").write_bytes(document)
    assert pdfua.validate(str(tmp_path / "it.pdf")).findings == ()


@every_document
def test_it_has_one_main_heading_and_words_for_its_code(document):
    assert reading.tags(document).count("H1") == 1
    assert all(words.startswith("QR code that ") for words in reading.alternatives(document))
    assert len(reading.alternatives(document)) == 1


@pytest.mark.parametrize(("name", "title"), TITLES.items(), ids=TITLES)
def test_its_title_is(name, title):
    with reading.opened(DOCUMENTS[name]) as pdf, pdf.open_metadata() as facts:
        assert facts["dc:title"] == title


@pytest.mark.parametrize(
    ("document", "day"),
    [(DOCUMENTS["certificate"], "2026-11-21"), (DOCUMENTS["card"], "2026-11-02"), (DOCUMENTS["letter"], "2026-11-21")],
    ids=["issued", "numbers checked", "sent"],
)
def test_its_date_comes_from_what_it_says(document, day):
    with reading.opened(document) as pdf, pdf.open_metadata() as facts:
        assert facts["xmp:CreateDate"].startswith(day)


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("certificate", lambda: certificate.pdf(samples.CERTIFICATE)),
        ("card", lambda: contact_card.pdf(samples.CARD)),
        ("sheet", lambda: contact_card.sheet(samples.UNCONFIRMED_CARD)),
        ("letter", lambda: letter.pdf(samples.LETTER)),
    ],
)
def test_the_same_facts_give_the_same_bytes(name, again):
    assert again() == DOCUMENTS[name]
