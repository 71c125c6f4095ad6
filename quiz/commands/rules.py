"""quiz blueprint and quiz go-live: the rules of the test, and the step from pilot to live."""

from datetime import date
from pathlib import Path

import click

from quiz.actions import going_live
from quiz.commands import desk
from quiz.commands.words import DAY
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.formats import blueprint_file
from quiz.records import papers


@click.group()
def blueprint() -> None:
    """Show and adopt the rules of the test."""


@blueprint.command()
def show() -> None:
    """Print the rules that count now, as a file that “adopt” reads."""
    with desk.at_desk() as at, at.reading() as session:
        row = papers.newest(session, TEST)
    adopted = (
        f"Adopted on {calendar.words(row.adopted_on)}, minute {row.minute}. Basis: {row.basis}"
        if row.adopted_on
        else "Not adopted yet."
    )
    click.echo(f"# Version {row.number} of the rules. {adopted}\n")
    click.echo(blueprint_file.write(papers.read(row.text)), nl=False)


@blueprint.command()
@click.option("--on", required=True, type=DAY, help="When the committee decided.")
@click.option("--minute", required=True, help="The minute that says so.")
@click.option("--basis", required=True, help="On what it decided: the report, the law, the policy.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The rules that were adopted.  [default: those that count now]",
)
def adopt(on: date, minute: str, basis: str, file: Path | None) -> None:
    """Record that the committee has adopted the rules.

    They count for every test begun from now on. Tests that have begun keep the rules they began under.
    """
    given = blueprint_file.read(file.read_text(encoding="utf-8")) if file else None
    with desk.at_desk() as at, at.work() as work:
        rules = given or papers.current(work.session, TEST)
        number = going_live.adopt(work, rules, on=on, minute=minute, basis=basis).number
    click.echo(f"Version {number} of the rules is adopted and counts from now on.")


@click.command("go-live")
@click.option("--yes", is_flag=True, help="Go live, if nothing is missing. It cannot be taken back.")
def go_live(yes: bool) -> None:
    """Show what a pilot needs before it may go live; with --yes, go live.

    From then on results count for licences, and PILOT disappears from pages and documents.
    """
    with desk.at_desk() as at:
        missing = at.settings.privacy.missing
        if yes:
            with at.work() as work:
                going_live.go_live(work, TEST, missing)
            click.echo("The service is live. Results count for licences from now on.")
            return
        with at.reading() as session:
            items = going_live.checklist(session, TEST, missing)
    for item in items:
        click.echo(f"[x] {item.title}" if item.done else f"[ ] {item.title}\n    {item.how}")
    if all(item.done for item in items):
        click.echo("Nothing is missing: quiz go-live --yes")
