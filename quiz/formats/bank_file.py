"""Question files: TOML with [[question]] and [[question.option]], read and written in one canonical form."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from quiz.domain.question import Draft, Option, Problem
from quiz.formats import toml

QUESTION_KEYS = ("id", "topic", "stem", "two", "why", "sources", "section", "review_by", "local", "foes")
OPTION_KEYS = tuple(field.name for field in fields(Option))
EXPECTED: dict[str, type] = {
    "id": str, "topic": str, "stem": str, "two": bool, "why": str, "sources": list, "section": str,
    "review_by": date, "local": bool, "foes": list,
    "text": str, "right": bool, "unsafe": bool, "harm": str,
}  # fmt: skip
KIND_WORDS = {str: "text in quotes", bool: "true or false", list: "a list of texts", date: "a date like 2027-11-21"}


def read(text: str) -> tuple[list[Draft], list[tuple[str, Problem]]]:
    """The questions of a file, and what could not be read: pairs of question id and problem."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [], [("", Problem("file", f"This is not a TOML file: {error}"))]
    problems = [
        ("", Problem("file", f"Only [[question]] may stand here, not “{key}”")) for key in table if key != "question"
    ]
    listed = table.get("question", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        return [], [*problems, ("", Problem("file", "Write each question under its own [[question]]"))]
    drafts = []
    for number, one in enumerate(listed, 1):
        found = list(_problems(one))
        if found:
            problems += [(str(one.get("id") or f"question {number}"), problem) for problem in found]
        else:
            drafts.append(_draft(one))
    return drafts, problems


def write(drafts: Iterable[Draft], comment: str = "") -> str:
    """The canonical file: keys in a fixed order, defaults left out, a blank line between tables."""
    parts = [f"# {comment}\n"] if comment else []
    for draft in drafts:
        parts.append(toml.table("[[question]]", _pairs(draft)))
        parts += [toml.table("[[question.option]]", _option_pairs(option)) for option in draft.options]
    return "\n".join(parts)


def _pairs(draft: Draft) -> dict[str, toml.Value]:
    pairs: dict[str, toml.Value] = {key: getattr(draft, key) for key in QUESTION_KEYS}
    for key in ("two", "local", "foes"):
        if not pairs[key]:
            del pairs[key]
    return pairs


def _option_pairs(option: Option) -> dict[str, toml.Value]:
    return {key: found for key in OPTION_KEYS if (found := getattr(option, key)) or key == "text"}


def _problems(one: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _wrong_keys(one, (*QUESTION_KEYS, "option"), "A question")
    for key in ("id", "topic", "stem", "why", "sources", "section", "review_by"):
        if key not in one:
            yield Problem(key, f"“{key}” is missing")
    options = one.get("option", [])
    if not isinstance(options, list) or not options or not all(isinstance(option, dict) for option in options):
        yield Problem("options", "Write the options under [[question.option]]")
        return
    for option in options:
        yield from _wrong_keys(option, OPTION_KEYS, "An option")
        if "text" not in option:
            yield Problem("options", "An option has no “text”")


def _wrong_keys(table: Mapping[str, Any], known: tuple[str, ...], what: str) -> Iterator[Problem]:
    for key, found in table.items():
        if key not in known:
            yield Problem(key, f"{what} has no “{key}”; allowed are {', '.join(known)}")
        elif (wanted := EXPECTED.get(key)) and not _fits(found, wanted):
            yield Problem(key, f"“{key}” must be {KIND_WORDS[wanted]}")


def _fits(found: object, wanted: type) -> bool:
    if wanted is list:
        return isinstance(found, list) and all(isinstance(one, str) for one in found)
    return type(found) is wanted


def _draft(one: Mapping[str, Any]) -> Draft:
    return Draft(
        id=one["id"],
        topic=one["topic"],
        stem=one["stem"].strip(),
        options=tuple(Option(**option) for option in one["option"]),
        why=one["why"],
        sources=tuple(one["sources"]),
        section=one["section"],
        review_by=one["review_by"],
        two=one.get("two", False),
        local=one.get("local", False),
        foes=tuple(one.get("foes", ())),
    )
