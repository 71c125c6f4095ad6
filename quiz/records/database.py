"""Engines and transactions. A reading session cannot write; a writing one takes its turn from the start."""

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
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


class Writing(Session):
    """A session that may write. What lists filter by is written again in the same transaction as the facts."""


event.listen(Writing, "after_flush", standing.note)
event.listen(Writing, "before_commit", standing.keep)
event.listen(Writing, "after_rollback", standing.forget)


def connect(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL, by a SQLAlchemy URL."""
    if url.startswith("sqlite"):
        return _sqlite(url)
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


def count_up(engine: Engine) -> None:
    """Let SQLite look at samples of its tables, so that it chooses the right index. PostgreSQL does so by itself.

    Takes some milliseconds, however large the tables are.
    """
    if engine.dialect.name == "sqlite":
        with engine.execution_options(writes=True).begin() as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit=400")
            connection.exec_driver_sql("ANALYZE")


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get("writes", False))
        if connection.info.get("writes") is not writes:  # asked of SQLite only when this connection changes hands
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info["writes"] = writes
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
