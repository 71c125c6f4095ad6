"""The handbook as a document: every chapter, its links alive, as it stands on the pages."""

import json
from dataclasses import replace
from datetime import date

import pytest

from quiz.documents import handbook, typeset
from quiz.documents.handbook import Brand, Part
from quiz.domain.prose import Heading, Listing, Paragraph, Quote, Run, Table
from tests.documents import reading

BRAND = Brand("Chorley Council", "Taxi driver safeguarding test", "https://test.example.org/handbook", 4,
              date(2026, 11, 26), "")  # fmt: skip
PARTS = (
    Part(
        1,
        "start",
        "Start here",
        (
            ("", "", (Paragraph((Run("Before all else.", strong=True),)),)),
            (
                "lines",
                "Three lines",
                (
                    Listing(True, ((Paragraph((Run("Ring "), Run("101", link="tel:101"))),),)),
                    Paragraph(
                        (Run("See "), Run("never", link="what#never"), Run(" and "), Run("gone", link="what#gone"))
                    ),
                    Heading(3, (Run("Smaller"),)),
                ),
            ),
        ),
    ),
    Part(
        2,
        "what",
        "What to do",
        (
            (
                "never",
                "What never to do",
                (
                    Table(((Run("Say"),), (Run("Not"),)), (((Run("child"),), ()),)),
                    Quote((Paragraph((Run("Set apart", emphasis=True),)),)),
                    Paragraph((Run("back", link="#never"),)),
                ),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def document():
    return handbook.pdf(BRAND, PARTS)


def test_everything_is_read_aloud(document):
    said = reading.spoken(document)
    for words in (
        "ChorleyCouncil",
        "1.Starthere",
        "Beforeallelse.",
        "Threelines",
        "Smaller",
        "Setapart",
        "Whatnevertodo",
    ):
        assert words in said


@pytest.mark.parametrize(("before", "after"), [("Bold.", " “Said”."), ("‘Said’ ", "plain")])
def test_words_in_bold_and_words_beside_them_keep_their_space(before, after):
    part = replace(PARTS[0], sections=(("", "", (Paragraph((Run(before, strong=True), Run(after))),)),))
    (printed,) = handbook.facts(BRAND, (part,))["chapters"]
    shown = json.loads(typeset.inputs({"runs": printed["sections"][0]["blocks"][0]["runs"]})["facts"])
    assert "".join(run["text"] for run in shown["runs"]) == before + after


def test_chapters_and_sections_are_headings_and_lists_and_tables_are_what_they_are(document):
    tags = reading.tags(document)
    assert [tags.count(tag) for tag in ("H1", "H2", "H3", "Table", "BlockQuote")][:4] == [3, 2, 1, 1]
    assert tags.count("TH") == 2 and "LI" in tags and "Link" in tags


def test_links_lead_outside_or_within_and_dead_ones_are_plain_words(document):
    with reading.opened(document) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        outside = {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}
    assert {"tel:101", "https://test.example.org/handbook"} <= outside
    assert len(links) >= 2 + 2 + 2  # outside, within, and the table of contents


def test_a_sample_says_so_on_every_page(document):
    marked = handbook.pdf(replace(BRAND, mark="SAMPLE"), PARTS)
    with reading.opened(marked) as pdf:
        pages = len(pdf.pages)
    shown = [run.page for run in reading.runs(marked) if run.words == "SAMPLE"]
    assert set(shown) >= set(range(1, pages + 1))
    assert "SAMPLE" not in reading.spoken(document)


def test_it_says_how_fresh_its_numbers_are(document):
    assert reading.squeezed("Telephone numbers of contact list 4, 26 November 2026.") in reading.spoken(document)


def test_pages_are_a5(document):
    with reading.opened(document) as pdf:
        boxes = {tuple(round(float(side)) for side in page.MediaBox) for page in pdf.pages}
    assert boxes == {(0, 0, 420, 595)}
