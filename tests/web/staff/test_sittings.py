"""The live page of a test session, as the desk needs it."""

from quiz.actions import elsewhere
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.roles import Role
from tests.conftest import signed_in


def test_the_live_page_costs_the_same_for_one_driver_as_for_ten(browse, make, cost):
    desk = signed_in(browse, make, Role.INVIGILATOR)
    sitting_id = make.sitting()
    make.seat(make.driver(supervised=True), sitting_id)
    few = cost(desk, f"/staff/sessions/{sitting_id}")
    for _ in range(9):
        make.seat(make.driver(supervised=True), sitting_id)
    many = cost(desk, f"/staff/sessions/{sitting_id}")
    assert few == many <= 8


def test_whoever_has_a_valid_pass_is_told_so_beside_the_name_and_can_be_added_still(browse, make):
    desk, sitting_id = signed_in(browse, make, Role.INVIGILATOR), make.sitting()
    passed, today = make.driver(name="Ann Able", supervised=True), make.clock.now.date()
    make.driver(name="Bob Baker", supervised=True)
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", today, today.replace(year=2028), "The paper")
        elsewhere.accept(work, passed.person_id, "driver", found, Grounds("equivalent", "We accept it."))
    desk.open(f"/staff/sessions/{sitting_id}")
    page = desk.press("Find a driver to add")
    assert page.text.count("Has a valid pass until") == 1
    assert "Ann Able Has a valid pass until 23 November 2028" in page.text
    assert "Ann Able is on the list." in desk.press("Add: Ann Able").text
