"""What is done next about a driver in a list."""

import pytest

from quiz.domain.standing import DUE, Status, next_of


@pytest.mark.parametrize("status", DUE)
@pytest.mark.parametrize("begun", [Status.MAY_RETRY, Status.MUST_WAIT, Status.OUT_OF_TRIES, Status.LAPSING])
def test_whoever_is_due_and_did_not_pass_goes_on_with_the_tries_and_is_not_invited_anew(status, begun):
    assert next_of(status, {status, begun}) is begun


@pytest.mark.parametrize(
    ("status", "held", "expected"),
    [
        (Status.DUE_7, {Status.NEVER}, Status.OVERDUE),  # ring, and invite today
        (Status.DUE_30, {Status.NEVER}, Status.DUE_90),  # invite
        (Status.DUE_7, {Status.INVITED}, Status.DUE_7),
        (Status.DUE_90, {Status.INVITED}, Status.INVITED),
        (Status.OUT_OF_TRIES, {Status.OVERDUE, Status.MUST_WAIT}, Status.OUT_OF_TRIES),
        (Status.VALID, {Status.INVITED}, Status.VALID),
    ],
)
def test_whoever_has_no_invitation_yet_is_invited_and_whoever_has_one_is_reminded(status, held, expected):
    assert next_of(status, {status, *held}) is expected
