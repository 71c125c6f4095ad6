"""A question on the editors' pages: as a driver sees it, and with everything that a driver never sees."""

from dataclasses import dataclass, replace

from quiz.domain import contacts
from quiz.domain.contacts import ContactSet
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Option
from quiz.formats.sources_file import Source
from quiz.web import book
from quiz.web.driver.sheet import Choice
from quiz.web.editor import known


@dataclass(frozen=True, slots=True)
class AsDriver:
    """What the page of the test shows, options in the order in which they were written."""

    stem: str
    two: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with today's names and numbers in it. `section` is the words for the handbook section."""

    number: int
    draft: Draft
    as_driver: AsDriver
    sources: tuple[Source, ...]
    section: str


def shown(number: int, draft: Draft, numbers: ContactSet) -> Shown:
    """A version as the editors' pages show it."""
    filled = replace(draft, stem=fill(draft.stem, numbers), why=fill(draft.why, numbers),
                     options=tuple(_option(option, numbers) for option in draft.options))  # fmt: skip
    choices = tuple(Choice(place, option.text, False) for place, option in enumerate(filled.options, 1))
    return Shown(
        number=number,
        draft=filled,
        as_driver=AsDriver(filled.stem, filled.two, choices),
        sources=tuple(known.sources().get(key, Source(key, key, "")) for key in draft.sources),
        section=book.words(draft.section),
    )


def fill(text: str, numbers: ContactSet) -> str:
    """The text with today's names and numbers. One that names a contact that has gone stays as it is, to be mended."""
    try:
        return contacts.fill(text, numbers)
    except Refused:
        return text


def _option(option: Option, numbers: ContactSet) -> Option:
    text, harm, why = (fill(part, numbers) for part in (option.text, option.harm, option.why))
    return replace(option, text=text, harm=harm, why=why)
