"""JSON of a signed file, which must mean one thing only."""

import json
from functools import partial
from typing import Any, NoReturn


def read(content: bytes, of: str) -> Any:
    """What the text holds. ValueError for a name that stands twice in a group, and for numbers that are not whole.

    `of` is what the file is ("a pack"), for the words of a refusal.
    """
    no = partial(_no, of)
    return json.loads(content.decode(), object_pairs_hook=_once, parse_float=no, parse_constant=no)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one group, so it could be read in two ways")
    return found


def _no(of: str, text: str) -> NoReturn:
    raise ValueError(f"the number {text} cannot stand in {of}")
