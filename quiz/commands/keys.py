"""quiz keys: the keys that sign certificates."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from quiz import keyring
from quiz.commands import desk
from quiz.domain import calendar
from quiz.domain.errors import Refused
from quiz.formats import signing

AGAIN = "Back up the keys again: quiz backup --keys FILE."


@click.group()
def keys() -> None:
    """The keys that sign certificates."""


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="The public keys as a file, for “quiz verify --keys”.")
def list_keys(as_json: bool) -> None:
    """Which keys there are, and which one signs now."""
    found = keyring.signing_keys(desk.load_settings().instance)
    if as_json:
        return click.echo(signing.write(found.public), nl=False)
    for key in found.public:
        given_up = f"given up on {calendar.moment(key.given_up)}" if key.given_up else "its certificates are genuine"
        state = "signs now" if key.id == found.signer.key_id else given_up
        click.echo(f"{key.number}  {key.id}  {'DEMO  ' if key.demo else ''}{state}")
    return None


@keys.command()
def rotate() -> None:
    """Sign with a new key from now on. Older certificates stay genuine."""
    with desk.at_desk() as at:
        key = keyring.rotate(at.instance)
        with at.work() as work:
            work.record("keys.rotated", "service", key=key.id)
        click.echo(f"Key {key.id} signs from now on. What was signed before stays genuine. {AGAIN}")


@keys.command()
@click.argument("key_id")
@click.option(
    "--since", required=True, metavar="WHEN", help="From when others may have had it: 2026-12-01 or 2026-12-01T14:30."
)
def compromised(key_id: str, since: str) -> None:
    """Others may have this key: believe no code that it signed without a look at our records.

    Certificates that stand in the records stay valid, for the records show them; a code alone proves nothing any more.
    """
    with desk.at_desk() as at:
        moment = _moment(since)
        if moment > at.now:
            raise Refused(
                "since", "--since lies in the future. Give the moment from which others may have had the key."
            )
        key = keyring.give_up(at.instance, key_id, moment)
        with at.work() as work:
            work.record("keys.given-up", "service", key=key.id, since=moment)
        signs = keyring.signing_keys(at.instance).signer.key_id
        click.echo(f"Key {key.id} counts no more by itself. Key {signs} signs now. {AGAIN}")


def _moment(typed: str) -> datetime:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Refused("since", f"{typed} is not a day or a moment. Write 2026-12-01 or 2026-12-01T14:30.") from error
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo("Europe/London"))).astimezone(UTC)
