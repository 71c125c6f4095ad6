"""sources.toml: where the facts come from."""

import tomllib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `address` is empty for recommended practice; `weak` ones are only a hint."""

    key: str
    title: str
    address: str
    dated: str = ""
    weak: bool = False


def read(text: str) -> dict[str, Source]:
    """The sources by key. Raises TOMLDecodeError, KeyError or TypeError for a broken file."""
    return {one["key"]: Source(**one) for one in tomllib.loads(text)["source"]}
