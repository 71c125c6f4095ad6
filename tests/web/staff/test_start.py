"""Where staff arrive."""

import pytest

from quiz.records.limits import WrongTries


def test_an_empty_service_says_so(officer):
    page = officer.open("/staff")
    assert "Nobody has taken the test yet." in page.text


def test_a_pilot_says_how_much_is_missing_for_going_live(officer):
    page = officer.open("/staff")
    assert page.links["7 things are missing for going live"] == "/staff/go-live"


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
def test_the_start_page_takes_at_most_15_statements(officer, make, cost):
    for number in range(6):
        make.attempt(make.driver(name=f"Driver {number}"))
    assert cost(officer, "/staff") <= 15
