"""The handbook with today's names and numbers in it, in the three forms that are asked for: HTML, words, document."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quiz.documents import handbook as document
from quiz.documents.handbook import Part
from quiz.domain import prose, searching
from quiz.domain.blueprint import TEST
from quiz.domain.contacts import ContactSet
from quiz.domain.searching import Entry, Page
from quiz.formats import prose as markdown_file
from quiz.formats.handbook_file import Chapter
from quiz.records import papers
from quiz.web import book, markdown
from quiz.web.parts import parts
from quiz.web.request import session
from quiz.web.service import contacts

BRACES = re.compile(r"\{(?:(number|name|note):)?([a-z0-9_-]+)\}")
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filled:
    """A chapter as HTML. Sections are anchor, heading and text."""

    number: int
    slug: str
    title: str
    opening: str
    sections: tuple[tuple[str, str, str], ...]


def chapters(whole: bool = False) -> tuple[Filled, ...]:
    """All chapters as HTML; `whole` when they stand on one page, with their headings a level further down."""
    return _filled(contacts(), _facts(), whole)


def entries() -> tuple[Entry, ...]:
    """Every section as something to be found."""
    return _entries(contacts(), _facts())


def pdf(brand: document.Brand) -> bytes:
    """The whole handbook as one document."""
    return _pdf(contacts(), _facts(), brand)


def _facts() -> Facts:
    test = papers.current(session(), TEST)
    return (
        ("council", parts().settings.council.name),
        ("questions", str(test.questions)),
        ("minutes", str(test.minutes)),
        ("pass_mark", str(test.pass_mark)),
        ("tries", str(test.tries)),
    )


@lru_cache(maxsize=8)
def _filled(numbers: ContactSet, facts: Facts, whole: bool) -> tuple[Filled, ...]:
    return tuple(_fill(chapter, numbers, dict(facts), whole) for chapter in book.chapters())


@lru_cache(maxsize=2)
def _entries(numbers: ContactSet, facts: Facts) -> tuple[Entry, ...]:
    known = dict(facts)
    return searching.index(
        Page(
            f"{chapter.slug}#{section.anchor}" if section.anchor else chapter.slug,
            _plain(chapter.title, numbers, known),
            _plain(section.heading, numbers, known),
            " ".join(map(_ended, prose.lines(markdown_file.read(_markdown(section.text, numbers, known))))),
        )
        for chapter in book.chapters()
        for section in chapter.everything
    )


@lru_cache(maxsize=2)
def _pdf(numbers: ContactSet, facts: Facts, brand: document.Brand) -> bytes:
    known = dict(facts)

    def part(chapter: Chapter) -> Part:
        return Part(
            chapter.number,
            chapter.slug,
            _plain(chapter.title, numbers, known),
            tuple(
                (
                    one.anchor,
                    _plain(one.heading, numbers, known),
                    markdown_file.read(_markdown(one.text, numbers, known)),
                )
                for one in chapter.everything
            ),
        )

    return document.pdf(brand, tuple(map(part, book.chapters())))


def _fill(chapter: Chapter, numbers: ContactSet, facts: dict[str, str], whole: bool) -> Filled:
    link = _within if whole else _across

    def html(text: str) -> str:
        return markdown.html(_markdown(text, numbers, facts), int(whole), lambda target: link(chapter.slug, target))

    def plain(text: str) -> str:
        return _plain(text, numbers, facts)

    sections = tuple((part.anchor, plain(part.heading), html(part.text)) for part in chapter.sections)
    return Filled(chapter.number, chapter.slug, plain(chapter.title), html(chapter.opening), sections)


def _plain(text: str, numbers: ContactSet, facts: dict[str, str]) -> str:
    return BRACES.sub(lambda found: _words(found, numbers, facts), text)


def _markdown(text: str, numbers: ContactSet, facts: dict[str, str]) -> str:
    """The same words, safe inside Markdown; a number becomes a link that rings it."""
    return BRACES.sub(lambda found: _ringing(found, numbers, facts), text)


def _ended(line: str) -> str:
    """A heading or a point of a list as a sentence of its own."""
    return line if line.endswith((".", "?", "!", ":")) else f"{line}."


def _words(found: re.Match[str], numbers: ContactSet, facts: dict[str, str]) -> str:
    kind, key = found.groups()
    return str(getattr(numbers.get(key), kind)) if kind else facts.get(key, found[0])


def _ringing(found: re.Match[str], numbers: ContactSet, facts: dict[str, str]) -> str:
    words = markdown.escaped(_words(found, numbers, facts))
    rings = found[1] == "number" and numbers.get(found[2]).rings
    return f"[{words}]({numbers.get(found[2]).dial})" if rings else words


def _across(_slug: str, target: str) -> str:
    return target if ":" in target or target.startswith("#") else f"/handbook/{target}"


def _within(slug: str, target: str) -> str:
    if ":" in target:
        return target
    return "#" + (slug + target if target.startswith("#") else target).replace("#", "--")
