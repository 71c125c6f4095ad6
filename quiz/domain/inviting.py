"""Inviting many at once: which list was meant, as it is kept with what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quiz.domain.blueprint import Reason
from quiz.domain.holders import Wanted
from quiz.domain.licence import Kind
from quiz.domain.standing import Status


@dataclass(frozen=True, slots=True)
class Terms:
    """What all of them are invited to: why, until when, supervised or not."""

    test: str
    reason: Reason
    deadline: date
    supervised: bool


def as_facts(wanted: Wanted) -> dict[str, str]:
    """A list as plain text. The order in which it was shown does not matter."""
    found = {
        "status": wanted.status or "",
        "kind": wanted.kind or "",
        "first_day": wanted.first_day.isoformat() if wanted.first_day else "",
        "last_day": wanted.last_day.isoformat() if wanted.last_day else "",
        "adjusted": "yes" if wanted.adjusted else "",
    }
    return {name: str(text) for name, text in found.items() if text}


def of_facts(facts: Mapping[str, str]) -> Wanted:
    """The list that `as_facts` wrote down."""
    days = {name: date.fromisoformat(facts[name]) for name in ("first_day", "last_day") if name in facts}
    return Wanted(
        status=Status(facts["status"]) if "status" in facts else None,
        kind=Kind(facts["kind"]) if "kind" in facts else None,
        first_day=days.get("first_day"),
        last_day=days.get("last_day"),
        adjusted="adjusted" in facts,
    )
