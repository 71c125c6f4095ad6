"""What may be accepted from elsewhere, and for how long it counts."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from quiz.domain import elsewhere
from quiz.domain.elsewhere import Pass
from quiz.domain.errors import Refused
from tests.domain.samples import RULES

TODAY = date(2026, 11, 23)
FOUND = Pass("Preston Council", "Safeguarding test", date(2025, 2, 28), date(2028, 2, 28), "The paper")


@dataclass(frozen=True)
class Row:
    until: date
    mode: str = "live"
    at: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)
    ended_at: datetime | None = None


def test_it_may_hold_as_long_as_our_own_and_no_longer():
    elsewhere.must_be_acceptable(FOUND, RULES, TODAY)
    with pytest.raises(Refused, match="28 February 2028 or earlier"):
        elsewhere.must_be_acceptable(replace(FOUND, until=date(2028, 2, 29)), RULES, TODAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"body": " "}, "elsewhere-body"),
        ({"course": "x" * 201}, "elsewhere-course"),
        ({"seen": ""}, "elsewhere-seen"),
        ({"passed_on": date(2026, 11, 24)}, "elsewhere-passed"),
        ({"until": date(2026, 11, 22)}, "elsewhere-until"),
    ],
)
def test_it_is_named_proven_passed_and_in_force(changes, code):
    with pytest.raises(Refused) as found:
        elsewhere.must_be_acceptable(replace(FOUND, **changes), RULES, TODAY)
    assert found.value.code == code


def test_the_one_that_holds_longest_counts_to_the_end_of_its_last_day_in_its_own_mode():
    rows = [Row(TODAY), Row(date(2027, 1, 1), mode="pilot"), Row(date(2027, 2, 1), ended_at=Row.at)]
    assert elsewhere.in_force(rows, "live", TODAY) is rows[0]
    assert elsewhere.in_force(rows, "live", date(2026, 11, 24)) is None
