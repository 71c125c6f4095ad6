"""Finding drivers, and adding one."""

import re
from datetime import date, timedelta

import pytest

from quiz.domain.licence import Kind
from quiz.records import people
from tests.make import Make

CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}")
FILLED = {"name": "Zoë O’Brien", "kind": "private-hire", "number": "PH 7788", "reason": "renewal", "supervised": "no"}


def everybody(make: Make) -> list[str]:
    with make.reading() as session:
        return [one.name for one in people.newest(session)]


@pytest.mark.parametrize("typed", ["ph-1234", "PH 1234", "ph1234", "PH12", "o'neil", "zoe", "NEIL"])
def test_a_driver_is_found_by_number_in_any_spelling_or_part_of_a_name(officer, make, typed):
    make.driver(name="Zoë O’Neil", number="PH1234")
    make.driver(name="Somebody Else", number="HC0007", kind=Kind.HACKNEY)
    officer.open("/staff/drivers")
    page = officer.press("Find driver", find=typed)
    assert (page.status, page.path) == (200, "/staff/drivers")
    assert "Zoë O’Neil" in page.links and "Somebody Else" not in page.links


def test_nothing_of_a_person_stands_in_an_address(officer, make):
    make.driver(name="Zoë O’Neil", number="PH1234")
    officer.open("/staff/drivers")
    page = officer.press("Find driver", find="Zoë")
    assert not [way for way in page.links.values() if "Zo" in way or "1234" in way]


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE person", "no such person"])
def test_what_nobody_has_finds_nobody_and_says_what_to_try(officer, make, typed):
    make.driver()
    officer.open("/staff/drivers")
    page = officer.press("Find driver", find=typed)
    assert "Nobody was found" in page.text and "Add a driver" in page.links
    assert page.field_for("Licence number, name or e-mail")["value"] == typed


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["\0", "a\0b"])
def test_a_character_that_nobody_types_is_refused_on_both_engines(officer, typed):
    officer.open("/staff/drivers")
    assert officer.press("Find driver", find=typed).status == 400


def test_an_empty_or_endless_search_asks_again(officer):
    officer.open("/staff/drivers")
    assert officer.press("Find driver", find="").errors == [
        "Enter a licence number, a part of a name, or an e-mail address"
    ]
    assert officer.press("Find driver", find="x" * 60_000).errors == ["Type less of the name"]


def test_of_very_many_only_some_are_shown_and_it_says_so(officer, make, monkeypatch):
    monkeypatch.setattr("quiz.web.staff.drivers.PAGE", 2)
    for _ in range(3):
        make.driver()
    officer.open("/staff/drivers")
    assert "Only the first 2 are shown" in officer.press("Find driver", find="Sam").text


def test_drivers_come_by_name_a_page_at_a_time(officer, make, monkeypatch):
    monkeypatch.setattr("quiz.web.staff.drivers.PAGE", 2)
    for number in (2, 0, 1):
        make.driver(name=f"Driver {number}")
    page = officer.open("/staff/drivers")
    assert [words for words in page.links if words.startswith("Driver ")] == ["Driver 0", "Driver 1"]
    assert "3 drivers." in page.text
    more = next(way for words, way in officer.page.links.items() if "More drivers" in words)
    assert "Driver 2" in officer.open(more).links and "Driver 1" not in officer.page.links


def test_a_list_shows_where_each_driver_stands_and_what_is_next(officer, make, clock):
    made = make.driver(name="Ann Able", number="PH0042")
    with make.work() as work:
        (one,) = people.licences(work.session, made.person_id)
        one.expires_on = clock.now.date() + timedelta(days=20)
    page = officer.open("/staff/drivers?status=due-30")
    assert "1 driver." in page.text and "Due within 30 days" in page.text and "13 December 2026" in page.text
    assert "Ring the driver, or send a reminder" in page.text
    assert "Ann Able" not in officer.open("/staff/drivers?status=overdue").links
    assert "Remind them, or send the code again: Ann Able" in officer.open("/staff/drivers?status=due-90").links
    page = officer.open("/staff/drivers?status=invited&kind=private-hire")
    assert page.links["Remind them, or send the code again: Ann Able"] == f"/staff/drivers/{made.person_id}/code"
    assert "Ann Able" not in officer.open("/staff/drivers?status=invited&kind=hackney").links


def test_every_row_has_its_next_action_and_whoever_takes_the_test_now_is_left_alone(officer, make, clock):
    invited, sitting = make.driver(name="Ann Able"), make.driver(name="Bob Baker")
    for made in (invited, sitting):
        with make.work() as work:
            (one,) = people.licences(work.session, made.person_id)
            one.expires_on = clock.now.date() + timedelta(days=5)
    make.attempt(sitting, finished=False)
    page = officer.open("/staff/drivers?status=due-7")
    assert page.links["Ring the driver today: Ann Able"] == f"/staff/drivers/{invited.person_id}/code"
    assert "Nothing: they are taking the test now" in page.text
    assert not [words for words in page.links if words.endswith(": Bob Baker")]


