"""quiz drivers import: tells first, changes only with --apply, and leaves a file that undoes it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from quiz.records.imports import ImportFile, ImportRow
from quiz.records.people import Licence, Person

LIST = (
    "Badge Number,Licence Type,Driver,Expiry\n"
    "PH1,Private Hire,Sam Driver,31/12/2027\nPH2,Boat,Bea Bold,31/12/2027\nPH3,PH,Cy Careless,1/1/1900\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "holders.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def licences(make) -> list[tuple[str, bool]]:
    with make.reading() as session:
        rows = session.execute(select(Licence.number, Licence.unlisted_since).order_by(Licence.number))
        return [(number, unlisted is None) for number, unlisted in rows]


@pytest.mark.both_engines
def test_what_would_change_is_told_and_nothing_is_kept(quiz, make, file):
    shown = quiz.done("drivers", "import", file)
    assert "New: 1\nChanged: 0\nNeed a decision: 0\nRefused: 2\n" in shown
    assert "Row 3: refused: “Boat” is no kind of licence that is known here\n" in shown
    assert "Row 4: refused: The date 1/1/1900 cannot be right" in shown
    assert licences(make) == []
    with make.reading() as session:
        assert session.scalars(select(ImportRow)).all() == []
    assert list((quiz.folder / "imports").iterdir()) == []


@pytest.mark.both_engines
def test_a_list_is_brought_in_and_undone_by_the_file_it_leaves(quiz, make, file):
    shown = quiz.done("drivers", "import", file, "--apply")
    assert "The list was brought in: 1 new driver, 1 new licence, 0 changed, 0 marked as no longer listed." in shown
    assert licences(make) == [("PH1", True)]
    back = re.search(r"quiz drivers import (\S+) --apply", shown)
    assert back and Path(back[1]).stat().st_mode & 0o077 == 0
    assert "Changed: 1" in quiz.done("drivers", "import", back[1], "--apply")
    assert licences(make) == [("PH1", False)]


def test_columns_and_the_kind_can_be_told(quiz, make, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Ref,Who,Badge\nPH1,Sam Driver,red\n", encoding="utf-8")
    refused = quiz.refused("drivers", "import", path)
    assert "Say which column is the full name" in refused and "“Ref”, “Who”, “Badge”" in refused
    quiz.done("drivers", "import", path, "--match", "Ref=number", "--match", "who=name", "--match", "Badge=",
              "--kind", "private-hire", "--apply")  # fmt: skip
    with make.reading() as session:
        assert session.execute(select(Person.name, Licence.number).join(Licence)).all() == [("Sam Driver", "PH1")]
    assert "no column" in quiz.refused("drivers", "import", path, "--match", "Nothing=name")
    assert "is no field" in quiz.refused("drivers", "import", path, "--match", "Who=nickname")


def test_decisions_and_licences_that_are_not_named(quiz, make, tmp_path):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    make.driver(name="Bea Bold", number="PH2")
    path = tmp_path / "list.csv"
    path.write_text("Licence no,Type,Name,Email\nPH1,PH,Sam Driver,\nPH7,PH,Sam Driver,sam@example.com\n")
    assert "Row 3: need a decision [left out]: The records have" in quiz.done("drivers", "import", path)
    shown = quiz.done("drivers", "import", path, "--same", 3, "--mark-unlisted", "--apply")
    assert "0 new drivers, 1 new licence, 0 changed, 1 marked" in shown
    assert licences(make) == [("PH1", True), ("PH2", False), ("PH7", True)]


def test_a_file_that_is_no_list_is_refused_whole(quiz, make, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_text(LIST, encoding="utf-8")
    assert "its content is plain text" in quiz.refused("drivers", "import", path)
    with make.reading() as session:
        assert session.scalars(select(ImportFile)).all() == []


def test_old_lists_are_forgotten_by_the_tick(quiz):
    assert "Lists" not in quiz.done("tick")
