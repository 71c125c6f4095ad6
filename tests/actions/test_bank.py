"""The bank as files: everything wrong is named, the same file twice changes nothing, an export loads back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quiz.actions import bank, editing
from quiz.domain.editing import Status
from quiz.domain.errors import Refused
from quiz.formats import bank_file
from quiz.records import bank as records
from quiz.records import questions
from quiz.records.questions import Version
from quiz.settings import ROOT
from tests.make import Make


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., bank.Folder]:
    """The committed bank with one text of a file replaced, as it is read."""
    folder = tmp_path / "bank"
    shutil.copytree(ROOT / "question_bank", folder)

    def read(name: str, old: str, new: str) -> bank.Folder:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return bank.read(folder)

    return read


def versions(make: Make) -> int:
    with make.reading() as session:
        return session.scalar(select(func.count()).select_from(Version))


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("topics/t01.toml", 'topic = "T1"', 'topic = "T99"', "There is no topic “T99” in the blueprint"),
        ("topics/t02.toml", "review_by = 2027", 'review_by = "2027', "t02.toml"),
        ("topics/t03.toml", "right = true", "right = false", "Mark exactly 1 right"),
        ("topics/t08.toml", 'section = "', 'section = "nowhere', "There is no handbook section “nowhere"),
        ("topics/t07.toml", "[[question]]", "[[question", "This is not a TOML file"),
        ("handbook/08-what-to-do.md", "{#never}", "{#always}", "“what-to-do#never”"),
        ("handbook/01-start-here.md", "# ", "", "01-start-here.md: Begin the file with its title"),
        ("contacts.toml", 'key = "children-services"', 'key = "children"', "no contact called “children-services”"),
        ("blueprint.toml", 'topics = ["T8"]\ncount = 1', 'topics = ["T8"]\ncount = 20', "T8 needs 20 questions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_file(broken, name, old, new, words):
    folder = broken(name, old, new)
    with pytest.raises(Refused) as refused:
        bank.must_be_right(folder)
    assert words in refused.value.message


def test_a_problem_names_file_question_and_sentence(broken):
    folder = broken("topics/t01.toml", "right = true", 'right = true\nharm = "Somebody is hurt."')
    (wrong,) = folder.wrong
    assert (wrong.file, wrong.question) == ("t01.toml", folder.files["t01.toml"][0].id)
    assert str(wrong).startswith(f"t01.toml: {wrong.question}: Option ")


def test_every_problem_of_every_file_is_named_at_once(broken):
    broken("topics/t01.toml", "right = true", "right = false")
    broken("handbook/02-who-is-at-risk.md", "# ", "")
    folder = broken("topics/t05.toml", "right = true", "right = false")
    assert {one.file for one in folder.wrong} == {"t01.toml", "t05.toml", "02-who-is-at-risk.md"}


@pytest.mark.parametrize("name", ["blueprint.toml", "contacts.toml", "sources.toml"])
def test_a_file_that_everything_rests_on_is_refused_when_broken(broken, name):
    with pytest.raises(Refused, match="cannot be read"):
        broken(name, "[", "[[[")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    shutil.copytree(ROOT / "question_bank", tmp_path / "bank")
    (tmp_path / "bank" / "topics" / "t01.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match=r"t01\.toml cannot be read"):
        bank.read(tmp_path / "bank")


def test_loading_the_same_questions_again_changes_nothing(make, folder):
    before = versions(make)
    with make.work() as work:
        assert bank.load(work, folder.drafts, "driver", initial=False) == 0
    assert versions(make) == before


def test_a_changed_question_becomes_a_draft_and_the_old_one_stays_in_use(make, folder):
    old = folder.drafts[0]
    with make.work("cli:root") as work:
        assert bank.load(work, [replace(old, why="Better said."), *folder.drafts[1:]], "driver", initial=False) == 1
    with make.work() as work:
        newest = questions.versions(work.session, old.id)[0]
        assert (newest.number, editing.status(work, newest)) == (2, Status.DRAFT)
        live = {one.question_id: one.number for one in records.live_versions(work.session, "driver")}
    assert live[old.id] == 1


def test_a_question_with_a_number_that_is_only_in_the_folder_is_not_loaded(make, folder):
    before, first = versions(make), folder.drafts[0]
    new = replace(first, stem=f"{first.stem} Ring {{number:elsewhere}}.")
    with make.work() as work, pytest.raises(Refused, match=f"{first.id}: There is no contact “elsewhere”"):
        bank.load(work, [replace(folder.drafts[1], why="Better said."), new], "driver", initial=False)
    assert versions(make) == before


def test_an_export_is_the_bank_and_loads_back_byte_for_byte(make, folder):
    with make.reading() as session:
        files = bank.export(session, "driver")
    assert set(files) == set(folder.files)
    for name, text in files.items():
        drafts, unreadable = bank_file.read(text)
        assert unreadable == []
        assert sorted(drafts, key=lambda one: one.id) == sorted(folder.files[name], key=lambda one: one.id)
        assert bank_file.write(drafts, text.partition("\n")[0].removeprefix("# ")) == text


def test_the_committed_files_are_what_an_export_writes(make):
    with make.reading() as session:
        written = bank.export(session, "driver")
    committed = {path.name: path.read_text("utf-8") for path in (ROOT / "question_bank" / "topics").glob("*.toml")}
    assert written == committed


def test_a_question_is_kept_exactly(make, folder):
    with make.reading() as session:
        kept = {one.question_id: one.draft for one in records.live_versions(session, "driver")}
    assert kept == {one.id: one for one in folder.drafts}
