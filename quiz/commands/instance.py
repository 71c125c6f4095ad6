"""Making an instance, or bringing one to this program: what `init` and `demo` have in common."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from quiz.actions import bank
from quiz.actions.bank import Folder
from quiz.actions.work import Work
from quiz.commands import desk
from quiz.commands.desk import Desk
from quiz.domain.errors import Refused
from quiz.keyring import can_sign, keys, make_keys
from quiz.records import copying, database, migrating, schema, standing
from quiz.records.schema import Standing
from quiz.records.service import Service
from quiz.settings import Settings

SIGN_INS = "demo-sign-ins.txt"
REAL_IS_REAL = "This is a real instance, so “quiz demo” leaves it alone. Name another folder in QUIZ_INSTANCE."
DEMO_STAYS = (
    "This is a demonstration with made-up people, and it stays one. Name another folder in QUIZ_INSTANCE, "
    "and “quiz init” makes a real instance there."
)


@dataclass(frozen=True)
class Plan:
    """What kind of instance is wanted, and how its empty database is filled. `now` is aware."""

    demo: bool
    now: datetime
    fill: Callable[[Work, Folder, Settings], None]


def bring_about(folder: Path, plan: Plan) -> list[str]:
    """An instance of that kind, fit for this program. Says what was done; nothing where all was done before."""
    if _is_ready(folder, plan):
        return []
    folder.mkdir(parents=True, exist_ok=True)
    with desk.alone(folder):
        return list(_steps(folder, plan))


def _is_ready(folder: Path, plan: Plan) -> bool:
    """Looks only, so that nobody who serves the instance is in the way. Refuses the wrong kind of instance."""
    if not (folder / "settings.toml").is_file():
        return False
    settings = Settings.load(folder)
    if desk.missing(settings):
        return False
    with desk.connected(settings) as engine:
        found = schema.standing(engine)
        demo = _is_demo(engine, found)
    _must_be_of_kind(demo, plan)
    if demo is not None:
        keys(folder)
    return demo is not None and found is Standing.PRESENT and can_sign(folder)


def _steps(folder: Path, plan: Plan) -> Iterator[str]:
    if not (folder / "settings.toml").is_file():
        (folder / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
        yield "Wrote settings.toml, which explains each setting."
    settings = Settings.load(folder)
    _must_not_take_the_place(settings, plan)
    with desk.connected(settings) as engine:
        found = schema.standing(engine)
        if found in (Standing.UNKNOWN, Standing.FOREIGN):
            raise Refused("schema", desk.MISFITS[found])
        demo = _is_demo(engine, found)
        _must_be_of_kind(demo, plan)
        if found is Standing.OLDER:
            yield from _migrate(settings, engine, plan)
        if found is Standing.EMPTY:
            migrating.migrate(engine)
        if demo is None:
            yield from _fill(settings, engine, plan)
        elif not can_sign(folder):
            make_keys(folder, plan.demo)
            yield "Made a key that signs certificates. Back up the keys again (quiz backup --keys FILE)."


def _must_not_take_the_place(settings: Settings, plan: Plan) -> None:
    """Settings that somebody wrote belong to a real instance, even if its database is not to be found."""
    written = (settings.instance / "settings.toml").read_text(encoding="utf-8") != Settings.default_text()
    if plan.demo and desk.missing(settings) and written and not (settings.instance / SIGN_INS).is_file():
        raise Refused("not-a-demo", REAL_IS_REAL)


def _is_demo(engine: Engine, found: Standing) -> bool | None:
    """None for a database that nobody has filled."""
    if found not in (Standing.PRESENT, Standing.OLDER):
        return None
    with database.reading(engine) as session:
        return session.scalar(select(Service.demo))


def _must_be_of_kind(demo: bool | None, plan: Plan) -> None:
    if demo is not None and demo is not plan.demo:
        raise Refused("demo", DEMO_STAYS) if demo else Refused("not-a-demo", REAL_IS_REAL)


def _migrate(settings: Settings, engine: Engine, plan: Plan) -> Iterator[str]:
    keys(settings.instance)
    old = schema.present(engine)
    file = desk.sqlite_file(settings.server.database_url)
    if file is not None:
        copy = settings.instance / f"before-{schema.newest()}-{plan.now:%Y%m%dT%H%M%SZ}.db"
        copying.snapshot(file, copy)
        yield f"Copied the database to {copy.name}. Remove the copy when all is well."
    migrating.migrate(engine)
    with Desk(settings, engine, keys(settings.instance).pepper, plan.now).work() as work:
        standing.refresh_all(work.session)
    yield f"Brought the database from schema {old} to {schema.newest()} and kept everything."


def _fill(settings: Settings, engine: Engine, plan: Plan) -> Iterator[str]:
    folder = bank.read(desk.BANK)
    make_keys(settings.instance, plan.demo)
    yield "Made the keys, without which access codes cannot be checked."
    with Desk(settings, engine, keys(settings.instance).pepper, plan.now).work() as work:
        plan.fill(work, folder, settings)
    yield f"Filled the database: {len(folder.drafts)} questions and {len(folder.contacts)} contacts."
