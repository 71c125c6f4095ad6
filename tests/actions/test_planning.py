"""The action plan: kept up to date, in its order, and never without what it was before."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from quiz.actions import planning
from quiz.domain.action_plan import Action, Status
from quiz.records import action_plan, audit
from tests.actions.sitter import refused

HOLD = Action("Training", "Hold a session for new drivers", "Licensing manager", date(2026, 12, 1),
              Status.NOT_STARTED, "")  # fmt: skip


def add(make, action=HOLD):
    with make.work("staff:officer") as work:
        return planning.add(work, action).id


def change(make, item_id, **changes):
    with make.work("staff:other") as work:
        planning.change(work, item_id, replace(HOLD, **changes))


def areas(make):
    with make.reading() as session:
        return [one.area for one in action_plan.plan(session)]


def test_a_change_keeps_what_was_before(make, clock):
    item_id = add(make)
    clock.pass_by(days=2)
    change(make, item_id, status=Status.COMPLETED, evidence="  Held on 24 November  ")
    change(make, item_id, status=Status.COMPLETED, evidence="Held on 24 November")  # the same again: no change
    with make.reading() as session:
        (row,) = action_plan.plan(session)
        assert (row.said.evidence, row.changed_by) == ("Held on 24 November", "staff:other")
        past = [(one.status, one.by) for one in action_plan.history(session, item_id)]
        assert past == [("completed", "staff:other"), ("not-started", "staff:officer")]
        assert [one.event for one in audit.about(session, f"action:{item_id}")] == ["action.changed", "action.added"]


def test_lines_move_by_one_place_and_stop_at_the_ends(make):
    first, _, last = (add(make, replace(HOLD, area=area)) for area in ("One", "Two", "Three"))
    for item_id, up, order in (
        (last, True, ["One", "Three", "Two"]), (last, True, ["Three", "One", "Two"]),
        (last, True, ["Three", "One", "Two"]), (first, False, ["Three", "Two", "One"]),
        (first, False, ["Three", "Two", "One"]),
    ):  # fmt: skip
        with make.work("staff:officer") as work:
            planning.move(work, item_id, up)
        assert areas(make) == order
    add(make, replace(HOLD, area="Four"))
    assert areas(make)[-1] == "Four"


@pytest.mark.parametrize(("code", "changes"), [
    ("action-area", {"area": " "}), ("action-action", {"action": ""}), ("action-action", {"action": "x" * 1001}),
    ("action-owner", {"owner": ""}), ("action-owner", {"owner": "pat@example.org"}),
    ("action-evidence", {"status": Status.COMPLETED}), ("action-evidence", {"evidence": "x" * 1001}),
])  # fmt: skip
def test_what_cannot_be_a_line(make, code, changes):
    refused(code, add, make, replace(HOLD, **changes))
    assert areas(make) == []


def test_an_unknown_line_is_refused(make):
    refused("action-unknown", change, make, UUID(int=1))
    with make.work() as work:
        refused("action-unknown", planning.move, work, UUID(int=1), True)


def test_a_line_reads_as_committees_know_it():
    assert HOLD.row(date(2026, 12, 1)) == (
        "Training", "Hold a session for new drivers", "Licensing manager", "1 December 2026", "Not started", "",
    )  # fmt: skip
    assert HOLD.row(date(2026, 12, 2))[4] == "Not started, overdue"
    assert replace(HOLD, status=Status.COMPLETED).row(date(2027, 1, 1))[4] == "Completed"
    assert replace(HOLD, due=None).row(date(2027, 1, 1))[3] == "No date"
