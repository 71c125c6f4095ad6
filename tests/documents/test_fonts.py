"""Which names print; and that no name at all can break a document."""

import unicodedata
from dataclasses import replace
from random import Random

import pytest

from quiz.documents import certificate, contact_card, fonts
from tests.documents import reading, samples
from tests.documents.reading import squeezed

EVERY_CHARACTER = [chr(code) for code in range(0x110000)]
PRINTABLE = [character for character in EVERY_CHARACTER if not fonts.unprintable(character)]
MARKS = [character for character in PRINTABLE if unicodedata.category(character).startswith("M")]


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


def names(alphabet, chance, count, longest):
    return ["".join(chance.choices(alphabet, k=chance.randint(1, longest))) for _ in range(count)]


def certificates(listed):
    return [certificate.facts(replace(samples.CERTIFICATE, name=name)) for name in listed]


def test_every_printable_character_prints_without_a_word_of_complaint():
    listed = ["a".join(PRINTABLE[i : i + 60]) for i in range(0, len(PRINTABLE), 60)]
    assert len(PRINTABLE) > 3000
    assert [found for facts in certificates(listed) for found in reading.warnings("certificate.typ", facts)] == []


@pytest.mark.parametrize("alphabet", [PRINTABLE, [*MARKS, "a", " ", "क", "ि"]], ids=["any", "marks upon marks"])
def test_any_mixture_of_them_prints(alphabet):
    listed = names(alphabet, Random(7), count=40, longest=60)
    assert [found for facts in certificates(listed) for found in reading.warnings("certificate.typ", facts)] == []


def test_a_name_that_should_have_been_refused_still_prints_with_gaps():
    listed = [
        *names(EVERY_CHARACTER, Random(11), count=20, longest=60),
        "",
        " ",
        "\x00",
        "\ufffe",
        "\n",
        "\ud800",
        "\u202ex",
    ]
    for name in listed:
        assert certificate.pdf(replace(samples.CERTIFICATE, name=name))
        assert contact_card.pdf(replace(samples.CARD, holder=name, council=name))
    assert fonts.GAP in reading.spoken(certificate.pdf(replace(samples.CERTIFICATE, name="李 Wei")))
