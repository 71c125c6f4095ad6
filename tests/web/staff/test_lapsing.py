"""Officers see at once whose licence ends before the next try, without opening a record."""

from datetime import timedelta

import pytest

from quiz.actions import elsewhere
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.roles import Role
from quiz.records import people as records
from tests.conftest import signed_in


def ends(make, made, days):
    """The driver's licence ends so many days from now."""
    with make.work() as work:
        (row,) = records.licences(work.session, made.person_id)
        row.expires_on = work.now.date() + timedelta(days=days)


@pytest.fixture
def others(make):
    """Drivers who do not belong on the list: passed, waits less long, no day known, accepted from elsewhere."""
    for name, right, days in (("Passed Already", 20, 0), ("Waits Less", 3, 1), ("No Day", 3, None)):
        one = make.driver(name=name)
        make.attempt(one, right=right)
        if days is not None:
            ends(make, one, days)
    accepted = make.driver(name="From Elsewhere")
    make.attempt(accepted, right=3)
    ends(make, accepted, 0)
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", work.now.date(), work.now.date(), "The paper")
        elsewhere.accept(work, accepted.person_id, "driver", found, Grounds("equivalent", "We accept it."))


@pytest.mark.both_engines
def test_whose_licence_ends_before_the_next_try_stands_on_the_list_and_nobody_else(officer, make, made, clock, others):
    make.attempt(made, right=3)
    ends(make, made, 0)
    officer.open("/staff")
    page = officer.follow("1 driver whose licence ends before the next try")
    assert "Sam Driver" in page.links and "From Tuesday 24 November 2026. 2 tries are left." in page.text
    assert not {"Passed Already", "Waits Less", "No Day", "From Elsewhere"} & set(page.links)
    assert "ends on 23 November 2026, before the next try" in officer.follow("Sam Driver").text
    officer.open("/staff/lapsing")
    officer.follow("Allow another try for Sam Driver")
    officer.press("Record the decision", reason="circumstances")
    assert "There are none." in officer.open("/staff/lapsing").text


def test_somebody_out_of_tries_is_there_until_an_officer_decides(browse, make, made, clock):
    for _ in range(3):
        make.attempt(made, right=3)
        clock.pass_by(days=8)
    ends(make, made, 100)
    page = signed_in(browse, make, Role.OFFICER).open("/staff/lapsing")
    assert "Ring the driver, and decide about another try" in page.text


def test_the_list_takes_as_many_statements_for_many_as_for_one(officer, make, made, cost):
    make.attempt(made, right=3)
    ends(make, made, 0)
    one = cost(officer, "/staff/lapsing")
    for number in range(4):
        other = make.driver(name=f"Driver {number}")
        make.attempt(other, right=3)
        ends(make, other, 0)
    assert cost(officer, "/staff/lapsing") == one
