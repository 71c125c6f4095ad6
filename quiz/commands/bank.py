"""quiz bank: the question bank as files - checked, loaded, written out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from quiz.actions import bank as actions
from quiz.actions.bank import Folder
from quiz.commands import desk, simulate
from quiz.commands.desk import BANK, Desk
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.errors import Refused
from quiz.formats import blueprint_file, contacts_file
from quiz.records import contacts, papers, service

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def bank() -> None:
    """Check, load and write out the question bank as files.

    FOLDER is laid out like question_bank/, whose README says how a question is written.
    """


@bank.command()
@click.argument("folder", type=FOLDER, default=BANK)
def check(folder: Path) -> None:
    """Name everything that is wrong in a folder of questions.

    Says file, question and what to write instead; warnings name what to look at again. Needs no instance and changes
    nothing.
    """
    found = actions.read(folder)
    for warning in actions.warnings(found, calendar.day_of(desk.now())):
        click.echo(f"{warning.file}: {warning.question}: warning: {warning.problem}")
    actions.must_be_right(found)
    critical = sum(draft.critical for draft in found.drafts)
    practice = sum(map(len, found.practice.values()))
    click.echo(f"{_counted(found)}, {critical} of them critical, and {practice} for practice. Nothing is wrong.")


@bank.command()
@click.argument("folder", type=FOLDER, default=BANK)
def load(folder: Path) -> None:
    """Load what is new or changed in a folder, as drafts for review.

    Nobody is asked a loaded question before editors have approved it. One problem anywhere, and nothing is loaded.
    Contacts and blueprint of the folder are left alone: “quiz contacts” and “quiz blueprint” are for them.
    """
    found = actions.read(folder)
    actions.must_be_right(found)
    with desk.at_desk() as at, at.work() as work:
        kept = actions.load(work, found.drafts, TEST, initial=False)
    click.echo(f"{_counted(found)}: {kept} new or changed. They wait as drafts for the editors.")


@bank.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the approved questions into a new folder.

    With them go blueprint and contacts as they stand, and what came with the program: handbook, practice, sources,
    everyday words and tests of other people. So “quiz bank check” and “quiz bank load” take the folder as it is.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("folder-used", f"{folder} is not empty, and nothing is written over. Give a new folder.")
    with desk.at_desk() as at:
        files = dict(_files(at))
    (folder / "topics").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(BANK / "sources.toml", folder)
    shutil.copy(BANK / "everyday.txt", folder)
    for kept in ("handbook", "practice", "tests"):
        shutil.copytree(BANK / kept, folder / kept)
    click.echo(f"{_counted(actions.read(folder))}, written to {folder}.")


bank.add_command(simulate.simulate)


def _files(at: Desk) -> Iterator[tuple[str, str]]:
    with at.reading() as session:
        for name, text in actions.export(session, TEST).items():
            yield f"topics/{name}", text
        yield "blueprint.toml", blueprint_file.write(papers.current(session, TEST))
        version = service.facts(session).contacts_version
        yield "contacts.toml", contacts_file.write(contacts.load(session, version).contacts)


def _counted(folder: Folder) -> str:
    return f"{len(folder.drafts)} questions in {len(folder.files)} files"
