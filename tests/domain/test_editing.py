"""The way of a question: written by one, approved by others, suspended by one and brought back by two."""

import pytest

from quiz.domain import editing
from quiz.domain.editing import Capacity, Review, Status, Verdict
from quiz.domain.errors import Refused
from quiz.domain.roles import Role

APPROVED = Review("staff:1", Capacity.EDITOR, Verdict.APPROVE)
LEAD_APPROVED = Review("staff:2", Capacity.LEAD, Verdict.APPROVE)
RETURNED = Review("staff:3", Capacity.EDITOR, Verdict.RETURN)
YES, NO = True, False


@pytest.mark.parametrize(
    ("sent", "reviews", "approved", "newest", "loaded", "status"),
    [
        (NO, [], NO, YES, NO, Status.DRAFT),
        (YES, [], NO, YES, NO, Status.IN_REVIEW),
        (YES, [APPROVED], NO, YES, NO, Status.IN_REVIEW),
        (YES, [APPROVED, RETURNED], NO, YES, NO, Status.RETURNED),
        (YES, [APPROVED], YES, YES, NO, Status.APPROVED),
        (YES, [APPROVED], YES, NO, NO, Status.SUPERSEDED),
        (YES, [], NO, NO, NO, Status.SUPERSEDED),
        (YES, [RETURNED], NO, NO, NO, Status.RETURNED),
        (NO, [], YES, YES, YES, Status.IN_REVIEW),
        (NO, [RETURNED], YES, YES, YES, Status.RETURNED),
        (NO, [], YES, NO, YES, Status.SUPERSEDED),
    ],
    ids=["written", "sent", "one of two has approved", "returned", "approved", "a newer version is there",
         "a newer draft is there", "returned and mended since", "came with the program", "returned though loaded",
         "loaded, but a newer version is there"],
)  # fmt: skip
def test_the_status_of_a_version(sent, reviews, approved, newest, loaded, status):
    assert editing.status(sent, reviews, approved, newest, loaded) is status


@pytest.mark.parametrize(
    ("roles", "critical", "capacities"),
    [
        ([Role.EDITOR], NO, (Capacity.EDITOR,)),
        ([Role.EDITOR], YES, (Capacity.EDITOR,)),
        ([Role.LEAD], NO, ()),
        ([Role.LEAD], YES, (Capacity.LEAD,)),
        ([Role.EDITOR, Role.LEAD], YES, (Capacity.EDITOR, Capacity.LEAD)),
        ([Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.INVIGILATOR], YES, ()),
    ],
)
def test_as_what_somebody_may_approve(roles, critical, capacities):
    assert editing.capacities(roles, critical) == capacities


@pytest.mark.parametrize(
    ("critical", "reviews", "missing"),
    [
        (NO, [], (Capacity.EDITOR,)),
        (NO, [APPROVED], ()),
        (NO, [RETURNED], (Capacity.EDITOR,)),
        (NO, [LEAD_APPROVED], (Capacity.EDITOR,)),
        (YES, [], (Capacity.EDITOR, Capacity.LEAD)),
        (YES, [APPROVED], (Capacity.LEAD,)),
        (YES, [LEAD_APPROVED], (Capacity.EDITOR,)),
        (YES, [APPROVED, LEAD_APPROVED], ()),
    ],
)
def test_whose_approval_is_still_wanted(critical, reviews, missing):
    assert editing.missing(critical, reviews) == missing


def test_only_what_came_with_the_program_can_lack_a_review_here():
    assert editing.unreviewed("initial", YES, [APPROVED])
    assert not editing.unreviewed("initial", NO, [APPROVED])
    assert not editing.unreviewed("written", NO, [])


def test_somebody_is_asked_only_for_what_is_still_wanted():
    assert editing.asked([Role.EDITOR, Role.LEAD], YES, [APPROVED]) == (Capacity.LEAD,)
    assert editing.asked([Role.EDITOR], YES, [APPROVED]) == ()


def test_a_colleague_may_review_what_waits_for_review():
    assert editing.must_be_reviewable("staff:2", "staff:9", Status.IN_REVIEW, [APPROVED]) is None


@pytest.mark.parametrize(
    ("reviewer", "status", "code"),
    [
        ("staff:9", Status.IN_REVIEW, "own-question"),
        ("staff:1", Status.IN_REVIEW, "reviewed-already"),
        *(("staff:2", status, "not-in-review") for status in Status if status is not Status.IN_REVIEW),
    ],
)
def test_a_review_is_refused(reviewer, status, code):
    with pytest.raises(Refused) as refused:
        editing.must_be_reviewable(reviewer, "staff:9", status, [APPROVED])
    assert refused.value.code == code


def test_a_correction_of_what_has_changed_meanwhile_is_refused():
    assert editing.must_be_newest(2, 2) is None
    with pytest.raises(Refused, match="Version 3 was saved while you were writing"):
        editing.must_be_newest(2, 3)


def test_one_person_cannot_bring_a_question_back():
    assert editing.must_be_two("staff:1", "staff:2") is None
    with pytest.raises(Refused, match="somebody else has to confirm it"):
        editing.must_be_two("staff:1", "staff:1")
