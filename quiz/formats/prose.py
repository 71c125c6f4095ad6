"""Markdown to values. Raw HTML is text here, whoever wrote it."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from quiz.domain.prose import Block, Heading, Listing, Paragraph, Quote, Run, Runs, Table

parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. A rule between paragraphs says nothing and is left out."""
    return tuple(_blocks(SyntaxTreeNode(parser.parse(text))))


def _blocks(parent: SyntaxTreeNode) -> Iterator[Block]:
    for node in parent.children:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1]), _runs(node))
            case "paragraph":
                yield Paragraph(_runs(node))
            case "bullet_list" | "ordered_list":
                yield Listing(node.type == "ordered_list", tuple(tuple(_blocks(item)) for item in node.children))
            case "blockquote":
                yield Quote(tuple(_blocks(node)))
            case "table":
                rows = [tuple(_runs(cell) for cell in row.children) for part in node.children for row in part.children]
                yield Table(rows[0], tuple(rows[1:]))
            case "fence" | "code_block":
                yield Paragraph((Run(node.content.strip()),))


def _runs(node: SyntaxTreeNode) -> Runs:
    return tuple(run for inline in node.children for run in _within(inline, Run("")))


def _within(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    for child in node.children:
        match child.type:
            case "text" | "code_inline" if child.content:
                yield Run(child.content, style.strong, style.emphasis, style.link)
            case "softbreak" | "hardbreak":
                yield Run(" ", style.strong, style.emphasis, style.link)
            case "strong":
                yield from _within(child, Run("", True, style.emphasis, style.link))
            case "em":
                yield from _within(child, Run("", style.strong, True, style.link))
            case "link":
                yield from _within(child, Run("", style.strong, style.emphasis, str(child.attrGet("href"))))
