"""Signals, never verdicts: what a computer can see in a test that is over, and that it proves nothing.

They are worked out anew at every look, from what is stored anyway. Nobody is compared but with others of one session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from quiz.domain.errors import Refused

# Silent reading of English non-fiction: 238 words a minute, most adults 175 to 300 (Brysbaert, Journal of Memory and
# Language 109, 2019). Whoever answers at 400 has not read all of it, or knew the question.
WORDS_A_MINUTE = 400
FAST_AT_LEAST = 5  # questions
ALIKE_AT_LEAST = 4  # questions that both had wrong
ALIKE_SHARE = 0.8
LEAP = 7  # right answers
LEAP_WITHIN = timedelta(days=7)
LONGEST_REPLY = 2000


class Kind(StrEnum):
    """What was seen."""

    FAST = "fast"
    ALIKE = "alike"
    LEAP = "leap"


@dataclass(frozen=True, slots=True)
class Signal:
    """What was seen, in numbers, as plain words for officers and drivers alike."""

    kind: Kind
    seen: str
    but: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One question: its words with all options, and the seconds from the answer before it to its own first answer."""

    words: int
    seconds: float


BUT = {
    Kind.FAST: "Some people know a subject well, or read all the questions first. Answers can also be sent late.",
    Kind.ALIKE: "Wrong options are made to tempt everybody, so people who never met choose the same ones.",
    Kind.LEAP: "Reading the handbook between two tries does this, and so do better sleep and less worry.",
}


def fast(readings: Sequence[Reading]) -> Signal | None:
    """Answered faster than reading allows."""
    quick = [one for one in readings if one.seconds * WORDS_A_MINUTE < one.words * 60]
    if len(quick) < FAST_AT_LEAST:
        return None
    return _signal(Kind.FAST, f"{len(quick)} of {len(readings)} questions were answered in less time than it takes to "
                   f"read them at {WORDS_A_MINUTE} words a minute.")  # fmt: skip


def alike(mine: Mapping[str, frozenset[int]], theirs: Sequence[Mapping[str, frozenset[int]]]) -> Signal | None:
    """Near-identical wrong answers in one session. Each mapping: question to the options chosen, wrong ones only."""
    for other in theirs:
        both = [question for question in mine if question in other]
        same = sum(mine[question] == other[question] for question in both)
        if len(both) >= ALIKE_AT_LEAST and same >= ALIKE_SHARE * len(both):
            return _signal(Kind.ALIKE, f"In this session somebody else had {len(both)} of the same questions wrong, "
                           f"and {same} of them with the same answer.")  # fmt: skip
    return None


def leap(before: tuple[int, timedelta] | None, score: int) -> Signal | None:
    """A leap between tries. `before`: the score of the last one, and how long ago it was."""
    if before is None or score - before[0] < LEAP or before[1] > LEAP_WITHIN:
        return None
    days = max(1, before[1].days)
    ago = "1 day" if days == 1 else f"{days} days"
    return _signal(Kind.LEAP, f"{score - before[0]} more right answers than in the try {ago} before.")


def must_be_reply(words: str) -> None:
    """Words, not too many."""
    if not words.strip() or len(words) > LONGEST_REPLY:
        raise Refused("reply", f"Write your answer, in {LONGEST_REPLY:,} characters or fewer.")


def _signal(kind: Kind, seen: str) -> Signal:
    return Signal(kind, seen, BUT[kind])
