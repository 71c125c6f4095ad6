"""Problems that only show across questions: doubles, foes, and whether the bank can fill papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from quiz.domain.blueprint import Blueprint, Place
from quiz.domain.question import Draft, Problem
from quiz.domain.wording import content, near, plain

ALIKE = 0.5


class Counted(Protocol):
    """What counts towards a paper: a draft, or a question as the draw sees it."""

    @property
    def topic(self) -> str: ...
    @property
    def critical(self) -> bool: ...


def problems(drafts: Sequence[Draft]) -> Iterator[tuple[str, Problem]]:
    """Pairs of question id and problem: same ids, near-duplicate stems, the same options, foes that do not exist."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.id in seen:
            yield draft.id, Problem("id", "Another question has this id; choose another")
        seen.add(draft.id)
    for draft in drafts:
        for foe in draft.foes:
            if foe not in seen:
                yield draft.id, Problem("foes", f"There is no question “{foe}”")
    for one, other in combinations(list(map(_words, drafts)), 2):
        if problem := _double(one, other):
            yield other.id, problem


def warnings(drafts: Sequence[Draft]) -> Iterator[tuple[str, Problem]]:
    """Pairs whose stems are half alike and that may meet in one paper: one may give the other away."""
    foes = {frozenset((draft.id, foe)) for draft in drafts for foe in draft.foes}
    for one, other in combinations(list(map(_words, drafts)), 2):
        if near(one.stem, other.stem, ALIKE) and frozenset((one.id, other.id)) not in foes:
            words = f"This is much like “{one.id}”; make the two foes, so that they never meet in one paper"
            yield other.id, Problem("foes", words)


def beside(draft: Draft, others: Sequence[Draft]) -> Iterator[Problem]:
    """The same of one question that joins the others, or takes the place of an older version of itself."""
    names = {draft.id, *(one.id for one in others)}
    yield from (Problem("foes", f"There is no question “{foe}”") for foe in draft.foes if foe not in names)
    own = _words(draft)
    yield from filter(None, (_double(_words(one), own) for one in others if one.id != draft.id))


def shortages(drafts: Sequence[Counted], blueprint: Blueprint, papers: int = 1) -> Iterator[str]:
    """Where the bank cannot fill so many papers without repeating a question, in words."""
    for rule in blueprint.critical:
        found = sum(draft.critical and draft.topic in rule.topics for draft in drafts)
        if found < rule.count * papers:
            yield (
                f"“{rule.name}” needs {rule.count * papers} critical questions from {', '.join(rule.topics)}; "
                f"there are {found}"
            )
    for place in blueprint.places:
        sure = sum(rule.count for rule in blueprint.critical if set(rule.topics) <= set(place.topics))
        needed = (place.count - sure) * papers
        found = sum(not draft.critical and draft.topic in place.topics for draft in drafts)
        if found < needed:
            yield f"{' or '.join(place.topics)} needs {needed} questions that are not critical; there are {found}"


def disjoint(drafts: Sequence[Counted], blueprint: Blueprint) -> dict[Place | None, int]:
    """How many papers can share nothing: by place of the blueprint, and under None in all. Never too many.

    A place counts with its own critical rules; a rule over several places is only counted in all.
    """
    found: dict[Place | None, int] = {}
    for place in blueprint.places:
        sure = [rule for rule in blueprint.critical if set(rule.topics) <= set(place.topics)]
        mine = [draft for draft in drafts if draft.topic in place.topics]
        plain_ones = place.count - sum(rule.count for rule in sure)
        limits = [sum(d.critical and d.topic in rule.topics for d in mine) // rule.count for rule in sure]
        if plain_ones:
            limits.append(sum(not draft.critical for draft in mine) // plain_ones)
        found[place] = min(limits)
    most = min(found.values())
    found[None] = next(n for n in range(most, -1, -1) if not any(shortages(drafts, blueprint, n)))
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """A question as sets of words, worked out once for all comparisons."""

    id: str
    stem: frozenset[str]
    options: frozenset[str]


def _words(draft: Draft) -> _Words:
    return _Words(draft.id, content(draft.stem), frozenset(plain(option.text) for option in draft.options))


def _double(one: _Words, other: _Words) -> Problem | None:
    if near(one.stem, other.stem):
        return Problem("stem", f"This is nearly the same question as “{one.id}”; ask something else")
    if one.options and one.options == other.options:
        return Problem("options", f"“{one.id}” has the same options; write others")
    return None
