"""The outbox: what needs somebody comes first, with its reason and what can be done; and the words of letters."""

from dataclasses import replace

import pytest

from quiz.domain.posting import Kind, State
from quiz.domain.roles import Role
from quiz.records import letters as rows
from quiz.settings import Reminders
from tests.actions.test_letters import came, row, take, written
from tests.actions.test_reminding import ends, remind
from tests.conftest import signed_in
from tests.documents.reading import spoken, squeezed


@pytest.fixture
def unknown(make):
    letter = written(make, make.driver(name="Una Unknown", email="una@example.com"))
    take(make)
    return came(make, letter, State.UNKNOWN, "The mail server broke off")


@pytest.fixture
def refused(make):
    letter = written(make, make.driver(name="Ray Refused", email="ray@example.com"))
    take(make)
    return came(make, letter, State.REFUSED, "550 No such user")


def test_without_letters_the_page_says_so_and_that_nothing_leaves_by_email(officer):
    text = officer.open("/staff/letters").text
    assert "There are none." in text and "This service sends no e-mail" in text


@pytest.mark.both_engines
def test_what_needs_somebody_comes_first_with_its_reason(officer, make, unknown, refused):
    page = officer.open("/staff/letters")
    assert "Una Unknown" in page.text and "The mail server broke off" in page.text and "Ray Refused" not in page.text
    page = officer.follow("Refused (1)")
    assert "550 No such user" in page.text and "ray@example.com" in page.text
    assert "Correct the e-mail address on the record" in page.text
    page = officer.press("Send again: Invitation with access code to Ray Refused")
    assert "The letter will be sent again." in page.text and "There are none." in page.text
    assert row(make, refused).state == "waiting"
    assert "Ray Refused" in officer.follow("Waiting to be sent (1)").text
    officer.press("Do not send: Invitation with access code to Ray Refused")
    assert row(make, refused).state == "given-up"


def test_somebody_says_that_it_arrived(officer, make, unknown):
    officer.open("/staff/letters")
    officer.press("It arrived: Invitation with access code to Una Unknown")
    assert (row(make, unknown).state, row(make, unknown).sealed) == ("sent", None)
    text = officer.open(f"/staff/drivers/{unknown.person_id}").text
    assert "Sent by e-mail on 23 November 2026" in text and "Staff found that it arrived." in text


def test_what_a_colleague_has_done_meanwhile_is_not_undone(officer, make, unknown):
    officer.open("/staff/letters")
    came(make, unknown, State.SENT)
    page = officer.press("Send again: Invitation with access code to Una Unknown")
    assert (page.status, row(make, unknown).state) == (409, "sent")
    officer.open("/staff")
    assert officer.post(f"/staff/letters/{unknown.id}/burn").status == 404


def test_reminders_to_ring_about_show_the_number_and_end_with_a_press(officer, make):
    made = make.driver(name="Phil Phone")
    ends(make, made, 20)
    remind(make)
    page = officer.open("/staff/letters")
    assert "Reminder, 30 days before the licence ends" in page.text and "No e-mail address" in page.text
    officer.press("Told by telephone: Reminder, 30 days before the licence ends to Phil Phone")
    with make.reading() as session:
        assert [one.state for one in rows.of_person(session, made.person_id)] == ["rung"]
    assert "Told by telephone on 23 November 2026" in officer.open(f"/staff/drivers/{made.person_id}").text


def test_reminders_that_are_switched_off_are_told_where_they_would_be_missed(officer, app):
    for path in ("/staff", "/staff/letters"):
        assert "Reminders are switched off" not in officer.open(path).text
    parts = app.extensions["quiz"]
    app.extensions["quiz"] = replace(parts, settings=replace(parts.settings, reminders=Reminders(on=False)))
    for path in ("/staff", "/staff/letters"):
        assert "Reminders are switched off in the settings" in officer.open(path).text


def test_an_auditor_sees_letters_and_changes_nothing(auditor, unknown):
    page = auditor.open("/staff/letters")
    assert "Una Unknown" in page.text and not page.soup.select("main form")


