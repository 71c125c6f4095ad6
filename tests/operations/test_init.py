"""quiz init: a real instance out of nothing, and an old one brought up to date."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from quiz.commands import desk
from quiz.domain.errors import Refused
from quiz.records import database, migrating, schema, service
from quiz.settings import ROOT, Settings
from tests.operations.conftest import Quiz

NEWER = '''"""A step that this test makes up."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "%s"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("new_room", sa.Column("id", sa.Integer(), primary_key=True))
'''


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """The program as it will be one migration later."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, scripts)
    (scripts / "versions" / "9999_a_new_room.py").write_text(NEWER % schema.newest(), encoding="utf-8")
    monkeypatch.setattr(migrating, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "VERSIONS", scripts / "versions")


def facts(quiz: Quiz) -> service.ServiceFacts:
    with desk.connected(quiz.settings()) as engine, database.reading(engine) as session:
        return service.facts(session)


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_a_real_instance_begins_as_a_pilot(nowhere):
    told = nowhere.done("init")
    assert "Filled the database: " in told
    assert "What comes next:" in told
    assert (facts(nowhere).mark, facts(nowhere).live) == ("PILOT", False)
    assert (nowhere.folder / "settings.toml").read_text(encoding="utf-8") == Settings.default_text()
    assert nowhere.done("settings", "check")


def test_all_that_init_writes_is_the_owners_alone(nowhere, environment):
    command = [sys.executable, "-c", "from quiz.cli import main; main()", "init"]
    subprocess.run(command, cwd=ROOT, env={**environment, "QUIZ_INSTANCE": str(nowhere.folder)}, check=True)
    assert mode(nowhere.folder) == mode(nowhere.folder / "keys") == "0o700"
    files = [path for path in nowhere.folder.rglob("*") if path.is_file()]
    assert {mode(path) for path in files} == {"0o600"}
    assert len(files) == 6


def test_init_again_changes_nothing(nowhere):
    nowhere.done("init")
    before = {path: path.read_bytes() for path in nowhere.folder.rglob("*") if path.is_file()}
    assert "nothing was changed" in nowhere.done("init")
    assert {path: path.read_bytes() for path in nowhere.folder.rglob("*") if path.is_file()} == before


def test_init_fills_an_empty_postgresql(tmp_path, new_database):
    quiz = Quiz(tmp_path, QUIZ_DATABASE_URL=new_database())
    quiz.done("init")
    assert facts(quiz).mark == "PILOT"
    assert not (tmp_path / "quiz.db").exists()
    assert "nothing was changed" in quiz.done("init")


def test_settings_that_were_written_before_are_kept(nowhere):
    nowhere.folder.mkdir()
    (nowhere.folder / "settings.toml").write_text(
        Settings.default_text().replace('"Chorley Council"', '"Borough of Elsewhere"', 1), encoding="utf-8"
    )
    nowhere.done("init")
    assert nowhere.settings().council.name == "Borough of Elsewhere"


def test_wrong_settings_stop_init_before_anything_is_made(nowhere):
    nowhere.folder.mkdir()
    (nowhere.folder / "settings.toml").write_text("[council]\n", encoding="utf-8")
    assert "[council] name is missing" in nowhere.refused("init")
    assert [path.name for path in nowhere.folder.iterdir()] == ["settings.toml"]


@pytest.mark.both_engines
def test_missing_keys_are_never_made_anew_for_a_filled_database(quiz):
    shutil.rmtree(quiz.folder / "keys")
    assert "keys/pepper is missing or damaged" in quiz.refused("init")
    assert not (quiz.folder / "keys").exists()


def test_a_demonstration_stays_one(made_demo):
    assert "it stays one" in made_demo.refused("init")
    assert facts(made_demo).demo


def test_tables_of_another_program_are_left_alone(tmp_path, new_database):
    quiz = Quiz(tmp_path, QUIZ_DATABASE_URL=new_database())
    engine = database.connect(quiz.environment["QUIZ_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE library_book (id integer)"))
    assert "tables of another program" in quiz.refused("init")
    assert inspect(engine).get_table_names() == ["library_book"]
    engine.dispose()


@pytest.mark.both_engines
def test_an_update_keeps_everything(quiz, engine, make, newer_program):
    made = make.driver()
    assert "older schema" in quiz.refused("drivers", "code", made.number)
    told = quiz.done("init")
    assert f"Brought the database from schema {schema.revisions()[-2]} to 9999" in told
    assert schema.present(engine) == "9999"
    assert quiz.done("drivers", "code", made.number)


def test_an_update_copies_a_sqlite_file_first(quiz, engine, newer_program):
    old = schema.revisions()[-2]
    quiz.done("init")
    (copy,) = quiz.folder.glob("before-9999-*.db")
    kept = database.connect(f"sqlite:///{copy}")
    assert schema.present(kept) == old
    assert not inspect(kept).has_table("new_room")
    kept.dispose()


@pytest.mark.both_engines
def test_a_database_of_a_newer_program_is_refused(quiz, engine):
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '7777'"))
    for words in (("init",), ("tick",), ("serve",), ("backup", quiz.folder / "b.tar")):
        assert "by a newer program" in quiz.refused(*words)


def test_two_who_set_up_at_once_take_turns(nowhere):
    nowhere.folder.mkdir()
    with (
        desk.alone(nowhere.folder),
        pytest.raises(Refused, match="in use"),
        desk.alone(nowhere.folder, patience=0),
    ):
        pass


def test_the_newest_revision_is_alembics_head():
    scripts = ScriptDirectory.from_config(migrating.configuration())
    assert scripts.get_current_head() == schema.newest()
