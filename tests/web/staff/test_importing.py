"""The pages of lists of licence holders: what is refused at once, what another officer sees, and what is forgotten."""

import io

import pytest
from flask import Flask

from quiz.actions import importing
from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.domain.roles import Role
from quiz.formats import holders_file
from quiz.records import imports
from quiz.records.imports import ImportFile
from tests.conftest import signed_in
from tests.lists import bring_in, stage
from tests.make import PASSWORD, PEPPER, Make

LISTS = "/staff/drivers/imports"


@pytest.fixture
def at(app: Flask, make: Make) -> Desk:
    return Desk(app.extensions["quiz"].settings, make.engine, PEPPER, make.clock.now)


def sent(content: bytes, name: str):
    return [(io.BytesIO(content), name)]


def files(at: Desk) -> set[str]:
    folder = at.instance / importing.FOLDER
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def test_nobody_waits_while_a_file_is_looked_at(officer, make, monkeypatch):
    looked = []

    def look(*_given) -> None:
        with make.work("person:somebody") as work:  # on SQLite, where one writes at a time
            work.record("person.read", "person:somebody")
        looked.append(True)

    monkeypatch.setattr(holders_file, "check", look)
    officer.open(f"{LISTS}/new")
    officer.press("Upload the list", file=sent(b"Licence No;Name\nPH1;Sam", "list.csv"))
    assert looked and "/staff/work/" in officer.page.path


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"Licence No;Name\nPH1;Sam", "list.xlsx", "The file is called .xlsx, but its content is plain text"),
     (b"", "list.csv", "The file is empty"),
     (b"%PDF-1.7\n", "list.pdf", "Lists are taken as .csv or .xlsx")],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_at_its_field_and_not_kept(officer, make, at, content, name, words):
    before = files(at)
    officer.open(f"{LISTS}/new")
    page = officer.press("Upload the list", file=sent(content, name))
    assert page.errors[0].startswith(words)
    assert files(at) == before
    with make.reading() as session:
        assert imports.listed(session) == []


def test_no_file_at_all_is_asked_for(officer):
    officer.open(f"{LISTS}/new")
    assert officer.press("Upload the list").errors == ["Choose the file with the list"]


def test_a_large_list_may_be_sent_here_and_nowhere_else(officer, app, monkeypatch, make):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 5000)
    content = b"Licence No;Type;Name\n" + b"".join(b"PH%05d;PH;Sam Driver\n" % n for n in range(1000))
    officer.open(f"{LISTS}/new")
    assert officer.press("Upload the list", file=sent(content, "list.csv")).heading.startswith("Reading a list")
    officer.open("/staff/drivers/add")
    assert officer.press("Add driver and issue a code", name="x" * 6000).status == 413
    officer.open(f"{LISTS}/new")
    monkeypatch.setattr(holders_file, "LARGEST", 6000)
    assert "Split it into several lists" in officer.press("Upload the list", file=sent(content, "list.csv")).errors[0]


def test_somebody_who_is_not_signed_in_may_not_send_a_large_file(browse, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 5000)
    stranger = browse()
    stranger.open("/staff/sign-in")
    assert stranger.post(f"{LISTS}/new", file=(io.BytesIO(b"x" * 9000), "list.csv")).status == 413


def test_a_list_that_cannot_be_read_says_why_on_its_page(officer, make, at):
    officer.open(f"{LISTS}/new")
    content = ",".join(f"Column {n}" for n in range(70)).encode()
    job = officer.press("Upload the list", file=sent(content + b"\n" + content, "list.csv")).path
    working.run_next(at, make.clock, handlers=HANDLERS)
    assert "Could not be done" in officer.open(job).text
    page = officer.press("See what came of it")
    assert "more than 60 columns" in page.text and "Nothing was changed." in page.text


def test_an_old_comparison_is_refused_by_the_worker_and_compared_again(officer, make, at, tmp_path):
    import_id = stage(make, at.instance, "PH1;PH;Sam Driver;;;")
    officer.open(f"{LISTS}/{import_id}")
    job = officer.press("Bring the list in").path
    make.driver(name="Sam Driver", number="PH1")
    working.run_next(at, make.clock, handlers=HANDLERS)
    assert "Nothing was changed: 1 row was compared with records that have changed since." in officer.open(job).text
    officer.press("See what came of it")
    officer.press("Compare again")
    working.run_next(at, make.clock, handlers=HANDLERS)
    assert "Unchanged: 1" in officer.open(f"{LISTS}/{import_id}").links


def test_a_discarded_list_leaves_neither_rows_nor_file(officer, make, at):
    import_id = stage(make, at.instance, "PH1;PH;Sam Driver;;;")
    officer.open(f"{LISTS}/{import_id}")
    officer.press("Discard the list")
    assert officer.post(f"{LISTS}/{import_id}/apply").status == 409
    working.run_next(at, make.clock, handlers=HANDLERS)
    page = officer.open(f"{LISTS}/{import_id}")
    assert "This list has been discarded." in page.text and "Sam Driver" not in page.text
    assert str(import_id) not in files(at)
    assert officer.post(f"{LISTS}/{import_id}/reversal.csv").status == 404


def test_a_list_that_was_brought_in_meanwhile_is_not_discarded(officer, make, at):
    import_id = stage(make, at.instance, "PH1;PH;Sam Driver;;;")
    officer.open(f"{LISTS}/{import_id}")
    job = officer.press("Discard the list").path
    with make.work() as work:  # as if bringing in had been under way when the button was pressed
        work.session.get_one(ImportFile, import_id).compared_at = work.now
    bring_in(make, import_id)
    working.run_next(at, make.clock, handlers=HANDLERS)
    assert "brought in before it could be discarded" in officer.open(job).text
    assert "Download the reversal file" in officer.open(f"{LISTS}/{import_id}").text


