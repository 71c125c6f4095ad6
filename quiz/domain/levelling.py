"""Papers of one level: how many just-acceptable drivers a question is expected to get right, and a paper's sum of it.

The share comes from judges (Angoff 1971) until a question has ENOUGH answers, from its facility then. A question of
which nothing is known counts as its topic's mean, or else as the bank's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

from quiz.domain.blueprint import Blueprint

ENOUGH = 50  # answers
BAND = 0.25  # marks from the level of the bank, so that two papers differ by at most half a mark
UNKNOWN = 0.8  # where nothing is known of any question: then every paper has one level anyway
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one version: the mean of the judges' shares (0 to 1, None without any), and its answers."""

    judged: float | None = None
    answered: int = 0
    right: int = 0

    @property
    def expected(self) -> float | None:
        """The expected share of right answers, 0 to 1; None where nothing is known."""
        return self.right / self.answered if self.answered >= ENOUGH else self.judged


def expectations(known: Iterable[tuple[Key, str, float | None]]) -> dict[Key, float]:
    """For each question (key, topic, what is known) the share to count with."""
    rows = list(known)
    by_topic: dict[str, list[float]] = {}
    for _, topic, share in rows:
        if share is not None:
            by_topic.setdefault(topic, []).append(share)
    if not by_topic:
        return dict.fromkeys((key for key, _, _ in rows), UNKNOWN)
    means = {topic: fmean(shares) for topic, shares in by_topic.items()}
    overall = fmean(share for shares in by_topic.values() for share in shares)
    return {key: means.get(topic, overall) if share is None else share for key, topic, share in rows}


def level(questions: Iterable[tuple[str, bool, float]], rules: Blueprint) -> float:
    """The mean expected score of a paper that is drawn evenly. `questions`: topic, critical, share."""
    pools: dict[tuple[str, bool], list[float]] = {}
    for topic, critical, share in questions:
        pools.setdefault((topic, critical), []).append(share)
    total = 0.0
    taken: dict[str, float] = {}
    for rule in rules.critical:
        fits = {topic: pools[topic, True] for topic in rule.topics if (topic, True) in pools}
        count = sum(map(len, fits.values()))
        for topic, shares in fits.items():
            total += rule.count * sum(shares) / count
            taken[topic] = taken.get(topic, 0.0) + rule.count * len(shares) / count
    for place in rules.places:
        rest = place.count - sum(taken.get(topic, 0.0) for topic in place.topics)
        shares = [share for topic in place.topics for share in pools.get((topic, False), ())]
        total += rest * fmean(shares) if shares else 0.0
    return total
