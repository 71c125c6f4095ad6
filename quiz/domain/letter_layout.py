"""A printed letter as staff type it: paragraphs, headings and lists, with the access code in a box of its own.

"# " begins a heading, "1. " and "- " a list, and a line "{code}" is the box; **two stars** make words bold. Facts come
in after that was read, so nothing in a name can act as a sign.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from quiz.domain.letter_words import BRACES
from quiz.domain.prose import Run, Runs

CODE = "{code}"
LINKS = ("address", "handbook", "practice")
BOLD = (*LINKS, "phone")
MARKED = re.compile(r"(?P<heading>#+) +|(?P<number>[0-9]{1,2})[.)] +|(?P<bullet>[-•*]) +")
NUMBERED, BULLET = LISTS = "1", "-"
STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title of the letter."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its lines end where they were ended."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class CodeBox:
    """Where the access code is printed."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `start` is the number of its first item, None where it has bullets."""

    start: int | None
    items: tuple[tuple["Paragraph | CodeBox", ...], ...]


Block: TypeAlias = Heading | Paragraph | Items | CodeBox


@dataclass
class _Part:
    """A piece of the text while it is read: its sign, and paragraphs (each its lines) or None for the box."""

    sign: str
    number: int = 0
    inner: list[list[str] | None] = field(default_factory=list)


def blocks(body: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """The text as it is laid out, with values in place of what stands in braces."""
    found: list[Block] = []
    # Parts of one list stand together, anything else by itself.
    numbered = enumerate(_parts(body))
    for _, group in groupby(numbered, lambda pair: pair[1].sign if pair[1].sign in LISTS else pair[0]):
        parts = [part for _, part in group]
        if parts[0].sign in LISTS:
            start = parts[0].number if parts[0].sign == NUMBERED else None
            found.append(Items(start, tuple(tuple(_inner(part, values)) for part in parts)))
        elif parts[0].sign == "#":
            found.extend(Heading(one.runs) for one in _inner(parts[0], values) if isinstance(one, Paragraph))
        else:
            found.extend(_inner(parts[0], values))
    return tuple(found)


def _parts(body: str) -> list[_Part]:
    parts: list[_Part] = []
    going_on: list[str] | None = None  # the paragraph to which the next line belongs
    for line in body.split("\n"):
        words = line.strip()
        sign = MARKED.match(words)
        in_list = bool(parts) and parts[-1].sign in LISTS
        if not words or words == CODE:
            going_on = None
            if words and in_list:
                parts[-1].inner.append(None)
            elif words:
                parts.append(_Part("", inner=[None]))
        elif sign and sign.end() < len(words):
            kind = "#" if sign["heading"] else NUMBERED if sign["number"] else BULLET
            lines = [words[sign.end() :]]
            parts.append(_Part(kind, int(sign["number"] or 0), [lines]))
            going_on = None if kind == "#" else lines
        elif going_on is not None:
            going_on.append(words)
        else:
            going_on = [words]
            if in_list and line[0].isspace():
                parts[-1].inner.append(going_on)
            else:
                parts.append(_Part("", inner=[going_on]))
    return parts


def _inner(part: _Part, values: Mapping[str, str]) -> Iterator[Paragraph | CodeBox]:
    for lines in part.inner:
        if lines is None:
            yield CodeBox()
        elif runs := tuple(_runs("\n".join(lines), values)):
            yield Paragraph(runs)


def _runs(text: str, values: Mapping[str, str]) -> Iterator[Run]:
    """Pieces of one style, without those that are empty."""
    for place, words in enumerate(STRONG.split(text)):
        strong, at = place % 2 == 1, 0
        for found in BRACES.finditer(words):
            name, value = found[1], values.get(found[1], found[0])
            yield from _piece(words[at : found.start()], strong)
            yield from _piece(value, strong or name in BOLD, value if name in LINKS else "")
            at = found.end()
        yield from _piece(words[at:], strong)


def _piece(text: str, strong: bool, link: str = "") -> Iterator[Run]:
    if text:
        yield Run(text, strong, link=link)
