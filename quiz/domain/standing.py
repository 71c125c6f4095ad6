"""Where a licence holder stands: facts worked out once, so that a list of thousands can ask for them by day.

Nothing here depends on today. What a status means today is said by `statuses`, and by the same comparisons in SQL.
"""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from quiz.domain import calendar, elsewhere, tries
from quiz.domain.blueprint import Blueprint
from quiz.domain.marking import Outcome
from quiz.domain.tries import Attempted, History, Marked

ALWAYS = date(9999, 12, 31)  # an adjustment that nobody has ended
NEAR = (7, 30, 90)  # days


class Status(StrEnum):
    """What lists ask for. One driver may be in several."""

    OVERDUE = "overdue"
    DUE_7 = "due-7"
    DUE_30 = "due-30"
    DUE_90 = "due-90"
    INVITED = "invited"
    MAY_RETRY = "may-retry"
    MUST_WAIT = "must-wait"
    OUT_OF_TRIES = "out-of-tries"
    LAPSING = "lapsing"
    NEVER = "never-tested"
    VALID = "valid"
    ENDED = "ended"
    WITHOUT = "without"
    NO_EXPIRY = "no-expiry"
    UNLISTED = "unlisted"


WORDS = {
    Status.OVERDUE: "Overdue: the licence ended without a valid pass",
    Status.DUE_7: "Due within 7 days",
    Status.DUE_30: "Due within 30 days",
    Status.DUE_90: "Due within 90 days",
    Status.INVITED: "Invited, not started",
    Status.MAY_RETRY: "Did not pass, may try again now",
    Status.MUST_WAIT: "Did not pass, waits for the next try",
    Status.OUT_OF_TRIES: "Out of tries: needs a decision",
    Status.LAPSING: "Licence ends before the next try",
    Status.NEVER: "Never tested",
    Status.VALID: "Has a valid pass",
    Status.ENDED: "The pass has ended",
    Status.WITHOUT: "Tested, but holds no pass",
    Status.NO_EXPIRY: "No licence end is known",
    Status.UNLISTED: "No longer listed",
}
# In a list each driver is told by the first of these that holds.
FIRST_TOLD = (
    Status.UNLISTED, Status.OUT_OF_TRIES, Status.LAPSING, Status.OVERDUE, Status.DUE_7, Status.DUE_30, Status.MAY_RETRY,
    Status.MUST_WAIT, Status.DUE_90, Status.INVITED, Status.VALID, Status.NEVER, Status.ENDED, Status.WITHOUT,
    Status.NO_EXPIRY,
)  # fmt: skip
# What an officer does next about a driver of that status.
NEXT = {
    Status.OVERDUE: "Ring the driver. Invite them today",
    Status.DUE_7: "Ring the driver today",
    Status.DUE_30: "Ring the driver, or send a reminder",
    Status.DUE_90: "Invite them",
    Status.INVITED: "Remind them, or send the code again",
    Status.MAY_RETRY: "Tell them, and send a new code if theirs has ended",
    Status.MUST_WAIT: "Nothing until the next try",
    Status.OUT_OF_TRIES: "Decide: allow another try, or not",
    Status.LAPSING: "Ring the driver. Decide about the next try",
    Status.NEVER: "Invite them when their licence is due",
    Status.VALID: "Nothing to do",
    Status.ENDED: "Invite them when their licence is due",
    Status.WITHOUT: "Open the record and see why",
    Status.NO_EXPIRY: "Enter when the licence ends",
    Status.UNLISTED: "Nothing to do",
}

DUE = (Status.OVERDUE, Status.DUE_7, Status.DUE_30, Status.DUE_90)
TAKING_IT = "Nothing: they are taking the test now"


