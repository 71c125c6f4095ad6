"""What the value of a setting may be, in words and as a test."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Rule:
    """What a value may be, in words and as a test."""

    allowed: str
    fits: Callable[[Any], bool]


def contrast_on_white(colour: str) -> float:
    """How readable a colour "#rrggbb" is on white, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _is_base_url(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?", value):
        return False
    address = urlsplit(value)
    return address.scheme == "https" or address.hostname in LOOPBACK


def _is_database(value: Any) -> bool:
    try:
        return isinstance(value, str) and make_url(value).get_backend_name() in ("sqlite", "postgresql")
    except ArgumentError:
        return False


def _is_colour(value: Any) -> bool:
    return _matches(r"#[0-9a-fA-F]{6}")(value) and contrast_on_white(value) >= 4.5


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def between(low: int, high: int) -> Rule:
    """A whole number within limits, both allowed."""
    return Rule(f"a whole number from {low} to {high}", lambda value: type(value) is int and low <= value <= high)


TEXT = Rule("1 to 200 characters on one line", _matches(r"\S[^\x00-\x1f\x7f]{0,199}"))
WEBSITE = Rule("an address that begins with https://", _matches(r"https://[^\s]{3,190}"))
BASE_URL = Rule("https:// and a host (http:// only for 127.0.0.1 or localhost), without a path", _is_base_url)
COLOUR = Rule('"#rrggbb", dark enough to be read on white (contrast of at least 4.5 to 1)', _is_colour)
PICTURE = Rule("the name of a .png or .svg file that lies in this folder", _matches(r"[A-Za-z0-9_-]+\.(png|svg)"))
CONTACT = Rule("the key of a contact: small letters, digits and dashes", _matches(r"[a-z0-9-]{1,40}"))
HOST = Rule("the name of a mail server, without a port", _matches(r"[A-Za-z0-9.-]{1,200}"))
MAILBOX = Rule("an e-mail address", _matches(r"[^@\s]{1,100}@[^@\s]+\.[^@\s]{2,60}"))
SECURITY = Rule('"starttls", "tls" or "none"', _matches("starttls|tls|none"))
CARRIER = Rule('"none", "smtp" or "notify"', _matches("none|smtp|notify"))
SWITCH = Rule("true or false", lambda value: type(value) is bool)
TEMPLATE = Rule(
    "the ID of a template, as GOV.UK Notify shows it", _matches(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
)
DAY = Rule("a date without quotation marks, such as 2026-11-21", lambda value: type(value) is date)
DATABASE = Rule("a SQLAlchemy address that begins with sqlite: or postgresql:", _is_database)
