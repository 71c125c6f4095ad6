"""The live page of a test session, as the desk needs it."""

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
