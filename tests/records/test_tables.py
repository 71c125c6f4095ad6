"""The migrated database is the declared one, to the last trigger; what is written once cannot be changed."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Insert,
    Inspector,
    Table,
    create_engine,
    func,
    inspect,
    select,
    text,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlalchemy.exc import DBAPIError

from quiz.actions import deciding, editing, planning, rating, reporting, supervising, training
from quiz.actions.reporting import House, Wanted
from quiz.domain.action_plan import Action, Status
from quiz.domain.decisions import Grounds
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.monitoring import Period
from quiz.domain.report import Version
from quiz.domain.roles import Role
from quiz.domain.sittings import Incident
from quiz.domain.training import Plan
from quiz.records import bank
from quiz.records import training as records
from quiz.records.evidence import EvidencePack
from quiz.records.found_wrong import FoundWrong
from quiz.records.letters import LetterText
from quiz.records.replies import Reply
from quiz.records.tables import APPEND_ONLY, METADATA, MODULES
from quiz.records.unsafe import UnsafeReading
from tests.make import ISSUER, Make

TABLES = sorted(METADATA.tables)


@pytest.fixture
def declared(engine: Engine) -> Iterator[tuple[Inspector, str | None]]:
    """The tables as they are declared, made beside the migrated ones; with the schema in which they stand."""
    if engine.dialect.name == "sqlite":
        beside = create_engine("sqlite://")
        METADATA.create_all(beside)
        yield inspect(beside), None
        beside.dispose()
        return
    with engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA declared"))
        METADATA.create_all(connection.execution_options(schema_translate_map={None: "declared"}))
        yield inspect(connection), "declared"


def described(found: Inspector, table: str, schema: str | None) -> dict[str, object]:
    """All that holds for a table, in a form that can be compared."""

    def plain(one: object) -> str:
        return str(one).replace("declared.", "")

    def where(index: ReflectedIndex) -> dict[str, str]:
        return {key: str(value) for key, value in index.get("dialect_options", {}).items()}

    columns = [
        (c["name"], repr(c["type"]), c["nullable"], plain(c["default"])) for c in found.get_columns(table, schema)
    ]
    foreign = [
        (k["name"], k["constrained_columns"], k["referred_table"], k["referred_columns"], k["options"])
        for k in found.get_foreign_keys(table, schema)
    ]
    return {
        "columns": sorted(columns),
        "key": found.get_pk_constraint(table, schema),
        "foreign keys": sorted(foreign, key=str),
        "uniques": sorted((u["name"], u["column_names"]) for u in found.get_unique_constraints(table, schema)),
        "checks": sorted((c["name"], c["sqltext"]) for c in found.get_check_constraints(table, schema)),
        "indexes": sorted((i["name"], i["column_names"], i["unique"], where(i))
                          for i in found.get_indexes(table, schema)),
    }  # fmt: skip


def triggers(connection: Connection) -> set[tuple[str, str]]:
    on_sqlite = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    on_postgresql = (
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    rows = connection.execute(text(on_sqlite if connection.dialect.name == "sqlite" else on_postgresql))
    return {(row[0], row[1]) for row in rows}


@pytest.fixture
def full(make: Make) -> Make:
    """A database with at least one row in every table that is only added to."""
    sat = make.driver()
    attempt_id = make.attempt(sat)
    with make.work("staff:one") as work:
        version = bank.live_versions(work.session, "driver")[0]
        rating.rate(work, version.id, 70)
        copy = editing.add_version(work, version.draft, "driver", "written")
        editing.send_to_review(work, copy)
    with make.work("staff:two") as work:
        editing.review(work, work.session.merge(copy), [Role.EDITOR], Capacity.EDITOR, Verdict.RETURN, "Why?")
    with make.work("staff:two") as work:
        work.session.add(
            FoundWrong(version_id=work.session.merge(copy).id, at=work.now, by="staff:two", reason="", told="", note="")
        )
        work.session.add(
            UnsafeReading(attempt_id=attempt_id, capacity="lead", verdict="upheld", why="", at=work.now, by="staff:two")
        )
        deciding.void(work, sat.person_id, attempt_id, Grounds("technical", "It does not count."))
        work.session.add(
            EvidencePack(
                attempt_id=attempt_id,
                copy="internal",
                reason="",
                recipient="",
                at=work.now,
                by="",
                digest="",
                content="",
            )
        )
    sitting_id = make.sitting()
    with make.work("staff:two") as work:
        work.session.add(LetterText(kind="invitation", version=1, subject="", body="", at=work.now, by=""))
        work.session.add(Reply(attempt_id=attempt_id, at=work.now, words="I knew it."))
        planned = training.plan(work, Plan(make.clock.now, "Town Hall", "T. Trainer", 10))
        training.invite(work, planned.id, [sat.person_id])
        (place,) = records.places(work.session, planned.id)
        training.note(work, planned.id, {place.id: True})
        supervising.note(work, sitting_id, None, Incident.TECHNICAL, "The lights went out.")
        planning.add(work, Action("Training", "Hold a session", "Licensing", None, Status.UNDER_WAY, ""))
        today = work.now.date()
        wanted = Wanted("driver", Period(today, today), Version.INTERNAL)
        reporting.issue(work, wanted, House("Council", "Test"), ISSUER.signer)
    return make


def not_refused(make: Make, changes: dict[str, Executable]) -> list[str]:
    """Which of these changes, by table, the database carried out."""
    done = []
    for table, change in changes.items():
        try:
            with make.work() as work:
                work.session.execute(change)
                done.append(table)
        except DBAPIError as error:
            assert f"{table} is append-only" in str(error)
    return done


def first(table: Table) -> str:
    """The name of a table's first column."""
    return next(iter(table.columns)).name


