"""Training sessions: planned, their lists made, attendance noted by tick and by list, and who is still missing."""

from datetime import timedelta
from io import BytesIO

import pytest

from quiz.records import training
from tests.documents.reading import spoken, squeezed
from tests.make import Make
from tests.page import Browser
from tests.promises import words

PDF = b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF\n"
PLAN = {"at": "9:30", "place": "Town Hall", "trainer": "SAMPLE trainer", "capacity": "3"}


@pytest.fixture
def planned(officer: Browser, clock) -> Browser:
    """An officer at the page of a session today."""
    officer.open("/staff/training/new")
    officer.press("Save the session", **PLAN)
    assert officer.page.heading == "Training: Town Hall"
    return officer


def put_on(officer: Browser, *people) -> None:
    for one in people:
        officer.press("Find drivers to add", find=one.number)
        officer.press("Put on the list", person=[str(one.person_id)])


def came(make: Make, made) -> list[bool | None]:
    with make.reading() as session:
        return [place.attended for place, _ in training.of_person(session, made.person_id).places]


@pytest.mark.both_engines
def test_a_session_from_plan_to_certificate(planned, make):
    ann, bob = make.driver(name="Ann Able"), make.driver(name="Bob Baker")
    put_on(planned, ann, bob)
    assert "2 of 3 places" in planned.page.text
    with make.reading() as session:
        (held,) = [one.session for one in training.since(session, make.clock.now - timedelta(days=1))]
        keys = {one.name: str(one.place.id) for one in training.lines(session, held.id)}
    planned.press("Save attendance", **{f"came-{keys['Ann Able']}": "yes", f"came-{keys['Bob Baker']}": "no"})
    assert "Attendance saved: 2 notes." in planned.page.soup.get_text()
    assert (came(make, ann), came(make, bob)) == ([True], [False])
    page = planned.press("Certificates of attendance (PDF)")
    assert page.response.mimetype == "application/pdf" and page.response.data.startswith(b"%PDF")
    record = planned.open(f"/staff/drivers/{ann.person_id}").text
    assert "Attended" in record and "Town Hall" in record and "No test" not in record
    missing = planned.open("/staff/training/missing")
    assert "Bob Baker" in missing.links and "Ann Able" not in missing.links
    assert "1 driver has not attended" in planned.open("/staff/training").text


def test_what_is_no_key_is_passed_over(planned):
    here = planned.page.path
    assert "Nothing was changed" in planned.post(f"{here}/attendance", place="x", **{"came-x": "yes"}).text
    planned.open(here)
    assert "Put on the list: 0." in planned.post(f"{here}/add", person="x").text


def test_enter_in_the_form_of_attendance_saves_it_and_takes_nobody_off_the_list(planned, make):
    ann = make.driver(name="Ann Able")
    put_on(planned, ann)
    form = planned.page.soup.select_one("form#attendance")
    pressed = [words(one) for one in form.select("button") if one.get("form", "attendance") == "attendance"]
    assert pressed == ["Save attendance"]
    page = planned.press("Take off the list: Ann Able")
    assert "Taken off the list." in page.soup.get_text() and "Ann Able" not in page.text


def test_attendance_is_put_right_with_a_reason_only(planned, make):
    ann = make.driver(name="Ann Able")
    put_on(planned, ann)
    here = planned.page.path
    with make.reading() as session:
        ((place, _),) = training.of_person(session, ann.person_id).places
    planned.press("Save attendance", **{f"came-{place.id}": "yes"})
    planned.open(here)
    refused = planned.press("Save attendance", **{f"came-{place.id}": "no"})
    assert "Say why" in refused.text and came(make, ann) == [True]
    planned.open(here)
    planned.press("Save attendance", why="The wrong line", **{f"came-{place.id}": "no"})
    assert came(make, ann) == [False]
    assert "1 note was put right later" in planned.open(here).text


def test_a_pasted_list_names_back_what_nobody_holds(planned, make):
    ann = make.driver(name="Ann Able", number="PH0042")
    page = planned.press("Note these as having come", numbers="ph-0042, Able\nXX999, Nobody\n")
    assert "1 driver of the list were found" in page.text or "1 driver" in page.text
    assert page.field_for("Licence numbers of drivers who came").get_text().strip() == "XX999, Nobody"
    assert came(make, ann) == [True]


def test_a_full_room_takes_nobody_more(planned, make):
    people = [make.driver() for _ in range(4)]
    put_on(planned, *people[:3])
    planned.press("Find drivers to add", find=people[3].number)
    assert "No place is free" in planned.press("Put on the list", person=[str(people[3].person_id)]).text


def test_as_many_of_those_who_are_missing_are_put_on_the_list_as_there_is_room_for(planned, make):
    for number in range(4):
        make.driver(name=f"Ann Able {number}")
    planned.open("/staff/training/missing")
    assert "Put on the list: 3." in planned.press("Put the first 3 on the list of 23 November 2026 at 9:30am").text
    assert "Put the first" not in planned.open("/staff/training/missing").text


