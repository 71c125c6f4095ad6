"""quiz init and quiz demo: an instance out of nothing, or an old one brought up to date."""

from importlib import import_module
from pathlib import Path

import click

from quiz.actions import installing
from quiz.actions.bank import Folder
from quiz.actions.work import Work
from quiz.commands import desk, instance
from quiz.commands.instance import SIGN_INS, Plan
from quiz.settings import Settings

NEXT = """
What comes next:
  1. Put your council into {folder}/settings.toml, then: quiz settings check
  2. Make the first account: quiz staff add --email YOU --name NAME --role administrator
  3. Start the service: quiz serve
  4. See what a pilot needs before it may go live: quiz go-live
  5. Keep the keys safe: quiz backup --keys FILE"""


@click.command()
def init() -> None:
    """Make a real instance, or bring one up to date.

    Writes settings and keys, makes the database and loads the question bank into it. An instance that is there
    already keeps everything: only its database is brought to this program's schema, a SQLite file after a copy of
    it was made. To run it again does no harm.
    """
    folder = desk.instance_folder()
    done = instance.bring_about(folder, Plan(False, desk.now(), _install))
    click.echo(f"The instance in {folder}:")
    for words in done or ["Everything is there already; nothing was changed."]:
        click.echo(f"  {words}")
    if done:
        click.echo(NEXT.format(folder=folder))


def _install(work: Work, folder: Folder, _settings: Settings) -> None:
    installing.install(work, folder, demo=False)


@click.command()
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="Where “quiz serve” will answer.")
def demo(port: int) -> None:
    """Make an instance with made-up people to try everything.

    Everything in it is marked SAMPLE. It answers only to this computer and can never become a real one. If it is
    there already, it keeps all that was done in it; the sample sign-ins are shown again.
    """
    folder = desk.instance_folder()
    for words in instance.bring_about(folder, Plan(True, desk.now(), _install_samples)):
        click.echo(words)
    click.echo(f"Open http://127.0.0.1:{port} when the service runs (quiz serve --port {port}).")
    click.echo(_sign_ins(folder / SIGN_INS))


def _install_samples(work: Work, folder: Folder, settings: Settings) -> None:
    """What fills a demonstration is read when one is made: the next start does not wait for it."""
    import_module("quiz.commands.samples").install(work, folder, settings)


def _sign_ins(path: Path) -> str:
    if path.is_file():
        return path.read_text(encoding="utf-8").rstrip()
    return f"{SIGN_INS} is gone. Make new ones: quiz drivers code SAMPLE1, quiz staff reset-password EMAIL."
