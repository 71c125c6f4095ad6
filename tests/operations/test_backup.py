"""quiz backup: one archive, whole, of either engine, while the service runs; and keys that only a passphrase opens."""

import json
import sqlite3
import stat
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from quiz.formats import keys_file
from quiz.records import audit, copying, schema, service
from tests.make import PEPPER
from tests.operations.conftest import PASSPHRASE, Quiz


def members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        return {about.name: archive.extractfile(about).read() for about in archive}


@pytest.mark.both_engines
def test_a_backup_holds_everything_but_the_keys(quiz, engine, make, tmp_path):
    made = make.driver()
    make.attempt(made)
    (quiz.folder / "logo.svg").write_text("<svg></svg>", encoding="utf-8")
    settings = quiz.folder / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("# logo = ", "logo = "), encoding="utf-8")
    rows = copying.counts(engine)
    told = quiz.done("backup", tmp_path / "b.tar")
    assert "1 drivers, 1 tests" in told
    held = members(tmp_path / "b.tar")
    assert sorted(held) == ["logo.svg", "manifest.json", "manifest.seal", "quiz.db", "settings.toml", "signing-1.pub"]
    assert json.loads(held["manifest.json"])["contents"]["rows"] == rows
    assert PEPPER not in (tmp_path / "b.tar").read_bytes()
    assert made.code.replace("-", "").encode() not in (tmp_path / "b.tar").read_bytes()


def test_scans_are_in_it_and_come_back_to_their_folder(quiz, tmp_path, passphrase):
    scan = quiz.folder / "uploads" / f"scan-{'a1' * 16}.pdf"
    scan.parent.mkdir()
    scan.write_bytes(b"%PDF-1.7 a scan")
    quiz.environment |= passphrase
    quiz.done("backup", tmp_path / "b.tar", "--keys", tmp_path / "b.keys")
    assert members(tmp_path / "b.tar")[scan.name] == b"%PDF-1.7 a scan"
    again = Quiz(tmp_path / "again", **{key: value for key, value in quiz.environment.items() if value})
    again.done("restore", tmp_path / "b.tar", "--keys", tmp_path / "b.keys")
    assert (again.folder / "uploads" / scan.name).read_bytes() == b"%PDF-1.7 a scan"


@pytest.mark.both_engines
def test_the_database_in_it_is_a_plain_sqlite_file(quiz, make, tmp_path):
    make.attempt(make.driver())
    quiz.done("backup", tmp_path / "b.tar")
    (tmp_path / "kept.db").write_bytes(members(tmp_path / "b.tar")["quiz.db"])
    with closing(sqlite3.connect(f"file:{tmp_path / 'kept.db'}?mode=ro&immutable=1", uri=True)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert kept.execute("SELECT count(*) FROM answer").fetchone() == (20,)
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.newest(),)
    assert not (tmp_path / "kept.db-wal").exists()


@pytest.mark.both_engines
def test_a_backup_is_on_the_record(quiz, make, tmp_path):
    quiz.done("backup", tmp_path / "b.tar")
    with make.reading() as session:
        entry = audit.about(session, "service")[0]
    manifest = json.loads(members(tmp_path / "b.tar")["manifest.json"])
    assert entry.event == "backup.made"
    assert json.loads(entry.content)["detail"]["of"] == manifest["contents"]["audit_hash"]


@pytest.mark.both_engines
def test_what_is_written_meanwhile_does_not_tear_a_backup(quiz, make, tmp_path):
    """The counts of a torn copy would not fit its audit log, and the command would refuse it."""
    enough = threading.Event()

    def work() -> None:
        while not enough.is_set():
            make.driver()

    clerk = threading.Thread(target=work)
    clerk.start()
    try:
        for number in range(3):
            quiz.done("backup", tmp_path / f"{number}.tar")
    finally:
        enough.set()
        clerk.join()


