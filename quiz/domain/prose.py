"""Running text as values: what Markdown means, whoever shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style. `link` is an address, or "" for none."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; the level is that of the text (3 under a section)."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, each item made of blocks."""

    ordered: bool
    items: tuple["tuple[Block, ...]", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings; all rows have as many cells."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Something set apart."""

    blocks: "tuple[Block, ...]"


Block: TypeAlias = Heading | Paragraph | Listing | Table | Quote


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The words alone, a line for each paragraph, heading and row."""
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                yield words(runs)
            case Listing(_, items):
                for item in items:
                    yield from lines(item)
            case Table(head, rows):
                yield from ("; ".join(map(words, row)) for row in (head, *rows))
            case Quote(inner):
                yield from lines(inner)


def words(runs: Runs) -> str:
    """The words of a paragraph."""
    return "".join(run.text for run in runs)
