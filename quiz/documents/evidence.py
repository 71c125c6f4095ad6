"""The evidence pack on paper, made from the signed file alone: it can say nothing else than the file says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from quiz.documents import evidence_parts, evidence_questions, typeset
from quiz.documents.evidence_words import group, lines, moment, rows, section, table, text, who
from quiz.documents.typeset import Fact
from quiz.domain import calendar, evidence
from quiz.domain.evidence import Document

MARKS = {
    "sample": ("SAMPLE", "SAMPLE. Made-up people; nothing here is evidence."),
    "pilot": ("PILOT", "PILOT. The council was trying out this test. It counted for no licence."),
}
COPIES = {
    "internal": "Internal copy: with names of staff and notes of the office. It stays in the council.",
    "disclosed": "Disclosed copy: staff are named by their role. Left out are notes of the office, comments of bodies "
    "on the questions, and why the pack was asked for. All else is whole.",
}
CHECK = (
    "This paper was made from a file that the council signed. To check that file on any machine: get the council’s "
    "public keys from its service (/.well-known/certificate-keys.json) and type “quiz verify FILE --keys "
    "certificate-keys.json”. It names every item that was altered, is missing or was added, and prints the digest of "
    "the file, which must be the one on this paper."
)
BY_HAND = (
    "By hand: the digest of an item is SHA-256 over its JSON with sorted keys, without spaces, in UTF-8 (RFC 8785). "
    "The signature is Ed25519 over “quiz-evidence-1”, a line break, and the manifest in the same form. The hash of an "
    "audit entry is SHA-256 over the previous hash, a line break, and its text. The sealed digest is SHA-256 over the "
    "sealed text."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed file with its own digest, 64 hexadecimal digits."""

    document: Document
    digest: str


def pdf(paper: Paper) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a, with the recipient's name across every page."""
    return typeset.pdf("evidence.typ", facts(paper))


def facts(paper: Paper) -> dict[str, Fact]:
    """What the template prints."""
    head, made_on = paper.document.manifest, _day(text(paper.document.manifest, "made_at"))
    mark, words = MARKS.get(text(head, "mode"), ("", ""))
    return typeset.head("Evidence pack", made_on, mark, words) | {
        "council": text(head, "council"),
        "service": text(head, "service"),
        "recipient": text(head, "recipient"),
        "day": calendar.words(made_on),
        "sections": list(_sections(paper)),
    }


def _sections(paper: Paper) -> Iterator[Fact]:
    items = paper.document.items
    yield _this(paper)
    yield from evidence_parts.before(items)
    yield evidence_questions.result(evidence_parts.named(items, "mark/"), evidence_parts.named(items, "decision/"))
    yield evidence_questions.questions(items)
    yield from evidence_parts.after(items)
    listed = sorted(group(paper.document.manifest, "items").items())
    cells = [(name, evidence.grouped(str(it))) for name, it in listed]
    yield section("Every item with its digest", table(("Item", "SHA-256"), *cells, widths=(2, 5)))


def _this(paper: Paper) -> Fact:
    head = paper.document.manifest
    return section(
        "This pack",
        lines(COPIES.get(text(head, "copy"), "")),
        rows(
            ("For", text(head, "recipient")),
            ("Made on", moment(head.get("made_at"))),
            ("Made by", who(head.get("made_by"))),
            ("Why", text(head, "reason")),
            ("Pack", text(head, "pack")),
            ("Test", text(head, "attempt")),
            ("SHA-256 of the file", evidence.grouped(paper.digest)),
            ("Signed by key", paper.document.key),
        ),
        lines(CHECK, BY_HAND),
    )


def _day(at: str) -> date:
    return calendar.day_of(datetime.fromisoformat(at))