def test_attendance_waits_for_the_day_and_a_cancelled_session_takes_none(officer, make, clock):
    officer.open("/staff/training/new")
    later = clock.now + timedelta(days=3)
    day = {"day-day": str(later.day), "day-month": str(later.month), "day-year": str(later.year)}
    page = officer.press("Save the session", **PLAN, **day)
    put_on(officer, make.driver())
    assert "Attendance can be noted on the day of the session or later." in officer.page.text
    officer.press("Cancel the session")
    officer.press("Cancel the session", why="The trainer is ill")
    assert "Cancelled" in officer.page.text and "The trainer is ill" in officer.page.text
    assert page.status == 200 and "Find drivers to add" not in officer.page.text


def test_drivers_are_told_from_the_page_of_the_session_and_it_stands_on_their_records(planned, make):
    ann, bob = make.driver(name="Ann Able", email="ann@example.com"), make.driver(name="Bob Baker")
    planned.open(planned.page.path)
    day = {"day-day": "30", "day-month": "11", "day-year": "2026"}
    planned.follow("Change the session")
    planned.press("Save the session", **PLAN, **day)
    put_on(planned, ann, bob)
    look = planned.follow("Tell 2 drivers")
    assert "Town Hall" in look.text and "Monday 30 November 2026" in look.text
    page = planned.press("Tell these drivers")
    assert "2 drivers are to be told by telephone." in page.text  # a demonstration sends no e-mail
    assert "Tell 2 drivers" not in page.links
    assert "Invitation to a training session" in planned.open(f"/staff/drivers/{bob.person_id}").text
    assert "Bob Baker" in planned.open("/staff/letters?state=phone").text
    here = page.path
    assert "2 drivers are to be told by telephone." in planned.open(here).text
    letters = planned.press("Print letters for drivers without e-mail (PDF)").response.data
    words = spoken(letters)
    assert all(squeezed(said) in words for said in ("Ann Able", "Bob Baker", "Monday 30 November 2026", "Town Hall"))
    page = planned.open(here)
    off = planned.press("Take off the list: Bob Baker")
    assert "Bob Baker was told of the session, and is off its list now. Ring the driver." in off.text
    assert page.text.count("Invitation to a training session: printed") == 2 and "by telephone" not in page.text


def test_the_attendance_sheet_is_a_pdf_of_the_list(planned, make):
    put_on(planned, make.driver(name="Ann Able"))
    page = planned.press("Attendance sheet (PDF)")
    assert page.response.mimetype == "application/pdf" and page.response.data.startswith(b"%PDF")


def test_a_plan_that_makes_no_sense_is_told_at_its_field(officer):
    officer.open("/staff/training/new")
    page = officer.press("Save the session", **{**PLAN, "at": "25:00", "capacity": "0"})
    assert "Enter the time as hours and minutes, for example 9:30" in page.errors
    page = officer.press("Save the session", **{**PLAN, "capacity": "0"})
    assert page.errors == ["Enter how many places there are, from 1 to 200"]


def test_without_sessions_and_drivers_the_pages_say_so(officer):
    assert "No session is planned." in officer.open("/staff/training").text
    assert "Every listed driver has attended." in officer.open("/staff/training/missing").text


@pytest.mark.both_engines
def test_training_elsewhere_counts_until_it_is_ended(officer, make, app):
    ann = make.driver(name="Ann Able")
    officer.open(f"/staff/drivers/{ann.person_id}")
    officer.follow("Accept training elsewhere")
    typed = {"body": "Preston Council", "course": "Their course", "seen": "The certificate"}
    day = {"attended_on-day": "1", "attended_on-month": "10", "attended_on-year": "2019"}
    assert officer.press("Accept it", **typed, **day).errors == ["Attendance counts for 36 months. This one has ended"]
    fine = {**typed, **day, "attended_on-year": "2026"}
    refused = officer.press("Accept it", **fine, scan=[(BytesIO(b"GIF89a"), "scan.pdf")])
    assert refused.errors == ["This is no PDF, JPEG or PNG file, or it is damaged. Nothing else can be kept"]
    page = officer.press("Accept it", **fine, scan=[(BytesIO(PDF), "scan.pdf")])
    assert "Their course, Preston Council, attended on 1 October 2026. Counts until 1 October 2029." in page.text
    taken = officer.press("Download the scan: Their course, Preston Council").response
    assert taken.data == PDF and taken.headers["Content-Disposition"].startswith("attachment")
    (kept,) = (app.extensions["quiz"].settings.instance / "uploads").glob("scan-*.pdf")
    kept.unlink()
    assert "Ann Able" not in officer.open("/staff/training/missing").links
    officer.open(f"/staff/drivers/{ann.person_id}")
    officer.follow("End it: Their course")
    assert "The proof was wrong" in officer.press("End it", why="The proof was wrong").text
    assert "Ann Able" in officer.open("/staff/training/missing").links


def test_attendance_of_nobody_who_could_be_is_no_fault(planned):
    planned.post(f"{planned.page.path}/attendance", **{"place": "nobody", "came-nobody": "yes"})
    assert "Nothing was changed." in planned.page.text
