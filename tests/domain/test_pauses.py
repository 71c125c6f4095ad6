"""A pause is for everybody, and limited in number and in length."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from quiz.domain import pauses
from quiz.domain.errors import Refused
from quiz.domain.pauses import Kind

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NONE = timedelta()


@dataclass(frozen=True)
class Taken:
    minutes: float
    came_back: bool = True
    began_at: datetime = NINE
    by: str | None = None
    kind: str | None = None

    @property
    def until(self):
        return self.began_at + timedelta(minutes=self.minutes if not self.came_back else 20)

    @property
    def ended_at(self):
        return self.began_at + timedelta(minutes=self.minutes) if self.came_back else None


@pytest.mark.parametrize(
    ("taken", "minutes"),
    [([], 20), ([Taken(5)], 15), ([Taken(5), Taken(4.5)], 10.5), ([Taken(15), Taken(3, came_back=False)], 2)],
)
def test_a_pause_lasts_as_long_as_the_others_left_over(taken, minutes):
    assert pauses.until(taken, Kind.HELP, NONE, NINE) == NINE + timedelta(minutes=minutes)
    assert pauses.left(taken, Kind.HELP, NONE) == pauses.Left(3 - len(taken), timedelta(minutes=minutes))


@pytest.mark.parametrize("taken", [[Taken(1)] * 3, [Taken(20, came_back=False)], [Taken(12), Taken(8)]])
def test_no_pause_is_left_after_three_or_after_twenty_minutes(taken):
    assert not pauses.left(taken, Kind.HELP, NONE)
    with pytest.raises(Refused, match="your time goes on"):
        pauses.until(taken, Kind.HELP, NONE, NINE)


def test_agreed_breaks_are_counted_by_themselves():
    ten = timedelta(minutes=10)
    assert pauses.left([Taken(5)], Kind.BREAK, ten) == pauses.Left(5, ten)
    assert pauses.left([Taken(4, kind="break")], Kind.HELP, ten) == pauses.Left(3, timedelta(minutes=20))
    assert pauses.left([Taken(4, kind="break")], Kind.BREAK, ten) == pauses.Left(4, timedelta(minutes=6))
    with pytest.raises(Refused, match="all the breaks"):
        pauses.until([], Kind.BREAK, NONE, NINE)


def test_what_the_room_stopped_is_taken_off_nothing():
    assert pauses.left([Taken(15, by="staff:1")], Kind.HELP, NONE) == pauses.Left(3, timedelta(minutes=20))
