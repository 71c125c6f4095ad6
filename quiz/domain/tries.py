"""Which attempts count as tries, and what follows from them."""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar
from uuid import UUID

from quiz.domain import eligibility
from quiz.domain.blueprint import Blueprint
from quiz.domain.eligibility import NextTry, Try
from quiz.domain.marking import Outcome, Why

# What every page and document says of the service, and the mode that an attempt keeps for ever.
MODES = {"SAMPLE": "sample", "PILOT": "pilot", "": "live"}


class Attempted(Protocol):
    """What must be known of an attempt."""

    @property
    def id(self) -> UUID: ...
    @property
    def invitation_id(self) -> UUID: ...
    @property
    def mode(self) -> str: ...
    @property
    def deadline(self) -> datetime: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def voided_at(self) -> datetime | None: ...
    @property
    def uncounted_at(self) -> datetime | None: ...


class Marked(Protocol):
    """What must be known of the mark that counts."""

    @property
    def outcome(self) -> str: ...
    @property
    def reasons(self) -> str: ...


A = TypeVar("A", bound=Attempted)
M = TypeVar("M", bound=Marked)
History: TypeAlias = Sequence[tuple[Attempted, Marked | None]]


def counting(history: Sequence[tuple[A, M | None]]) -> list[tuple[A, M]]:
    """The attempts that count as tries: marked, and neither set aside nor forgiven by a decision."""
    return [(one, mark) for one, mark in history if mark and one.voided_at is None and one.uncounted_at is None]


def tries_of(history: History, mode: str) -> list[Try]:
    """The tries that count, oldest first. A pilot's tries do not count for a live test."""
    return [_try(one, mark) for one, mark in counting(history) if one.mode == mode]


def next_of(history: History, rules: Blueprint, mode: str, now: datetime) -> NextTry:
    """When and how often a person with these attempts, oldest first, may try again."""
    return eligibility.next_try(tries_of(history, mode), rules, now)


def without_withdrawn(history: Sequence[tuple[A, M | None]], withdrawn: Container[UUID]) -> list[tuple[A, M | None]]:
    """The attempts but for those whose certificate was withdrawn: such a pass is no pass any more, and no try."""
    return [(one, mark) for one, mark in history if one.id not in withdrawn]


def has_passed(history: History, invitation_id: UUID, mode: str) -> bool:
    """Whether one of these attempts is a pass under that invitation, so that no further one is needed."""
    return any(
        found and found.outcome == Outcome.PASSED and one.invitation_id == invitation_id and one.mode == mode
        and one.voided_at is None
        for one, found in history
    )  # fmt: skip


def _try(one: Attempted, mark: Marked) -> Try:
    passed = mark.outcome == Outcome.PASSED
    return Try(one.finished_at or one.deadline, passed, mark.reasons == Why.UNSAFE)
