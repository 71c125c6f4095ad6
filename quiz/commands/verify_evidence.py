"""quiz verify of an evidence pack: is every item the one that was signed, and does it all hang together?"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from quiz.domain import calendar, evidence
from quiz.domain.errors import Refused
from quiz.domain.evidence import Document, Fault
from quiz.domain.signed import Finding
from quiz.formats import evidence_file, signing
from quiz.formats.signing import PublicKey

UNSIGNED = {
    Finding.ALTERED: "NOT GENUINE: the list of items (the manifest) was altered, or somebody else signed it. So "
    "nothing in this file is proved.",
    Finding.UNKNOWN_KEY: "NOT KNOWN: no key here made this signature. Ask the council for its public keys.",
    Finding.GIVEN_UP: "NOT CERTAIN: the key that signed it was given up, since others may have it. Ask the council "
    "whether it made a pack with the digest below.",
}
FAULTS = {
    Fault.ALTERED: "Altered after it was signed",
    Fault.MISSING: "Missing",
    Fault.ADDED: "Added, and signed by nobody",
}
PAPER = (
    "This is the paper of an evidence pack. Give the JSON file that belongs to it: that is what was signed, and its "
    "digest stands on the paper."
)
KINDS = {"sample": " SAMPLE: made-up people.", "pilot": " PILOT: this test counts for no licence."}


def verify(content: bytes, keys: Sequence[PublicKey]) -> str:
    """What there is to say of a genuine pack. Refuses any other, and names each item that is not what was signed."""
    document = evidence_file.read(content)
    message = evidence.canonical(document.manifest)
    found = signing.verify(keys, document.key, evidence.PURPOSE, message, _signature(document))
    problems = [UNSIGNED[found]] if found in UNSIGNED else []
    problems += [
        f"NOT GENUINE. {FAULTS[one.fault]}: {evidence.about(one.item)}." for one in evidence.differences(document)
    ]
    problems += [f"DOES NOT HANG TOGETHER: {words}" for words in evidence.contradictions(document.items)]
    if problems:
        raise Refused("evidence-not-genuine", "\n".join([*problems, _digest(content)]))
    return "\n".join([*_told(document), _digest(content)])


def _signature(document: Document) -> bytes:
    try:
        return bytes.fromhex(document.signature)
    except ValueError:
        return b""


def _told(document: Document) -> Iterator[str]:
    head = document.manifest
    yield f"Genuine: an evidence pack as {head.get('council')} signed it.{KINDS.get(str(head.get('mode')), '')}"
    yield f"{str(head.get('copy')).capitalize()} copy for {head.get('recipient')}, made on {_day(head.get('made_at'))}."
    yield f"All {len(document.items)} items are what was signed, by key {document.key}."
    if document.items.get("seal", {}).get("sha256"):
        yield "The questions and answers give the digest that was sealed when the test was sent in."
    yield "The hash of every audit entry follows from its text."


def _day(at: object) -> str:
    try:
        return calendar.moment(datetime.fromisoformat(str(at)))
    except ValueError:
        return "a day that cannot be read"


def _digest(content: bytes) -> str:
    return (
        f"SHA-256 of this file, to be compared with the paper: {evidence.grouped(hashlib.sha256(content).hexdigest())}"
    )
