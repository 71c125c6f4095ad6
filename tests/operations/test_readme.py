"""The READMEs tell all there is to type and to set, and what they tell works."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from quiz.app import create_app
from quiz.records import database
from quiz.settings import ROOT, TABLES
from tests.databases import alone
from tests.make import Clock, Make
from tests.operations.conftest import Quiz
from tests.page import Browser
from tests.test_cli import ALL

READMES = [ROOT / "README.md", ROOT / "instance" / "README.md"]
TOLD = "\n".join(path.read_text(encoding="utf-8") for path in READMES)
LEAVES = [words for words, command in ALL.items() if not hasattr(command, "commands") or words == ("settings",)]
SETTINGS = [(name, held.name) for name, table in TABLES.items() for held in fields(table)]


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_every_command_is_told(words):
    assert re.search(rf"quiz {' '.join(words)}\b", TOLD)


def test_no_command_is_told_that_is_not_there():
    code = re.findall(r"`([^`\n]+)`|^    (.*)$", TOLD, re.MULTILINE)
    typed = {word for both in code for word in re.findall(r"\bquiz (?!quiz)([a-z][a-z-]*)", " ".join(both))}
    assert len(typed) > 10
    assert typed <= {words[0] for words in ALL}


@pytest.mark.parametrize(("group", "key"), SETTINGS, ids=lambda part: part)
def test_every_setting_is_told(group, key):
    (line,) = re.findall(rf"^\| `\[{group}\]` \|.*$", TOLD, re.MULTILINE)
    assert f"`{key}`" in line


def test_the_readme_is_one_screen():
    assert len(READMES[0].read_text(encoding="utf-8").splitlines()) <= 45


@pytest.mark.parametrize("path", READMES, ids=["README.md", "instance/README.md"])
def test_every_file_that_is_named_is_there(path):
    named = re.findall(
        r"`((?:quiz|tests|question_bank|instance|templates|static)(?:/[\w./]+)?)`", path.read_text("utf-8")
    )
    missing = {name for name in named if not (ROOT / name).exists()}
    assert missing <= {"instance/settings.toml"}


def blocks() -> tuple[list[str], list[str]]:
    """The statements for the superuser, and those inside the new database."""
    first, second = re.findall(r"```sql\n(.*?)```", TOLD, re.DOTALL)
    return first.split(";\n"), second.split(";\n")


@pytest.fixture
def roles(postgresql: str, shared: Path) -> Iterator[tuple[str, str]]:
    """The database and the roles that the README makes: addresses of owner and serving role.

    Their names are the README's, and the server is that of all workers: one test at a time.
    """
    with alone(shared, "roles"):
        yield from made_roles(postgresql)


def made_roles(postgresql: str) -> Iterator[tuple[str, str]]:
    """Made, and removed afterwards."""
    outside, inside = blocks()
    admin = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    address = make_url(postgresql).set(database="quiz")
    try:
        with admin.connect() as connection:
            for statement in filter(str.strip, outside):
                connection.execute(text(statement))
        new = create_engine(address, isolation_level="AUTOCOMMIT")
        with new.connect() as connection:
            for statement in filter(str.strip, inside):
                connection.execute(text(statement))
        new.dispose()
        owner, serving = (address.set(username=f"quiz_{name}", password=None) for name in ("owner", "serving"))
        yield owner.render_as_string(False), serving.render_as_string(False)
    finally:
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS quiz WITH (FORCE)"))
            connection.execute(text("DROP ROLE IF EXISTS quiz_owner"))
            connection.execute(text("DROP ROLE IF EXISTS quiz_serving"))
        admin.dispose()


def test_the_roles_of_postgresql_do_their_parts(roles, tmp_path):
    owner, serving = roles
    quiz = Quiz(tmp_path / "instance", QUIZ_DATABASE_URL=serving)
    assert "does not permit this to its present user" in quiz.refused("init")
    quiz.environment["QUIZ_DATABASE_URL"] = owner
    quiz.done("init")
    quiz.environment["QUIZ_DATABASE_URL"] = serving
    code = quiz.done("drivers", "add", "--licence", "PH1", "--kind", "dual", "--name", "Sam").splitlines()[-1]
    quiz.done("staff", "add", "--email", "a@example.com", "--name", "A", "--role", "officer")
    quiz.done("contacts", "confirm", "licensing", "--by", "A. Clerk")
    quiz.done("backup", tmp_path / "b.tar")
    quiz.done("tick")
    engine = database.connect(serving)
    browser = Browser(create_app(quiz.settings(), engine))
    browser.open("/sign-in")
    assert browser.press("Continue", licence="PH1", code=code).path != "/sign-in"
    maker = Make(engine, Clock())
    maker.attempt(maker.driver(number="PH2"))
    for statement in ("TRUNCATE audit_entry", "DROP TRIGGER answer_refuses_change ON answer", "DROP TABLE answer"):
        with pytest.raises(ProgrammingError), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()


def test_moving_to_postgresql_is_one_command(roles, tmp_path):
    owner, serving = roles
    quiz = Quiz(tmp_path / "instance")
    quiz.done("init")
    quiz.done("drivers", "add", "--licence", "PH1", "--kind", "dual", "--name", "Sam")
    quiz.done("backup", tmp_path / "b.tar")
    quiz.environment["QUIZ_DATABASE_URL"] = owner
    assert "1 drivers" in quiz.done("restore", tmp_path / "b.tar", "--replace")
    quiz.environment["QUIZ_DATABASE_URL"] = serving
    assert quiz.done("drivers", "code", "PH1")
    assert quiz.done("audit", "verify")
    assert not (quiz.folder / "quiz.db").exists()


def test_python_is_the_one_that_the_project_asks_for():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert f"Python {wanted.removeprefix('>=')} or newer" in TOLD
