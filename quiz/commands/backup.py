"""quiz backup and quiz restore: everything of an instance in one file, its keys in another, and the way back."""

import os
from pathlib import Path

import click

from quiz.actions import backing_up, going_live
from quiz.actions.backing_up import Source
from quiz.actions.scans import FOLDER as UPLOADS
from quiz.commands import desk, restoring
from quiz.commands.desk import Desk
from quiz.formats import archive, keys_file
from quiz.keyring import secret_files

FILE = click.Path(dir_okay=False, path_type=Path)
PRESENT_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", required=False, type=FILE)
@click.option("--keys", "keys_to", type=FILE, metavar="FILE", help="Write the keys, sealed with a passphrase.")
def backup(file: Path | None, keys_to: Path | None) -> None:
    """Write a backup and read it again.

    FILE becomes a tar archive with database, settings, logo, scans and public keys. The service may run meanwhile. The
    secret keys are not in it: without them access codes are worth nothing, and with them alone nobody learns anything,
    so keep the two files in different places. A backup of SQLite can be restored into PostgreSQL, and the other way
    round.

    The passphrase is asked for, or read from the file that QUIZ_PASSPHRASE_FILE names.
    """
    if file is None and keys_to is None:
        raise click.UsageError("Give the FILE to write, or --keys FILE, or both.")
    with desk.at_desk() as at:
        if keys_to is not None:
            _back_up_keys(at, keys_to)
        if file is not None:
            _back_up(at, file)


def _back_up_keys(at: Desk, target: Path) -> None:
    backing_up.must_be_new(target)
    backing_up.back_up_keys(secret_files(at.instance), passphrase(new=True), target, desk.CHANCE)
    with at.work() as work:
        going_live.key_backup_made(work)
    click.echo(f"Wrote the keys to {target}. Only the passphrase opens it: keep it somewhere else.")


def _back_up(at: Desk, target: Path) -> None:
    pictures = [path for path in (at.instance / at.settings.appearance.logo,) if path.is_file()]
    public = sorted((at.instance / "keys").glob("*.pub"))
    files = {path.name: path for path in (at.instance / "settings.toml", *pictures, *public)}
    files |= {path.name: path for path in sorted((at.instance / UPLOADS).glob("scan-*"))}
    source = Source(at.engine, desk.sqlite_file(at.settings.server.database_url), files, at.pepper)
    manifest = backing_up.back_up(source, target, at.now)
    with at.work() as work:
        work.record("backup.made", "service", sha256=archive.part(target).sha256, of=manifest.contents.audit_hash)
    rows = manifest.contents.rows
    click.echo(
        f"Wrote {target} and read it again: {rows['person']} drivers, {rows['attempt']} tests, "
        f"{manifest.contents.audit_entries} audit entries."
    )


def passphrase(new: bool) -> str:
    """From the file that QUIZ_PASSPHRASE_FILE names, or asked for; a new one is asked for twice."""
    if named := os.environ.get("QUIZ_PASSPHRASE_FILE"):
        return (Path(named).read_text(encoding="utf-8").splitlines() or [""])[0]
    if new:
        click.echo(f"Choose a passphrase of at least {keys_file.SHORTEST} characters.", err=True)
    asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    return asked


@click.command()
@click.argument("file", type=PRESENT_FILE)
@click.option(
    "--keys", "keys_from", type=PRESENT_FILE, metavar="FILE", help="The keys, as “quiz backup --keys” wrote them."
)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Another folder than QUIZ_INSTANCE.")
@click.option("--replace", is_flag=True, help="Move the instance that is there aside, within its folder.")
@click.option("--new-keys", is_flag=True, help="The keys are lost: make new ones. No access code works any more.")
def restore(file: Path, keys_from: Path | None, into: Path | None, replace: bool, new_keys: bool) -> None:
    """Bring an instance back from a backup.

    Everything is checked before anything is touched: the archive, its seal, the database, and the audit log against
    its end at the time of the backup. The database goes where the settings of the backup, or QUIZ_DATABASE_URL, say;
    a PostgreSQL database must be empty. Without --keys the keys that lie in the folder are used.
    """
    if keys_from and new_keys:
        raise click.UsageError("Give --keys FILE or --new-keys, not both.")
    secrets = keys_file.read(keys_from.read_text("utf-8", "replace"), passphrase(new=False)) if keys_from else None
    folder = into or desk.instance_folder()
    for words in restoring.restore(file, folder, restoring.Wishes(secrets, replace, new_keys, desk.now())):
        click.echo(words)
