"""Where staff arrive."""

from datetime import timedelta

import pytest

from quiz.domain.roles import Role
from quiz.records import people
from quiz.records.limits import WrongTries
from tests.conftest import signed_in
from tests.promises import words


def test_an_empty_service_says_so(officer):
    page = officer.open("/staff")
    assert "Nobody has taken the test yet." in page.text


def test_a_pilot_says_how_much_is_missing_for_going_live(officer):
    page = officer.open("/staff")
    assert page.links["Missing for going live"] == "/staff/go-live"
    assert "7Missing for going live" in page.text.replace(" ", "", 1) or "7 Missing for going live" in page.text


def test_the_day_says_how_many_of_what_and_each_number_has_its_list(officer, make, clock):
    for name, days in (("Over Due", -1), ("Next Week", 6), ("Next Month", 25), ("Covered", 6)):
        made = make.driver(name=name)
        with make.work() as work:
            (one,) = people.licences(work.session, made.person_id)
            one.expires_on = clock.now.date() + timedelta(days=days)
        if name == "Covered":
            make.attempt(made)
    page = officer.open("/staff")
    rows = {
        words(row.select("td")[1]): words(row.select("td")[0])
        for row in page.soup.select("table")[0].select("tbody tr")
    }
    assert rows["Overdue: the licence ended without a valid pass"] == "1"
    assert (rows["Due within 7 days"], rows["Due within 30 days"], rows["Due within 90 days"]) == ("1", "2", "2")
    assert rows["Invited, not started"] == "3"
    assert "Next Week" in officer.follow("Due within 7 days").links and "Covered" not in officer.page.links
    assert "None of these now" in page.text and "Out of tries: needs a decision" in page.links


def test_contacts_and_questions_that_nobody_has_looked_at_are_told(browse, make, clock):
    clock.now += timedelta(days=400)
    officer, lead = signed_in(browse, make, Role.OFFICER), signed_in(browse, make, Role.LEAD)
    (number,) = [
        words(row.select("td")[0])
        for row in officer.open("/staff").soup.select("table")[0].select("tbody tr")
        if words(row.select("td")[1]) == "Contacts that nobody has checked for six months"
    ]
    listed = officer.follow("Contacts that nobody has checked for six months").soup.select("tbody tr")
    assert len(listed) == int(number) > 0
    rows = lead.open("/staff").soup.select("table")[0].select("tbody tr")
    assert any(words(row.select("td")[1]) == "Questions past their review date" for row in rows)
    assert "Past its review-by date" in lead.follow("Questions past their review date").text


def test_the_latest_five_attempts_are_there(officer, make):
    for number in range(6):
        make.attempt(make.driver(name=f"Driver {number}"), right=17)
    text = officer.open("/staff").text
    assert "Driver 5" in text and "Driver 1" in text and "Driver 0" not in text


def test_wrong_codes_again_and_again_are_an_alert_that_leads_to_the_driver(officer, make, made, clock):
    with make.work() as work:
        work.session.add(WrongTries(bucket="a", count=10, last_at=clock.now, person_id=made.person_id))
    assert officer.open("/staff").links["Sam Driver"] == f"/staff/drivers/{made.person_id}"


def test_an_alert_is_gone_after_a_day(officer, make, made, clock):
    with make.work() as work:
        work.session.add(WrongTries(bucket="a", count=10, last_at=clock.now, person_id=made.person_id))
    for _ in range(25):
        clock.pass_by(minutes=58)
        page = officer.open("/staff")
    assert "Sam Driver" not in page.text


def test_an_editor_sees_no_drivers_and_no_search(editor, make):
    make.attempt(make.driver())
    page = editor.open("/staff")
    assert "Sam Driver" not in page.text and not page.labels


def test_a_driver_is_found_from_the_start_page(officer, make):
    make.driver(number="PH 1234")
    officer.open("/staff")
    assert "Sam Driver" in officer.press("Find driver", find="ph-1234").links


@pytest.mark.both_engines
def test_the_start_page_takes_at_most_12_statements_for_everybody(browse, make, cost):
    for number in range(6):
        make.attempt(make.driver(name=f"Driver {number}"))
    for role in (one for one in Role if one is not Role.DRIVER):
        somebody = signed_in(browse, make, role)
        somebody.open("/staff")  # the contacts in force are read once for all
        assert cost(somebody, "/staff") <= 12, role
