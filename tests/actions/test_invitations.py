"""Inviting somebody, and the one code that works."""

from datetime import date

import pytest

from quiz.actions import invitations
from quiz.domain import codes, numbers
from quiz.domain.blueprint import Reason
from quiz.domain.errors import Refused
from quiz.records import audit
from quiz.records import invitations as records
from tests.make import PEPPER


def test_an_invitation_says_why_until_when_and_by_whom(make, made):
    with make.work("staff:1") as work:
        row = invitations.invite(
            work, made.person_id, test="driver", reason=Reason.REQUIRED, deadline=date(2026, 11, 23), supervised=True
        )
        assert (row.reason, row.deadline, row.supervised, row.made_by) == (
            "required",
            date(2026, 11, 23),
            True,
            "staff:1",
        )
        assert records.newest(work.session, made.person_id, "driver").id == row.id


def test_a_last_day_in_the_past_is_refused(make, made):
    with make.work() as work, pytest.raises(Refused) as refused:
        invitations.invite(work, made.person_id, test="driver", reason=Reason.RENEWAL, deadline=date(2026, 11, 22))
    assert refused.value.code == "deadline-past"


def test_a_newer_code_replaces_every_older_one_of_this_person(make, made):
    with make.work() as work:
        again = invitations.invite(work, made.person_id, test="driver", reason=Reason.RENEWAL)
        newer = invitations.issue_code(work, again)
    with make.reading() as session:
        (kept,) = records.working_codes(session, made.person_id, "driver")
        issued = {invitation.id: held for invitation, held in records.with_codes(session, made.person_id)}
        withdrawn = [code.withdrawn_at for code in issued[made.invitation_id]]
    assert kept.digest == codes.digest(PEPPER, "code", numbers.read(newer))
    assert withdrawn == [make.clock.now]


def test_another_drivers_code_stays_when_one_is_replaced(make, made):
    other = make.driver()
    make.code(made)
    with make.reading() as session:
        assert len(records.working_codes(session, other.person_id, "driver")) == 1


def test_the_code_is_nowhere_in_the_log(make, made):
    with make.reading() as session:
        entries = audit.about(session, f"person:{made.person_id}")
    assert entries[0].event == "code.issued"
    assert not [one for one in entries if made.code in one.content or made.code.replace("-", "") in one.content]
