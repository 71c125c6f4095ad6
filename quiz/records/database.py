"""Engines and transactions. A reading session cannot write; a writing one takes its turn from the start."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from quiz.records import standing

# synchronous=FULL: an acknowledged answer survives a power cut. recursive_triggers: INSERT OR REPLACE must not
# slip past the triggers that refuse DELETE.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)
PATIENCE = 10.0  # seconds for which SQLite's one writer is waited for
LOOK = 0.002  # seconds between two looks whether it has finished
COURTESY = 0.01  # seconds that long work leaves to others between two of its transactions; several looks fit in


class Writing(Session):
    """A session that may write. What lists filter by is written again in the same transaction as the facts."""


event.listen(Writing, "after_flush", standing.note)
event.listen(Writing, "before_commit", standing.keep)
event.listen(Writing, "after_rollback", standing.forget)


def connect(url: str, patience: float = PATIENCE) -> Engine:
    """An engine for SQLite or PostgreSQL, by a SQLAlchemy URL. `patience` in seconds is for SQLite's one writer."""
    if url.startswith("sqlite"):
        return _sqlite(url, patience)
    # hide_parameters: what people typed must not reach a log with an error. prepare_threshold=None keeps psycopg usable
    # behind PgBouncer in transaction mode.
    return create_engine(
        url, hide_parameters=True, pool_pre_ping=True, pool_size=5, connect_args={"prepare_threshold": None}
    )


def reading(engine: Engine) -> Session:
    """A session that cannot write."""
    return Session(engine.execution_options(postgresql_readonly=True), autoflush=False)


def writing(engine: Engine) -> Session:
    """A session that may write; on SQLite it waits for its turn at BEGIN, not in the middle."""
    return Writing(engine.execution_options(writes=True), autoflush=False)


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One writing transaction outside a request: committed at the end, rolled back on any error."""
    with writing(engine) as session, session.begin():
        yield session


def let_others(engine: Engine) -> None:
    """Leave others a turn before the next transaction of long work. PostgreSQL has many writers."""
    if engine.dialect.name == "sqlite":
        time.sleep(COURTESY)


def count_up(engine: Engine) -> None:
    """Let SQLite look at samples of its tables, so that it chooses the right index. PostgreSQL does so by itself.

    Takes some milliseconds, however large the tables are.
    """
    if engine.dialect.name == "sqlite":
        with engine.execution_options(writes=True).begin() as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit=400")
            connection.exec_driver_sql("ANALYZE")


def _sqlite(url: str, patience: float) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    reads = f"PRAGMA busy_timeout={int(patience * 1000)}"

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (reads, *(f"PRAGMA {one}" for one in PRAGMAS)):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get("writes", False))
        if connection.info.get("writes") is not writes:  # asked of SQLite only when this connection changes hands
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.exec_driver_sql("PRAGMA busy_timeout=0" if writes else reads)
            connection.info["writes"] = writes
        if not (writes and _begun(connection, patience)):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _begun(connection: Connection, patience: float) -> bool:
    """Wait for the turn to write. False when others held it for all that time.

    SQLite would wait by itself, but looks again after 100 ms at last: among many short transactions of long work a
    driver's answer waited for two seconds and more until it found a gap.
    """
    raw = connection.connection.cursor()
    try:
        for _ in range(max(1, round(patience / LOOK))):
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    return False  # whatever it is, it is told in the usual way
                time.sleep(LOOK)
            else:
                return True
        return False
    finally:
        raw.close()