def test_what_is_over_cannot_be_done_again(officer, make, at):
    import_id = stage(make, at.instance, "PH1;PH;Sam Driver;;;")
    bring_in(make, import_id)
    deeds = {
        "apply": {},
        "compare": {},
        "discard": {},
        "columns": {"column_0": "number", "column_2": "name", "kind": "dual"},
    }
    for deed, fields in deeds.items():
        officer.open(f"{LISTS}/{import_id}")
        page = officer.post(f"{LISTS}/{import_id}/{deed}", **fields)
        assert (page.status, page.heading) == (409, "This list has been brought in already"), deed


def test_a_file_name_that_no_database_can_hold_and_a_page_that_no_list_has(officer, make, at):
    officer.open(f"{LISTS}/new")
    officer.press("Upload the list", file=sent(b"Licence No;Type;Name\nPH1;PH;Sam Driver\n", "a\0\u202elist.csv"))
    working.run_next(at, make.clock, handlers=HANDLERS)
    with make.reading() as session:
        (row,) = imports.listed(session)
    assert (row.name, row.rows) == ("alist.csv", 1)
    assert officer.open(f"{LISTS}/{row.id}?after={'9' * 40}").status == 200


def test_a_colleague_sees_that_the_worker_is_at_it_and_may_decide(officer, browse, make, at):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    officer.open(f"{LISTS}/new")
    content = b"Licence No;Type;Name;Email\nPH2;PH;Sam Driver;sam@example.com\n"
    officer.press("Upload the list", file=sent(content, "list.csv"))
    with make.reading() as session:
        (row,) = imports.listed(session)
    make.staff(Role.OFFICER, email="other@example.com", name="Other Officer")
    other = browse()
    other.open("/staff/sign-in")
    other.press("Sign in", email="other@example.com", password=PASSWORD)
    page = other.open(f"{LISTS}/{row.id}")
    assert "The worker is at this list." in page.text and "See how far it is" not in page.links
    working.run_next(at, make.clock, handlers=HANDLERS)
    other.open(f"{LISTS}/{row.id}")
    assert (
        "Saved: 1 new decision." in other.choose("Another person: add a new driver", then="Save these decisions").text
    )
    assert other.post(f"{LISTS}/{row.id}/decisions", **{"row-2": "use"}).status == 409


def test_a_decision_shows_the_other_rows_that_it_is_about(officer, make, at):
    rows = ("PH1;PH;Sam Driver;sam@example.org;;", "PH2;PH;Ann Able;;;", "PH2;PH;Bob Baker;;;1/2/2028",
            "HC1;HC;Sam Driver;sam@example.org;;")  # fmt: skip
    officer.open(f"{LISTS}/{stage(make, at.instance, *rows)}?show=decide")
    beside = [" ".join(one.get_text(" ").split()) for one in officer.page.soup.select("fieldset .govuk-inset-text")]
    assert beside == [
        "Row 4: Private hire PH2 Name: Bob Baker Licence ends: 1 February 2028",
        "Row 3: Private hire PH2 Name: Ann Able",
        "Row 2: Private hire PH1 Name: Sam Driver E-mail: sam@example.org",
    ]


def test_a_list_that_was_brought_in_says_what_was_left_out(officer, make, at):
    rows = ("PH1;PH;Sam Driver;;;", "PH2;PH;Ann Able;;;", "PH2;PH;Bob Baker;;;", "PH3;PH;Cy Cole;;;soon")
    import_id = stage(make, at.instance, *rows)
    assert "2 rows have no decision yet" in officer.open(f"{LISTS}/{import_id}").links
    bring_in(make, import_id)
    said = "Left out: 2 rows without a decision, 1 row that could not be read."
    assert said in officer.open(f"{LISTS}/{import_id}").text


def test_pages_of_many_rows_and_their_cost(officer, make, at, cost):
    import_id = stage(make, at.instance, *(f"PH{n};PH;Sam {n};;;" for n in range(120)))
    page = officer.open(f"{LISTS}/{import_id}")
    assert page.text.count("Sam ") == 50 and "Further new" in " ".join(page.links)
    assert cost(officer, f"{LISTS}/{import_id}?show=new&after=51") <= 14
    assert "Sam 50" in officer.open(f"{LISTS}/{import_id}?show=new&after=51").text
    assert officer.open(f"{LISTS}/{import_id}?show=everything&after=x").status == 200


def test_a_record_says_that_a_licence_is_no_longer_listed(officer, make, at):
    gone = make.driver(name="Cy Gone", number="PH9")
    bring_in(make, stage(make, at.instance, "PH1;PH;Sam Driver;;;"), unlisted=True)
    assert "No longer listed since 23 November 2026" in officer.open(f"/staff/drivers/{gone.person_id}").text


def test_an_auditor_does_not_come_to_lists(browse, make, at):
    import_id = stage(make, at.instance, "PH1;PH;Sam Driver;;;")
    auditor = signed_in(browse, make, Role.AUDITOR)
    assert auditor.open(f"{LISTS}/{import_id}").status == 403
    assert "Import a list" not in auditor.open("/staff/drivers").text
    with make.reading() as session:
        assert session.get_one(ImportFile, import_id).rows == 1
