"""Plain facts of an evidence pack as words on paper, and the three kinds of block that a section is made of."""

from collections.abc import Sequence
from datetime import date, datetime

from quiz.documents.typeset import Fact
from quiz.domain import calendar
from quiz.domain.evidence import Facts, Plain


def text(facts: Facts, key: str) -> str:
    """A fact as words; "" where there is none."""
    found = facts.get(key)
    return "" if found is None else str(found)


def group(facts: Facts, key: str) -> Facts:
    """A group of facts inside another."""
    found = facts.get(key)
    return found if isinstance(found, dict) else {}


def several(facts: Facts, key: str) -> list[Facts]:
    """A list of groups of facts."""
    found = facts.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words(facts: Facts, key: str) -> list[str]:
    """A list of words."""
    found = facts.get(key)
    return [str(one) for one in found] if isinstance(found, list) else []


def moment(at: Plain) -> str:
    """21 November 2026 at 3:05:12pm, in London; "" for none."""
    if not isinstance(at, str):
        return ""
    return f"{calendar.words(calendar.day_of(datetime.fromisoformat(at)))} at {clock(at)}"


def clock(at: Plain) -> str:
    """3:05:12pm, in London."""
    if not isinstance(at, str):
        return ""
    local = datetime.fromisoformat(at).astimezone(calendar.LONDON)
    return f"{local.hour % 12 or 12}:{local:%M:%S}{'am' if local.hour < 12 else 'pm'}"


def day(on: Plain) -> str:
    """21 November 2026; "" for none."""
    return calendar.words(date.fromisoformat(on)) if isinstance(on, str) else ""


def who(facts: Plain) -> str:
    """By name and role where the pack tells a name, else by role."""
    if not isinstance(facts, dict):
        return ""
    name, role = text(facts, "name"), text(facts, "role")
    return f"{name} ({role})" if name and role else name or role


def yes(fact: Plain) -> str:
    """Yes or no."""
    return "yes" if fact else "no"


def rows(*pairs: tuple[str, str]) -> Fact:
    """Labels with values; what is empty is left out."""
    return {"facts": [[label, value] for label, value in pairs if value]}


def lines(*said: str) -> Fact:
    """Paragraphs; what is empty is left out."""
    return {"lines": [one for one in said if one]}


def table(columns: Sequence[str], *cells: Sequence[str], widths: Sequence[int] = ()) -> Fact:
    """A table with a heading for each column; `widths` are shares of the line."""
    return {
        "columns": list(columns),
        "rows": [list(row) for row in cells],
        "widths": list(widths) or [1] * len(columns),
    }


def heading(said: str) -> Fact:
    """A heading inside a section."""
    return {"heading": said}


def section(title: str, *blocks: Fact) -> Fact:
    """A section with its blocks."""
    return {"title": title, "blocks": list(blocks)}
