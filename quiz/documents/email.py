"""The words of our letters as they come with the program, and the same with somebody's facts in them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from quiz.domain import letter_words
from quiz.domain.letter_words import Wording
from quiz.domain.letters import mark_words
from quiz.domain.posting import Kind

FOLDER = Path(__file__).parents[2] / "templates" / "email"
SUBJECT = "Subject: "


@cache
def original(kind: Kind) -> Wording:
    """The words that came with the program: the subject in the first line, then the letter."""
    first, _, rest = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").partition("\n")
    return Wording(first.removeprefix(SUBJECT), rest.strip("\n"))


def filled(kind: Kind, wording: Wording, values: Mapping[str, str], mark: str) -> Wording:
    """With these values; a letter of a pilot says so in its first words. What has no value yet stays in braces."""
    subject, body = (letter_words.fill(text, values) for text in (wording.subject, wording.body))
    if not mark:
        return Wording(subject, body)
    return Wording(f"{mark}: {subject}", f"{mark_words(kind, mark)}\n\n{body}")
