"""The database itself holds that nobody approves alone, whoever writes the SQL."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from quiz.actions import editing
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.question import Option
from quiz.domain.roles import Role
from quiz.records import bank
from quiz.records.questions import Approval, Suspension, Version
from tests.make import Make, draft

AUTHOR, OTHER, THIRD = "staff:author", "staff:other", "staff:third"
UNSAFE = (
    Option("Ring 999 from where you stand", right=True),
    Option(
        "Go after them until the police come",
        unsafe=True,
        harm="You or others may be hurt.",
        source="RECOMMENDATION",
        why="It feels brave.",
    ),
    Option("Write it down when you are at home", why="It is late by then."),
    Option("Ask the people nearby what happened", why="They may not know."),
)


def written(make: Make, critical: bool) -> Version:
    with make.work(AUTHOR) as work:
        made = draft("t07-made-up", topic="T7", options=UNSAFE) if critical else draft()
        row = editing.add_version(work, made, "driver", "written")
        work.session.expunge(row)
        return row


def approve(make: Make, row: Version, **changes: object) -> None:
    with make.work() as work:
        same = {name: getattr(row, name) for name in ("author", "critical", "origin")}
        values = {"version_id": row.id, **same, "approver": None, "lead": None, "at": work.now, **changes}
        work.session.add(Approval(**values))


@pytest.mark.parametrize(
    ("critical", "approval"),
    [
        (False, {}),
        (False, {"approver": AUTHOR}),
        (False, {"origin": "initial"}),
        (False, {"approver": OTHER, "author": "staff:nobody"}),
        (True, {"approver": OTHER}),
        (True, {"approver": OTHER, "lead": OTHER}),
        (True, {"approver": OTHER, "lead": AUTHOR}),
        (True, {"approver": OTHER, "critical": False}),
    ],
    ids=["nobody", "the author", "as if loaded", "another author", "no lead", "one for both", "author as lead",
         "as if not critical"],
)  # fmt: skip
def test_an_approval_without_two_people_is_refused(make, critical, approval):
    row = written(make, critical)
    with pytest.raises(IntegrityError):
        approve(make, row, **approval)


def test_two_people_may(make):
    approve(make, written(make, critical=False), approver=OTHER)


def test_three_people_may_for_a_critical_question(make):
    approve(make, written(make, critical=True), approver=OTHER, lead=THIRD)


def test_an_approval_of_no_version_is_refused(make):
    row = written(make, critical=False)
    with pytest.raises(IntegrityError):
        approve(make, row, approver=OTHER, version_id=uuid4())


@pytest.mark.parametrize("change", ["UPDATE approval SET approver = NULL", "DELETE FROM approval", "DELETE FROM review",
                                    "UPDATE version SET body = '{}'"])  # fmt: skip
def test_what_was_decided_stays(make, change):
    with make.work(OTHER) as work:
        version = bank.live_versions(work.session, "driver")[0]
        editing.review(work, version, [Role.EDITOR], Capacity.EDITOR, Verdict.RETURN, "Why?")
    with pytest.raises(DBAPIError, match="append-only"), make.work() as work:
        work.session.execute(text(change))


def test_bringing_back_alone_is_refused(make):
    with make.work() as work:
        question = bank.live_versions(work.session, "driver")[0].question_id
        row = Suspension(question_id=question, at=work.now, by=OTHER, reason="Why")
        row.asked_by = row.lifted_by = OTHER
        row.asked_at = row.lifted_at = work.now
        work.session.add(row)
        with pytest.raises(IntegrityError):
            work.session.flush()
        work.session.rollback()
