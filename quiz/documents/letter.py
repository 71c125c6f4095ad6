"""Letters with access codes on paper: the words of the staff between a head that is always the same."""

from collections.abc import Iterator, Sequence

from quiz.documents import qr, typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar, numbers
from quiz.domain.letter_layout import Block, CodeBox, Heading, Items, Paragraph
from quiz.domain.letters import LetterText
from quiz.domain.prose import Run

QR_SIDE = 30.0  # mm


def pdf(letters: Sequence[LetterText]) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a; at least one letter, all of one day, each on pages of its own."""
    return typeset.pdf("letter.typ", facts(letters))


def facts(letters: Sequence[LetterText]) -> dict[str, Fact]:
    """What the template prints. The code in the square is the address alone: no access code is in an address."""
    first = letters[0]
    squares = {address: qr.square(address, QR_SIDE) for address in {one.address for one in letters}}
    return typeset.head(first.title, first.issued_on, first.mark, first.mark_words) | {
        "council": first.council,
        "issued": calendar.words(first.issued_on),
        "squares": squares,
        "letters": [_own(one) for one in letters],
    }


def _own(one: LetterText) -> dict[str, Fact]:
    return {
        "holder": one.holder,
        "known_by": one.known_by,
        "title": one.title,
        "address": one.address,
        "code": numbers.show(one.code.replace("-", "")),
        "blocks": [_block(block) for block in one.body],
    }


def _block(block: Block) -> dict[str, Fact]:
    match block:
        case Heading(runs):
            return {"kind": "heading", "runs": [*_runs(runs)]}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": [*_runs(runs)]}
        case Items(start, items):
            code = any(isinstance(inner, CodeBox) for item in items for inner in item)
            return {
                "kind": "list", "start": start, "code": code,
                "items": [[_block(inner) for inner in item] for item in items],
            }  # fmt: skip
        case CodeBox():
            return {"kind": "code"}


def _runs(runs: Sequence[Run]) -> Iterator[Fact]:
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            yield {"text": text, "strong": run.strong, "to": run.link, "ends_line": number > 0}
