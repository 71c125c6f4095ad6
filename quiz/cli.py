"""The command `quiz`: what can be asked for, and how a refusal is told."""

import os
import sys
from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from quiz.domain.errors import Refused
from quiz.settings import SettingsError

# Where each command is written. A command is read when it is asked for, so that none waits for what another needs.
COMMANDS = {
    "init": "setting_up",
    "demo": "setting_up",
    "serve": "service",
    "worker": "service",
    "tick": "service",
    "settings": "settings",
    "bank": "bank",
    "drivers": "drivers",
    "staff": "staff",
    "contacts": "contacts",
    "blueprint": "rules",
    "go-live": "rules",
    "audit": "audit",
    "keys": "keys",
    "verify": "verify",
    "backup": "backup",
    "restore": "backup",
}
NOT_PERMITTED = "42501"  # what PostgreSQL says when a role lacks a right


class Stopped(click.ClickException):
    """A command was refused: the reason goes to stderr as it stands, and the exit code is 1."""

    def show(self, file: Any = None) -> None:
        """Only the words: whoever typed the command knows that it is about an error."""
        click.echo(self.message, err=True, file=file)


class Quiz(click.Group):
    """The commands of COMMANDS, and one place where reasons become words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The function named like the command, from its module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"quiz.commands.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Refusals of every kind end here. Anything else is a fault of ours and keeps its traceback."""
        try:
            return super().invoke(ctx)
        except Refused as reason:
            raise Stopped(reason.message) from reason
        except SettingsError as reason:
            raise Stopped("\n".join(["The settings cannot be used:", *reason.problems])) from reason
        except DatabaseError as error:
            raise Stopped(_outage(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Stopped(": ".join(str(part) for part in (error.filename, error.strerror) if part)) from error


def _outage(error: DatabaseError) -> str:
    """What to tell of a database that does not work. Whatever points at our own fault is raised again."""
    if getattr(error.orig, "sqlstate", "") == NOT_PERMITTED:
        return f"The database does not permit this to its present user: {error.orig}"
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return f"The database cannot be used: {error.orig}"
    raise error


@click.group(cls=Quiz, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """The safeguarding test for taxi and private hire drivers.

    The commands work on one instance: the folder named in QUIZ_INSTANCE, or else the folder "instance" beside the
    program. Its README explains how to run the service for real.

    Exit codes: 0 done, 1 refused (the reason is on stderr), 2 typed wrongly.
    """


def main() -> None:
    """The entry point. What commands write (databases, backups, questions with their answers) is nobody else's."""
    os.umask(0o077)
    sys.exit(cli(prog_name="quiz"))
