"""Markdown to HTML in our own style. Raw HTML is text here, whoever wrote it."""

import re
from collections.abc import Callable

from markdown_it.token import Token

from quiz.formats.prose import parser

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "link_open": "govuk-link",
    "table_open": "govuk-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "hr": "govuk-section-break govuk-section-break--visible",
}
SIZES = {"h2": "m", "h3": "s", "h4": "s", "h5": "s", "h6": "s"}
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|<>~-])")


def escaped(words: str) -> str:
    """Words from elsewhere (a council's name) as Markdown that shows exactly them."""
    return SPECIAL.sub(r"\\\1", words)


def html(text: str, shift: int = 0, link: Callable[[str], str] = str) -> str:
    """The text as HTML, safe to put on a page.

    Headings go down by `shift` levels; `link` says where an address in the text leads.
    """
    tokens = parser.parse(text)
    for token in [inner for outer in tokens for inner in (outer, *(outer.children or ()))]:
        _dress(token, shift, link)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _dress(token: Token, shift: int, link: Callable[[str], str]) -> None:
    if token.type in CLASSES:
        token.attrJoin("class", CLASSES[token.type])
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + shift)}"
    if token.type == "heading_open":
        token.attrJoin("class", f"govuk-heading-{SIZES.get(token.tag, 'l')}")
    if token.type == "link_open":
        address = link(str(token.attrGet("href")))
        token.attrSet("href", address)
        if address.startswith("tel:"):
            token.attrJoin("class", "quiz-phone")  # a number does not break at the end of a line
    token.attrs.pop("style", None)  # a column's alignment would be an inline style, which our policy refuses
