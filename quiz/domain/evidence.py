"""The evidence about one attempt: items of plain facts, a digest of each, and one manifest that is signed.

Canonical is RFC 8785 for what stands here: JSON with sorted keys, no spaces, UTF-8, and no fractions. So anybody can
work every digest out again, with any program.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from quiz.domain import chain
from quiz.domain.errors import Refused

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"
Facts: TypeAlias = Mapping[str, Plain]

FORM = "quiz-evidence-1"
PURPOSE = f"{FORM}\n"  # stands before the manifest in what is signed, so that a signature serves nothing else
LONGEST_REASON = 500
AUDIT, QUESTION, ANSWERS = "audit/", "question/", "answers/"
WORDS = {
    "person": "who the driver is",
    "invitation": "who invited and why",
    "identity": "how identity was checked",
    "attempt": "the times of the test",
    "adjustments": "the adjustments",
    "pauses": "the pauses",
    "blueprint": "the rules of the test",
    "question": "question {} as it was shown",
    "answers": "the answers to question {}",
    "contacts": "the telephone numbers in the questions",
    "mark": "mark {}",
    "readings": "how the unsafe answers were read",
    "decision": "decision {}",
    "certificate": "issue {} of the certificate",
    "replies": "what the driver said about what a computer noticed",
    "letters": "the letters",
    "training": "the training",
    "seal": "the sealed text",
    "audit": "audit entry {}",
    "log": "the end of the audit log",
}


class Copy(StrEnum):
    """For whom a pack is made. The disclosed one leaves out notes of the office and names of staff."""

    INTERNAL = "internal"
    DISCLOSED = "disclosed"


class Fault(StrEnum):
    """What can have happened to an item after the signing."""

    ALTERED = "altered"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Finding:
    """One item that is not what was signed."""

    item: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Document:
    """A pack as it is kept: the manifest, the signature over its canonical bytes, the items by name."""

    manifest: Facts
    key: str
    signature: str
    items: Mapping[str, Facts]


def canonical(facts: Plain) -> bytes:
    """The one form in which facts are digested and signed."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(facts: Plain) -> str:
    """SHA-256 over the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def manifest(head: Facts, items: Mapping[str, Facts]) -> dict[str, Plain]:
    """What is signed: the head, and every item with its digest."""
    return {**head, "form": FORM, "items": {name: digest(facts) for name, facts in items.items()}}


def differences(document: Document) -> list[Finding]:
    """Each item that was altered, is missing, or was added; nothing when the items are those of the manifest."""
    listed = document.manifest.get("items")
    listed = listed if isinstance(listed, Mapping) else {}
    found = [Finding(name, Fault.MISSING) for name in listed if name not in document.items]
    found += [Finding(name, Fault.ADDED) for name in document.items if name not in listed]
    both = [(name, facts) for name, facts in document.items.items() if name in listed]
    found += [Finding(name, Fault.ALTERED) for name, facts in both if digest(facts) != listed[name]]
    return sorted(found, key=lambda one: one.item)


def about(name: str) -> str:
    """An item in words, with its name: “question 7 as it was shown (question/07)”."""
    kind, _, number = name.partition("/")
    words = WORDS.get(kind, "an item of no known kind")
    return f"{words.format(int(number[:9]) if number.isdecimal() else '?')} ({shown(name)})"


def shown(text: str) -> str:
    """What a file of somebody else says, fit for one line of a terminal: it cannot write lines of its own."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:100])


def grouped(digest: str) -> str:
    """A digest in groups of eight, so that people can compare it."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def must_have_grounds(reason: str, recipient: str) -> None:
    """Live questions leave the service: for whom and why is written down."""
    if not recipient.strip():
        raise Refused("evidence-recipient", "Enter who gets this copy.")
    if not reason.strip():
        raise Refused("evidence-reason", "Say why this pack is made.")
    if len(reason) > LONGEST_REASON:
        raise Refused("evidence-reason", f"Use {LONGEST_REASON} characters or fewer for the reason.")


def slot_line(position: int, version: object, order: Iterable[int]) -> str:
    """A question of a paper in the text that is sealed at sending-in."""
    return f"{position} {version} {','.join(map(str, order))}"


def answer_line(
    position: int, session: object, sequence: int | None, choice: str, later: bool, confirmed: bool, at: str
) -> str:
    """An answer in that text. `at` is the time in ISO 8601, UTC."""
    return f"{position} {session} {sequence} {choice} {later} {confirmed} {at}"


def seal(lines: Iterable[str]) -> str:
    """SHA-256 over these lines with line breaks between them: what the audit chain holds of a paper and its answers."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def contradictions(items: Mapping[str, Facts]) -> Iterator[str]:
    """What does not follow from itself in a pack, in words: the sealed digest, and the hash of each audit entry.

    A signature proves only what the council wrote. This is what the council itself could not have changed unnoticed.
    """
    yield from _broken_seal(items)
    for name, facts in items.items():
        if name.startswith(AUDIT) and not _holds(facts):
            yield f"The hash of {about(name)} is not the one that follows from its text."


def _broken_seal(items: Mapping[str, Facts]) -> Iterator[str]:
    sealed = items.get("seal", {})
    if sealed.get("sha256") is None:
        return
    lines = str(sealed.get("text")).split("\n")
    if seal(lines) != sealed["sha256"]:
        yield "The sealed digest does not follow from the text that was sealed."
    if lines != _lines(items):
        yield "The text that was sealed is not the one that follows from the questions and answers of this pack."
    if not any(_seals(facts, str(sealed["sha256"])) for name, facts in items.items() if name.startswith(AUDIT)):
        yield "No audit entry of this pack holds the sealed digest."


def _lines(items: Mapping[str, Facts]) -> list[str]:
    """The text of the seal, worked out again: questions in their order, then all answers in the order of the log."""
    slots = [facts for name, facts in sorted(items.items()) if name.startswith(QUESTION)]
    said = [
        (answer, facts.get("position"))
        for name, facts in items.items()
        if name.startswith(ANSWERS)
        for answer in _list(facts.get("log"))
    ]
    said.sort(key=lambda pair: _number(pair[0].get("number")))
    lines = [slot_line(_number(one.get("position")), one.get("version_key"), _order(one)) for one in slots]
    return lines + [_said(answer, _number(position)) for answer, position in said]


def _said(answer: Facts, position: int) -> str:
    sequence = answer.get("sequence")
    return answer_line(
        position,
        answer.get("session"),
        sequence if isinstance(sequence, int) else None,
        str(answer.get("choice")),
        bool(answer.get("later")),
        bool(answer.get("confirmed")),
        str(answer.get("at")),
    )


def _order(slot: Facts) -> list[int]:
    return [_number(option.get("option")) for option in _list(slot.get("options"))]


def _list(facts: Plain) -> list[Facts]:
    return [one for one in facts if isinstance(one, Mapping)] if isinstance(facts, list) else []


def _number(fact: Plain) -> int:
    return fact if isinstance(fact, int) else 0


def _holds(entry: Facts) -> bool:
    return chain.digest(str(entry.get("previous")), str(entry.get("content"))) == entry.get("hash")


def _seals(entry: Facts, digest: str) -> bool:
    try:
        content = json.loads(str(entry.get("content")))
        return bool(content["event"] == "attempt.finished" and content["detail"]["answers"] == digest)
    except (ValueError, KeyError, TypeError):
        return False
