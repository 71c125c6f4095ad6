"""A result as the driver is told it: counts by group and reasons in words, never the text or key of a question."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort

from quiz.actions import sitting
from quiz.domain import calendar, tries
from quiz.domain import unsafe as unsafe_rules
from quiz.domain.blueprint import Blueprint, Group
from quiz.domain.eligibility import NextTry
from quiz.domain.marking import Outcome, Tally, Why
from quiz.domain.tries import History
from quiz.records import attempts, marks, papers, people
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.certificates import of_attempt as certificate_of
from quiz.web import service
from quiz.web.request import now, session

ASK_WITHIN = timedelta(days=28)
LICENCE_ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything on the result page. `next` is None where no further try is wanted, or a later test tells of it."""

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
    passed = mark.outcome == Outcome.PASSED
    following = _next(attempt, passed, history)
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
        certificate=certificate_of(session(), attempt.id) if passed else None,
        ask_by=ended + ASK_WITHIN,
        hear_by=unsafe_rules.answer_by(ended),
        licence_ends=_licence_ends(attempt, following) if following else None,
        ran_out=attempt.finished_how == sitting.TIME and attempt.stopped_by is None,
        stopped=attempt.stopped_by is not None,
    )


def _next(attempt: Attempt, passed: bool, history: History) -> NextTry | None:
    """By the rules of today, also after a pilot: its passes and tries do not count once the service is live."""
    mode = tries.MODES[service.facts().mark]
    newest = [one.id for one, _ in history if one.voided_at is None][-1]
    if attempt.id != newest or (passed and attempt.mode == mode):
        return None
    return tries.next_of(history, papers.current(session(), attempt.test), mode, now())


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
