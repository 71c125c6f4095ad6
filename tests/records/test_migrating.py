"""Migrations: to run them again changes nothing, and Alembic finds nothing that it would still change."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from quiz.records import database, migrating, schema
from quiz.records.tables import METADATA


def test_a_migrated_database_has_the_newest_schema(engine):
    assert schema.standing(engine) is schema.Standing.PRESENT


def test_the_order_of_migrations_is_the_one_in_which_alembic_runs_them():
    chain = ScriptDirectory.from_config(migrating.configuration()).walk_revisions()
    assert schema.revisions() == [one.revision for one in chain][::-1]


def test_to_migrate_again_changes_nothing(engine, make):
    made = make.driver()
    tables = inspect(engine).get_table_names()
    migrating.migrate(engine)
    with make.reading() as session:
        assert session.get_bind().dialect.name == engine.dialect.name
        assert inspect(engine).get_table_names() == tables
        assert schema.present(engine) == schema.newest()
        assert make.count == 1 and made.number == "PH0001"


def test_alembic_would_change_nothing(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_foreign_keys_are_held_again_after_migrating(engine):
    migrating.migrate(engine)
    with engine.connect() as connection:
        on = connection.dialect.name != "sqlite" or connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert on


def test_agreements_of_an_older_database_are_agreements_still(tmp_path):
    engine = database.connect(f"sqlite:///{tmp_path / 'older.db'}")
    migrating.migrate(engine, "0001")
    with database.transaction(engine) as session:
        session.execute(text("INSERT INTO question VALUES ('t01-a', 'driver', 'T1', '2026-11-21 09:00:00')"))
        session.execute(
            text("INSERT INTO version VALUES (x'01', 't01-a', 1, 'T1', 0, 4, '2027-11-21', '{}', 'cli:a', 'initial', "
                 "'2026-11-21 09:00:00')")
        )  # fmt: skip
        session.execute(
            text("INSERT INTO agreement VALUES (x'02', x'01', 'Police', 'Lead', '2026-11-21', '2026-11-21 09:00:00', "
                 "'staff:a', NULL, NULL)")
        )  # fmt: skip
    migrating.migrate(engine)
    with database.reading(engine) as session:
        kept = session.execute(text("SELECT body, answer, comment FROM agreement")).all()
    assert kept == [("Police", "agree", "")]
    engine.dispose()
