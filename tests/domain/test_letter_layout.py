"""A printed letter as staff type it, laid out: what each sign does, and that facts cannot act as signs."""

from quiz.domain.letter_layout import CodeBox, Heading, Items, Paragraph, blocks
from quiz.domain.prose import Run


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(tuple(map(Run, texts)))


def test_headings_lists_and_paragraphs_are_told_by_how_their_lines_begin():
    text = "First\nline\n# About\nthis\n- a\n- b\n\n2) c\n3. d\n\n-\n#no heading"
    assert blocks(text, {}) == (
        paragraph("First\nline"),
        Heading((Run("About"),)),
        paragraph("this"),
        Items(None, ((paragraph("a"),), (paragraph("b"),))),
        Items(2, ((paragraph("c"),), (paragraph("d"),))),
        paragraph("-\n#no heading"),
    )


def test_the_code_stands_in_a_box_within_the_step_before_it():
    assert blocks("1. Type\n\n   {code}\n\n   now\n\n2. Go\n\nEnd", {"code": "X"}) == (
        Items(1, ((paragraph("Type"), CodeBox(), paragraph("now")), (paragraph("Go"),))),
        paragraph("End"),
    )
    assert blocks("Type\n{code}\nnow", {}) == (paragraph("Type"), CodeBox(), paragraph("now"))


def test_stars_make_bold_and_addresses_become_links():
    values = {"address": "https://x.example", "phone": "999", "name": "Sam", "pass_by": ""}
    assert blocks("Open {address}, **{name} at once**, or ring {phone} {other}\n\n**{pass_by}**", values) == (
        Paragraph(
            (
                Run("Open "), Run("https://x.example", strong=True, link="https://x.example"), Run(", "),
                Run("Sam", strong=True), Run(" at once", strong=True), Run(", or ring "), Run("999", strong=True),
                Run(" "), Run("{other}"),
            )
        ),
    )  # fmt: skip


def test_nothing_in_a_name_acts_as_a_sign():
    name = "# **Sam** {code}\n\n1. x"
    assert blocks("{name}", {"name": name, "code": "X"}) == (paragraph(name),)
