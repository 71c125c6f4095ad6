"""quiz staff: the first account, and help for somebody who lost a password. The rest is on the staff pages."""

import click

from quiz.actions import staff as actions
from quiz.commands import desk, words
from quiz.domain.errors import Refused
from quiz.records import staff as records


@click.group()
def staff() -> None:
    """Make accounts for staff."""


@staff.command()
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", required=True, multiple=True, type=words.ROLE, help="May be given several times.")
def add(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Make an account.

    The first password stands alone on the last line. It must be changed at the first sign-in.
    """
    with desk.at_desk() as at, at.work() as work:
        password = actions.new_password(work)
        actions.add(work, email=email, name=name, roles=words.roles(roles), password=password)
    _hand_over(password)


@staff.command("reset-password")
@click.argument("email")
def reset_password(email: str) -> None:
    """Give somebody a new password and end all their sign-ins.

    The password stands alone on the last line. It must be changed at the first sign-in.
    """
    with desk.at_desk() as at, at.work() as work:
        account = records.by_email(work.session, email)
        if account is None:
            raise Refused("staff-unknown", f"Nobody has the address {email}. “quiz staff list” shows all accounts.")
        password = actions.new_password(work)
        actions.reset_password(work, account.id, password)
    _hand_over(password)


@staff.command("list")
def show() -> None:
    """List the accounts with their roles."""
    with desk.at_desk() as at, at.reading() as session:
        found = records.everyone(session)
    rows = [
        (one.email, one.name, ", ".join(sorted(roles)), "deactivated" if one.deactivated_at else "")
        for one, roles in found
    ]
    for line in words.columns(rows):
        click.echo(line)


def _hand_over(password: str) -> None:
    click.echo("The password, until its owner chooses another. Hand it over now; it is not shown again:")
    click.echo(password)
