"""Drawing a paper: to the quotas, weighted to the less shown, foes apart, of one level, by a given chance."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from quiz.domain import levelling
from quiz.domain.blueprint import Blueprint, Place
from quiz.domain.errors import Refused

DRAWS = 50
CLOSEST_OF = 4  # papers, where a bank is too small to reach its level
ROUNDS = 3  # through all places of a paper that is not yet on its level


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live question as the draw sees it: `shown` counts the papers it has been on.

    `expected` is the share (0 to 1) of just-acceptable drivers who get it right, None where nothing is known.
    """

    version: UUID
    question: str
    topic: str
    critical: bool
    options: int
    shown: int = 0
    foes: frozenset[str] = frozenset()
    expected: float | None = None


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
    placed = blueprint.placed
    known = [one for one in pool if one.topic in placed]
    shares = levelling.expectations((one.version, one.topic, one.expected) for one in known)
    wanted = levelling.level(((one.topic, one.critical, shares[one.version]) for one in known), blueprint)
    closest: list[Candidate] | None = None
    tries = 0
    for _ in range(DRAWS):
        draw_one = _Draw(known, blueprint, chance, frozenset(avoid))
        drawn = draw_one.paper()
        if drawn is None:
            continue
        drawn = draw_one.levelled(shares, wanted)
        off = _off(drawn, shares, wanted)
        if closest is None or off < _off(closest, shares, wanted):
            closest = drawn
        tries += 1
        if off <= levelling.BAND or tries == CLOSEST_OF:
            break
    if closest is None:
        raise Refused(
            "bank-too-small", "The test cannot start: there are not enough questions. Please tell the council."
        )
    chance.shuffle(closest)
    return [Slot(c.version, c.question, tuple(chance.sample(range(c.options), c.options))) for c in closest]


def _off(drawn: Sequence[Candidate], shares: Mapping[UUID, float], wanted: float) -> float:
    """How far the expected score of these questions is from the level of the bank, in marks."""
    return abs(sum(shares[one.version] for one in drawn) - wanted)


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

    def levelled(self, shares: Mapping[UUID, float], wanted: float) -> list[Candidate]:
        """The drawn paper with as few questions exchanged as bring it to the level of the bank.

        Each is exchanged for one of its own topic and kind, so quotas hold; the less shown come first here too.
        """
        places = list(range(len(self.drawn)))
        for _ in range(ROUNDS):
            self.chance.shuffle(places)
            for place in places:
                gap = sum(shares[one.version] for one in self.drawn) - wanted
                if abs(gap) <= levelling.BAND:
                    return self.drawn
                self._exchange(place, gap, shares)
        return self.drawn

    def _exchange(self, place: int, gap: float, shares: Mapping[UUID, float]) -> None:
        old = self.drawn[place]
        others = [one for at, one in enumerate(self.drawn) if at != place]
        taken = {one.question for one in others}
        foes = {foe for one in others for foe in one.foes}
        better = [
            one for one in self.of_topic[old.topic]
            if one.critical is old.critical and one.question not in taken and one.question not in foes
            and not one.foes & taken and (one.question not in self.avoid or old.question in self.avoid)
            and abs(gap - shares[old.version] + shares[one.version]) < abs(gap)
        ]  # fmt: skip
        chosen = self._weighted(better)
        if chosen is not None:
            self.drawn[place] = chosen

    def _weighted(self, fitting: list[Candidate]) -> Candidate | None:
        if not fitting:
            return None
        least = min(candidate.shown for candidate in fitting)
        weights = [2.0 ** -min(candidate.shown - least, 60) for candidate in fitting]
        return self.chance.choices(fitting, weights)[0]
