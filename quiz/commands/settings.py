"""quiz settings: what counts now, and whether it may count."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy.engine import make_url

from quiz.commands import desk
from quiz.formats import toml
from quiz.keyring import keys
from quiz.settings import TABLES, Settings


@click.group(invoke_without_command=True)
@click.pass_context
def settings(ctx: click.Context) -> None:
    """Show the settings that count now, without secrets."""
    if ctx.invoked_subcommand is None:
        click.echo("\n".join(_lines(desk.load_settings())))


@settings.command()
def check() -> None:
    """Say whether settings.toml and the keys are right, and if not, everything that is wrong."""
    found = desk.load_settings()
    keys(found.instance)
    click.echo("The settings are right. They count from the next start of the service.")


def _lines(found: Settings) -> Iterator[str]:
    yield f"# {found.instance / 'settings.toml'}"
    for name in TABLES:
        yield f"\n[{name}]"
        table = getattr(found, name)
        for held in fields(table):
            yield f"{held.name} = {_shown(held.name, getattr(table, held.name))}"


def _shown(name: str, value: Any) -> str:
    if name == "database_url":
        return toml.value(_without_secrets(value))
    if isinstance(value, (str, bool, int, date)):
        return toml.value(value)
    return toml.value("" if value is None else str(value))


def _without_secrets(url: str) -> str:
    """Engine, host and name: user, password and what follows the question mark stay out."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return f"sqlite: {Path(address.database or '')}"
    return f"postgresql: {address.database} at {address.host or 'the local socket'}"