class Held(Protocol):
    """What must be known of a licence."""

    @property
    def kind(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def unlisted_since(self) -> date | None: ...


class Invited(Protocol):
    """What must be known of the newest invitation."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def deadline(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """One person. `due_on`: the first end of a licence that is listed. `needs_on`: the same day, if no pass reaches
    beyond it. `waiting_since`, `invited_until`: of an invitation under which nothing was begun yet. `retry_on`: from
    when somebody who did not pass may try again. `stuck_until`: no try is left before that day unless an officer
    decides. `lapses_on`: a licence ends on that day, before the next try. `kinds` joins the kinds of listed licences.
    Whoever is not listed any more has none of these days but `covered_until`, `tested_on` and `adjusted_until`.
    """

    listed: bool
    kinds: str
    due_on: date | None
    covered_until: date | None
    needs_on: date | None
    tested_on: date | None
    outcome: str | None
    waiting_since: date | None
    invited_until: date | None
    retry_on: date | None
    stuck_until: date | None
    lapses_on: date | None
    adjusted_until: date | None


def derive(
    licences: Sequence[Held],
    invitation: Invited | None,
    begun: bool,
    history: History,
    passes: Iterable[date],
    withdrawn: Container[UUID],
    accepted_at: datetime | None,
    adjusted: Iterable[date | None],
    rules: Blueprint,
    mode: str,
) -> Standing:
    """Work it out from the facts.

    `invitation` is the newest one, `begun` whether anything was begun under it; `history` holds all attempts, oldest
    first, with the mark that counts; `passes` the last days of certificates and accepted passes that stand,
    `withdrawn` the attempts whose certificate was withdrawn, `accepted_at` when the newest pass from elsewhere was
    accepted; `adjusted` the last days of adjustments that nobody has ended.
    """
    listed = [one for one in licences if one.unlisted_since is None]
    due = min((one.expires_on for one in listed if one.expires_on), default=None)
    covered = max(passes, default=None)
    sat = [(one, mark) for one, mark in history if one.mode == mode and mark and one.voided_at is None]
    last = sat[-1] if sat else None
    answered = elsewhere.answers(accepted_at, invitation.made_at if invitation else None)
    counts = tries.without_withdrawn(history, withdrawn)
    retry, stuck = _next(counts, rules, mode, last, accepted_at) if listed and not answered else (None, None)
    waits = invitation if listed and not begun and not answered else None
    return Standing(
        listed=bool(listed),
        kinds=" ".join(sorted({one.kind for one in listed or licences})),
        due_on=due,
        covered_until=covered,
        needs_on=needs_on(due, covered),
        tested_on=calendar.day_of(last[0].finished_at or last[0].deadline) if last else None,
        outcome=last[1].outcome if last else None,
        waiting_since=calendar.day_of(waits.made_at) if waits else None,
        invited_until=waits.deadline if waits else None,
        retry_on=retry,
        stuck_until=stuck,
        lapses_on=due if due and retry and due < retry else None,
        adjusted_until=max((until or ALWAYS for until in adjusted), default=None),
    )


def needs_on(due: date | None, covered: date | None) -> date | None:
    """By when a pass is needed: the end of the licence, unless a pass reaches beyond it."""
    return due if due and (covered is None or covered <= due) else None


def _next(
    history: History,
    rules: Blueprint,
    mode: str,
    last: tuple[Attempted, Marked] | None,
    accepted_at: datetime | None,
) -> tuple[date | None, date | None]:
    """From when somebody whose last try failed may try again, and until when no try is left.

    Worked out as of the last try: what time brings later (all tries afresh) is said by the two days themselves.
    """
    counted = tries.tries_of(history, mode)
    if last is None:
        return None, None
    ended = last[0].finished_at or last[0].deadline
    if accepted_at is not None and accepted_at >= ended:
        return None, None
    if not counted or counted[-1].ended_at < ended:  # the last one was forgiven by a decision
        return (None if last[1].outcome == Outcome.PASSED else calendar.day_of(ended)), None
    if counted[-1].passed:
        return None, None
    following = tries.next_of(history, rules, mode, ended)
    return following.day, following.day if following.officer else None


def statuses(one: Standing, today: date) -> frozenset[Status]:
    """All that can be said of somebody today."""
    if not one.listed:
        return frozenset({Status.UNLISTED})
    found = {
        Status.OVERDUE: one.needs_on is not None and one.needs_on < today,
        Status.INVITED: one.waiting_since is not None and (one.invited_until is None or today <= one.invited_until),
        Status.MAY_RETRY: one.retry_on is not None and one.retry_on <= today,
        Status.MUST_WAIT: one.retry_on is not None and one.retry_on > today and one.stuck_until is None,
        Status.OUT_OF_TRIES: one.stuck_until is not None and one.stuck_until > today,
        Status.LAPSING: one.lapses_on is not None and today <= one.lapses_on,
        Status.NEVER: one.tested_on is None and one.covered_until is None,
        Status.VALID: one.covered_until is not None and today <= one.covered_until,
        Status.ENDED: one.covered_until is not None and one.covered_until < today,
        Status.WITHOUT: one.tested_on is not None and one.covered_until is None and one.retry_on is None,
        Status.NO_EXPIRY: one.due_on is None,
    }
    for days, status in zip(NEAR, (Status.DUE_7, Status.DUE_30, Status.DUE_90), strict=True):
        found[status] = one.needs_on is not None and today <= one.needs_on <= today + timedelta(days=days)
    return frozenset(status for status, holds in found.items() if holds)


def told(held: Collection[Status]) -> Status:
    """The one status by which a list tells somebody of whom all these hold."""
    return next((status for status in FIRST_TOLD if status in held), Status.NEVER)


def next_of(status: Status, held: Collection[Status]) -> Status:
    """The status whose next action is the right one for somebody whom a list tells by `status`.

    Whoever is due and has begun goes on with the tries; whoever is due and invited already is reminded, not invited.
    """
    if status not in DUE:
        return Status.INVITED if status in (Status.NEVER, Status.ENDED) and Status.INVITED in held else status
    for further in (Status.OUT_OF_TRIES, Status.LAPSING, Status.MAY_RETRY, Status.MUST_WAIT):
        if further in held:
            return further
    if Status.INVITED in held:
        return status if status in (Status.DUE_7, Status.DUE_30) else Status.INVITED
    return {Status.DUE_7: Status.OVERDUE, Status.DUE_30: Status.DUE_90}.get(status, status)
