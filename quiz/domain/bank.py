"""Problems that only show across questions: doubles, foes, and whether the bank can fill papers."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from quiz.domain.blueprint import Blueprint
from quiz.domain.question import Draft, Problem

NEAR = 0.8
COMMON = frozenset("a an the you your is are do does what should to of in at on and or it for with this that".split())


class Counted(Protocol):
    """What counts towards a paper: a draft, or a question as the draw sees it."""

    @property
    def topic(self) -> str: ...
    @property
    def critical(self) -> bool: ...


def problems(drafts: Sequence[Draft]) -> Iterator[tuple[str, Problem]]:
    """Pairs of question id and problem: same ids, near-duplicate stems, foes that do not exist."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.id in seen:
            yield draft.id, Problem("id", "Another question has this id; choose another")
        seen.add(draft.id)
    for draft in drafts:
        for foe in draft.foes:
            if foe not in seen:
                yield draft.id, Problem("foes", f"There is no question “{foe}”")
    tokens = [(draft.id, _tokens(draft.stem)) for draft in drafts]
    for place, (one, left) in enumerate(tokens):
        for other, right in tokens[place + 1 :]:
            if _near(left, right):
                yield other, _double(one)


def beside(draft: Draft, others: Sequence[Draft]) -> Iterator[Problem]:
    """The same of one question that joins the others, or takes the place of an older version of itself."""
    names = {draft.id, *(one.id for one in others)}
    yield from (Problem("foes", f"There is no question “{foe}”") for foe in draft.foes if foe not in names)
    tokens = _tokens(draft.stem)
    yield from (_double(one.id) for one in others if one.id != draft.id and _near(tokens, _tokens(one.stem)))


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


def _near(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and len(left & right) / len(left | right) > NEAR


def _double(name: str) -> Problem:
    return Problem("stem", f"This is nearly the same question as “{name}”; ask something else")


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.casefold())) - COMMON
