"""What a person's name must be to be kept, shown and printed."""

import unicodedata
from collections.abc import Iterator

LONGEST = 100


def tidy(typed: str) -> str:
    """Outer and double spaces removed, letters with marks composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def problems(name: str) -> Iterator[str]:
    """In words for the person who types it."""
    if not name:
        yield "Enter the name"
    if len(name) > LONGEST:
        yield f"The name must be {LONGEST} characters or fewer"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in name):
        yield "The name has a character that cannot be shown. Type it again"


def key(name: str) -> str:
    """What a search compares: no case, no accents, single spaces ("Zoë O'Neil" is "zoe o'neil")."""
    plain = unicodedata.normalize("NFKD", tidy(name).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))
