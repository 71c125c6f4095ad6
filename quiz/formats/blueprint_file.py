"""blueprint.toml: the rules of a test as the council adopts them."""

import tomllib

from quiz.domain import blueprint
from quiz.domain.blueprint import Blueprint
from quiz.domain.errors import Refused
from quiz.formats import toml


def read(text: str) -> Blueprint:
    """The rules. Refuses what cannot be read or cannot work, with every problem in one message."""
    try:
        rules = blueprint.of_table(tomllib.loads(text))
        wrong = list(blueprint.problems(rules))  # also where a text stands in place of a number
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Refused("blueprint-file", f"The blueprint cannot be read: {error}") from error
    if wrong:
        raise Refused("blueprint-file", "The blueprint cannot work: " + "; ".join(wrong))
    return rules


def write(rules: Blueprint) -> str:
    """The same rules as text; `read` gives them back."""
    table = blueprint.as_table(rules)
    own = {key: value for key, value in table["blueprint"].items() if key != "unsupervised"}
    parts = [toml.table("[blueprint]", own), toml.table("[blueprint.unsupervised]", table["blueprint"]["unsupervised"])]
    parts += [toml.table(f"[[{name}]]", one) for name in ("group", "topic", "place", "critical") for one in table[name]]
    return "\n".join(parts)
