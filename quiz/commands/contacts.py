"""quiz contacts: which telephone numbers there are, and that somebody rang them."""

from datetime import date

import click

from quiz.actions import contacts as actions
from quiz.commands import desk, words
from quiz.commands.words import DAY
from quiz.domain import calendar
from quiz.records import contacts as records
from quiz.records import service


@click.group()
def contacts() -> None:
    """List and confirm the telephone numbers. They are changed on the staff pages."""


@contacts.command("list")
def show() -> None:
    """List all contacts: key, number, name, and who checked it when."""
    with desk.at_desk() as at, at.reading() as session:
        found = records.load(session, service.facts(session).contacts_version).contacts
    rows = [
        (one.key, one.number, one.name, one.scope,
         f"checked {one.checked_on} by {one.checked_by}" if one.confirmed else "NOT CONFIRMED")
        for one in found
    ]  # fmt: skip
    for line in words.columns(rows):
        click.echo(line)


@contacts.command()
@click.argument("key")
@click.option("--by", required=True, metavar="NAME", help="Who rang the number.")
@click.option("--on", type=DAY, help="On which day.  [default: today]")
def confirm(key: str, by: str, on: date | None) -> None:
    """Record that somebody rang a number and the right service answered."""
    with desk.at_desk() as at, at.work() as work:
        day = on or calendar.day_of(at.now)
        actions.confirm(work, key, on=day, by=by)
    click.echo(f"{key} is confirmed: checked on {calendar.words(day)} by {by}.")
