"""Writing the small part of TOML that our files use, always in the same form, so that files can be compared."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

Value = str | bool | int | date | Iterable[str]


def value(one: Value) -> str:
    """One value: a basic string, a flag, a number, a date or a list on one line."""
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, str):
        return json.dumps(one, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(one, int):
        return str(one)
    if isinstance(one, date):
        return one.isoformat()
    return "[" + ", ".join(value(part) for part in one) + "]"


def table(heading: str, pairs: Mapping[str, Value]) -> str:
    """A table with its heading line, keys in the given order."""
    return "\n".join([heading, *(f"{key} = {value(one)}" for key, one in pairs.items())]) + "\n"
