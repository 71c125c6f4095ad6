"""Marking: pure, so that any attempt can be marked again and gives the same mark."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.domain.attempt import Given
from quiz.domain.blueprint import Blueprint


class Outcome(StrEnum):
    """What follows from a mark."""

    PASSED = "passed"
    NOT_PASSED = "not-passed"


class Why(StrEnum):
    """Each reason for not passing; all that apply are kept."""

    SCORE = "score"
    UNSAFE = "unsafe"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class Item:
    """The key of one question on a paper. `unsafe` holds only options with an agreement record.

    `excused`: the question was found wrong, so it counts as right whatever was chosen.
    """

    topic: str
    right: frozenset[int]
    unsafe: frozenset[int] = frozenset()
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """So many right of so many."""

    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What marking found. `unsafe` lists positions from 1; `below` the groups under their minimum.

    `excused` lists positions whose question was found wrong before this mark was made.
    """

    score: int
    of: int
    topics: Mapping[str, Tally]
    groups: Mapping[str, Tally]
    unsafe: tuple[int, ...]
    below: tuple[str, ...]
    outcome: Outcome
    reasons: tuple[Why, ...]
    excused: tuple[int, ...] = ()

    @property
    def unsafe_alone(self) -> bool:
        """Everything else was enough; only an unsafe answer stands in the way."""
        return self.reasons == (Why.UNSAFE,)


def mark(items: Sequence[Item], given: Sequence[Given], rules: Blueprint) -> Mark:
    """Mark one paper. Unanswered is wrong; "choose two" is right only with exactly both."""
    right = [item.excused or set(answer.chosen) == item.right for item, answer in zip(items, given, strict=True)]
    unsafe = tuple(n for n, (item, answer) in enumerate(zip(items, given, strict=True), 1) if _unsafe(item, answer))
    topics = _tally([item.topic for item in items], right)
    groups = _tally([rules.topic(item.topic).group for item in items], right)
    excused = tuple(position for position, item in enumerate(items, 1) if item.excused)
    return _judged(sum(right), len(items), topics, groups, unsafe, excused, rules)


def rights(items: Sequence[Item], given: Sequence[Given]) -> list[bool]:
    """Which questions were answered right by their key, whatever was decided about them since."""
    return [set(answer.chosen) == item.right for item, answer in zip(items, given, strict=True)]


def again(
    found: Mark,
    rules: Blueprint,
    *,
    right: Sequence[str] = (),
    safe: Collection[int] = (),
    excused: Collection[int] = (),
) -> Mark:
    """A mark once more, after a decision: it may only help.

    `right` names the topics of questions that were wrong and count as right now, one for each; `safe` the positions
    whose answers do not count as unsafe any more; `excused` those whose question was found wrong.
    """
    topics, groups = dict(found.topics), dict(found.groups)
    for topic in right:
        for tallies, key in ((topics, topic), (groups, rules.topic(topic).group)):
            tallies[key] = Tally(tallies[key].right + 1, tallies[key].of)
    unsafe = tuple(position for position in found.unsafe if position not in safe)
    gone = tuple(sorted({*found.excused, *excused}))
    return _judged(found.score + len(right), found.of, topics, groups, unsafe, gone, rules)


def _judged(
    score: int,
    of: int,
    topics: Mapping[str, Tally],
    groups: Mapping[str, Tally],
    unsafe: tuple[int, ...],
    excused: tuple[int, ...],
    rules: Blueprint,
) -> Mark:
    below = tuple(g.key for g in rules.groups if g.minimum and groups.get(g.key, Tally(0, 0)).right < g.minimum)
    found = {
        Why.SCORE: score < rules.pass_mark,
        Why.UNSAFE: len(unsafe) > rules.unsafe_limit,
        Why.MINIMUM: bool(below),
    }
    reasons = tuple(why for why, holds in found.items() if holds)
    outcome = Outcome.NOT_PASSED if reasons else Outcome.PASSED
    return Mark(score, of, topics, groups, unsafe, below, outcome, reasons, excused)


def _unsafe(item: Item, answer: Given) -> bool:
    """Blank, late or unconfirmed is never unsafe, nor anything that was answered to a wrong question."""
    return answer.confirmed and not item.excused and bool(item.unsafe.intersection(answer.chosen))


def _tally(keys: Sequence[str], right: Sequence[bool]) -> dict[str, Tally]:
    return {
        key: Tally(sum(r for k, r in zip(keys, right, strict=True) if k == key), keys.count(key))
        for key in dict.fromkeys(keys)
    }
