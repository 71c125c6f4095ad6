"""An officer imports a list of licence holders, decides, brings it in, and takes it back."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.formats import workbook
from quiz.formats.workbook import Sheet
from quiz.records.people import Licence, Person
from tests.make import PEPPER, Make

HEADER = ("Ref", "Category", "Holder name", "Contact e-mail", "Tel", "Runs until")
ROWS = (
    ("00123", "Hackney Carriage", "Zoë O’Neil", "zoe@example.com", "+44 7700 900123", "31/12/2028"),
    ("PH1", "Private hire", "Sam Driver", "", "7700900124", "31 Dec 2027"),
    ("PH9", "PH", "Sam Driver", "sam@example.com", "", ""),
    ("PH10 / PH11", "PH", "Bea Bold", "", "", ""),
)


@pytest.fixture
def at(app: Flask, make: Make) -> Desk:
    return Desk(app.extensions["quiz"].settings, make.engine, PEPPER, make.clock.now)


def work_through(at: Desk, make: Make) -> None:
    while working.run_next(at, make.clock, handlers=HANDLERS):
        pass


def state(make: Make) -> dict[str, tuple[object, ...]]:
    with make.reading() as session:
        rows = session.execute(select(Licence, Person).join(Person))
        return {one.number: (who.name, who.phone, one.expires_on, one.unlisted_since) for one, who in rows}


def test_a_list_is_uploaded_matched_decided_brought_in_and_taken_back(officer, make, at):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    make.driver(name="Cy Gone", number="PH3")
    before = state(make)
    content = io.BytesIO()
    workbook.write(content, [Sheet("Drivers", HEADER, ROWS)])

    officer.open("/staff/drivers")
    officer.press("Import a list")
    officer.press("Import a list")
    page = officer.press("Upload the list", file=[(io.BytesIO(content.getvalue()), "Holders Nov.xlsx")])
    assert page.heading == "Reading a list of licence holders" and "Waiting to begin" in page.text
    work_through(at, make)
    officer.open(page.path)
    page = officer.press("See what came of it")
    assert "Say which column is “Licence number”." in page.text

    page = officer.press("Say what the columns are")
    assert "For example: 00123, PH1, PH9" in page.text
    page = officer.press("Save and compare")
    assert page.errors == ["Say which column is “Licence number”"]
    officer.press("Save and compare", column_0="number", column_5="expires")
    work_through(at, make)
    officer.open(officer.page.path)
    page = officer.press("See what came of it")
    assert page.heading == "What the list would change" and state(make) == before
    for words in ("New: 1", "Changed: 1", "Need a decision: 1", "Refused: 1", "No longer listed: 1", "Unchanged: 0"):
        assert words in page.links
    assert "Telephone: +44 7700 900123" in page.text
    assert "two licence numbers in one cell" in officer.follow("Refused: 1").text
    changed = officer.follow("Changed: 1")
    assert "Telephone: nothing" in changed.text and "Licence ends: 31 December 2027" in changed.text
    page = officer.follow("Need a decision: 1")
    assert "Sam Driver: Private hire PH1, Chorley Council" in page.links
    page = officer.choose("The same person: add this licence to them", then="Save these decisions")
    assert "Saved: 1 new decision. Rows still left out: 0." in page.text
    assert "1 new driver, 2 new licences, 1 changed" in page.text

    page = officer.press("Bring the list in", unlisted="y")
    assert page.heading == "Bringing in a list of licence holders"
    work_through(at, make)
    page = officer.open(page.path)
    assert "1 new driver, 2 new licences, 1 changed, 1 marked as no longer listed." in page.text
    page = officer.press("See what came of it")
    assert page.heading == "What the list changed"
    after = state(make)
    assert after["00123"][:2] == ("Zoë O’Neil", "+44 7700 900123") and after["PH9"][0] == "Sam Driver"
    assert after["PH1"][1] == "07700900124" and after["PH3"][3] == make.clock.now.date()

    reversal = officer.press("Download the reversal file")
    assert reversal.response.headers["Content-Disposition"] == 'attachment; filename="reversal-2026-11-23.csv"'
    officer.open("/staff/drivers/imports/new")
    page = officer.press("Upload the list", file=[(io.BytesIO(reversal.response.data), "reversal.csv")])
    work_through(at, make)
    officer.open(page.path)
    page = officer.press("See what came of it")
    assert "Changed: 4" in page.links
    officer.press("Bring the list in")
    work_through(at, make)
    found = state(make)
    assert {key: found[key] for key in before} == before
    assert [found[key][3] for key in ("00123", "PH9")] == [make.clock.now.date()] * 2
