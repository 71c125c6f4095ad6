"""Every command explains itself, and says no in words, on stderr, with exit code 1."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from quiz.cli import COMMANDS, cli
from quiz.keyring import make_keys
from quiz.settings import Settings


def commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group below a group, with the words that call it."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)


ALL = dict(commands(cli))
# What each command needs to be typed rightly.
ARGUMENTS = {
    ("drivers", "import"): ["list.csv"],
    ("demo",): None,  # makes what is missing
    ("init",): None,
    ("bank", "check"): None,  # works on files alone
    ("bank", "simulate"): None,
    ("bank", "export"): ["out"],
    ("restore",): None,
    ("backup",): ["backup.tar"],
    ("drivers", "add"): ["--licence", "1", "--kind", "dual", "--name", "Sam"],
    ("drivers", "code"): ["PH1"],
    ("staff", "add"): ["--email", "a@example.com", "--name", "A", "--role", "officer"],
    ("staff", "reset-password"): ["a@example.com"],
    ("contacts", "confirm"): ["police", "--by", "A"],
    ("keys", "compromised"): ["0123abcd", "--since", "2026-11-20"],
    ("verify",): ["text"],
    ("blueprint", "adopt"): ["--on", "2026-11-20", "--minute", "1", "--basis", "B"],
}
NEED_AN_INSTANCE = [
    words for words, one in ALL.items() if not isinstance(one, click.Group) and ARGUMENTS.get(words, []) is not None
]


def run(*words: str, instance: Path | None = None) -> tuple[int, str, str]:
    environment = {"QUIZ_INSTANCE": str(instance), "QUIZ_DATABASE_URL": None}
    result = CliRunner(env=environment).invoke(cli, list(words), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_command_explains_itself(words):
    code, shown, _ = run(*words, "--help")
    assert code == 0
    assert shown.startswith("Usage: ")
    assert ALL[words].get_short_help_str(200).rstrip(".")


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_says_what_it_is_for(words):
    options = [one for one in ALL[words].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_the_help_lists_every_command():
    _, shown, _ = run("--help")
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []


@pytest.mark.parametrize(
    "words",
    [("fly",), ("bank", "fly"), ("serve", "--port", "zero"), ("drivers", "add"), ("backup",), ("restore", "not-there")],
    ids=" ".join,
)
def test_what_is_typed_wrongly_ends_with_2(words, tmp_path):
    code, shown, told = run(*words, instance=tmp_path)
    assert (code, shown) == (2, "")
    assert told.startswith("Usage: ")


@pytest.mark.parametrize("words", NEED_AN_INSTANCE, ids=" ".join)
def test_without_an_instance_a_command_says_what_to_do(words, tmp_path):
    code, shown, told = run(*words, *(ARGUMENTS.get(words) or []), instance=tmp_path / "none")
    assert (code, shown) == (1, "")
    assert told == f"There is no instance in {tmp_path / 'none'}. Run “quiz init” first.\n"
    assert not (tmp_path / "none").exists()


def test_a_missing_database_is_not_made_by_looking(tmp_path):
    (tmp_path / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    make_keys(tmp_path)
    assert run("tick", instance=tmp_path) == (1, "", f"There is no database in {tmp_path}. Run “quiz init” first.\n")
    assert not (tmp_path / "quiz.db").exists()


def test_a_wrong_setting_is_told_with_all_that_is_allowed(tmp_path):
    (tmp_path / "settings.toml").write_text(Settings.default_text() + "\n[colour]\n", encoding="utf-8")
    code, _, told = run("settings", "check", instance=tmp_path)
    assert code == 1
    assert told.startswith("The settings cannot be used:\n[colour] is not a group of settings.")


def test_a_file_that_is_no_database_is_told_in_words(tmp_path):
    (tmp_path / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    make_keys(tmp_path)
    (tmp_path / "quiz.db").write_text("a letter to the council, saved under the wrong name", encoding="utf-8")
    assert run("tick", instance=tmp_path) == (1, "", "The database cannot be used: file is not a database\n")


def test_an_unreadable_place_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _, told = run("init", instance=tmp_path / "file" / "instance")
    assert code == 1
    assert told.endswith(": Not a directory\n")