def again(table: Table, insert: Insert) -> Insert:
    """Every row of a table once more."""
    return insert.from_select([column.name for column in table.columns], select(table).where(true()))


def upsert(table: Table, dialect: ModuleType) -> Insert:
    """Every row once more, changed where it is there already."""
    inserted = again(table, dialect.insert(table))
    return inserted.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={first(table): inserted.excluded[first(table)]}
    )


def test_the_migrated_tables_are_the_declared_ones(engine, declared):
    found, (expected, schema) = inspect(engine), declared
    assert sorted({*found.get_table_names()} - {"alembic_version"}) == TABLES
    assert {t: described(found, t, None) for t in TABLES} == {t: described(expected, t, schema) for t in TABLES}


def test_every_module_with_a_table_is_named(engine):
    named = {mapper.class_.__module__ for mapper in MODULES[0].Record.registry.mappers}
    assert named == {module.__name__ for module in MODULES}


def test_every_table_that_is_only_added_to_has_its_triggers_and_no_other_has_any(engine):
    changes = ("update", "delete") if engine.dialect.name == "sqlite" else ("change", "truncate")
    with engine.connect() as connection:
        assert triggers(connection) == {
            (table, f"{table}_refuses_{change}") for table in APPEND_ONLY for change in changes
        }


def test_rows_that_are_only_added_cannot_be_changed_by_any_statement(full, engine):
    tables = [METADATA.tables[name] for name in APPEND_ONLY]
    with full.reading() as session:
        assert [t.name for t in tables if not session.scalar(select(func.count()).select_from(t))] == []
    update = {t.name: t.update().values({first(t): t.columns[first(t)]}) for t in tables}
    delete = {t.name: t.delete() for t in tables}
    if engine.dialect.name == "sqlite":
        changed = {t.name: upsert(t, sqlite) for t in tables}
        emptied = {t.name: again(t, t.insert().prefix_with("OR REPLACE")) for t in tables}
    else:
        changed = {t.name: upsert(t, postgresql) for t in tables}
        emptied = {t.name: text(f"TRUNCATE {t.name} CASCADE") for t in tables}
    assert [not_refused(full, changes) for changes in (update, delete, changed, emptied)] == [[], [], [], []]
