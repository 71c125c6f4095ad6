"""quiz audit: is the record of who did what still whole?"""

import click

from quiz.commands import desk
from quiz.domain.errors import Refused
from quiz.records import audit as records


@click.group()
def audit() -> None:
    """Check the audit log."""


@audit.command()
@click.option("--noted", metavar="NUMBER:HASH", help="An end of the log that was noted earlier: is it still in it?")
def verify(noted: str | None) -> None:
    """Check that no entry was changed, removed or put in between.

    Prints the end of the log. Note it somewhere else: with --noted it proves later that nothing before it was
    written anew.
    """
    with desk.at_desk() as at, at.reading() as session:
        broken = records.first_break(session)
        if broken is not None:
            raise Refused("audit-broken", f"The audit log does not hold at entry {broken}. Keep the database as it is.")
        number, _, digest = (noted or "").partition(":")
        if noted and (not number.isdecimal() or records.hash_of(session, int(number)) != digest):
            raise Refused("audit-broken", f"The audit log is whole, but its entry {number} is not the one you noted.")
        end = records.head(session)
        click.echo(f"The audit log is whole: {end.sequence} entries. Its end, to be noted:")
        click.echo(f"{end.sequence}:{end.hash}")
