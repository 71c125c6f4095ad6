"""manifest.json of a backup: what is in it, as of when, and a digest of every part."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from quiz.domain.errors import Refused

FORMAT = "quiz-backup-1"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: its size in bytes, and its SHA-256 as 64 hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the database of a backup holds: its schema, its rows by table, and the end of its audit chain."""

    schema: str
    demo: bool
    rows: Mapping[str, int]
    audit_entries: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of a backup. `made_at` is aware."""

    made_at: datetime
    contents: Contents
    parts: Mapping[str, Part]


def write(manifest: Manifest) -> str:
    """The one text of a manifest: the same manifest gives the same bytes."""
    plain = {"format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()}
    return json.dumps(plain, indent=2, sort_keys=True) + "\n"


def read(text: str) -> Manifest:
    """The manifest of a text. Refuses what this program cannot restore."""
    try:
        plain = json.loads(text)
        if plain["format"] != FORMAT:
            raise Refused("backup-format", f"This backup was made by another program: “{plain['format']}”.")
        return _manifest(plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("backup-damaged", "The list of contents of this backup cannot be read.") from error


def _manifest(plain: Mapping[str, Any]) -> Manifest:
    made_at = datetime.fromisoformat(plain["made_at"])
    parts = {name: Part(**part) for name, part in plain["parts"].items()}
    return Manifest(made_at, Contents(**plain["contents"]), parts)
