"""Practice: ten questions from a pool of their own, told by group. All of it follows from a number in the address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from quiz.domain.blueprint import Blueprint, Group
from quiz.domain.question import Draft, Option

COUNT = 10
ROUND = re.compile(r"\d{1,9}")
DONE = re.compile(rf"[01]{{0,{COUNT}}}")


@dataclass(frozen=True, slots=True)
class Line:
    """How one group went: right ones of so many, and the handbook chapters to read."""

    group: Group
    right: int
    count: int


def draw(pool: Sequence[Draft], rules: Blueprint, round_number: str) -> tuple[Draft, ...]:
    """The ten questions of a round (fewer where the pool is smaller), spread over the groups as a paper is.

    The same number gives the same round, so that nothing has to be kept about who practises.
    """
    placed = {topic for place in rules.places for topic in place.topics}
    drawn: list[Draft] = []
    for key, wanted in _shares(rules).items():
        own = [one for one in pool if one.topic in placed and rules.group_of(one.topic).key == key]
        drawn += _shuffled(own, f"{round_number} {key}")[:wanted]
    return tuple(_shuffled(drawn, f"{round_number} order"))


def options(draft: Draft, round_number: str) -> tuple[Option, ...]:
    """The options in the order of this round."""
    keyed = {option.text: option for option in draft.options}
    order = sorted(keyed, key=lambda text: _digest(f"{round_number} {draft.id} {text}"))
    return tuple(keyed[text] for text in order)


def is_right(shown: Sequence[Option], chosen: Iterable[int]) -> bool:
    """Whether exactly the right options were chosen, by place (from 1) among those shown."""
    return set(chosen) == {place for place, option in enumerate(shown, 1) if option.right}


def summary(drawn: Sequence[Draft], done: str, rules: Blueprint) -> list[Line]:
    """Counts by group, in the order of the blueprint. `done` has one digit a question: 1 is right."""
    results = [(rules.group_of(draft.topic).key, digit == "1") for draft, digit in zip(drawn, done, strict=False)]
    return [
        Line(group, sum(right for key, right in results if key == group.key), count)
        for group in rules.groups
        if (count := sum(key == group.key for key, _ in results))
    ]


def _shares(rules: Blueprint) -> dict[str, int]:
    """Of ten questions so many from each group, by largest remainder, so that they add up to ten."""
    counts = {group.key: 0 for group in rules.groups}
    for place in rules.places:
        counts[rules.group_of(place.topics[0]).key] += place.count
    exact = {key: COUNT * count / rules.questions for key, count in counts.items()}
    whole = {key: int(share) for key, share in exact.items()}
    for key in sorted(exact, key=lambda key: whole[key] - exact[key])[: COUNT - sum(whole.values())]:
        whole[key] += 1
    return whole


def _shuffled(drafts: Iterable[Draft], salt: str) -> list[Draft]:
    return sorted(drafts, key=lambda draft: _digest(f"{salt} {draft.id}"))


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
