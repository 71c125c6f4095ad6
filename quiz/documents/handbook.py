"""The handbook as one document: A5, with contents, tagged so that it can be read aloud."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quiz.documents import typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar
from quiz.domain.prose import Block, Heading, Listing, Paragraph, Quote, Run, Table

MARKS = {"SAMPLE": "SAMPLE. The names and numbers are made up.", "PILOT": "PILOT. The council is trying out this test."}
ELSEWHERE = ("https://", "http://", "tel:", "mailto:")


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose handbook it is, where it stands on the web, and how fresh its telephone numbers are."""

    council: str
    service: str
    address: str
    contacts_version: int
    day: date
    mark: str


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter; its sections are anchor ("" for what stands before the first), heading and blocks."""

    number: int
    slug: str
    title: str
    sections: tuple[tuple[str, str, tuple[Block, ...]], ...]


def pdf(brand: Brand, parts: Sequence[Part]) -> bytes:
    """A5, PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("handbook.typ", facts(brand, parts))


def facts(brand: Brand, parts: Sequence[Part]) -> dict[str, Fact]:
    """What the template prints. A link within the handbook becomes the label of its chapter or section."""
    labels = {label for part in parts for label in _labels(part)}
    title = f"Handbook: {brand.service}"
    return typeset.head(title, brand.day, brand.mark, MARKS.get(brand.mark, brand.mark)) | {
        "council": brand.council,
        "service": brand.service,
        "address": brand.address,
        "numbers": f"Telephone numbers of contact list {brand.contacts_version}, {calendar.words(brand.day)}.",
        "chapters": [
            {
                "number": part.number,
                "label": part.slug,
                "title": part.title,
                "sections": [
                    {
                        "label": f"{part.slug}--{anchor}" if anchor else "",
                        "heading": heading,
                        "blocks": [_block(block, part.slug, labels) for block in blocks],
                    }
                    for anchor, heading, blocks in part.sections
                ],
            }
            for part in parts
        ],
    }


def _labels(part: Part) -> Iterable[str]:
    yield part.slug
    yield from (f"{part.slug}--{anchor}" for anchor, _, _ in part.sections if anchor)


def _block(block: Block, slug: str, labels: set[str]) -> dict[str, Fact]:
    match block:
        case Heading(_, runs):
            return {"kind": "heading", "runs": _runs(runs, slug, labels)}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs, slug, labels)}
        case Listing(ordered, items):
            shown: list[Fact] = [[_block(inner, slug, labels) for inner in item] for item in items]
            return {"kind": "list", "ordered": ordered, "items": shown}
        case Table(head, rows):
            cells: list[Fact] = [[_runs(cell, slug, labels) for cell in row] for row in rows]
            return {"kind": "table", "head": [_runs(cell, slug, labels) for cell in head], "rows": cells}
        case Quote(blocks):
            return {"kind": "quote", "blocks": [_block(inner, slug, labels) for inner in blocks]}


def _runs(runs: Iterable[Run], slug: str, labels: set[str]) -> list[Fact]:
    return [
        {"text": run.text, "strong": run.strong, "emphasis": run.emphasis, **_link(run.link, slug, labels)}
        for run in runs
    ]


def _link(link: str, slug: str, labels: set[str]) -> dict[str, Fact]:
    """Where a link leads: an address outside, or a label of this document; to nothing, where neither is there."""
    if link.startswith(ELSEWHERE):
        return {"to": link, "label": ""}
    label = (slug + link if link.startswith("#") else link).replace("#", "--")
    return {"to": "", "label": label if label in labels else ""}
