"""contacts.toml: the telephone numbers that a new instance begins with."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date

from quiz.domain import contacts
from quiz.domain.contacts import Contact
from quiz.domain.errors import Refused
from quiz.formats import toml

KEYS = tuple(field.name for field in fields(Contact))
TYPES: dict[str, type] = {"card_order": int, "checked_on": date}
KIND_WORDS = {str: "text in quotes", int: "a number", date: "a date like 2027-11-21"}


def read(text: str) -> tuple[Contact, ...]:
    """The contacts of a file, in its order. Refuses with every problem in one message."""
    try:
        listed = tomllib.loads(text)["contact"]
        found = tuple(Contact(**one) for one in listed)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Refused("contacts-file", f"contacts.toml cannot be read: {error}") from error
    wrong = [words for one in found for words in _wrong_types(one)]
    if not wrong:
        wrong = [f"{one.key}: {words}" for one in found for _, words in contacts.problems(one)]
    wrong += [f"{one.key}: scope must be national or local" for one in found if one.scope not in ("national", "local")]
    if len({one.key for one in found}) < len(found):
        wrong.append("two contacts have the same key")
    if wrong:
        raise Refused("contacts-file", "contacts.toml: " + "; ".join(wrong))
    return found


def _wrong_types(one: Contact) -> Iterator[str]:
    for key in KEYS:
        wanted, found = TYPES.get(key, str), getattr(one, key)
        if type(found) is not wanted and not (key == "checked_on" and found is None):
            yield f"{one.key}: {key} must be {KIND_WORDS[wanted]}"


def write(listed: Iterable[Contact]) -> str:
    """The same contacts as text; an unconfirmed one has no checked_on."""
    return "\n".join(
        toml.table("[[contact]]", {key: found for key in KEYS if (found := getattr(one, key)) is not None})
        for one in listed
    )