def test_a_file_that_is_there_is_not_written_over(quiz, tmp_path):
    (tmp_path / "b.tar").write_text("mine", encoding="utf-8")
    assert "is there already" in quiz.refused("backup", tmp_path / "b.tar")
    assert "is there already" in quiz.refused("backup", "--keys", tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_text(encoding="utf-8") == "mine"


def test_there_must_be_a_folder_for_it(quiz, tmp_path):
    assert "There is no folder" in quiz.refused("backup", tmp_path / "none" / "b.tar")


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(quiz, tmp_path):
    with closing(sqlite3.connect(quiz.folder / "quiz.db")) as database, database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM question WHERE id = (SELECT min(id) FROM question)")
    assert "The database is damaged" in quiz.refused("backup", tmp_path / "b.tar")
    assert list(tmp_path.glob("*.tar")) == []


def test_a_broken_audit_log_is_not_backed_up_as_if_it_were_whole(quiz, tmp_path):
    with closing(sqlite3.connect(quiz.folder / "quiz.db")) as database, database:
        database.execute("DROP TRIGGER audit_entry_refuses_delete")
        database.execute("DELETE FROM audit_entry WHERE sequence = 5")
    assert "The audit log does not hold at entry 5" in quiz.refused("backup", tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name or path.suffix == ".tar"] == []


@pytest.mark.both_engines
def test_keys_are_sealed_and_noted_for_the_go_live_list(quiz, make, tmp_path, passphrase):
    quiz.environment.update(passphrase)
    quiz.done("backup", "--keys", tmp_path / "keys.sealed")
    text = (tmp_path / "keys.sealed").read_text(encoding="ascii")
    assert keys_file.read(text, PASSPHRASE)["pepper"] == PEPPER
    assert sorted(keys_file.read(text, PASSPHRASE)) == ["pepper", "secret_key", "signing-1.key"]
    assert "[x] A backup of the keys is made" in quiz.done("go-live")
    with make.reading() as session:
        assert session.get(service.Service, 1).key_backup_at is not None
        assert audit.about(session, "service")[0].event == "keys.backed-up"


def test_both_can_be_made_at_once(quiz, tmp_path, passphrase):
    quiz.environment.update(passphrase)
    quiz.done("backup", tmp_path / "b.tar", "--keys", tmp_path / "keys.sealed")
    assert (tmp_path / "b.tar").is_file() and (tmp_path / "keys.sealed").is_file()


def test_a_typed_passphrase_is_asked_for_twice(quiz, tmp_path):
    typed = quiz("backup", "--keys", tmp_path / "keys.sealed", stdin=f"{PASSPHRASE}\nanother one of these\n" * 2)
    assert typed.exit_code == 1
    assert not (tmp_path / "keys.sealed").exists()
    typed = quiz("backup", "--keys", tmp_path / "keys.sealed", stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert typed.exit_code == 0
    assert PASSPHRASE not in typed.output


def test_a_short_passphrase_is_refused(quiz, tmp_path):
    (tmp_path / "passphrase").write_text("secret\n", encoding="utf-8")
    quiz.environment["QUIZ_PASSPHRASE_FILE"] = str(tmp_path / "passphrase")
    assert "at least 12 characters" in quiz.refused("backup", "--keys", tmp_path / "keys.sealed")
    assert not (tmp_path / "keys.sealed").exists()


def test_guessing_a_passphrase_is_slow(insecure_but_quick_scrypt):
    """What OWASP's password storage page asks of scrypt; the text of a file cannot ask for another cost."""
    assert insecure_but_quick_scrypt == 2**17
    text = keys_file.write({"pepper": PEPPER}, PASSPHRASE, b"s" * 16, b"n" * 12)
    assert sorted(json.loads(text)) == ["format", "nonce", "salt", "sealed"]


def test_the_same_keys_are_never_sealed_alike():
    one = keys_file.write({"pepper": PEPPER}, PASSPHRASE, b"s" * 16, b"n" * 12)
    other = keys_file.write({"pepper": PEPPER}, PASSPHRASE, b"t" * 16, b"n" * 12)
    assert json.loads(one)["sealed"] != json.loads(other)["sealed"]
    assert keys_file.read(one, PASSPHRASE) == keys_file.read(other, f" {PASSPHRASE} ") == {"pepper": PEPPER}


def test_members_of_an_archive_are_the_owners_alone(quiz, tmp_path):
    quiz.done("backup", tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert {stat.S_IMODE(about.mode) for about in archive} == {0o600}
