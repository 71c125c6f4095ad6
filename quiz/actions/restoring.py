"""Restoring: a backup is believed only after its digests, its seal, its database and its audit chain were checked."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from quiz.actions import backing_up
from quiz.actions.backing_up import DATABASE, MANIFEST, SEAL
from quiz.domain import codes
from quiz.domain.errors import Refused
from quiz.formats import archive, manifest_file
from quiz.formats.manifest_file import Contents, Manifest
from quiz.records import copying, database, migrating, schema

LONGEST_MANIFEST = 1024 * 1024  # bytes; ours have some thousand


def unpack(file: Path, folder: Path, pepper: bytes | None) -> Manifest:
    """The files of a backup, in an empty folder and checked. Without pepper the manifest's seal is not checked."""
    with file.open("rb") as stream:
        found = archive.unpack(stream, folder)
    if not {MANIFEST, SEAL, DATABASE} <= found.keys() or found[MANIFEST].size > LONGEST_MANIFEST:
        raise Refused("backup-damaged", "This is not a backup, or it is damaged: it has no list of contents.")
    text = (folder / MANIFEST).read_bytes()
    manifest = manifest_file.read(text.decode("utf-8", "replace"))
    given = {name: part for name, part in found.items() if name not in (MANIFEST, SEAL)}
    wrong = sorted(name for name in given.keys() | manifest.parts.keys() if given.get(name) != manifest.parts.get(name))
    if wrong:
        raise Refused("backup-damaged", f"The backup is damaged or was changed after it was made: {', '.join(wrong)}.")
    if pepper is not None and not _sealed(folder / SEAL, pepper, text):
        raise Refused(
            "backup-seal",
            "These keys do not belong to this backup, or its list of contents was changed after it was made.",
        )
    return manifest


def _sealed(file: Path, pepper: bytes, text: bytes) -> bool:
    seal = file.read_text(encoding="ascii", errors="ignore")
    return codes.same(seal, backing_up.seal(pepper, text.decode("utf-8", "replace")))


def bring_up_to_date(file: Path, manifest: Manifest) -> Contents:
    """Check the database of a backup against the manifest, and migrate it to this program's schema."""
    if manifest.contents.schema not in schema.revisions():
        raise Refused("schema", "This backup was made by a newer program. Restore it with that program.")
    if manifest.contents.schema == schema.newest():
        return _must_hold(backing_up.examine(file), manifest.contents)
    engine = database.connect(f"sqlite:///{file}")
    try:
        copying.must_be_sound(engine)
        migrating.migrate(engine)
    finally:
        engine.dispose()
    # Migrations may add tables and rows; the audit chain is what they never touch.
    now = backing_up.examine(file)
    return _must_hold(now, replace(manifest.contents, schema=now.schema, rows=now.rows))


def fill(file: Path, engine: Engine) -> None:
    """The restored database into an empty one of another engine."""
    must_be_empty(engine)
    migrating.migrate(engine)
    source = database.connect(f"sqlite:///{file}")
    try:
        copying.copy(source, engine)
    finally:
        source.dispose()
        copying.close_up(file)
    _must_hold(backing_up.contents(engine), backing_up.examine(file))


def must_be_empty(engine: Engine) -> None:
    """Refuses a database with any table of somebody else, or any row of ours."""
    found = schema.standing(engine)
    used = found is schema.Standing.PRESENT and any(copying.counts(engine).values())
    if used or found not in (schema.Standing.EMPTY, schema.Standing.PRESENT):
        raise Refused(
            "database-used", "The database that this instance names holds data. Make a new, empty one for it."
        )


def _must_hold(found: Contents, promised: Contents) -> Contents:
    if found != promised:
        raise Refused("restore-differs", "The restored database does not hold what the backup's list of contents says.")
    return found
