"""The hash chain of the audit log: each entry's hash covers the one before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """An audit entry as it is checked."""

    sequence: int
    previous: str
    content: str
    hash: str


def content(sequence: int, at: datetime, actor: str, event: str, subject: str, detail: Mapping[str, object]) -> str:
    """The canonical text that is hashed and stored: JSON with sorted keys, no spaces, UTC with microseconds."""
    body = {
        "n": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor,
        "event": event,
        "subject": subject,
        "detail": dict(detail),
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest(previous: str, text: str) -> str:
    """SHA-256 over the previous hash, a line break and the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def first_break(links: Iterable[Link], before: str = START, start: int = 1) -> int | None:
    """The sequence number at which the chain does not hold, or None when it is whole."""
    for expected, link in enumerate(links, start):
        if link.sequence != expected or link.previous != before or digest(before, link.content) != link.hash:
            return expected
        before = link.hash
    return None
