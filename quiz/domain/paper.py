"""Drawing a paper: to the quotas, weighted to the less shown, foes apart, in fresh order, by a given chance."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from quiz.domain.blueprint import Blueprint, Place
from quiz.domain.errors import Refused

DRAWS = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live question as the draw sees it: `shown` counts the papers it has been on."""

    version: UUID
    question: str
    topic: str
    critical: bool
    options: int
    shown: int = 0
    foes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a paper. `order` gives the options' indices as they are displayed."""

    version: UUID
    question: str
    order: tuple[int, ...]


def draw(
    pool: Sequence[Candidate], blueprint: Blueprint, chance: Random, avoid: Collection[str] = frozenset()
) -> list[Slot]:
    """A paper in random order. Questions in `avoid` come only where nothing else is left.

    Raises Refused when the bank cannot fill the blueprint.
    """
    for _ in range(DRAWS):
        drawn = _Draw(pool, blueprint, chance, frozenset(avoid)).paper()
        if drawn is not None:
            chance.shuffle(drawn)
            return [Slot(c.version, c.question, tuple(chance.sample(range(c.options), c.options))) for c in drawn]
    raise Refused("bank-too-small", "The test cannot start: there are not enough questions. Please tell the council.")


class _Draw:
    """One try at a paper; None where an unlucky choice left a place that nothing fits."""

    def __init__(self, pool: Iterable[Candidate], rules: Blueprint, chance: Random, avoid: frozenset[str]) -> None:
        self.rules, self.chance, self.avoid = rules, chance, avoid
        self.of_topic: dict[str, list[Candidate]] = {}
        for candidate in pool:
            self.of_topic.setdefault(candidate.topic, []).append(candidate)
        self.open: Counter[Place] = Counter({place: place.count for place in rules.places})
        self.place_of = {topic: place for place in rules.places for topic in place.topics}
        self.drawn: list[Candidate] = []
        self.taken: set[str] = set()
        self.foes: set[str] = set()

    def paper(self) -> list[Candidate] | None:
        for rule in self.rules.critical:
            for _ in range(rule.count):
                if not self._take([t for t in rule.topics if self.open[self.place_of[t]]], critical=True):
                    return None
        for place in self.rules.places:
            while self.open[place]:
                if not self._take(place.topics, critical=False):
                    return None
        return self.drawn

    def _take(self, topics: Iterable[str], critical: bool) -> bool:
        fitting = [
            c for topic in topics for c in self.of_topic.get(topic, ()) if c.critical is critical and self._fits(c)
        ]
        chosen = self._weighted([c for c in fitting if c.question not in self.avoid] or fitting)
        if chosen is None:
            return False
        self.drawn.append(chosen)
        self.taken.add(chosen.question)
        self.foes |= chosen.foes
        self.open[self.place_of[chosen.topic]] -= 1
        return True

    def _fits(self, candidate: Candidate) -> bool:
        return not (candidate.question in self.taken or candidate.question in self.foes or candidate.foes & self.taken)

    def _weighted(self, fitting: list[Candidate]) -> Candidate | None:
        if not fitting:
            return None
        least = min(candidate.shown for candidate in fitting)
        weights = [2.0 ** -min(candidate.shown - least, 60) for candidate in fitting]
        return self.chance.choices(fitting, weights)[0]
