"""Looking for words in the handbook: every section that has them all, the best first, with the place around them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quiz.domain.wording import root

MOST_WORDS = 10
AROUND = 90  # characters of an excerpt on either side of the first word found


@dataclass(frozen=True, slots=True)
class Page:
    """What can be found: an address, the title of the chapter, the heading of the section and its words."""

    address: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A section with the roots of its words, and how often each stands in the text."""

    page: Page
    heading: frozenset[str]
    body: Counter[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of an excerpt; `found` ones are what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which the words stand."""

    page: Page
    excerpt: tuple[Piece, ...]


def words(query: str) -> tuple[str, ...]:
    """The roots of what was typed, each once, ten at most."""
    return tuple(dict.fromkeys(root(word) for word in _split(query)))[:MOST_WORDS]


def index(pages: Iterable[Page]) -> tuple[Entry, ...]:
    """The sections ready to be looked through again and again."""
    return tuple(
        Entry(page, frozenset(_roots(f"{page.title} {page.heading}")), Counter(_roots(page.text))) for page in pages
    )


def find(entries: Iterable[Entry], query: str) -> list[Hit]:
    """Sections that hold every word in any of its forms: those with them in the heading first, then by how often."""
    wanted = words(query)
    if not wanted:
        return []
    scored = [(score, number, one.page) for number, one in enumerate(entries) if (score := _score(one, wanted))]
    return [Hit(page, _excerpt(page.text, wanted)) for _, _, page in sorted(scored, key=lambda one: (-one[0], one[1]))]


def _score(one: Entry, wanted: Sequence[str]) -> int:
    if not all(word in one.heading or word in one.body for word in wanted):
        return 0
    return sum(20 * (word in one.heading) + min(one.body[word], 10) for word in wanted)


def _excerpt(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    places = [found for found in re.finditer(r"[\w’']+", text) if root(_bare(found[0])) in wanted]
    first = places[0].start() if places else 0
    start, end = max(0, first - AROUND), min(len(text), first + AROUND)
    if start:
        start = text.index(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for found in places:
        if start <= found.start() and found.end() <= end:
            pieces += [Piece(text[at : found.start()], False), Piece(found[0], True)]
            at = found.end()
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def _roots(text: str) -> list[str]:
    return [root(word) for word in _split(text)]


def _split(text: str) -> list[str]:
    return [_bare(word) for word in re.findall(r"[\w’']+", text)]


def _bare(word: str) -> str:
    return re.sub(r"[’']\w*$", "", word.casefold()).strip("’'") or word.casefold()
