"""Can somebody who knows nothing pass? Guessers that look only at the words, never at what is right.

Each guesser gives every option of a question a score and chooses the highest, or the two highest of a "choose two",
by lot where scores are equal. Clues after Millman, Bishop and Ebel, An analysis of test-wiseness, Educational and
Psychological Measurement 25, 1965: length, words shared with the stem, caution, the option unlike the others.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from quiz.domain.question import Draft
from quiz.domain.wording import content

Scores = tuple[float, ...]
Scorer = Callable[[Draft], Scores]

REPORTING = re.compile(r"\b(999|101|report\w*|police|council|licensing|crimestoppers|{name:|{number:|operator)", re.I)
CAUTIOUS = re.compile(
    r"\b(ask\w*|check\w*|calm\w*|kind\w*|safe\w*|help\w*|listen\w*|offer\w*|polite\w*|wait\w*|stay\w*|careful\w*"
    r"|make sure|may|might|could|somebody who can|tell\w*|note|write|written|same day|straight away|first|before|until"
    r"|only if|thank\w*)\b",
    re.I,
)
HARSH = re.compile(
    r"\b(follow\w*|refuse\w*|demand\w*|lock\w*|search\w*|grab\w*|warn\w*|ignore\w*|leave|nothing|never|always|must"
    r"|no|shout\w*|angry|own business|film\w*|record\w*|photo\w*|confront\w*|accuse\w*|drive (on|off|away)|carry on"
    r"|forget|block\w*|secret\w*|hug\w*|touch\w*|promise\w*|only|just|because|proof|prove|sure|simply|extra"
    r"|trust)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """How a clue does: in so many questions it singles out one option, and so many of those are right."""

    singled: int
    right: int

    @property
    def share(self) -> float:
        """How often the option that it singles out is right (0 to 1)."""
        return self.right / self.singled if self.singled else 0.0


def at_random(draft: Draft) -> Scores:
    """No clue at all."""
    return (0.0,) * len(draft.options)


def longest(draft: Draft) -> Scores:
    """The option with the most letters."""
    return tuple(float(len(option.text)) for option in draft.options)


def shortest(draft: Draft) -> Scores:
    """The option with the fewest letters."""
    return tuple(-score for score in longest(draft))


def like_the_stem(draft: Draft) -> Scores:
    """The option that shares most words with the question."""
    stem = content(draft.stem)
    return tuple(float(len(content(option.text) & stem)) for option in draft.options)


def unlike_the_stem(draft: Draft) -> Scores:
    """The option that shares fewest words with the question: what a writer may do who avoids giving it away."""
    return tuple(-score for score in like_the_stem(draft))


def reports(draft: Draft) -> Scores:
    """The option that mentions reporting, a number to ring, police, council or operator."""
    return tuple(float(len(REPORTING.findall(option.text))) for option in draft.options)


def cautious(draft: Draft) -> Scores:
    """The option that sounds most careful and kind."""
    return tuple(
        float(len(CAUTIOUS.findall(option.text)) - len(HARSH.findall(option.text))) for option in draft.options
    )


def unlike_the_others(draft: Draft) -> Scores:
    """The option that shares fewest words with the other options (one less the mean Jaccard index)."""
    words = [content(option.text) for option in draft.options]
    return tuple(
        -sum(_jaccard(one, other) for place, other in enumerate(words) if place != own) for own, one in enumerate(words)
    )


def without_the_worst(draft: Draft) -> Scores:
    """Any but the option that sounds worst."""
    harsh = [len(HARSH.findall(option.text)) for option in draft.options]
    return tuple(-1.0 if count and count == max(harsh) else 0.0 for count in harsh)


def test_wise(draft: Draft) -> Scores:
    """All clues together, each as far as it stands out within the question."""
    parts = [_standing_out(score(draft)) for score in (cautious, reports, like_the_stem, longest, without_the_worst)]
    weights = (1.0, 0.7, 0.5, 0.5, 1.0)
    return tuple(sum(w * part[n] for w, part in zip(weights, parts, strict=True)) for n in range(len(draft.options)))


GUESSERS: Mapping[str, Scorer] = {
    "at random": at_random,
    "the longest option": longest,
    "the shortest option": shortest,
    "most words in common with the question": like_the_stem,
    "fewest words in common with the question": unlike_the_stem,
    "mentions reporting, 999, police or council": reports,
    "the most cautious-sounding": cautious,
    "the one most unlike the others": unlike_the_others,
    "drop the worst-sounding, then guess": without_the_worst,
    "a test-wise mixture of these": test_wise,
}


def learned(drafts: Sequence[Draft]) -> Scorer:
    """A guesser that learned from one half of the bank and sits the other: words and pairs of words of right options.

    Naive Bayes over the options' words (counts smoothed by one), relative to the other options of the question. The
    halves are every other question by id, so each has its share of every topic.
    """
    ordered = sorted(drafts, key=lambda draft: draft.id)
    halves = (ordered[0::2], ordered[1::2])
    models = tuple(_model(half) for half in halves)
    other = {draft.id: models[1 - n] for n, half in enumerate(halves) for draft in half}

    def score(draft: Draft) -> Scores:
        model = other[draft.id]
        return tuple(sum(model.get(word, 0.0) for word in _features(option.text)) for option in draft.options)

    return score


def choose(draft: Draft, scores: Scores, chance: Random) -> frozenset[int]:
    """The options that a guesser ticks: the highest one, or two; equal ones by lot."""
    order = sorted(range(len(scores)), key=lambda n: (-scores[n], chance.random()))
    return frozenset(order[: 2 if draft.two else 1])


def right(draft: Draft) -> frozenset[int]:
    """The places of the right options."""
    return frozenset(place for place, option in enumerate(draft.options) if option.right)


def cue(drafts: Sequence[Draft], scorer: Scorer) -> Cue:
    """How often the option that a clue singles out is right, over the questions with one right answer."""
    singled = correct = 0
    for draft in drafts:
        scores = scorer(draft)
        if not draft.two and scores.count(max(scores)) == 1:
            singled += 1
            correct += draft.options[scores.index(max(scores))].right
    return Cue(singled, correct)


def at_an_end(drafts: Sequence[Draft]) -> tuple[float, float]:
    """The share (0 to 1) of single-answer questions whose right option is alone the longest, and the shortest."""
    ones = [draft for draft in drafts if not draft.two]
    found = [cue(ones, scorer).right / max(1, len(ones)) for scorer in (longest, shortest)]
    return found[0], found[1]


def telling(drafts: Sequence[Draft], least: int = 8) -> list[tuple[str, int, int]]:
    """Words that give right answers away: the word, in how many options it stands, how many of them are right.

    Only words in at least `least` options, right more than half again as often as options are; the worst first.
    """
    options = [option for draft in drafts for option in draft.options]
    base = sum(option.right for option in options) / max(1, len(options))
    uses: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for option in options:
        for word in _features(option.text):
            uses[word] += 1
            hits[word] += option.right
    found = [(word, n, hits[word]) for word, n in uses.items() if n >= least and hits[word] / n > 1.5 * base]
    return sorted(found, key=lambda one: (-(one[2] - base * one[1]) / math.sqrt(one[1]), one[0]))


def _model(drafts: Sequence[Draft]) -> dict[str, float]:
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    options = {True: 0, False: 0}
    for draft in drafts:
        for option in draft.options:
            counts[option.right].update(_features(option.text))
            options[option.right] += 1
    words = set(counts[True]) | set(counts[False])
    return {
        word: _odds(counts[True][word], options[True]) - _odds(counts[False][word], options[False]) for word in words
    }


def _odds(count: int, of: int) -> float:
    share = (count + 1) / (of + 2)
    return math.log(share / (1 - share))


def _features(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9{}:]+", text.casefold())
    return frozenset(words) | frozenset(f"{one} {other}" for one, other in pairwise(words))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _standing_out(scores: Scores) -> Scores:
    low, high = min(scores), max(scores)
    return tuple((score - low) / (high - low) if high > low else 0.0 for score in scores)
