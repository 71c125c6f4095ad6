"""quiz drivers import: the list of licence holders, by the same actions as on the pages."""

import json
import os
from pathlib import Path
from uuid import UUID

import click

from quiz.actions import import_reading, importing
from quiz.actions.importing import AT_ONCE
from quiz.commands import desk
from quiz.commands.desk import Desk
from quiz.commands.importing import quiet, reversal_file, told
from quiz.commands.words import KIND
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.import_match import Field, Match
from quiz.domain.importing import CATEGORY_WORDS, Category, Choice
from quiz.formats import holders_file, table
from quiz.records import imports
from quiz.records.imports import UNLISTED_FROM, ImportFile

TOLD = (Category.REFUSED, Category.DECIDE)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--apply", "applies", is_flag=True, help="Bring the list in. Without this, only what would change is told."
)
@click.option(
    "--match", "matches", multiple=True, metavar="HEADING=FIELD", help="What a column is; --match Ref=number."
)
@click.option("--kind", type=KIND, help="The kind of all licences, where no column tells it.")
@click.option("--mark-unlisted", is_flag=True, help="Mark licences that the list does not name as no longer listed.")
@click.option("--same", multiple=True, type=int, metavar="ROW", help="The row is about the person who is known.")
@click.option("--other", multiple=True, type=int, metavar="ROW", help="The row is about another person of that name.")
@click.option("--use", multiple=True, type=int, metavar="ROW", help="Of several rows for one licence, use this one.")
def import_(
    file: Path, applies: bool, matches: tuple[str, ...], kind: str | None, mark_unlisted: bool, same: tuple[int, ...],
    other: tuple[int, ...], use: tuple[int, ...],
) -> None:  # fmt: skip
    """Import licence holders from a CSV or XLSX file.

    Tells what would be new, changed, refused (with row and reason) and in need of a decision; changes nothing without
    --apply. Rows that need a decision are left out until it is given. FIELD is one of: number, kind, name, forename,
    surname, email, mobile, phone, expires; nothing after the = leaves the column out.
    """
    answers = {row: choice for choice, rows in ((Choice.SAME, same), (Choice.OTHER, other), (Choice.USE, use))
               for row in rows}  # fmt: skip
    with desk.at_desk() as at:
        import_id = _received(at, file)
        try:
            _read(at, import_id, file, matches, kind)
            _decide(at, import_id, answers)
            _tell(at, import_id)
            if applies:
                _apply(at, import_id, mark_unlisted)
        finally:
            with at.reading() as session:
                applied = session.get_one(ImportFile, import_id).applied_at
            if applied is None:
                importing.clear(quiet(at), at.instance, import_id)


def _received(at: Desk, file: Path) -> UUID:
    if not file.is_file():
        raise Refused("file-missing", f"There is no file {file}.")
    import_id = importing.fresh_id()
    with file.open("rb") as content:
        digest, size = importing.keep(at.instance, import_id, file.name, content)
    with at.work() as work:
        importing.receive(work, import_id, name=file.name, digest=digest, size=size, authority=at.settings.council.name)
    return import_id


def _read(at: Desk, import_id: UUID, file: Path, matches: tuple[str, ...], kind: str | None) -> None:
    path = importing.path(at.instance, import_id)
    if matches or kind:
        header = holders_file.read(path, file.name).header
        with at.work() as work:
            row = work.session.get_one(ImportFile, import_id)
            row.header = json.dumps(header)
            importing.match(work, row, _matched(header, matches, kind))
    said = import_reading.read(quiet(at), import_id, path)
    with at.reading() as session:
        row = session.get_one(ImportFile, import_id)
    if row.compared_at is None:
        headings = ", ".join(f"“{one}”" for one in row.kept("header"))
        raise Refused("import-match", f"{said} Say it with --match or --kind. The headings are: {headings}.")
    for note in (*row.kept("notes"), said):
        click.echo(note)


def _matched(header: tuple[str, ...], matches: tuple[str, ...], kind: str | None) -> Match:
    fields = list(matching.of_header(header).fields)
    headings = [matching.plain(one) for one in header]
    for one in matches:
        heading, _, name = one.rpartition("=")
        if matching.plain(heading) not in headings:
            raise Refused("import-match", f"The list has no column “{heading}”.")
        if name not in ("", *Field):
            raise Refused("import-match", f"“{name}” is no field. The fields are: {', '.join(Field)}.")
        field = Field(name) if name else None
        fields = [None if was == field else was for was in fields]
        fields[headings.index(matching.plain(heading))] = field
    return Match(tuple(fields), kind or "")


def _decide(at: Desk, import_id: UUID, answers: dict[int, Choice]) -> None:
    with at.work() as work:
        importing.decide(work, work.session.get_one(ImportFile, import_id), answers)


def _tell(at: Desk, import_id: UUID) -> None:
    with at.reading() as session:
        for category, number in imports.counts(session, import_id).items():
            click.echo(f"{CATEGORY_WORDS[category]}: {number:,}")
        for category in TOLD:
            after = -1
            while some := imports.page(session, import_id, category, after, AT_ONCE):
                after = some[-1].number
                for one in some:
                    state = f" [{one.choice or 'left out'}]" if category is Category.DECIDE else ""
                    row = f"Row {one.number}" if one.number < UNLISTED_FROM else "No row"
                    click.echo(f"{row}: {CATEGORY_WORDS[category].lower()}{state}: {one.reason}")


def _apply(at: Desk, import_id: UUID, unlisted: bool) -> None:
    with at.work() as work:
        done = importing.apply(work, import_id, unlisted)
    importing.settle(quiet(at), import_id)
    importing.path(at.instance, import_id).unlink(missing_ok=True)
    target = reversal_file(at, import_id)
    with (
        at.reading() as session,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "w", newline="") as written,
    ):
        written.writelines(table.csv_lines(importing.reversal_header(), importing.reversal(session, import_id)))
    click.echo(told(done))
    click.echo(f"To undo it within 30 days: quiz drivers import {target} --apply")
