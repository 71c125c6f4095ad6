"""A result as the driver is told it: counts by group and reasons in words, never the text or key of a question."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import abort

from quiz.actions import sitting
from quiz.domain import calendar
from quiz.domain.blueprint import Blueprint, Group
from quiz.domain.eligibility import NextTry
from quiz.domain.marking import Outcome, Tally, Why
from quiz.records import attempts, marks, papers, people
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.records.certificates import of_attempt as certificate_of
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.web.request import now, session

ASK_WITHIN = timedelta(days=28)
ANSWER_WORKING_DAYS = 5
LICENCE_ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything on the result page."""

    attempt: Attempt
    rules: Blueprint
    score: int
    of: int
    passed: bool
    groups: tuple[tuple[Group, Tally], ...]
    low_score: bool
    unsafe: tuple[Group, ...]
    below: tuple[Group, ...]
    read: tuple[str, ...]
    next: NextTry
    may_try_now: bool
    uses_no_try: bool
    certificate: Certificate | None
    ask_by: date
    hear_by: date
    licence_ends: date | None
    ran_out: bool


def told(attempt: Attempt) -> Told:
    """The result of a finished attempt of this driver."""
    mark = marks.of_attempt(session(), attempt.id) or abort(404)
    rules = papers.of(session(), attempt.blueprint_id)
    invitation = session().get_one(Invitation, attempt.invitation_id)
    following = sitting.following(session(), invitation, attempt.mode, now())
    ended = calendar.day_of(attempt.finished_at or attempt.deadline)
    groups = marks.counts(mark.groups)
    unsafe = _unsafe_groups(attempt, mark, rules)
    passed = mark.outcome == Outcome.PASSED
    return Told(
        attempt=attempt,
        rules=rules,
        score=mark.score,
        of=mark.of,
        passed=passed,
        groups=tuple((group, groups[group.key]) for group in rules.groups if group.key in groups),
        low_score=Why.SCORE in mark.reasons.split(","),
        unsafe=unsafe,
        below=tuple(rules.group(key) for key in mark.below.split(",") if key),
        read=_to_read(rules, groups, unsafe),
        next=following,
        may_try_now=not passed and _is_last(attempt) and _allowed(following),
        uses_no_try=mark.reasons == Why.UNSAFE and following.left == rules.tries,
        certificate=certificate_of(session(), attempt.id) if passed else None,
        ask_by=ended + ASK_WITHIN,
        hear_by=calendar.working_days_on(ended, ANSWER_WORKING_DAYS),
        licence_ends=None if passed else _licence_ends(attempt, following),
        ran_out=attempt.finished_how == "time",
    )


def _unsafe_groups(attempt: Attempt, mark: Marking, rules: Blueprint) -> tuple[Group, ...]:
    """What the unsafe answers were about, as the groups of the result; a smaller unit would point at the question."""
    positions = {int(place) for place in mark.unsafe.split(",") if place}
    topics = attempts.topics_at(session(), attempt.id, positions)
    found = {rules.group_of(topic).key for topic in topics}
    return tuple(group for group in rules.groups if group.key in found)


def _to_read(rules: Blueprint, groups: dict[str, Tally], unsafe: tuple[Group, ...]) -> tuple[str, ...]:
    """Chapters to read again: of the unsafe answers first, then of every group with a wrong answer."""
    weak = [group for group in rules.groups if group.key in groups and groups[group.key].right < groups[group.key].of]
    return tuple(dict.fromkeys(slug for group in (*unsafe, *weak) for slug in group.read))


def _is_last(attempt: Attempt) -> bool:
    history = attempts.of_person(session(), attempt.person_id, attempt.test)
    return history[-1][0].id == attempt.id


def _allowed(following: NextTry) -> bool:
    return not following.officer and now() >= calendar.start_of(following.day)


def _licence_ends(attempt: Attempt, following: NextTry) -> date | None:
    """The first licence that ends before, or soon after, the next try is possible."""
    days = [one.expires_on for one in people.licences(session(), attempt.person_id) if one.expires_on]
    today = calendar.day_of(now())
    soon = [day for day in days if today <= day <= following.day + LICENCE_ENDS_SOON]
    return min(soon, default=None)
