"""Access codes and sign-in tokens: only an HMAC digest is ever stored."""

import hashlib
import hmac
from datetime import date, datetime

from quiz.domain import calendar

WORKS_AFTER_RESULT_DAYS = 30


def digest(pepper: bytes, purpose: str, secret: str) -> str:
    """HMAC-SHA-256 with the instance's pepper, as 64 hexadecimal digits; `purpose` keeps uses apart."""
    return hmac.new(pepper, f"{purpose}\n{secret}".encode(), hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(left, right)


def works(
    now: datetime, deadline: date | None, withdrawn_at: datetime | None, last_result_at: datetime | None, sitting: bool
) -> bool:
    """Whether a code may still sign in: until 30 days after the last result, or a newer code, or the deadline.

    A deadline ends the permission to begin: who is sitting goes on, and a result can be seen for its 30 days.
    """
    if withdrawn_at is not None and withdrawn_at <= now:
        return False
    if sitting:
        return True
    if last_result_at is not None:
        return calendar.day_of(now) <= date.fromordinal(
            calendar.day_of(last_result_at).toordinal() + WORKS_AFTER_RESULT_DAYS
        )
    return deadline is None or calendar.day_of(now) <= deadline
