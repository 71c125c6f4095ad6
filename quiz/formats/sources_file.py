"""sources.toml: where the facts come from."""

import tomllib
from dataclasses import dataclass

from quiz.domain.errors import Refused


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `address` is empty for recommended practice; `weak` ones are only a hint."""

    key: str
    title: str
    address: str
    dated: str = ""
    weak: bool = False


def read(text: str) -> dict[str, Source]:
    """The sources by key. Refuses a file that cannot be read."""
    try:
        return {one["key"]: Source(**one) for one in tomllib.loads(text)["source"]}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Refused("sources-file", f"sources.toml cannot be read: {error}") from error
