"""All rows of one database into another, of the same or the other engine, as of one moment and in bounded memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import Column, Engine, Row, Table, bindparam, func, select, text
from sqlalchemy.engine import Connection

from quiz.domain.errors import Refused
from quiz.records.tables import METADATA

BATCH = 500  # rows held in memory at a time


def snapshot(source: Path, target: Path) -> None:
    """A SQLite database as it stands, into a new file that needs no other file beside it. The source stays in use."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def close_up(file: Path) -> None:
    """Make a SQLite file that an engine had open whole in itself: nothing of it stays in a log beside it."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def must_be_sound(engine: Engine) -> None:
    """Refuses a SQLite database with damaged pages, or with rows that point at nothing."""
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        pointless = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if pages != "ok" or pointless:
        raise Refused("database-damaged", f"The database is damaged: {pages if pages != 'ok' else pointless}.")


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table has, by its name."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }


def copy(source: Engine, target: Engine) -> None:
    """Every row, in one transaction on each side. The target has the same schema and no rows."""
    with _steady(source) as reader, target.execution_options(writes=True).begin() as writer:
        for table in METADATA.sorted_tables:
            _copy_table(table, reader, writer)
        if target.dialect.name == "postgresql":
            for column in _counted():
                _go_on_counting(writer, column)


def _steady(engine: Engine) -> Connection:
    """A connection that sees the database as of one moment, whatever is written meanwhile."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True).connect()
    return engine.connect()


def _copy_table(table: Table, reader: Connection, writer: Connection) -> None:
    """Rows that point at rows of the same table are pointed only when all are there."""
    inner = _inner_references(table)
    rows = reader.execution_options(yield_per=BATCH).execute(select(table))
    for batch in _batches(iter(rows)):
        writer.execute(table.insert(), [{**row._mapping, **dict.fromkeys(inner)} for row in batch])
    for name in inner:
        _point(table, table.c[name], reader, writer)


def _batches(rows: Iterator[Row[*tuple[object, ...]]]) -> Iterator[list[Row[*tuple[object, ...]]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _inner_references(table: Table) -> list[str]:
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _point(table: Table, column: Column[object], reader: Connection, writer: Connection) -> None:
    (key,) = table.primary_key.columns
    change = table.update().where(key == bindparam("its_key")).values({column.name: bindparam("its_value")})
    rows = reader.execution_options(yield_per=BATCH).execute(select(key, column).where(column.is_not(None)))
    for batch in _batches(iter(rows)):
        writer.execute(change, [{"its_key": row[0], "its_value": row[1]} for row in batch])


def _counted() -> list[Column[int]]:
    """The columns that PostgreSQL numbers by a sequence of its own."""
    found = (table.autoincrement_column for table in METADATA.sorted_tables)
    return [column for column in found if column is not None]


def _go_on_counting(writer: Connection, column: Column[int]) -> None:
    """Copied rows bring their numbers; the next row must get a number after them."""
    last = writer.scalar(select(func.max(column)))
    if last is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        writer.execute(sequence, {"table": column.table.name, "column": column.name, "last": last})
