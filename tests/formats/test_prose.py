"""Markdown becomes values that every form of the handbook is made from."""

from quiz.domain import prose
from quiz.domain.prose import Heading, Listing, Paragraph, Quote, Run, Table
from quiz.formats.prose import read


def test_paragraphs_headings_and_styles():
    assert read("### One\n\nRing **999** now,\n*then* [wait](#here).") == (
        Heading(3, (Run("One"),)),
        Paragraph(
            (
                Run("Ring "), Run("999", strong=True), Run(" now,"), Run(" "), Run("then", emphasis=True), Run(" "),
                Run("wait", link="#here"), Run("."),
            )
        ),
    )  # fmt: skip


def test_lists_within_lists():
    (outer,) = read("1. One\n2. Two\n   - Inner\n")
    assert isinstance(outer, Listing) and outer.ordered
    assert outer.items[0] == (Paragraph((Run("One"),)),)
    assert outer.items[1][1] == Listing(False, ((Paragraph((Run("Inner"),)),),))


def test_tables_and_quotes():
    assert read("| A | B |\n| --- | --- |\n| c | **d** |\n\n> Said") == (
        Table(((Run("A"),), (Run("B"),)), (((Run("c"),), (Run("d", strong=True),)),)),
        Quote((Paragraph((Run("Said"),)),)),
    )


def test_an_empty_cell_is_empty():
    assert read("| A | B |\n| --- | --- |\n|  | x |") == (Table(((Run("A"),), (Run("B"),)), (((), (Run("x"),)),)),)


def test_markup_is_text():
    assert prose.words(read("<b>x</b>")[0].runs) == "<b>x</b>"


def test_the_words_alone_come_line_by_line():
    text = "# T\n\nOne **two**\n\n- a\n- b\n\n| A | B |\n| --- | --- |\n| c | d |\n\n> q"
    assert list(prose.lines(read(text))) == ["T", "One two", "a", "b", "A; B", "c; d", "q"]
