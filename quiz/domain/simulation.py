"""Sitting many papers as somebody who only guesses, by the real rules of drawing and marking, unsafe rule off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from uuid import UUID

from quiz.domain import guessing, paper
from quiz.domain.blueprint import Blueprint
from quiz.domain.guessing import Scorer
from quiz.domain.paper import Candidate
from quiz.domain.question import Draft

Z = 1.959963984540054  # two-sided 95 %
HIGHEST_PASS, HIGHEST_MEAN, HIGHEST_CUE = 0.005, 0.45, 0.40
ENDS = (0.20, 0.30)


@dataclass(frozen=True, slots=True)
class Sat:
    """What one guesser got: papers sat, papers passed, and the mean score as a share of the questions (0 to 1)."""

    papers: int
    passed: int
    mean: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the pass rate."""
        return wilson(self.passed, self.papers)


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (0 to 1). Wilson, J. Am. Stat. Assoc. 22, 1927, 209-212."""
    if not of:
        return 0.0, 1.0
    share, z2 = found / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def guessers(drafts: Sequence[Draft]) -> Mapping[str, Scorer]:
    """All ways of guessing, with the one that has learned from this bank."""
    return {**guessing.GUESSERS, "word statistics of the other half of the bank": guessing.learned(drafts)}


def papers(drafts: Sequence[Draft], rules: Blueprint, chance: Random, count: int) -> Iterator[list[str]]:
    """So many papers as ids of questions, drawn one after the other with exposure counted as in service."""
    placed = {topic for place in rules.places for topic in place.topics}
    live = [draft for draft in drafts if draft.topic in placed]
    pool = {
        draft.id: Candidate(UUID(int=n), draft.id, draft.topic, draft.critical, len(draft.options),
                            foes=frozenset(draft.foes))
        for n, draft in enumerate(live)
    }  # fmt: skip
    for _ in range(count):
        drawn = [slot.question for slot in paper.draw(list(pool.values()), rules, chance)]
        for name in drawn:
            pool[name] = replace(pool[name], shown=pool[name].shown + 1)
        yield drawn


def sit(
    drafts: Sequence[Draft], rules: Blueprint, drawn: Sequence[Sequence[str]], scorer: Scorer, chance: Random
) -> Sat:
    """One guesser's results over papers that were drawn."""
    by_id = {draft.id: (draft, scorer(draft), guessing.right(draft)) for draft in drafts}
    passed = total = 0
    for names in drawn:
        score = sum(
            guessing.choose(draft, scores, chance) == key for draft, scores, key in (by_id[name] for name in names)
        )
        total += score
        passed += score >= rules.pass_mark
    return Sat(len(drawn), passed, total / max(1, len(drawn) * rules.questions))


def findings(drafts: Sequence[Draft], results: Mapping[str, Sat], scorers: Mapping[str, Scorer]) -> Iterator[str]:
    """Which targets are missed, in words; nothing when a guesser has no chance."""
    for name, sat in results.items():
        if sat.interval[1] >= HIGHEST_PASS:
            yield f"{name}: up to {sat.interval[1]:.2%} of papers are passed; fewer than {HIGHEST_PASS:.1%} may be"
        if sat.mean >= HIGHEST_MEAN:
            yield f"{name}: the mean score is {sat.mean:.1%}; it must be below {HIGHEST_MEAN:.0%}"
    for name in guessing.GUESSERS:  # whoever has learned from the bank follows no clue; only the papers count
        cue = guessing.cue(drafts, scorers[name]) if name in scorers else guessing.Cue(0, 0)
        if cue.share > HIGHEST_CUE:
            yield f"{name}: right in {cue.share:.0%} of those where it singles one out; at most {HIGHEST_CUE:.0%}"
    for what, share in zip(("longest", "shortest"), guessing.at_an_end(drafts), strict=True):
        if not ENDS[0] <= share <= ENDS[1]:
            yield f"the right option is the {what} in {share:.0%}; it must be {ENDS[0]:.0%} to {ENDS[1]:.0%}"
