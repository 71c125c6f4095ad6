"""When a letter is tried again, for how long, and which reminder is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.domain import posting
from quiz.domain.posting import KIND_WORDS, REMINDERS, STATE_WORDS, Kind, Outcome, State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_letter_is_tried_again_soon_then_every_hour():
    waits = [(posting.next_try(NOW, tries) - NOW).total_seconds() / 60 for tries in range(8)]
    assert waits == [1, 1, 5, 15, 30, 60, 60, 60]


def test_a_letter_is_not_put_off_for_ever():
    later = Outcome(State.WAITING, "451 Busy")
    assert posting.after(later, NOW, NOW + timedelta(days=5)) == later
    assert posting.after(later, NOW, NOW + timedelta(days=5, minutes=1)) == Outcome(State.REFUSED, "451 Busy")
    assert posting.after(Outcome(State.SENT), NOW, NOW + timedelta(days=50)) == Outcome(State.SENT)


def due(days: int) -> list[Kind]:
    """The reminders that are due so many days before the end of a licence."""
    today = date(2026, 11, 23)
    ends = today + timedelta(days=days)
    return [kind for kind in REMINDERS if posting.window(kind, today)[0] <= ends <= posting.window(kind, today)[1]]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (91, []), (90, [Kind.REMINDER_90]), (31, [Kind.REMINDER_90]), (30, [Kind.REMINDER_30]),
        (8, [Kind.REMINDER_30]), (7, [Kind.REMINDER_7]), (0, [Kind.REMINDER_7]), (-1, []),
    ],
)  # fmt: skip
def test_one_reminder_at_most_is_due_the_most_urgent_one(days, kinds):
    assert due(days) == kinds


def test_everything_has_words():
    assert (set(KIND_WORDS), set(STATE_WORDS)) == (set(Kind), set(State))
