"""A question as officers see it: the words, with names and numbers in them."""

from dataclasses import replace

from quiz.domain import contacts
from quiz.domain.contacts import ContactSet
from quiz.domain.errors import Refused
from quiz.domain.question import Draft, Option


def filled(draft: Draft, numbers: ContactSet) -> Draft:
    """The question with names and numbers. A text that names a contact that has gone stays as it is."""
    options = tuple(_option(option, numbers) for option in draft.options)
    return replace(draft, stem=_fill(draft.stem, numbers), options=options)


def _option(option: Option, numbers: ContactSet) -> Option:
    return replace(option, text=_fill(option.text, numbers), harm=_fill(option.harm, numbers))


def _fill(text: str, numbers: ContactSet) -> str:
    try:
        return contacts.fill(text, numbers)
    except Refused:
        return text
