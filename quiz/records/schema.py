"""Which schema a database has, and which one this program was written for. Quick: nothing of Alembic is loaded."""

import re
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine, inspect, text

VERSIONS = Path(__file__).parent / "migrations" / "versions"
LINK = re.compile(r'^revision = "(?P<own>\w+)"\s+down_revision = (?:"(?P<before>\w+)"|None)$', re.MULTILINE)


class Standing(StrEnum):
    """A database beside this program. FOREIGN: it holds tables, but none of them says which schema they are."""

    EMPTY = "empty"
    OLDER = "older"
    PRESENT = "present"
    UNKNOWN = "unknown"
    FOREIGN = "foreign"


def revisions() -> list[str]:
    """All revisions of this program, oldest first: each file says after which other one it comes."""
    after: dict[str | None, str] = {}
    for path in VERSIONS.glob("[0-9]*_*.py"):
        if link := LINK.search(path.read_text("utf-8")):
            after[link["before"]] = link["own"]
    found = [after[None]]
    while found[-1] in after:
        found.append(after[found[-1]])
    return found


def newest() -> str:
    """The revision that this program was written for."""
    return revisions()[-1]


def present(engine: Engine) -> str:
    """The revision of the database; "" where there is none."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def standing(engine: Engine) -> Standing:
    """How the database stands to this program."""
    found = present(engine)
    if not found:
        return Standing.FOREIGN if inspect(engine).get_table_names() else Standing.EMPTY
    if found == newest():
        return Standing.PRESENT
    return Standing.OLDER if found in revisions() else Standing.UNKNOWN
