"""The way of a question: draft, review, approval; suspended by one, brought back by two."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quiz.domain.errors import Refused
from quiz.domain.question import Draft
from quiz.domain.roles import Permission, Role, may

RECOMMENDED = "RECOMMENDATION"  # the source key of practice that no published source confirms


class Status(StrEnum):
    """Where a version stands; derived from its review rows."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class Verdict(StrEnum):
    """What a reviewer said."""

    APPROVE = "approve"
    RETURN = "return"


class Capacity(StrEnum):
    """As what a reviewer spoke."""

    EDITOR = "editor"
    LEAD = "lead"


class Answer(StrEnum):
    """What a body outside answered about a version."""

    AGREE = "agree"
    CHANGE = "change"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's word on one version."""

    reviewer: str
    capacity: Capacity
    verdict: Verdict


def status(sent: bool, reviews: Iterable[Review], approved: bool, newest: bool, loaded: bool = False) -> Status:
    """A returned version stays returned: mending it makes a new version.

    `loaded`: it came with the program and still lacks a review here. It waits for one, although it may be drawn.
    """
    if approved and not loaded:
        return Status.APPROVED if newest else Status.SUPERSEDED
    if any(review.verdict is Verdict.RETURN for review in reviews):
        return Status.RETURNED
    if not newest:
        return Status.SUPERSEDED
    return Status.IN_REVIEW if sent or loaded else Status.DRAFT


def capacities(roles: Iterable[Role], critical: bool) -> tuple[Capacity, ...]:
    """As what somebody with these roles may approve a question; the lead is asked only about critical ones."""
    held = tuple(roles)
    found = []
    if Role.EDITOR in held:
        found.append(Capacity.EDITOR)
    if critical and may(held, Permission.APPROVE_CRITICAL):
        found.append(Capacity.LEAD)
    return tuple(found)


def missing(critical: bool, reviews: Iterable[Review]) -> tuple[Capacity, ...]:
    """Whose approval is still wanted."""
    given = {review.capacity for review in reviews if review.verdict is Verdict.APPROVE}
    needed = (Capacity.EDITOR, Capacity.LEAD) if critical else (Capacity.EDITOR,)
    return tuple(capacity for capacity in needed if capacity not in given)


def unreviewed(origin: str, critical: bool, reviews: Iterable[Review]) -> bool:
    """Whether a version came with the program and still lacks a review here."""
    return origin == "initial" and bool(missing(critical, reviews))


def asked(roles: Iterable[Role], critical: bool, reviews: Iterable[Review]) -> tuple[Capacity, ...]:
    """As what somebody with these roles can give an approval that is still wanted."""
    wanted = missing(critical, reviews)
    return tuple(capacity for capacity in capacities(roles, critical) if capacity in wanted)


def agreed(standing: Iterable[Answer]) -> bool:
    """Whether somebody agreed and nobody objects, of the answers that stand."""
    answers = set(standing)
    return answers == {Answer.AGREE}


def wants_agreement(draft: Draft) -> bool:
    """Critical questions, and all that rest on recommended practice, are put before a body outside."""
    return draft.critical or RECOMMENDED in (*draft.sources, *(option.source for option in draft.options))


def must_be_reviewable(reviewer: str, author: str, now: Status, reviews: Iterable[Review]) -> None:
    """Not one's own question, not twice, and only while it is in review."""
    if now is not Status.IN_REVIEW:
        raise Refused("not-in-review", "This version is not waiting for review. Open the question again to see why.")
    if reviewer == author:
        raise Refused("own-question", "You wrote this version, so somebody else has to review it.")
    if any(review.reviewer == reviewer for review in reviews):
        raise Refused("reviewed-already", "You have already reviewed this version. Somebody else has to add a review.")


def must_be_newest(written_from: int, newest: int) -> None:
    """A correction of something that has changed meanwhile is not saved: it would undo a colleague's work."""
    if written_from != newest:
        raise Refused(
            "changed-meanwhile",
            f"Version {newest} was saved while you were writing. Your text was not saved: compare the two first.",
        )


def must_be_two(asked_by: str, confirmed_by: str) -> None:
    """Bringing a question back takes two people."""
    if asked_by == confirmed_by:
        raise Refused("same-person", "You asked to bring this question back, so somebody else has to confirm it.")