def test_the_page_costs_the_same_for_many(officer, make, unknown, cost):
    one = cost(officer, "/staff/letters")
    for number in range(4):
        letter = written(make, make.driver(email=f"d{number}@example.com"))
        take(make)
        came(make, letter, State.UNKNOWN)
    assert cost(officer, "/staff/letters") == one <= 12


TEXT = "/staff/letter-texts/reminder-7"


@pytest.mark.both_engines
def test_words_are_tried_out_saved_and_brought_back(officer, make):
    officer.open("/staff/letter-texts")
    page = officer.follow("Reminder, 7 days before the licence ends")
    assert "Dear Sam Example" in page.text and "{licence_end} the day on which the licence ends" in page.text
    page = officer.press("Try it out", body="Ring {phone} before {licence_end}, {name}!")
    assert "before 23 December 2026, Sam Example!" in page.text and "Earlier words" not in page.text
    page = officer.press("Save")
    assert "The words are saved." in page.text and "counts now" in page.text
    made = make.driver(email="sam@example.com")
    ends(make, made, 5)
    remind(make)
    assert take(make).body.endswith("before 28 November 2026, Sam Driver!")
    page = officer.press("Go back to the original words")
    assert "Please ring us today" in page.soup.select_one("textarea").get_text()
    with make.reading() as session:
        assert [one.version for one in rows.texts(session, Kind.REMINDER_7)] == [2, 1]


def test_an_unknown_name_in_braces_cannot_be_saved(officer, make):
    officer.open("/staff/letter-texts/invitation")
    page = officer.press("Save", body="{address} {licence_number}")
    assert len(page.errors) == 2
    assert page.errors[0].startswith("{licence_number} is not known in this letter. You can use {name}")
    assert page.errors[1] == "The letter needs {code}: the access code"
    assert "{address} {licence_number}" in page.soup.select_one("textarea").get_text()
    with make.reading() as session:
        assert rows.texts(session, Kind.INVITATION) == []


PAPER = "{reason} Open {address}.\n\n{code}\n\nYours, Jo Singh"


def test_the_printed_letter_has_words_of_its_own_that_are_seen_on_paper_before_they_count(officer, make):
    officer.open("/staff/letter-texts")
    page = officer.follow("Printed letter with access code")
    assert "Keep your code to yourself" in page.soup.select_one("textarea").get_text()
    page = officer.press("Save", body="{address} with {code}")
    assert page.errors == ["Write {code} once, on a line of its own: there the code is printed in a box"]
    assert (
        "cannot be printed with “🚕”"
        in officer.press("See it on paper (a PDF in a new tab)", body=PAPER + "🚕").errors[0]
    )
    seen = officer.press("See it on paper (a PDF in a new tab)", subject="A code for you", body=PAPER).response
    said = spoken(seen.data)
    for words in (
        "SAMPLE. This is not a real letter.",
        "Sam Example",
        "A code for you",
        "XXXXX-XXXXX-XXXXX",
        "Jo Singh",
    ):
        assert squeezed(words) in said
    officer.open("/staff/letter-texts/printed-invitation")
    officer.press("Save", subject="A code for you", body=PAPER)
    made = make.driver(name="Di Desk", number="PH77")
    officer.open(f"/staff/drivers/{made.person_id}/code")
    officer.press("Issue code")
    said = spoken(officer.press("Print the letter").response.data)
    for words in ("Di Desk", "PH77", "A code for you", "You asked to renew your licence. Open http", "Yours, Jo Singh"):
        assert squeezed(words) in said
    assert squeezed("Keep your code to yourself") not in said


def test_a_colleagues_words_are_not_overwritten(browse, make, officer):
    administrator = signed_in(browse, make, Role.ADMINISTRATOR)
    officer.open(TEXT)
    administrator.open(TEXT)
    administrator.press("Save", subject="Their subject")
    page = officer.press("Save", subject="My subject")
    assert "A colleague changed this letter meanwhile" in page.errors[0]
    assert "What Robin Administrator saved meanwhile" in page.text and "Their subject" in page.text
    assert "The words are saved." in officer.press("Save").text


def test_words_are_for_those_who_may_change_them(auditor):
    assert auditor.open("/staff/letter-texts").status == 403


def test_there_is_no_other_letter(officer):
    assert officer.open("/staff/letter-texts/greeting").status == 404
