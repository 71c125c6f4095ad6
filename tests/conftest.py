"""Databases, an app and people to sign in, for every test. Both engines are the real thing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from quiz.actions import bank
from quiz.app import create_app
from quiz.domain.roles import Role
from quiz.keyring import make_keys
from quiz.settings import ROOT, Settings
from quiz.web.parts import Parts
from tests import databases
from tests.make import PEPPER, Clock, Made, Make
from tests.page import Browser

BOTH = ("records", "actions", "journeys")
SHARED = "QUIZ_TESTS_SHARED"


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the workers makes the folder that they share, and they inherit its name."""
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = str(databases.place())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removed when all workers are gone."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that touches the database below the pages runs on both engines."""
    if "engine" not in metafunc.fixturenames:
        return
    folder = Path(str(metafunc.definition.path)).relative_to(ROOT / "tests").parts[0]
    both = folder in BOTH or metafunc.definition.get_closest_marker("both_engines")
    metafunc.parametrize("engine", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def folder() -> bank.Folder:
    """The question bank as it is committed."""
    return bank.read(ROOT / "question_bank")


@pytest.fixture(scope="session")
def shared() -> Path:
    """A folder of all workers of this run."""
    return Path(os.environ[SHARED])


@pytest.fixture(scope="session")
def sqlite_template(shared: Path, folder: bank.Folder) -> Path:
    """An installed SQLite file, made once and copied for each test."""
    return databases.installed_file(shared, folder)


@pytest.fixture(scope="session")
def postgresql(shared: Path) -> Iterator[str]:
    """A real PostgreSQL server; gives the address of its maintenance database."""
    server = databases.server(shared)
    yield databases.address_of(server)
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(shared: Path, postgresql: str, folder: bank.Folder) -> str:
    """The name of an installed PostgreSQL database, made once and copied for each test."""
    return databases.installed_name(shared, postgresql, folder)


@pytest.fixture(scope="session")
def create_database(request: pytest.FixtureRequest) -> Iterator[Callable[..., str]]:
    """Makes PostgreSQL databases, empty or by a template, and gives their addresses."""
    server = request.getfixturevalue("postgresql")
    made: list[str] = []

    def create(template: str = databases.EMPTY) -> str:
        made.append(databases.create(server, template))
        return made[-1]

    yield create
    for address in made:
        databases.drop(server, address)


@pytest.fixture
def new_database(create_database: Callable[..., str]) -> Callable[..., str]:
    """Addresses of new, empty PostgreSQL databases."""
    return create_database


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the test's own."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "quiz.db")
        opened = databases.connect(f"sqlite:///{tmp_path / 'quiz.db'}")
        yield opened
        opened.dispose()
        return
    server = request.getfixturevalue("postgresql")
    address = databases.create(server, request.getfixturevalue("postgresql_template"))
    opened = databases.connect(address)
    yield opened
    opened.dispose()
    databases.drop(server, address)


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, 9 o'clock."""
    return Clock()


@pytest.fixture
def make(engine: Engine, clock: Clock) -> Make:
    """Makers of rows."""
    return Make(engine, clock)


@pytest.fixture(scope="session")
def kept() -> dict[tuple[str, str], tuple[str, object, object]]:
    """What `once` has made in this worker: the copy, what was told about it, and the state of clock and maker."""
    return {}


@pytest.fixture
def once(kept: dict, shared: Path, engine: Engine, make: Make, clock: Clock) -> Callable[[Callable], object]:
    """Many rows that several tests begin with: made by the first of them, copied for the others."""

    def begin_with(fill: Callable[[Make, Clock], object]) -> object:
        name = (fill.__name__, engine.dialect.name)
        if name not in kept:
            told = fill(make, clock)
            kept[name] = databases.keep(engine, shared), told, (clock.now, make.count, make.chance.getstate())
        else:
            copy, told, (clock.now, make.count, chance) = kept[name]
            make.chance.setstate(chance)
            databases.bring_back(engine, copy)
        return told

    return begin_with


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the default settings."""
    path = tmp_path_factory.mktemp("instance")
    (path / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    make_keys(path)
    return path


@pytest.fixture(scope="session")
def made_app(instance: Path) -> Flask:
    """The app, made once: its templates compile once."""
    return create_app(Settings.load(instance, {}), create_engine("sqlite://"), chance=Random(7))


@pytest.fixture
def app(made_app: Flask, engine: Engine, clock: Clock) -> Iterator[Flask]:
    """The app on this test's database and clock. Its chance is not that of `make`: both would draw the same tokens."""
    parts: Parts = made_app.extensions["quiz"]
    made_app.extensions["quiz"] = replace(parts, engine=engine, clock=clock, chance=Random(8), pepper=PEPPER)
    yield made_app
    made_app.extensions["quiz"] = parts


@pytest.fixture
def browse(app: Flask) -> Callable[[], Browser]:
    """New browsers."""
    return lambda: Browser(app)


@pytest.fixture
def made(make: Make) -> Made:
    """A driver who may sit."""
    return make.driver()


@pytest.fixture
def driver(browse: Callable[[], Browser], make: Make, made: Made) -> Browser:
    """That driver, signed in."""
    browser = browse()
    browser.enter("/test", driver=make.driver_in(made).token)
    return browser


def signed_in(
    browse: Callable[[], Browser], make: Make, *roles: Role, email: str | None = None, name: str = ""
) -> Browser:
    """Somebody with these roles, signed in; how the page does it is tested elsewhere."""
    role = roles[0]
    account = make.staff(
        *roles, email=email or f"{role.replace(' ', '-')}@example.com", name=name or f"Robin {role.title()}"
    )
    browser = browse()
    browser.enter("/staff", staff=make.staff_in(account).token, seen=int(make.clock.now.timestamp()))
    return browser


@pytest.fixture
def officer(browse: Callable[[], Browser], make: Make) -> Browser:
    """A licensing officer, signed in."""
    return signed_in(browse, make, Role.OFFICER)


@pytest.fixture
def editor(browse: Callable[[], Browser], make: Make) -> Browser:
    """A question editor, signed in."""
    return signed_in(browse, make, Role.EDITOR)


@pytest.fixture
def lead(browse: Callable[[], Browser], make: Make) -> Browser:
    """A safeguarding lead, signed in."""
    return signed_in(browse, make, Role.LEAD)


@pytest.fixture
def administrator(browse: Callable[[], Browser], make: Make) -> Browser:
    """An administrator, signed in."""
    return signed_in(browse, make, Role.ADMINISTRATOR)


@pytest.fixture
def auditor(browse: Callable[[], Browser], make: Make) -> Browser:
    """An auditor, signed in."""
    return signed_in(browse, make, Role.AUDITOR)
