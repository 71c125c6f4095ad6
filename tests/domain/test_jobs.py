"""How far long work is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from quiz.domain.jobs import LEASE, State, percent, state

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@dataclass
class Facts:
    leased_until: datetime | None = None
    ended: str | None = None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Facts(), State.WAITING),
        (Facts(NOW + LEASE), State.RUNNING),
        (Facts(NOW), State.WAITING),  # its process has not been heard of
        (Facts(NOW - timedelta(days=1), "done"), State.DONE),
        (Facts(None, "refused"), State.REFUSED),
        (Facts(None, "failed"), State.FAILED),
    ],
)
def test_it_is_told_how_far_work_is(facts, said):
    assert state(facts, NOW) is said


@pytest.mark.parametrize(
    ("done", "total", "said"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (999, 1000, 99), (3, 3, 100), (4, 3, 100)]
)
def test_a_hundred_percent_is_all_of_it(done, total, said):
    assert percent(done, total) == said
