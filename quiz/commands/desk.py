"""What a command works with: the instance, its settings and its database, the time and whoever typed it."""

import fcntl
import getpass
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from quiz import steady
from quiz.actions.work import Work
from quiz.domain.errors import Refused
from quiz.keyring import keys
from quiz.records import database, schema, service
from quiz.records.schema import Standing
from quiz.settings import ROOT, Settings

BANK = ROOT / "question_bank"
CHANCE = SystemRandom()
PATIENCE = 3  # seconds for which a command waits until another has finished
INIT_FIRST = "Run “quiz init” first."
MISFITS = {
    Standing.EMPTY: f"The database is empty. {INIT_FIRST}",
    Standing.OLDER: "The database has an older schema than this program. Stop the service, make a backup, then run "
    "“quiz init”: it brings the database up to date and keeps everything.",
    Standing.UNKNOWN: "The database was brought up to date by a newer program. Use that program, or restore a backup.",
    Standing.FOREIGN: "The database holds the tables of another program. Give this one a database of its own.",
}


@dataclass(frozen=True)
class Desk:
    """An instance that is ready for work. `now` (aware, UTC) is taken once for the whole command.

    `acting` is the opaque key of whoever the work is done for; whoever typed the command, where it is empty.
    """

    settings: Settings
    engine: Engine
    pepper: bytes
    now: datetime
    acting: str = ""

    @property
    def instance(self) -> Path:
        """The folder with settings, keys and, by default, the database."""
        return self.settings.instance

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A piece of work in a transaction of its own, kept at the end."""
        with database.transaction(self.engine) as session:
            yield Work(session, self.acting or actor(), self.now, CHANCE, self.pepper)
        database.let_others(self.engine)

    def reading(self) -> Session:
        """A session that cannot write."""
        return database.reading(self.engine)


def actor() -> str:
    """Who typed the command, by login name, as the audit log keeps it."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # a user without a name, as containers have them
        return f"cli:uid{os.getuid()}"


def now() -> datetime:
    """The present time. To be taken once for each command."""
    return datetime.now(UTC)


def instance_folder() -> Path:
    """Where the instance lies, whether or not it is there yet."""
    return Path(os.environ.get("QUIZ_INSTANCE") or ROOT / "instance")


@contextmanager
def at_desk() -> Iterator[Desk]:
    """The instance, if it is set up and its database fits this program; else a refusal that says what to do."""
    settings = load_settings()
    with connected(settings) as engine:
        must_fit(settings, engine)
        clock = steady.of(settings.instance, engine)
        yield Desk(settings, engine, keys(settings.instance).pepper, clock())


def load_settings() -> Settings:
    """The settings of an instance that is there."""
    folder = instance_folder()
    if not (folder / "settings.toml").is_file():
        raise Refused("not-initialised", f"There is no instance in {folder}. {INIT_FIRST}")
    return Settings.load(folder)


@contextmanager
def connected(settings: Settings) -> Iterator[Engine]:
    """An engine for the time of a command."""
    engine = database.connect(settings.server.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def must_fit(settings: Settings, engine: Engine) -> None:
    """Refuses a database that is missing, empty, of another schema, or not filled."""
    if missing(settings):
        raise Refused("not-initialised", f"There is no database in {settings.instance}. {INIT_FIRST}")
    found = schema.standing(engine)
    if found is not Standing.PRESENT:
        raise Refused("schema", MISFITS[found])
    with database.reading(engine) as session:
        if session.get(service.Service, 1) is None:
            raise Refused("not-initialised", MISFITS[Standing.EMPTY])


def missing(settings: Settings) -> bool:
    """Whether the database is a SQLite file that is not there; to open it would make it."""
    file = sqlite_file(settings.server.database_url)
    return file is not None and not file.is_file()


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the instance for a change that nobody else may be in the middle of: setting up, migrating, restoring."""
    with _held(folder, fcntl.LOCK_EX, patience):
        yield


@contextmanager
def in_company(folder: Path) -> Iterator[None]:
    """Holds the instance for as long as it is served. Several may serve it; nobody may be alone with it meanwhile."""
    with _held(folder, fcntl.LOCK_SH, PATIENCE):
        yield


@contextmanager
def _held(folder: Path, how: int, patience: float) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(handle, how, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, how: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Refused(
                    "in-use", "This instance is in use: the service or another command runs on it. Stop that first."
                ) from None
            time.sleep(0.1)
