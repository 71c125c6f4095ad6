"""Instances in folders of their own, and the command that works on them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from quiz.cli import cli
from quiz.formats import keys_file
from quiz.keyring import make_keys
from quiz.records import copying, database
from quiz.settings import Settings
from tests.make import PEPPER, Clock, Make

PASSPHRASE = "four words are good"
INSECURE_COST = 2**4


class Quiz:
    """The command, with an instance. Faults rise with their traceback; refusals come back as results."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment: dict[str, str | None] = {"QUIZ_DATABASE_URL": None, "PORT": None, **environment}

    def __call__(self, *words: object, stdin: str | None = None) -> Result:
        environment = {**self.environment, "QUIZ_INSTANCE": str(self.folder)}
        return CliRunner(env=environment).invoke(cli, [str(word) for word in words], stdin, catch_exceptions=False)

    def done(self, *words: object, stdin: str | None = None) -> str:
        """What a command that must succeed printed."""
        result = self(*words, stdin=stdin)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def refused(self, *words: object) -> str:
        """Why a command said no."""
        result = self(*words)
        assert result.exit_code == 1, result.output
        return result.stderr

    def settings(self) -> Settings:
        """The settings as the command reads them."""
        url = self.environment["QUIZ_DATABASE_URL"]
        return Settings.load(self.folder, {"QUIZ_DATABASE_URL": url} if url else {})


@pytest.fixture(scope="session", autouse=True)
def insecure_but_quick_scrypt() -> Iterator[int]:
    """What makes guessing a passphrase slow would make these tests slow. Gives the cost that really counts."""
    real = keys_file.COST
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys_file, "COST", INSECURE_COST)
        yield real


@pytest.fixture
def nowhere(tmp_path: Path) -> Quiz:
    """The command where nothing has been set up."""
    return Quiz(tmp_path / "instance")


def instance_of(engine: Engine, folder: Path) -> Quiz:
    """The command on an instance with that database, which is the folder's own where it is SQLite."""
    (folder / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    make_keys(folder)
    (folder / "keys" / "pepper").write_bytes(PEPPER)
    if engine.dialect.name == "sqlite":
        return Quiz(folder)
    return Quiz(folder, QUIZ_DATABASE_URL=engine.url.render_as_string(hide_password=False))


@pytest.fixture
def quiz(engine: Engine, tmp_path: Path) -> Quiz:
    """The command on an instance with this test's database: a pilot with the whole question bank."""
    return instance_of(engine, tmp_path)


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Quiz:
    """A demonstration, made once. Tests look at it and change nothing."""
    quiz = Quiz(tmp_path_factory.mktemp("demo") / "instance")
    quiz.done("demo")
    return quiz


class Saved:
    """A backup of an instance in which one driver has passed and another may begin, with the counts of its rows."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.archive, self.keys = folder / "saved.tar", folder / "saved.keys"
        make = Make(engine, Clock())
        self.passed, self.fresh = make.driver(name="Pat Passed", number="PH1"), make.driver(number="PH2")
        make.attempt(self.passed)
        quiz = instance_of(engine, folder)
        (folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        quiz.environment["QUIZ_PASSPHRASE_FILE"] = str(folder / "passphrase")
        quiz.done("backup", "--keys", self.keys)
        self.rows = copying.counts(engine)
        quiz.done("backup", self.archive)


@pytest.fixture(scope="session")
def saved_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Saved:
    """Made once; tests change copies."""
    folder = tmp_path_factory.mktemp("sqlite")
    shutil.copy(sqlite_template, folder / "quiz.db")
    engine = database.connect(f"sqlite:///{folder / 'quiz.db'}")
    saved = Saved(engine, folder)
    engine.dispose()
    return saved


@pytest.fixture(scope="session")
def saved_postgresql(
    tmp_path_factory: pytest.TempPathFactory, create_database: Callable[..., str], postgresql_template: str
) -> Saved:
    """Made once; tests change copies."""
    engine = database.connect(create_database(postgresql_template))
    saved = Saved(engine, tmp_path_factory.mktemp("postgresql"))
    engine.dispose()
    return saved


@pytest.fixture
def passphrase(tmp_path: Path) -> dict[str, str]:
    """The environment in which a passphrase need not be typed."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return {"QUIZ_PASSPHRASE_FILE": str(file)}


@pytest.fixture
def environment() -> dict[str, str]:
    """For real processes: as this one's, without another instance's names."""
    return {
        key: value for key, value in os.environ.items() if key not in ("QUIZ_DATABASE_URL", "QUIZ_INSTANCE", "PORT")
    }


@pytest.fixture
def saved(saved_sqlite: Saved) -> Saved:
    """A backup of SQLite, where it does not matter of what."""
    return saved_sqlite


@pytest.fixture
def empty(tmp_path: Path, passphrase: dict[str, str]) -> Quiz:
    """The command on another machine."""
    return Quiz(tmp_path / "restored", **passphrase)