def test_a_view_can_be_kept_by_its_address(officer, make, clock):
    made = make.driver(name="Ann Able")
    with make.work() as work:
        (one,) = people.licences(work.session, made.person_id)
        one.expires_on = date(2026, 12, 24)
    kept = "/staff/drivers?from-day=1&from-month=12&from-year=2026&to-day=31&to-month=12&to-year=2026"
    assert "Ann Able" in officer.open(kept).links and "31 December 2026" in officer.page.text
    assert "Ann Able" not in officer.open(kept.replace("12", "11").replace("31", "30")).links


@pytest.mark.parametrize(
    "wrong", ["status=nonsense", "kind=bus", "sort=age", "from-day=31&from-month=2&from-year=2026"]
)
def test_an_address_that_no_page_offers_says_what_is_wrong(officer, wrong):
    page = officer.open(f"/staff/drivers?{wrong}")
    assert page.status == 200 and page.errors


@pytest.mark.both_engines
def test_a_driver_is_found_by_the_beginning_of_an_e_mail_address(officer, make):
    make.driver(name="Ann Able", email="ann.able@example.org")
    make.driver(name="Bob Baker", email="bob@example.org")
    officer.open("/staff/drivers")
    page = officer.press("Find driver", find="Ann.Able@ex")
    assert "Ann Able" in page.links and "Bob Baker" not in page.links


@pytest.mark.both_engines
def test_a_page_of_the_list_takes_at_most_12_statements(officer, make, cost):
    for _ in range(3):
        make.attempt(make.driver())
    assert cost(officer, "/staff/drivers?status=valid") <= 12


def test_a_service_without_drivers_says_so(officer):
    assert "No driver has been added yet." in officer.open("/staff/drivers").text


def test_adding_a_driver_shows_the_code_once_and_the_driver_can_sign_in(officer, browse, make):
    officer.open("/staff/drivers/add")
    page = officer.press("Add driver and issue a code", **FILLED)
    code = CODE.search(page.text)[0]
    assert (page.heading, page.response.headers["Cache-Control"]) == ("Driver added", "no-store")
    assert not CODE.search(officer.follow("Open the driver's record").text)
    driver = browse()
    driver.open("/sign-in")
    assert driver.press("Continue", licence="ph7788", code=code.lower()).path == "/test/start"


def test_everything_that_was_asked_is_kept(officer):
    officer.open("/staff/drivers/add")
    officer.press("Add driver and issue a code", **FILLED | {
        "email": "zoe@example.com", "phone": "01632 960 001", "supervised": "yes", "reason": "application",
        "expires-day": "1", "expires-month": "2", "expires-year": "2029",
        "deadline-day": "21", "deadline-month": "12", "deadline-year": "2026",
    })  # fmt: skip
    text = officer.follow("Open the driver's record").text
    for words in ("Zoë O’Brien", "zoe@example.com", "01632 960 001", "Private hire PH 7788, Chorley Council",
                  "1 February 2029", "21 December 2026", "Application for a new licence",
                  "Supervision asked for"):  # fmt: skip
        assert words in text


def test_fields_that_may_be_empty_may_be_missing_too(officer):
    officer.open("/staff/drivers/add")
    assert officer.post("/staff/drivers/add", **FILLED).heading == "Driver added"


def test_sending_the_form_twice_adds_one_driver_and_leads_to_the_record(officer, make):
    officer.open("/staff/drivers/add")
    officer.press("Add driver and issue a code", **FILLED)
    officer.open("/staff/drivers/add")
    page = officer.press("Add driver and issue a code", **FILLED | {"number": "ph-7788"})
    assert page.errors == ["There is already a driver with the number PH-7788 (private hire). Find that driver instead"]
    assert page.field_for("Full name")["value"] == "Zoë O’Brien"
    assert everybody(make) == ["Zoë O’Brien"]
    assert officer.follow("Open the record of the driver who has this number").heading == "Zoë O’Brien"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the driver's name"),
        ({"name": "\N{CUNEIFORM SIGN A}"}, "The certificate cannot be printed with “\N{CUNEIFORM SIGN A}”. "
         "Type it in Latin letters, as on the licence"),
        ({"kind": None}, "Choose the kind of licence"),
        ({"number": "--"}, "Enter the licence or application number, for example PH1234"),
        ({"number": "1" * 31}, "Enter a licence number of at most 30 characters"),
        ({"email": "zoe"}, "Enter an e-mail address like name@example.com"),
        ({"phone": "soon"}, "Enter a telephone number: digits and spaces, for example 01632 960 001"),
        ({"reason": None}, "Choose why the driver takes the test"),
        ({"deadline-day": "22", "deadline-month": "11", "deadline-year": "2026"},
         "The last day to take the test is in the past. Choose today or later"),
        ({"deadline-day": "31", "deadline-month": "11", "deadline-year": "2026"},
         "Last day to take the test must be a real date, for example 21 11 2026"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(officer, make, wrong, said):
    officer.open("/staff/drivers/add")
    page = officer.press("Add driver and issue a code", **FILLED | wrong)
    assert page.errors == [said]
    assert everybody(make) == []


def test_an_auditor_can_find_drivers_but_not_add_one(auditor):
    assert "Add a driver" not in auditor.open("/staff/drivers").links
    assert auditor.open("/staff/drivers/add").status == 403


@pytest.mark.both_engines
def test_lists_of_drivers_take_at_most_12_statements(officer, make, cost):
    for _ in range(4):
        make.driver()
    assert cost(officer, "/staff/drivers") <= 12
