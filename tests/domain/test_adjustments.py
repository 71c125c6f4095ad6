"""What was agreed with a driver: how much of it, from when to when, and what follows for a test."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.domain import adjustments
from quiz.domain.adjustments import AMOUNTS, WORDS, Kind
from quiz.domain.errors import Refused

TODAY = date(2026, 11, 26)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Agreed:
    kind: str
    amount: str = ""
    until: date | None = None
    ended_at: datetime | None = None


@pytest.mark.parametrize(
    ("agreed", "held"),
    [
        ([], {}),
        ([Agreed("extra-time", "25")], {Kind.EXTRA_TIME: "25"}),
        ([Agreed("extra-time", "100"), Agreed("extra-time", "50")], {Kind.EXTRA_TIME: "100"}),
        ([Agreed("extra-time", "100"), Agreed("extra-time", "no-limit")], {Kind.EXTRA_TIME: "no-limit"}),
        ([Agreed("reader", until=TODAY)], {Kind.READER: ""}),
        ([Agreed("reader", until=date(2026, 11, 25))], {}),
        ([Agreed("reader", ended_at=NINE)], {}),
    ],
)
def test_the_largest_amount_holds_until_its_last_day_or_its_end(agreed, held):
    assert adjustments.in_force(agreed, TODAY) == held


@pytest.mark.parametrize(
    ("amount", "allowed"),
    [
        (None, timedelta(minutes=45)),
        ("25", timedelta(minutes=57)),
        ("50", timedelta(minutes=68)),
        ("100", timedelta(minutes=90)),
        ("no-limit", timedelta(hours=24)),
    ],
)
def test_extra_time_is_a_share_of_the_time_rounded_up(amount, allowed):
    held = {Kind.EXTRA_TIME: amount} if amount else {}
    assert adjustments.time_allowed(45, held) == allowed


def test_breaks_and_looks_follow_from_what_holds():
    held = {Kind.BREAKS: "20", Kind.HIGH_CONTRAST: "", Kind.LARGE_TEXT: ""}
    assert adjustments.breaks(held) == timedelta(minutes=20)
    assert adjustments.look(held) == "large-text high-contrast"
    assert (adjustments.breaks({}), adjustments.look({})) == (timedelta(), "")


def test_what_an_attempt_keeps_reads_back():
    held = {Kind.EXTRA_TIME: "50", Kind.READER: ""}
    assert adjustments.read(adjustments.write(held)) == held
    assert adjustments.read(None) == {}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_amounts_and_words(kind):
    for amount in AMOUNTS[kind]:
        adjustments.must_be_known(kind, amount)
        assert WORDS[kind, amount]
    with pytest.raises(Refused):
        adjustments.must_be_known(kind, "33")
