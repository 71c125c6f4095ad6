"""Decisions beside the facts: an officer's dated act, with a reason from a list. A score is never edited."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.domain.errors import Refused

MOST_MINUTES = 120
LONGEST = 2000


class Kind(StrEnum):
    """What can be decided."""

    VOID = "void"
    ANOTHER_TRY = "another-try"
    EXTEND = "extend"
    REVOKE = "revoke-certificate"
    REPLACE = "replace-certificate"
    UPHELD = "unsafe-upheld"
    WITHDRAWN = "unsafe-withdrawn"
    MARK_AGAIN = "mark-again"
    ACCEPT = "accept-elsewhere"
    END_ACCEPTED = "end-elsewhere"


# For each kind its reasons, in the words of the office; the key is kept.
REASONS: dict[Kind, dict[str, str]] = {
    Kind.VOID: {
        "technical": "A technical fault spoilt the test",
        "illness": "Illness or an emergency during the test",
        "identity": "It cannot be shown who sat the test",
        "rules": "The rules of the test were broken",
        "wrong-person": "It was started on the wrong record",
    },
    Kind.ANOTHER_TRY: {
        "learned": "The driver has trained since the last try",
        "help": "Help that was agreed was missing",
        "circumstances": "Circumstances that the driver could not change",
    },
    Kind.EXTEND: {
        "technical": "A technical fault cost time",
        "interrupted": "The test was interrupted",
        "help": "Help that was agreed was missing",
    },
    Kind.REVOKE: {
        "void": "The test was set aside",
        "error": "It was issued by mistake",
        "fraud": "It was obtained or used dishonestly",
    },
    Kind.REPLACE: {
        "name": "The name has changed or was misspelt",
        "licence": "A licence number has changed or was wrong",
        "lost": "The paper was lost or stolen",
    },
    Kind.UPHELD: {
        "harm": "The answer could have put a person in danger",
    },
    Kind.WITHDRAWN: {
        "unclear": "The question or the answer can be understood in another way",
        "no-harm": "In what the question describes, nobody would have come to harm",
        "wrong-key": "The answer should not have been marked unsafe",
    },
    Kind.MARK_AGAIN: {
        "wrong-key": "The wrong answer was marked as right",
        "outdated": "The law, a number or practice had changed",
        "unclear": "The question can be understood in more than one way",
    },
    Kind.ACCEPT: {
        "equivalent": "It tests the same knowledge and is in force",
        "agreed": "The two bodies have agreed to accept each other's tests",
    },
    Kind.END_ACCEPTED: {
        "error": "It was accepted by mistake",
        "withdrawn": "The body that issued it has withdrawn it",
        "proof": "The proof turned out not to be genuine",
    },
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why: a key of the list, what the driver is told in plain words, and a note that stays in the office."""

    reason: str
    told: str
    note: str = ""


def must_have_grounds(kind: Kind, grounds: Grounds) -> None:
    """A reason from the list, and words for the driver."""
    if grounds.reason not in REASONS[kind]:
        raise Refused("decision-reason", "Choose a reason from the list.")
    if not grounds.told.strip():
        raise Refused("decision-told", "Write what the driver is told.")
    if max(len(grounds.told), len(grounds.note)) > LONGEST:
        raise Refused("decision-told", f"Use {LONGEST} characters or fewer.")


def must_be_minutes(minutes: int) -> None:
    """Between one minute and two hours."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("decision-minutes", f"Enter a number of minutes from 1 to {MOST_MINUTES}.")
