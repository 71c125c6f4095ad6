"""quiz bank: what is wrong is named, what is loaded waits for review, what is exported loads back byte for byte."""

import shutil
from pathlib import Path

import pytest

from quiz.commands.desk import BANK
from quiz.domain.editing import Status
from quiz.records import bank, questions


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the question bank to break."""
    shutil.copytree(BANK, tmp_path / "bank")
    return tmp_path / "bank"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_bank_that_comes_with_the_program_is_right(nowhere):
    assert "Nothing is wrong." in nowhere.done("bank", "check")


def test_every_problem_is_named_with_file_question_and_what_to_write(nowhere, copied):
    change(copied / "topics" / "t01.toml", "right = true", "right = false")
    change(copied / "topics" / "t02.toml", 'topic = "T2"', 'topic = "T99"')
    change(copied / "topics" / "t03.toml", "[[question]]", "[[question")
    told = nowhere.refused("bank", "check", copied)
    assert "t01.toml: t01-" in told and "Mark exactly 1 right" in told
    assert "t02.toml: t02-" in told and "There is no topic “T99” in the blueprint" in told
    assert "t03.toml: This is not a TOML file" in told


# One thing broken in the first question of each file: what stands there, what is put there, and what is said of it.
BROKEN = {
    "t01.toml": ('stem = "', 'stem = "Do all of these EXCEPT one. ', "without NOT or EXCEPT"),
    "t02.toml": ('text = "', 'text = "All of the above, ', "Write a real option"),
    "t03.toml": ('sources = ["', 'sources = ["HEARSAY", "', "There is no source “HEARSAY” in sources.toml"),
    "t04.toml": ('section = "', 'section = "nowhere-', "There is no handbook section “nowhere-"),
    "t05.toml": ('stem = "', 'stem = "Ring 01632 960 001. ', "Write {number:KEY} instead of a telephone number"),
    "t06.toml": ('stem = "', 'stem = "An Asian man waves. ', "Leave out “Asian”: it names ethnicity or nationality"),
    "t07.toml": ('stem = "', 'stem = "A promiscuous man waves. ', "Do not use “promiscuous”: write what was seen"),
    "t08.toml": ('why = "', 'why = ""\n# "', "Say why the right answer is right"),
    "t09.toml": ("unsafe = true", "unsafe = false", "names a harm but is not marked unsafe"),
    "t10.toml": ('text = "', 'text = "Never go without asking, ', "is a double negative: say it the other way round"),
    "t11.toml": ("right = true", "right = false", "Mark exactly 1 right in a single-answer question; 0 are marked"),
    "t12.toml": ('text = "', f'text = "{"go " * 15}', "words; use 14 or fewer"),
    "t13.toml": ('stem = "', f'stem = "{"Go on. " * 30}', "words; use 50 or fewer"),
    "t14.toml": ('id = "t14-badge"', 'id = "t14-passed-the-test"', "Another question has this id; choose another"),
    "t15.toml": ('topic = "T15"', 'two = "yes"\ntopic = "T15"', "t15.toml"),
}


def test_one_reading_names_whatever_is_wrong_anywhere(nowhere, copied):
    for name, (old, new, _) in BROKEN.items():
        change(copied / "topics" / name, old, new)
    told = nowhere.refused("bank", "check", copied).splitlines()
    missing = {
        name: words
        for name, (_, _, words) in BROKEN.items()
        if not any(line.startswith(f"{name}: ") and words in line for line in told)
    }
    assert missing == {}


def test_what_to_look_at_again_is_named_and_nothing_is_refused(nowhere, copied):
    change(copied / "topics" / "t01.toml", "review_by = 2027", "review_by = 2020")
    change(copied / "topics" / "t01.toml", 'stem = "', 'stem = "Hitherto. ')
    told = nowhere.done("bank", "check", copied)
    assert "t01.toml: t01-" in told
    assert "warning: This question was to be looked at again by 2020" in told
    assert "warning: Not on the list of everyday words: hitherto" in told


def test_practice_questions_are_checked_like_the_others(nowhere, copied):
    change(copied / "practice" / "t01.toml", "right = true", "right = false")
    change(copied / "practice" / "t02.toml", 'id = "p02', 'id = "t02')
    told = nowhere.refused("bank", "check", copied)
    assert "practice/t01.toml: p01-" in told and "Mark exactly 1 right" in told
    assert "practice/t02.toml: t02-" in told and "Live questions are named like" in told


def test_guessers_are_sat_before_the_papers_and_told_of(nowhere):
    told = nowhere("bank", "simulate", "--papers", "200").output
    for words in ("at random", "a test-wise mixture", "word statistics", "95 % interval", "is right in"):
        assert words in told
    assert "topic T9 Whom to tell allows" in told
    assert "All topics together allow" in told


def test_the_clues_of_one_topic_are_told_without_papers(nowhere):
    told = nowhere.done("bank", "simulate", "--topic", "T7")
    assert "The right option is the longest in" in told and "papers" not in told
    assert "no questions in topic “T99”" in nowhere.refused("bank", "simulate", "--topic", "T99")


def test_a_bank_that_gives_itself_away_is_refused(nowhere, copied):
    for path in (copied / "topics").glob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for place, line in enumerate(lines):
            if line == "right = true":
                lines[place - 1] = lines[place - 1][:-1] + ' and then also do it again a little later"'
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = nowhere.refused("bank", "simulate", copied, "--papers", "100")
    assert "the longest option: the mean score is" in told
    assert "the right option is the longest in" in told


@pytest.mark.parametrize("name", ["blueprint.toml", "contacts.toml", "sources.toml"])
def test_a_broken_or_missing_file_beside_the_questions_is_named(nowhere, copied, name):
    (copied / name).write_text("= nothing", encoding="utf-8")
    assert "cannot be read" in nowhere.refused("bank", "check", copied)
    (copied / name).unlink()
    assert nowhere.refused("bank", "check", copied) == f"{name} cannot be read: FileNotFoundError\n"


@pytest.mark.both_engines
def test_what_is_loaded_waits_for_review(quiz, make, copied):
    change(copied / "topics" / "t01.toml", 'stem = "', 'stem = "At night. ')
    assert "1 new or changed" in quiz.done("bank", "load", copied)
    with make.reading() as session:
        (changed,) = [line for line in bank.lines(session, "driver") if line.version == 2]
        assert changed.status is Status.DRAFT
        drawn = {one.version for one in bank.candidates(session, "driver")}
        newest, older = questions.versions(session, changed.question)
    assert newest.origin == "written"
    assert (newest.id in drawn, older.id in drawn) == (False, True)


def test_the_same_files_again_change_nothing(quiz):
    assert ": 0 new or changed" in quiz.done("bank", "load")


def test_one_problem_anywhere_and_nothing_is_loaded(quiz, make, copied):
    change(copied / "topics" / "t01.toml", 'stem = "', 'stem = "At night. ')
    change(copied / "topics" / "t02.toml", "right = true", "right = false")
    assert "t02.toml: t02-" in quiz.refused("bank", "load", copied)
    with make.reading() as session:
        assert {line.version for line in bank.lines(session, "driver")} == {1}


@pytest.mark.both_engines
def test_an_export_loads_back_byte_for_byte(quiz, tmp_path):
    quiz.done("bank", "export", tmp_path / "out")
    assert "Nothing is wrong." in quiz.done("bank", "check", tmp_path / "out")
    assert ": 0 new or changed" in quiz.done("bank", "load", tmp_path / "out")
    quiz.done("bank", "export", tmp_path / "again")
    for part in ("", "topics", "practice", "handbook"):
        one, other = tmp_path / "out" / part, tmp_path / "again" / part
        names = sorted(path.name for path in one.glob("*.*"))
        assert names == sorted(path.name for path in other.glob("*.*"))
        assert [n for n in names if (one / n).read_bytes() != (other / n).read_bytes()] == []


def test_another_instance_takes_an_export(quiz, nowhere, tmp_path):
    quiz.done("bank", "export", tmp_path / "out")
    nowhere.folder = tmp_path / "other"
    nowhere.done("init")
    assert ": 0 new or changed" in nowhere.done("bank", "load", tmp_path / "out")


def test_an_export_holds_the_contacts_as_they_stand(quiz, tmp_path):
    quiz.done("contacts", "confirm", "licensing", "--by", "A. Clerk", "--on", "2026-11-20")
    quiz.done("bank", "export", tmp_path / "out")
    text = (tmp_path / "out" / "contacts.toml").read_text(encoding="utf-8")
    assert 'checked_on = 2026-11-20\nchecked_by = "A. Clerk"' in text


def test_nothing_is_written_over(quiz, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine", encoding="utf-8")
    assert "is not empty" in quiz.refused("bank", "export", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]
