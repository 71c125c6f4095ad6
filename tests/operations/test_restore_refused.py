"""quiz restore refuses what is damaged, changed, foreign or newer, before anything is touched."""

import hashlib
import io
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.formats import manifest_file
from quiz.records import schema
from tests.operations.conftest import Quiz, Saved

NOT_OURS = "This is not one of our backups"


def rewritten(saved: Saved, folder: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other members, as somebody with an editor would leave it."""
    with tarfile.open(saved.archive) as archive:
        members = {about.name: archive.extractfile(about).read() for about in archive}
    change(members)
    target = folder / "changed.tar"
    with tarfile.open(target, "w") as archive:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return target


def test_a_wrong_passphrase_opens_nothing(saved, empty, tmp_path):
    (tmp_path / "passphrase").write_text("four words are bad\n", encoding="utf-8")
    told = empty.refused("restore", saved.archive, "--keys", saved.keys)
    assert told == "The passphrase does not open this file, or the file is damaged.\n"
    assert not empty.folder.exists()


@pytest.mark.parametrize("text", ["", "{}", '{"format": "quiz-keys-1"}', "[]", '{"format": "quiz-keys-2"}'])
def test_what_is_no_backup_of_keys_is_refused(saved, empty, tmp_path, text):
    (tmp_path / "keys").write_text(text, encoding="utf-8")
    assert "not a backup of keys" in empty.refused("restore", saved.archive, "--keys", tmp_path / "keys")


def test_keys_of_another_instance_do_not_fit(saved, empty, tmp_path):
    other = Quiz(tmp_path / "other", **empty.environment)
    other.done("init")
    other.done("backup", "--keys", tmp_path / "other.keys")
    told = empty.refused("restore", saved.archive, "--keys", tmp_path / "other.keys")
    assert "do not belong to this backup" in told


def flip(members: dict[str, bytes]) -> None:
    content = bytearray(members["quiz.db"])
    content[len(content) // 2] ^= 1
    members["quiz.db"] = bytes(content)


def drop_settings(members: dict[str, bytes]) -> None:
    del members["settings.toml"]


def drop_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def add_picture(members: dict[str, bytes]) -> None:
    members["extra.svg"] = b"<svg></svg>"


def forge(members: dict[str, bytes]) -> None:
    """Whoever changes the settings and the digest as well has no keys to seal it."""
    manifest = manifest_file.read(members["manifest.json"].decode())
    old = manifest.parts["settings.toml"].sha256
    members["settings.toml"] += b"# changed\n"
    new = hashlib.sha256(members["settings.toml"]).hexdigest()
    text = members["manifest.json"].decode().replace(old, new)
    size = manifest.parts["settings.toml"].size
    members["manifest.json"] = text.replace(f'"size": {size}\n', f'"size": {len(members["settings.toml"])}\n').encode()


def another_format(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b"quiz-backup-1", b"quiz-backup-9")


def newer(members: dict[str, bytes]) -> None:
    present = f'"schema": "{schema.newest()}"'.encode()
    members["manifest.json"] = members["manifest.json"].replace(present, b'"schema": "8888"')


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (flip, "was changed after it was made: quiz.db"),
        (drop_settings, "was changed after it was made: settings.toml"),
        (add_picture, "was changed after it was made: extra.svg"),
        (drop_manifest, "has no list of contents"),
        (forge, "list of contents was changed"),
        (another_format, "made by another program"),
        (newer, "list of contents was changed"),
    ],
)
def test_a_backup_that_was_changed_is_refused(saved, empty, tmp_path, change, why):
    assert why in empty.refused("restore", rewritten(saved, tmp_path, change), "--keys", saved.keys)
    assert not any(empty.folder.iterdir())


def test_a_backup_of_a_newer_program_is_refused(saved, empty, tmp_path):
    told = empty.refused("restore", rewritten(saved, tmp_path, newer), "--new-keys")
    assert "made by a newer program" in told


def test_a_backup_that_was_cut_short_is_refused(saved, empty, tmp_path):
    content = saved.archive.read_bytes()
    for length in (0, 100, 3000, len(content) // 2):
        (tmp_path / "short.tar").write_bytes(content[:length])
        assert "is damaged" in empty.refused("restore", tmp_path / "short.tar", "--new-keys")


def test_no_name_in_an_archive_leads_out_of_the_folder(saved, empty, tmp_path):
    for name in ("../out.svg", "/tmp/out.svg", "keys/pepper", "a/b.svg", "quiz.db-wal", ".svg"):  # noqa: S108 (refused)
        target = rewritten(saved, tmp_path, lambda members, name=name: members.update({name: b"<svg></svg>"}))
        assert NOT_OURS in empty.refused("restore", target, "--new-keys")
    assert not any(empty.folder.iterdir())
    assert not list(tmp_path.rglob("out.svg"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken_from_an_archive(empty, tmp_path, kind):
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        about = tarfile.TarInfo("quiz.db")
        about.type, about.linkname = kind, "/etc/passwd"
        archive.addfile(about)
    assert NOT_OURS in empty.refused("restore", tmp_path / "evil.tar", "--new-keys")


def test_a_name_that_comes_twice_is_refused(saved, empty, tmp_path):
    shutil.copy(saved.archive, tmp_path / "twice.tar")
    with tarfile.open(tmp_path / "twice.tar", "a") as archive:
        archive.addfile(tarfile.TarInfo("settings.toml"))
    assert NOT_OURS in empty.refused("restore", tmp_path / "twice.tar", "--new-keys")
