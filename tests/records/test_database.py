"""A reading session cannot write; a writing one keeps all or nothing, whichever connection it is given."""

import time
from threading import Event, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quiz.records import database
from quiz.records.limits import WrongTries
from tests.make import Clock, Make


def wrong_tries(make: Make) -> list[str]:
    with make.reading() as session:
        return list(session.scalars(text("SELECT bucket FROM wrong_tries ORDER BY bucket")))


def row(bucket: str) -> WrongTries:
    return WrongTries(bucket=bucket, count=1, last_at=Clock().now)


def test_a_reading_session_cannot_write(make):
    for change in ("UPDATE person SET name = 'x'", "DELETE FROM person", "CREATE TABLE more (id INTEGER)"):
        with make.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
            session.execute(text(change))


def test_a_reading_session_cannot_add_a_row(make):
    with make.reading() as session:
        session.add(row("added"))
        with pytest.raises(DBAPIError, match=r"read-?only"):
            session.flush()
    assert wrong_tries(make) == []


def test_a_connection_that_was_used_to_write_cannot_write_in_the_next_reading_session(engine, make):
    with database.transaction(engine) as session:
        session.add(row("kept"))
    with make.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(text("DELETE FROM wrong_tries"))
    with database.transaction(engine) as session:
        session.add(row("kept too"))
    assert wrong_tries(make) == ["kept", "kept too"]


def test_a_transaction_that_fails_keeps_nothing(engine, make):
    with pytest.raises(RuntimeError, match="half way"), database.transaction(engine) as session:
        session.add(row("lost"))
        session.flush()
        raise RuntimeError("half way")
    assert wrong_tries(make) == []


def test_a_reader_sees_nothing_of_what_is_not_yet_kept(engine, make):
    with database.writing(engine) as session:
        session.add(row("not yet"))
        session.flush()
        seen = wrong_tries(make)
        session.commit()
    assert (seen, wrong_tries(make)) == ([], ["not yet"])


def test_sqlite_keeps_an_answer_through_a_power_cut_and_holds_every_reference(tmp_path):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0}
    engine = database.connect(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        found = {setting: connection.exec_driver_sql(f"PRAGMA {setting}").scalar() for setting in wanted}
    engine.dispose()
    assert found == wanted


def test_counting_up_gives_the_database_its_statistics_and_changes_nothing(make):
    for _ in range(3):
        make.driver()
    database.count_up(make.engine)
    database.count_up(make.engine)
    if make.engine.dialect.name == "sqlite":
        with make.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'standing'")) > 0


def test_long_work_in_many_transactions_soon_lets_somebody_else_write_in_between(engine, make):
    steps, enough = [], Event()

    def long_work() -> None:
        while not enough.is_set():
            with database.transaction(engine) as session:
                session.add(row(f"step {len(steps)}"))
                session.flush()
                time.sleep(0.02)
            steps.append("done")
            database.let_others(engine)

    worker, waited = Thread(target=long_work), []
    worker.start()
    try:
        for number in range(4):
            before = len(steps)
            while len(steps) < before + 2:  # it is well at work
                time.sleep(0.001)
            before = len(steps)
            with database.transaction(engine) as session:
                session.add(row(f"a driver's {number}"))
                session.flush()
                waited.append(len(steps) - before)
    finally:
        enough.set()
        worker.join()
    assert max(waited) <= 10, "steps of the long work that were done while a driver waited"
    assert len(wrong_tries(make)) == len(steps) + 4
