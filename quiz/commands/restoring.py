"""The way of a restored instance into its folder: checked aside, then put in place by renaming."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from quiz.actions import backing_up, restoring
from quiz.actions.backing_up import DATABASE, MANIFEST, SEAL
from quiz.actions.scans import FOLDER as UPLOADS
from quiz.commands import desk
from quiz.commands.desk import Desk
from quiz.commands.instance import SIGN_INS
from quiz.domain import calendar
from quiz.domain.errors import Refused
from quiz.formats.manifest_file import Contents, Manifest
from quiz.keyring import keys, make_keys, secret_files
from quiz.records.service import Service
from quiz.settings import PICTURES, Settings

DATA = ("settings.toml", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", SIGN_INS, UPLOADS)


@dataclass(frozen=True)
class Wishes:
    """What was asked for. `secrets` are the keys from their own backup, by name; `now` is aware."""

    secrets: Mapping[str, bytes] | None
    replace: bool
    new_keys: bool
    now: datetime


def restore(file: Path, folder: Path, wishes: Wishes) -> Iterator[str]:
    """Restore into the folder, and say what was done."""
    folder.mkdir(parents=True, exist_ok=True)
    with desk.alone(folder), TemporaryDirectory(prefix=".restoring-", dir=folder) as aside:
        _must_be_free(folder, wishes)
        secrets = _secrets(folder, wishes)
        staged = Path(aside)
        manifest = restoring.unpack(file, staged, secrets.get("pepper"))
        contents = restoring.bring_up_to_date(staged / DATABASE, manifest)
        _fill_other_database(staged, folder)
        if wishes.replace:
            yield from _move_aside(folder, wishes.now)
        _put_in_place(staged, folder, secrets, contents.demo)
        _prove(folder, contents, manifest, wishes)
        yield from _told(folder, contents, manifest, wishes)


def _must_be_free(folder: Path, wishes: Wishes) -> None:
    own_keys = wishes.secrets is None and not wishes.new_keys
    names = DATA if own_keys else (*DATA, "keys")
    if not wishes.replace and any((folder / name).exists() for name in names):
        raise Refused("instance-used", f"{folder} holds an instance already. --replace moves it aside first.")


def _secrets(folder: Path, wishes: Wishes) -> Mapping[str, bytes]:
    """The keys to go on with, by name: restored ones, those in the folder, or none, which means new ones."""
    if wishes.secrets is not None or wishes.new_keys:
        return wishes.secrets or {}
    if (folder / "keys").is_dir():
        return secret_files(folder)
    raise Refused(
        "keys-missing",
        "Without the keys no access code works. Give their backup with --keys FILE. If they are lost: --new-keys.",
    )


def _place_of(staged: Path, folder: Path) -> tuple[Settings, Path | None]:
    """The restored settings, and the SQLite file where the database will be (None: PostgreSQL)."""
    settings = Settings.load(staged)
    file = desk.sqlite_file(settings.server.database_url)
    inside = file is not None and file.resolve() == (staged / DATABASE).resolve()
    return settings, folder / DATABASE if inside else file


def _fill_other_database(staged: Path, folder: Path) -> None:
    """A database outside the folder is never moved aside: it must be empty, or not be there."""
    settings, file = _place_of(staged, folder)
    if file is None:
        with desk.connected(settings) as engine:
            restoring.fill(staged / DATABASE, engine)
    elif file != folder / DATABASE and file.exists():
        raise Refused("database-used", f"{file}, which the settings name, is there already. Move it away first.")


def _move_aside(folder: Path, now: datetime) -> Iterator[str]:
    old = folder / f"before-restore-{now:%Y%m%dT%H%M%SZ}"
    pictures = [path.name for path in folder.iterdir() if path.suffix in PICTURES]
    found = [name for name in (*DATA, "keys", *pictures) if (folder / name).exists()]
    if found:
        old.mkdir()
        for name in found:
            (folder / name).rename(old / name)
        yield f"Moved what was there to {old}. Remove it when all is well."


def _put_in_place(staged: Path, folder: Path, secrets: Mapping[str, bytes], demo: bool) -> None:
    _, file = _place_of(staged, folder)
    (folder / "keys").mkdir(mode=0o700, exist_ok=True)
    for name, key in secrets.items():
        _write_key(folder / "keys" / name, key)
    if file is not None:
        shutil.move(staged / DATABASE, file)
    (staged / DATABASE).unlink(missing_ok=True)
    for name in (MANIFEST, SEAL):
        (staged / name).unlink()
    for path in sorted(staged.iterdir()):
        within = "keys" if path.suffix == ".pub" else UPLOADS if path.name.startswith("scan-") else ""
        (folder / within).mkdir(mode=0o700, exist_ok=True)
        path.rename(folder / within / path.name)
    make_keys(folder, demo)


def _write_key(path: Path, key: bytes) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)


def _prove(folder: Path, contents: Contents, manifest: Manifest, wishes: Wishes) -> None:
    """Open the instance as every command does, look at all of it once more, and write down that it was restored."""
    settings = Settings.load(folder)
    with desk.connected(settings) as engine:
        desk.must_fit(settings, engine)
        if backing_up.contents(engine) != contents:
            raise Refused("restore-differs", "The restored database does not hold what was in the backup.")
        with Desk(settings, engine, keys(folder).pepper, wishes.now).work() as work:
            if wishes.new_keys:
                work.session.get_one(Service, 1).key_backup_at = None
            work.record(
                "service.restored",
                "service",
                made_at=manifest.made_at,
                end=manifest.contents.audit_hash,
                new_keys=wishes.new_keys,
            )


def _told(folder: Path, contents: Contents, manifest: Manifest, wishes: Wishes) -> Iterator[str]:
    yield (
        f"Restored {folder} as it was on {calendar.moment(manifest.made_at)}: {contents.rows['person']} drivers, "
        f"{contents.rows['attempt']} tests, {contents.audit_entries} audit entries. The audit log is whole."
    )
    yield "What happened after that moment is lost. Tell the officers, and look for certificates issued since then."
    if wishes.new_keys:
        yield "The keys are new: back them up (quiz backup --keys FILE), and issue new access codes."
