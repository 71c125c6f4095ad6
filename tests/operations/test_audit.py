"""quiz audit verify: every kind of tampering is noticed; and quiz settings: what counts, without its secrets."""

import sqlite3
from contextlib import closing

import pytest

from quiz.domain import chain
from quiz.settings import Settings


def tamper(quiz, *statements: str) -> None:
    """As somebody with the file in hand would: without the triggers."""
    with closing(sqlite3.connect(quiz.folder / "quiz.db")) as database, database:
        database.execute("DROP TRIGGER audit_entry_refuses_update")
        database.execute("DROP TRIGGER audit_entry_refuses_delete")
        for statement in statements:
            database.execute(statement)


@pytest.mark.both_engines
def test_a_whole_log_tells_its_end(quiz):
    number, _, digest = quiz.done("audit", "verify").splitlines()[-1].partition(":")
    assert int(number) > 100
    assert len(digest) == 64


@pytest.mark.both_engines
def test_a_noted_end_is_found_again(quiz, make):
    noted = quiz.done("audit", "verify").splitlines()[-1]
    make.driver()
    assert quiz.done("audit", "verify", "--noted", noted).splitlines()[-1] != noted


@pytest.mark.parametrize("noted", ["5:" + "0" * 64, "99999:" + "0" * 64, "nonsense", "-1:"])
def test_what_was_not_noted_here_is_not_found(quiz, noted):
    assert "is not the one you noted" in quiz.refused("audit", "verify", "--noted", noted)


@pytest.mark.parametrize(
    ("statements", "at"),
    [
        (["UPDATE audit_entry SET content = replace(content, 'cli:', 'x:') WHERE sequence = 7"], "7"),
        (["DELETE FROM audit_entry WHERE sequence = 7"], "7"),
        (["DELETE FROM audit_entry WHERE sequence > 100"], ""),
        (["UPDATE audit_head SET sequence = sequence + 1"], ""),
        (["UPDATE audit_head SET sequence = 0"], "1"),
        (["UPDATE audit_head SET hash = 'x'"], ""),
    ],
    ids=["an entry changed", "one taken out", "the end cut off", "the end moved", "the end reset", "another end"],
)
def test_tampering_is_noticed(quiz, statements, at):
    tamper(quiz, *statements)
    assert f"does not hold at entry {at}" in quiz.refused("audit", "verify")


def test_a_log_written_anew_is_noticed_by_the_noted_end(quiz):
    noted = quiz.done("audit", "verify").splitlines()[-1]
    with closing(sqlite3.connect(quiz.folder / "quiz.db")) as database:
        contents = [row[0] for row in database.execute("SELECT content FROM audit_entry ORDER BY sequence")]
    contents[6] = contents[6].replace("cli:", "somebody-else:")
    statements, before = ["DELETE FROM audit_entry WHERE sequence > 6"], chain.START
    rows = []
    for number, content in enumerate(contents, 1):
        rows.append((number, before, content, before := chain.digest(before, content)))
    tamper(quiz, *statements)
    with closing(sqlite3.connect(quiz.folder / "quiz.db")) as database, database:
        database.executemany(
            "INSERT INTO audit_entry (sequence, at, actor, event, subject, previous, content, hash) "
            "VALUES (?, '2026-11-23 09:00:00', '', '', '', ?, ?, ?)",
            rows[6:],
        )
        database.execute("UPDATE audit_head SET hash = ?", (before,))
    assert quiz.done("audit", "verify").splitlines()[-1] != noted
    assert "is not the one you noted" in quiz.refused("audit", "verify", "--noted", noted)


@pytest.mark.both_engines
def test_the_settings_that_count_are_shown_without_secrets(quiz):
    shown = quiz.done("settings")
    assert '\n[council]\nname = "Chorley Council"\n' in shown
    assert "\nport = 587\n" in shown
    address = quiz.settings().server.database_url
    assert address not in shown
    assert 'database_url = "sqlite: ' in shown or 'database_url = "postgresql: test_' in shown


def test_a_password_in_the_address_is_not_shown(quiz):
    quiz.environment["QUIZ_DATABASE_URL"] = "postgresql://owner:s3cret@db.example/quiz?sslpassword=s3cret"
    shown = quiz.done("settings")
    assert 'database_url = "postgresql: quiz at db.example"' in shown
    assert "s3cret" not in shown


def test_right_settings_are_said_to_be_right(quiz):
    assert quiz.done("settings", "check").startswith("The settings are right.")


def test_everything_wrong_is_named_at_once(quiz):
    text = Settings.default_text().replace("[mail]", '[mail]\nhost = "a b"\nport = "x"', 1)
    (quiz.folder / "settings.toml").write_text(text, encoding="utf-8")
    told = quiz.refused("settings", "check")
    assert '[mail] host = "a b" is not allowed.' in told
    assert '[mail] port = "x" is not allowed.' in told


def test_missing_keys_are_named(quiz):
    (quiz.folder / "keys" / "pepper").unlink()
    assert "keys/pepper is missing or damaged" in quiz.refused("settings", "check")
