"""A result as the driver is told it: counts by group and reasons in words, never the text or key of a question."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import abort

from quiz.actions import sitting
from quiz.domain import calendar, elsewhere, tries
from quiz.domain import unsafe as unsafe_rules
from quiz.domain.blueprint import Blueprint, Group
from quiz.domain.eligibility import NextTry
from quiz.domain.marking import Outcome, Tally, Why
from quiz.domain.tries import History
from quiz.records import attempts, certificates, invitations, marks, papers, people
from quiz.records import elsewhere as accepted
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.web import service
from quiz.web.request import now, session

ASK_WITHIN = timedelta(days=28)
LICENCE_ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything on the result page. `next` is None where no further try is wanted, or a later test tells of it.

    `withdrawn_on`: the test was passed, but its certificate counts no more since that day, so `passed` is not true.
    `accepted`: the pass from elsewhere that answers the invitation, so that nothing has to be tried again.
    """

    attempt: Attempt
    rules: Blueprint
    score: int
    of: int
    passed: bool
    groups: tuple[tuple[Group, Tally], ...]
    low_score: bool
    unsafe: tuple[Group, ...]
    unsafe_answers: int
    below: tuple[Group, ...]
    read: tuple[str, ...]
    next: NextTry | None
    may_try_now: bool
    uses_no_try: bool
    certificate: Certificate | None
    withdrawn_on: date | None
    accepted: AcceptedPass | None
    ask_by: date
    hear_by: date
    licence_ends: date | None
    ran_out: bool
    stopped: bool


def told(attempt: Attempt) -> Told:
    """The result of a finished attempt of this driver."""
    mark = marks.of_attempt(session(), attempt.id) or abort(404)
    rules = papers.of(session(), attempt.blueprint_id)
    history = attempts.of_person(session(), attempt.person_id, attempt.test)
    earned = certificates.of_attempt(session(), attempt.id) if mark.outcome == Outcome.PASSED else None
    withdrawn_at = earned.withdrawn_at if earned else None
    passed = mark.outcome == Outcome.PASSED and withdrawn_at is None
    mode = tries.MODES[service.facts().mark]
    wanted = not (passed and attempt.mode == mode) and attempt.id == _newest(history)
    holds = _accepted(attempt, mode) if wanted else None
    following = _next(attempt, history, mode) if wanted and not holds else None
    ended = calendar.day_of(attempt.finished_at or attempt.deadline)
    groups = marks.counts(mark.groups)
    positions = {int(place) for place in mark.unsafe.split(",") if place}
    unsafe = _unsafe_groups(attempt, positions, rules)
    return Told(
        attempt=attempt,
        rules=rules,
        score=mark.score,
        of=mark.of,
        passed=passed,
        groups=tuple((group, groups[group.key]) for group in rules.groups if group.key in groups),
        low_score=Why.SCORE in mark.reasons.split(","),
        unsafe=unsafe,
        unsafe_answers=len(positions),
        below=tuple(rules.group(key) for key in mark.below.split(",") if key),
        read=_to_read(rules, groups, unsafe),
        next=following,
        may_try_now=following is not None and _allowed(following),
        uses_no_try=mark.reasons == Why.UNSAFE and _left_as_before(attempt, history, rules),
        certificate=earned if passed else None,
        withdrawn_on=calendar.day_of(withdrawn_at) if withdrawn_at else None,
        accepted=holds,
        ask_by=ended + ASK_WITHIN,
        hear_by=unsafe_rules.answer_by(ended),
        licence_ends=_licence_ends(attempt, following) if following else None,
        ran_out=attempt.finished_how == sitting.TIME and attempt.stopped_by is None,
        stopped=attempt.stopped_by is not None,
    )


def _newest(history: History) -> UUID:
    return [one.id for one, _ in history if one.voided_at is None][-1]


def _next(attempt: Attempt, history: History, mode: str) -> NextTry:
    """By the rules of today, also after a pilot: its passes and tries do not count once the service is live."""
    counts = tries.without_withdrawn(history, certificates.withdrawn(session(), attempt.person_id))
    return tries.next_of(counts, papers.current(session(), attempt.test), mode, now())


def _accepted(attempt: Attempt, mode: str) -> AcceptedPass | None:
    """The pass from elsewhere that holds now, if it was accepted after the driver was last invited."""
    held = accepted.of_person(session(), attempt.person_id, attempt.test)
    found = elsewhere.in_force(held, mode, calendar.day_of(now()))
    newest = invitations.newest(session(), attempt.person_id, attempt.test)
    return found if found and elsewhere.answers(found.at, newest.made_at if newest else None) else None


def _left_as_before(attempt: Attempt, history: History, rules: Blueprint) -> bool:
    """Whether as many tries were left when this attempt had ended as before it."""
    until = [pair for pair in history if pair[0].id <= attempt.id]
    ended = attempt.finished_at or attempt.deadline
    before, after = (tries.next_of(some, rules, attempt.mode, ended) for some in (until[:-1], until))
    return before.left == after.left


def _unsafe_groups(attempt: Attempt, positions: set[int], rules: Blueprint) -> tuple[Group, ...]:
    """What the unsafe answers were about, as the groups of the result; a smaller unit would point at the question."""
    topics = attempts.topics_at(session(), attempt.id, positions)
    found = {rules.group_of(topic).key for topic in topics}
    return tuple(group for group in rules.groups if group.key in found)


def _to_read(rules: Blueprint, groups: dict[str, Tally], unsafe: tuple[Group, ...]) -> tuple[str, ...]:
    """Chapters to read again: of the unsafe answers first, then of every group with a wrong answer."""
    weak = [group for group in rules.groups if group.key in groups and groups[group.key].right < groups[group.key].of]
    return tuple(dict.fromkeys(slug for group in (*unsafe, *weak) for slug in group.read))


def _allowed(following: NextTry) -> bool:
    return not following.officer and now() >= calendar.start_of(following.day)


def _licence_ends(attempt: Attempt, following: NextTry) -> date | None:
    """The first licence that ends before, or soon after, the next try is possible."""
    days = [one.expires_on for one in people.licences(session(), attempt.person_id) if one.expires_on]
    today = calendar.day_of(now())
    soon = [day for day in days if today <= day <= following.day + LICENCE_ENDS_SOON]
    return min(soon, default=None)
