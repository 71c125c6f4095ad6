"""quiz blueprint and quiz go-live: the rules of the test, and the step from pilot to live."""

from datetime import date
from pathlib import Path

import click

from quiz.actions import bank, going_live
from quiz.commands import desk
from quiz.commands.words import DAY
from quiz.domain import calendar
from quiz.domain.blueprint import TEST, Blueprint
from quiz.domain.errors import Refused
from quiz.formats import blueprint_file
from quiz.records import contacts, papers, service


@click.group()
def blueprint() -> None:
    """Show and adopt the rules of the test."""


OF_TEST = click.option("--test", default=TEST, help="Another test than the drivers', for example other-trades.")


@blueprint.command()
@OF_TEST
def show(test: str) -> None:
    """Print the rules that count now, as a file that “adopt” reads."""
    with desk.at_desk() as at, at.reading() as session:
        row = papers.versions(session, test)[0] if test in papers.names(session) else None
    if row is None:
        click.echo("# Not adopted, so nobody is asked. This came with the program.\n")
        click.echo(blueprint_file.write(_shipped(test)), nl=False)
        return
    adopted = (
        f"Adopted on {calendar.words(row.adopted_on)}, minute {row.minute}. Basis: {row.basis}"
        if row.adopted_on
        else "Not adopted yet."
    )
    click.echo(f"# Version {row.number} of the rules. {adopted}\n")
    click.echo(blueprint_file.write(papers.read(row.text)), nl=False)


def _shipped(test: str) -> Blueprint:
    found = bank.other_tests(desk.BANK)
    if test not in found:
        raise Refused("test-unknown", f"There is no test “{test}”. There are: {', '.join([TEST, *found])}.")
    return found[test]


@blueprint.command()
@click.option("--on", required=True, type=DAY, help="When the committee decided.")
@click.option("--minute", required=True, help="The minute that says so.")
@click.option("--basis", required=True, help="On what it decided: the report, the law, the policy.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The rules that were adopted.  [default: those that count now, or came with the program]",
)
@OF_TEST
def adopt(on: date, minute: str, basis: str, file: Path | None, test: str) -> None:
    """Record that the committee has adopted the rules.

    They count for every test begun from now on. Tests that have begun keep the rules they began under. A test of other
    people is offered from now on: staff make a group for it and invite its people.
    """
    given = blueprint_file.read(file.read_text(encoding="utf-8")) if file else None
    if given is not None and given.test != test:
        raise Refused("test-unknown", f"The file holds the rules of the test “{given.test}”: say --test {given.test}.")
    with desk.at_desk() as at, at.work() as work:
        known = test in papers.names(work.session)
        rules = given or (papers.current(work.session, test) if known else _shipped(test))
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
            instance = service.facts(session)
            known = contacts.load(session, instance.contacts_version)
            items = going_live.checklist(session, TEST, instance, known, missing)
    for item in items:
        click.echo(f"[x] {item.title}" if item.done else f"[ ] {item.title}\n    {item.how}")
    if all(item.done for item in items):
        click.echo("Nothing is missing: quiz go-live --yes")
