"""The drill: from a backup of either engine into either engine, and on as if nothing had happened."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from quiz.app import create_app
from quiz.commands import desk
from quiz.keyring import keys as secret_keys
from quiz.keyring import signing_keys
from quiz.records import audit, certificates, copying, database, migrating, schema, service
from quiz.records.certificates import Certificate
from tests.make import PEPPER, Clock, Made, Make
from tests.operations.conftest import Quiz, Saved
from tests.operations.test_init import NEWER
from tests.page import Browser


@pytest.fixture(params=["from SQLite", "from PostgreSQL"])
def either(request: pytest.FixtureRequest) -> Saved:
    """A backup of an instance of either engine."""
    kind = "sqlite" if request.param == "from SQLite" else "postgresql"
    found: Saved = request.getfixturevalue(f"saved_{kind}")
    return found


@pytest.fixture(params=["into SQLite", "into PostgreSQL"])
def elsewhere(request: pytest.FixtureRequest, empty: Quiz) -> Quiz:
    """The command on another machine, with either engine."""
    if request.param == "into PostgreSQL":
        empty.environment["QUIZ_DATABASE_URL"] = request.getfixturevalue("new_database")()
    return empty


@pytest.fixture
def opened(elsewhere: Quiz) -> Iterator[Callable[[], tuple[Browser, Make]]]:
    """A browser on the restored instance, and a maker of rows in it."""
    engines = []

    def look() -> tuple[Browser, Make]:
        settings = elsewhere.settings()
        engines.append(database.connect(settings.server.database_url))
        clock = Clock()
        maker = Make(engines[-1], clock)
        maker.count = 100
        return Browser(create_app(settings, engines[-1], clock)), maker

    yield look
    for engine in engines:
        engine.dispose()


def signs_in(browser: Browser, made: Made) -> bool:
    browser.open("/sign-in")
    return browser.press("Continue", licence=made.number, code=made.code).path != "/sign-in"


def test_after_the_drill_old_codes_work_and_certificates_are_found(either, elsewhere, opened):
    told = elsewhere.done("restore", either.archive, "--keys", either.keys)
    assert "2 drivers, 1 tests" in told
    browser, _ = opened()
    assert signs_in(browser, either.passed)
    assert "passed" in browser.open("/result").heading.lower()
    with desk.connected(elsewhere.settings()) as restored:
        found = copying.counts(restored)
    since = {"audit_entry": 2, "driver_session": 1}  # restored, and signed in
    if elsewhere.environment["QUIZ_DATABASE_URL"]:
        since["wrong_tries"] = 1  # PostgreSQL holds the counter of an address by its row
    assert found == {name: count + since.get(name, 0) for name, count in either.rows.items()}


def test_after_the_drill_another_driver_passes(either, elsewhere, opened):
    """Numbers that the database counts itself go on after the restored ones."""
    elsewhere.done("restore", either.archive, "--keys", either.keys)
    browser, maker = opened()
    maker.attempt(either.fresh)
    elsewhere.done("blueprint", "adopt", "--on", "2026-11-20", "--minute", "1", "--basis", "B")
    with maker.reading() as session:
        (certificate,) = certificates.of_person(session, either.fresh.person_id)
        assert audit.first_break(session) is None
    assert browser.open(f"/verify/{certificate.number}").status == 200
    keys = signing_keys(elsewhere.folder)
    assert [key.id for key in keys.public] == [keys.signer.key_id], "the key that signed before signs again"


def test_a_restored_instance_can_be_backed_up_and_restored_again(saved, elsewhere, tmp_path):
    elsewhere.done("restore", saved.archive, "--keys", saved.keys)
    elsewhere.done("backup", tmp_path / "second.tar")
    third = Quiz(tmp_path / "third", QUIZ_PASSPHRASE_FILE=elsewhere.environment["QUIZ_PASSPHRASE_FILE"])
    assert "2 drivers, 1 tests" in third.done("restore", tmp_path / "second.tar", "--keys", saved.keys)


def test_a_restore_is_on_the_record(saved, empty):
    empty.done("restore", saved.archive, "--keys", saved.keys)
    with desk.connected(empty.settings()) as engine, database.reading(engine) as session:
        assert audit.about(session, "service")[0].event == "service.restored"
    assert "The audit log is whole" in empty.done("audit", "verify")


def test_certificates_that_replace_each_other_come_back(quiz, make, engine, tmp_path, new_database, passphrase):
    quiz.environment.update(passphrase)
    make.attempt(make.driver())
    make.attempt(make.driver())
    with make.work() as work:
        one, other = sorted(work.session.scalars(select(Certificate.number)))
        work.session.get_one(Certificate, one).replaced_by = other
    quiz.done("backup", tmp_path / "b.tar")
    there = Quiz(tmp_path / "there", QUIZ_DATABASE_URL=new_database())
    shutil.copytree(quiz.folder / "keys", there.folder / "keys")
    there.done("restore", tmp_path / "b.tar")
    with desk.connected(there.settings()) as restored, database.reading(restored) as session:
        assert session.get_one(Certificate, one).replaced_by == other


@pytest.mark.both_engines
def test_an_instance_that_is_there_is_not_touched(quiz, saved, make, passphrase):
    quiz.environment.update(passphrase)
    before = (quiz.folder / "settings.toml").read_bytes()
    assert "--replace moves it aside" in quiz.refused("restore", saved.archive, "--keys", saved.keys)
    assert (quiz.folder / "settings.toml").read_bytes() == before
    with make.reading() as session:
        assert service.facts(session).mark == "PILOT"


def test_replacing_moves_the_old_instance_aside(quiz, engine, saved, make):
    make.driver(number="LATER")
    engine.dispose()
    assert "Moved what was there to " in quiz.done("restore", saved.archive, "--replace")
    assert quiz.refused("drivers", "code", "LATER") == "No driver has this licence number.\n"
    (aside,) = quiz.folder.glob("before-restore-*")
    assert sorted(path.name for path in aside.iterdir() if "-" not in path.name) == ["keys", "quiz.db", "settings.toml"]
    old = Quiz(aside)
    assert old.done("drivers", "code", "LATER")


def test_the_log_of_another_database_is_not_left_beside_the_restored_one(saved, empty):
    """SQLite would take what stands in it for its own last words."""
    empty.folder.mkdir()
    (empty.folder / "quiz.db-wal").write_bytes(b"words of another database")
    assert "holds an instance already" in empty.refused("restore", saved.archive, "--keys", saved.keys)
    empty.done("restore", saved.archive, "--keys", saved.keys, "--replace")
    (aside,) = empty.folder.glob("before-restore-*")
    assert [path.name for path in aside.iterdir()] == ["quiz.db-wal"]


def test_a_used_postgresql_is_not_touched(saved, empty, new_database):
    empty.environment["QUIZ_DATABASE_URL"] = new_database()
    empty.done("restore", saved.archive, "--keys", saved.keys)
    again = Quiz(empty.folder.with_name("again"), **empty.environment)
    assert "holds data" in again.refused("restore", saved.archive, "--keys", saved.keys)
    assert "holds data" in again.refused("restore", saved.archive, "--keys", saved.keys, "--replace")
    assert not any(again.folder.iterdir())


def test_a_sqlite_file_outside_the_folder_is_not_touched(saved, empty, tmp_path):
    (tmp_path / "precious.db").write_text("mine", encoding="utf-8")
    empty.environment["QUIZ_DATABASE_URL"] = f"sqlite:///{tmp_path / 'precious.db'}"
    told = empty.refused("restore", saved.archive, "--keys", saved.keys, "--replace")
    assert "precious.db, which the settings name, is there already" in told
    assert (tmp_path / "precious.db").read_text(encoding="utf-8") == "mine"


def test_into_another_folder(saved, empty, tmp_path):
    empty.done("restore", saved.archive, "--keys", saved.keys, "--into", tmp_path / "drill")
    assert (tmp_path / "drill" / "quiz.db").is_file()
    assert not empty.folder.exists()


def test_an_older_backup_is_brought_up_to_date(saved, elsewhere, tmp_path, monkeypatch):
    scripts = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, scripts)
    (scripts / "versions" / "9999_a_new_room.py").write_text(NEWER % schema.newest(), encoding="utf-8")
    monkeypatch.setattr(migrating, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "VERSIONS", scripts / "versions")
    elsewhere.done("restore", saved.archive, "--keys", saved.keys)
    with desk.connected(elsewhere.settings()) as engine:
        assert schema.present(engine) == "9999"


def test_without_keys_it_says_what_that_means(saved, empty):
    assert "If they are lost: --new-keys" in empty.refused("restore", saved.archive)
    assert not any(empty.folder.iterdir())


def test_lost_keys_can_be_made_new(saved, empty):
    told = empty.done("restore", saved.archive, "--new-keys")
    assert "issue new access codes" in told
    assert secret_keys(empty.folder).pepper != PEPPER
    assert "[ ] A backup of the keys is made" in empty.done("go-live")
    assert empty.done("drivers", "code", "PH2")
