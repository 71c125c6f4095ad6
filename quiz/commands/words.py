"""How values are typed on the command line, and how lists are shown there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import click

from quiz.domain.blueprint import Reason
from quiz.domain.licence import Kind
from quiz.domain.roles import STAFF_ROLES, Role


class Day(click.ParamType[date]):
    """A calendar day, typed 2026-11-21."""

    name = "YYYY-MM-DD"

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day. Type it like 2026-11-21.", param, ctx)


DAY = Day()
KIND = click.Choice([kind.value for kind in Kind])
REASON = click.Choice([reason.value for reason in Reason])
ROLES = {role.replace(" ", "-"): role for role in STAFF_ROLES}
ROLE = click.Choice(list(ROLES))


def roles(typed: Iterable[str]) -> list[Role]:
    """Roles as they are typed, with dashes."""
    return [ROLES[one] for one in typed]


def columns(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines with each column as wide as its widest cell."""
    held = [list(row) for row in rows]
    widths = [max(map(len, cells)) for cells in zip(*held, strict=True)]
    for row in held:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
