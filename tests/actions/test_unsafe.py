"""What becomes of a fail by an unsafe answer once it was read: it stands, or the unsafe mark is withdrawn."""

import pytest

from quiz.actions import deciding, unsafe
from quiz.domain.decisions import Grounds
from quiz.domain.roles import Role
from quiz.domain.unsafe import Capacity, Verdict
from quiz.records import certificates, counting
from quiz.records import unsafe as records
from tests.actions.sitter import begin, mark_of, refused
from tests.make import ISSUER


@pytest.fixture
def failed(make, made):
    """Enough right answers, and one unsafe one."""
    make.agree_everything()
    return make.attempt(made, right=19, unsafe=1)


def read(make, attempt_id, verdict, *roles, reader=""):
    for role in roles or (Role.OFFICER, Role.LEAD):
        capacity = Capacity.LEAD if role is Role.LEAD else Capacity.OFFICER
        with make.work(reader or f"staff:{role}") as work:
            unsafe.read(work, attempt_id, [role], capacity, verdict, "I read it.")


def answer(make, attempt_id, reason):
    with make.work("staff:officer") as work:
        unsafe.answer(work, attempt_id, Grounds(reason, "We read your answer."), ISSUER)


def waiting(make):
    with make.reading() as session:
        found = records.cases(session)
        assert counting.numbers(session, [records.waiting()]) == [len(found)]
        return [one.attempt_id for one in found]


def test_a_withdrawn_unsafe_mark_is_a_second_mark_and_brings_the_certificate(make, made, failed):
    assert waiting(make) == [failed]
    read(make, failed, Verdict.WITHDRAWN)
    answer(make, failed, "unclear")
    mark = mark_of(make, failed)
    assert (mark.number, mark.score, mark.outcome, mark.unsafe) == (2, 19, "passed", "")
    assert mark.because.startswith("decision:")
    with make.reading() as session:
        assert certificates.of_attempt(session, failed).person_id == made.person_id
    assert waiting(make) == []
    refused("unsafe-answered", answer, make, failed, "unclear")
    refused("already-passed", begin, make, made)


def test_one_that_is_upheld_keeps_its_mark_and_waits_no_more(make, failed):
    read(make, failed, Verdict.UPHELD)
    answer(make, failed, "harm")
    assert mark_of(make, failed).number == 1
    assert waiting(make) == []


def test_nobody_is_answered_before_two_different_people_agree(make, failed):
    refused("reading-open", answer, make, failed, "harm")
    read(make, failed, Verdict.UPHELD, Role.OFFICER, reader="staff:one")
    refused("reading-not-yours", read, make, failed, Verdict.UPHELD, Role.LEAD, reader="staff:one")
    read(make, failed, Verdict.WITHDRAWN, Role.LEAD)
    refused("reading-open", answer, make, failed, "unclear")


def test_what_is_set_aside_waits_no_more(make, made, failed):
    with make.work("staff:officer") as work:
        deciding.void(work, made.person_id, failed, Grounds("technical", "It does not count."))
    assert waiting(make) == []
    refused("unsafe-answered", read, make, failed, Verdict.UPHELD, Role.LEAD)
