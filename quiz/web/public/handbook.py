"""The handbook: everything the test asks, open to everybody, chapter by chapter or as a whole to print."""

import re
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from quiz.domain.blueprint import TEST
from quiz.domain.contacts import ContactSet
from quiz.formats.handbook_file import Chapter
from quiz.records import papers
from quiz.web import book, markdown
from quiz.web.guard import public
from quiz.web.headers import cacheable
from quiz.web.parts import parts
from quiz.web.request import session
from quiz.web.service import contacts

BRACES = re.compile(r"\{(?:(number|name|note):)?([a-z0-9_-]+)\}")

pages = Blueprint("handbook", __name__)


@dataclass(frozen=True)
class Filled:
    """A chapter with today's numbers in it, as HTML. Sections are anchor, heading and text."""

    number: int
    slug: str
    title: str
    opening: str
    sections: tuple[tuple[str, str, str], ...]


@pages.get("/handbook")
@public
@cacheable
def contents() -> ResponseReturnValue:
    """All chapters and their sections."""
    return render_template("public/handbook/contents.html", chapters=_book())


@pages.get("/handbook/<slug>")
@public
@cacheable
def chapter(slug: str) -> ResponseReturnValue:
    """One chapter, with the way to its neighbours."""
    all_of_them = _book()
    at = next((place for place, found in enumerate(all_of_them) if found.slug == slug), None)
    if at is None:
        abort(404)
    before = all_of_them[at - 1] if at else None
    after = all_of_them[at + 1] if at + 1 < len(all_of_them) else None
    return render_template(
        "public/handbook/chapter.html", chapter=all_of_them[at], before=before, after=after, count=len(all_of_them)
    )


@pages.get("/handbook/print")
@public
@cacheable
def whole() -> ResponseReturnValue:
    """The whole handbook on one page, for a printer or a search."""
    return render_template("public/handbook/print.html", chapters=_book(whole=True), version=contacts().version)


def _book(whole: bool = False) -> tuple[Filled, ...]:
    test = papers.current(session(), TEST)
    facts = (
        ("council", parts().settings.council.name),
        ("questions", str(test.questions)),
        ("minutes", str(test.minutes)),
        ("pass_mark", str(test.pass_mark)),
        ("tries", str(test.tries)),
    )
    return _fill_all(contacts(), facts, whole)


@lru_cache(maxsize=8)
def _fill_all(numbers: ContactSet, facts: tuple[tuple[str, str], ...], whole: bool) -> tuple[Filled, ...]:
    known = dict(facts)
    return tuple(_fill(chapter, numbers, known, whole) for chapter in book.chapters())


def _fill(chapter: Chapter, numbers: ContactSet, facts: dict[str, str], whole: bool) -> Filled:
    link = _within if whole else _across

    def html(text: str) -> str:
        words = BRACES.sub(lambda found: _markdown(found, numbers, facts), text)
        return markdown.html(words, int(whole), lambda target: link(chapter.slug, target))

    def plain(text: str) -> str:
        return BRACES.sub(lambda found: _plain(found, numbers, facts), text)

    sections = tuple((part.anchor, plain(part.heading), html(part.text)) for part in chapter.sections)
    return Filled(chapter.number, chapter.slug, plain(chapter.title), html(chapter.opening), sections)


def _plain(found: re.Match[str], numbers: ContactSet, facts: dict[str, str]) -> str:
    kind, key = found.groups()
    return str(getattr(numbers.get(key), kind)) if kind else facts.get(key, found[0])


def _markdown(found: re.Match[str], numbers: ContactSet, facts: dict[str, str]) -> str:
    """The same words, safe inside Markdown; a number becomes a link that rings it."""
    words = markdown.escaped(_plain(found, numbers, facts))
    rings = found[1] == "number" and numbers.get(found[2]).rings
    return f"[{words}]({numbers.get(found[2]).dial})" if rings else words


def _across(_slug: str, target: str) -> str:
    return target if ":" in target or target.startswith("#") else f"/handbook/{target}"


def _within(slug: str, target: str) -> str:
    if ":" in target:
        return target
    return "#" + (slug + target if target.startswith("#") else target).replace("#", "--")
