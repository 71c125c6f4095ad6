"""Letters on their way: what each is about, how far it is, when it is tried again, and who carries it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a letter is about. Each has words of its own that staff may change; PRINTED ones are set in type."""

    INVITATION = "invitation"
    PRINTED = "printed-invitation"
    MEMBER_INVITATION = "member-invitation"
    MEMBER_PRINTED = "member-printed-invitation"
    MEMBER_REMINDER = "member-reminder"
    REMINDER_90 = "reminder-90"
    REMINDER_30 = "reminder-30"
    REMINDER_7 = "reminder-7"
    TRAINING = "training"
    TRAINING_MOVED = "training-moved"
    TRAINING_CANCELLED = "training-cancelled"


class State(StrEnum):
    """How far a letter is. The last four are over; PAPER and PHONE wait for somebody in the office."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    PAPER = "paper"
    PHONE = "phone"
    SENT = "sent"
    PRINTED = "printed"
    RUNG = "rung"
    GIVEN_UP = "given-up"


KIND_WORDS = {
    Kind.INVITATION: "Invitation with access code",
    Kind.PRINTED: "Printed letter with access code",
    Kind.MEMBER_INVITATION: "Invitation with access code, for people of groups",
    Kind.MEMBER_PRINTED: "Printed letter with access code, for people of groups",
    Kind.MEMBER_REMINDER: "Reminder, 30 days before a pass ends, for people of groups",
    Kind.REMINDER_90: "Reminder, 90 days before the licence ends",
    Kind.REMINDER_30: "Reminder, 30 days before the licence ends",
    Kind.REMINDER_7: "Reminder, 7 days before the licence ends",
    Kind.TRAINING: "Invitation to a training session",
    Kind.TRAINING_MOVED: "Change of a training session",
    Kind.TRAINING_CANCELLED: "Cancellation of a training session",
}
STATE_WORDS = {
    State.WAITING: "Waits to be sent",
    State.CLAIMED: "Being sent now",
    State.UNKNOWN: "Nobody knows whether it was sent",
    State.REFUSED: "Refused",
    State.PAPER: "To be printed",
    State.PHONE: "To be told by telephone",
    State.SENT: "Sent by e-mail",
    State.PRINTED: "Printed",
    State.RUNG: "Told by telephone",
    State.GIVEN_UP: "Not sent",
}
OVER = (State.SENT, State.PRINTED, State.RUNG, State.GIVEN_UP)
MEMBERS = (Kind.MEMBER_INVITATION, Kind.MEMBER_PRINTED, Kind.MEMBER_REMINDER)
# Whose words a letter has where there is no e-mail address.
ON_PAPER = {Kind.INVITATION: Kind.PRINTED, Kind.MEMBER_INVITATION: Kind.MEMBER_PRINTED}
PRINTED = tuple(ON_PAPER.values())
REMINDERS = {Kind.REMINDER_7: 7, Kind.REMINDER_30: 30, Kind.REMINDER_90: 90}  # days before the end, the last one first
OF_TRAINING = (Kind.TRAINING, Kind.TRAINING_MOVED, Kind.TRAINING_CANCELLED)

LEASE = timedelta(minutes=10)  # far longer than a mail server may take for one letter
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
CODE_KEPT = timedelta(days=30)  # so long a letter that nobody prints or sends keeps its code
REPORTED = timedelta(days=8)  # so long after sending a service may say that a letter came back; Notify keeps 7 days
PATIENCE = timedelta(days=5)  # so long a mail server may put one letter off


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter as it is handed over. `reference` and `message_id` are the same however often it is tried."""

    reference: str
    message_id: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of handing a letter over: SENT, REFUSED, UNKNOWN, or WAITING (try later); and why, in words.

    `receipt` is the number under which a service took it, where it gave one.
    """

    state: State
    words: str = ""
    receipt: str = ""


class Outage(Exception):
    """Nothing can be sent at present, and the letter in hand was certainly not sent. `words` says why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


Send = Callable[[Outgoing], Outcome]


class Carrier(Protocol):
    """Somebody who takes letters. Opening and sending may raise Outage."""

    def opened(self) -> AbstractContextManager[Send]:
        """A connection over which several letters can go."""


def next_try(now: datetime, tries: int) -> datetime:
    """When to try again after so many tries: soon at first, then every hour."""
    return now + BACK_OFF[min(max(tries, 1), len(BACK_OFF)) - 1]


def after(outcome: Outcome, made_at: datetime, now: datetime) -> Outcome:
    """A letter that was put off for days is not tried for ever."""
    if outcome.state is State.WAITING and now - made_at > PATIENCE:
        return Outcome(State.REFUSED, outcome.words)
    return outcome


def window(kind: Kind, today: date) -> tuple[date, date]:
    """The first and the last day on which a licence may end for this reminder to be the one that is due today.

    The windows do not overlap: whoever comes late is reminded once, by the most urgent one.
    """
    days = REMINDERS[kind]
    nearer = max((other for other in REMINDERS.values() if other < days), default=-1)
    return today + timedelta(days=nearer + 1), today + timedelta(days=days)
