"""Backups: the whole of an instance in one archive, and its keys in a sealed file of their own. Both are proved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select

from quiz.domain import codes
from quiz.domain.errors import Refused
from quiz.formats import archive, keys_file, manifest_file
from quiz.formats.manifest_file import Contents, Manifest
from quiz.records import audit, copying, database, migrating, schema
from quiz.records.service import Service

DATABASE = "quiz.db"
MANIFEST = "manifest.json"
SEAL = "manifest.seal"


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up. `file` is the database where it is SQLite; `files` are the others, by their names."""

    engine: Engine
    file: Path | None
    files: Mapping[str, Path]
    pepper: bytes


def back_up(source: Source, target: Path, now: datetime) -> Manifest:
    """Write one archive and read it again. Nothing is left at `target` unless it is whole."""
    must_be_new(target)
    with TemporaryDirectory(prefix=".quiz-backup-", dir=target.parent) as made:
        folder = Path(made)
        take(source, folder / DATABASE)
        parts = {DATABASE: folder / DATABASE, **source.files}
        contents = examine(folder / DATABASE)
        manifest = Manifest(now, contents, {name: archive.part(path) for name, path in parts.items()})
        text = manifest_file.write(manifest)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        (folder / SEAL).write_text(seal(source.pepper, text), encoding="ascii")
        whole = folder / "whole.tar"
        with whole.open("xb") as stream:
            archive.pack(stream, now.timestamp(), {MANIFEST: folder / MANIFEST, SEAL: folder / SEAL, **parts})
        _must_read_back(whole, manifest)
        whole.rename(target)
    return manifest


def must_be_new(target: Path) -> None:
    """Refuses to write over a file."""
    if target.exists():
        raise Refused("file-exists", f"{target} is there already. Give another name.")
    if not target.absolute().parent.is_dir():
        raise Refused("folder-missing", f"There is no folder {target.absolute().parent}.")


def take(source: Source, file: Path) -> None:
    """The database as of one moment, as a SQLite file, whatever it is now."""
    if source.file is not None:
        copying.snapshot(source.file, file)
        return
    engine = database.connect(f"sqlite:///{file}")
    migrating.migrate(engine)
    copying.copy(source.engine, engine)
    engine.dispose()
    copying.close_up(file)


def examine(file: Path) -> Contents:
    """What a SQLite file holds, looked at from end to end. Refuses one that is not whole."""
    engine = database.connect(f"sqlite:///{file}")
    try:
        copying.must_be_sound(engine)
        return contents(engine)
    finally:
        engine.dispose()
        copying.close_up(file)


def contents(engine: Engine) -> Contents:
    """What a database holds. Refuses one whose audit chain is broken."""
    with database.reading(engine) as session:
        broken = audit.first_break(session)
        head = audit.head(session)
        demo = session.scalars(select(Service.demo)).one()
    rows = copying.counts(engine)
    if broken or rows["audit_entry"] != head.sequence:
        raise Refused("audit-broken", f"The audit log does not hold at entry {broken or head.sequence}.")
    return Contents(schema.present(engine), demo, rows, head.sequence, head.hash)


def seal(pepper: bytes, text: str) -> str:
    """What only somebody with the instance's keys can put under a manifest."""
    return codes.digest(pepper, "backup", text)


def _must_read_back(whole: Path, manifest: Manifest) -> None:
    with whole.open("rb") as stream:
        found = archive.unpack(stream, None)
    if any(found.get(name) != part for name, part in manifest.parts.items()):
        raise Refused("backup-unreadable", "The backup could not be read back from the disk. Try another disk.")


def back_up_keys(keys: Mapping[str, bytes], passphrase: str, target: Path, chance: Random) -> None:
    """Write the sealed keys and open them again."""
    must_be_new(target)
    keys_file.must_be_good(passphrase)
    salt, nonce = chance.randbytes(keys_file.SALT_BYTES), chance.randbytes(keys_file.NONCE_BYTES)
    with target.open("x", encoding="ascii") as file:
        file.write(keys_file.write(keys, passphrase, salt, nonce))
    if keys_file.read(target.read_text(encoding="ascii"), passphrase) != dict(keys):
        raise Refused("backup-unreadable", "The keys could not be read back from the disk. Try another disk.")
