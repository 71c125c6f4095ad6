"""Which names print; and that no name at all can break a document."""

import unicodedata
from dataclasses import replace
from random import Random

import pytest

from quiz.documents import certificate, contact_card, fonts
from tests.documents import reading, samples
from tests.documents.reading import squeezed


@pytest.fixture(scope="module")
def printable():
    return [chr(code) for code in range(0x110000) if not fonts.unprintable(chr(code))]


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Ḥasan al-Baṣrī",
        "Nguyễn Thị Ánh",
        "Олександр Їжак",
        "Seán O’Brien",
        "Zoë Müller-Groß",
        "İbrahim Çağlar",
        "Αλέξανδρος",
        "गुरप्रीत सिंह",
        "Zoe\u0308 Tu\u0323\u0302",
    ],
)
def test_it_prints_and_can_be_copied_out_again(name):
    assert fonts.unprintable(name) == ""
    document = certificate.pdf(replace(samples.CERTIFICATE, name=name))
    assert unicodedata.normalize("NFC", squeezed(name)) in unicodedata.normalize("NFC", reading.spoken(document))


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("محمد علي", "محدعلي"),
        ("李小龙", "李小龙"),
        ("ਸਿੰਘ", "ਸਿੰਘ"),
        ("Anna\u200b Bell\u0007", "\u200b\u0007"),
        ("Anna\nBell", "\n"),
        ("Jos\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}"),
        ("\ue000\ud800\ufeff", "\ue000\ud800\ufeff"),
        ("🚕 Joe", "🚕"),
    ],
)
def test_what_cannot_print_is_named_once_and_in_order(name, missing):
    assert fonts.unprintable(name) == missing


def test_a_document_has_one_face_throughout():
    assert fonts.typeface("Łukasz 0300") == fonts.HOUSE
    assert fonts.typeface("Nguyễn 0300") == fonts.FALLBACK


def names(alphabet, chance, count):
    return ["".join(chance.choices(alphabet, k=chance.randint(1, 60))) for _ in range(count)]


def complaints(listed):
    """What typst warns of when it prints each of these names; a missing glyph raises."""
    facts = [certificate.facts(replace(samples.CERTIFICATE, name=name)) for name in listed]
    return [found for one in facts for found in reading.warnings("certificate.typ", one)]


def test_every_printable_character_prints_without_a_word_of_complaint(printable):
    assert len(printable) > 3000
    assert complaints("a".join(printable[i : i + 60]) for i in range(0, len(printable), 60)) == []


def test_any_mixture_of_them_prints(printable):
    assert complaints(names(printable, Random(7), count=40)) == []


def test_marks_upon_marks_print(printable):
    marks = [character for character in printable if unicodedata.category(character).startswith("M")]
    assert complaints(names([*marks, "a", " ", "क", "ि"], Random(9), count=40)) == []


def test_a_name_that_should_have_been_refused_prints_with_gaps():
    document = certificate.pdf(replace(samples.CERTIFICATE, name="李 Wei"))
    assert f"{fonts.GAP}Wei" in reading.spoken(document)


def test_no_name_whatever_costs_a_driver_the_documents():
    chance = Random(11)
    anything = ["".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 40))) for _ in range(20)]
    for name in [*anything, "", " ", "\x00", "\ufffe", "\n", "\ud800", "\u202ex"]:
        assert certificate.pdf(replace(samples.CERTIFICATE, name=name))
        assert contact_card.pdf(replace(samples.CARD, holder=name, council=name))
