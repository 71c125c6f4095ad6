"""How long a pass lasts and how a certificate stands, to the day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from quiz.domain import certificate
from quiz.domain.blueprint import Reason
from quiz.domain.certificate import Standing
from tests.domain.samples import RULES

PREVIOUS = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("passed", "expires"),
    [
        (date(2026, 11, 23), date(2029, 11, 23)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 31)),
    ],
)
def test_a_pass_lasts_36_months(passed, expires):
    assert certificate.expires_on(passed, RULES, None) == expires


@pytest.mark.parametrize(
    ("passed", "expires"),
    [
        (date(2027, 2, 27), date(2030, 2, 27)),
        (date(2027, 2, 28), date(2030, 5, 31)),
        (date(2027, 5, 31), date(2030, 5, 31)),
        (date(2027, 6, 1), date(2030, 6, 1)),
    ],
    ids=["a day too early", "first day of the last three months", "the last day", "a day too late"],
)
def test_a_pass_in_the_last_three_months_counts_from_the_old_expiry(passed, expires):
    assert certificate.expires_on(passed, RULES, PREVIOUS) == expires


@pytest.mark.parametrize("reason", Reason)
def test_only_an_applicant_has_a_day_to_use_a_pass_by(reason):
    day = date(2027, 11, 23) if reason is Reason.APPLICATION else None
    assert certificate.use_by(date(2026, 11, 23), RULES, reason) == day


@dataclass(frozen=True)
class Issued:
    """A certificate whose last day is PREVIOUS."""

    withdrawn_at: datetime | None = None
    replaced_by: str | None = None
    expires_on: date = PREVIOUS


THEN = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "issued", "standing"),
    [
        (PREVIOUS, Issued(), Standing.CURRENT),
        (date(2027, 6, 1), Issued(), Standing.EXPIRED),
        (PREVIOUS, Issued(withdrawn_at=THEN), Standing.WITHDRAWN),
        (PREVIOUS, Issued(replaced_by="another"), Standing.REPLACED),
        (PREVIOUS, Issued(THEN, "another"), Standing.WITHDRAWN),
    ],
    ids=["its last day", "the day after", "withdrawn", "replaced", "withdrawn and replaced"],
)
def test_a_certificate_is_valid_to_the_end_of_its_last_day(today, issued, standing):
    assert certificate.standing(issued, today) is standing
