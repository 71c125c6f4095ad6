"""How hard a question is: judges say so until enough drivers have answered it."""

import pytest

from quiz.domain import levelling
from quiz.domain.levelling import Facts
from tests.domain.samples import RULES


@pytest.mark.parametrize(
    ("facts", "share"),
    [
        (Facts(), None),
        (Facts(judged=0.7), 0.7),
        (Facts(judged=0.7, answered=49, right=49), 0.7),
        (Facts(judged=0.7, answered=50, right=30), 0.6),
        (Facts(answered=49, right=10), None),
    ],
)
def test_judges_count_until_fifty_drivers_have_answered(facts, share):
    assert facts.expected == share


def test_what_nobody_knows_counts_as_its_topic_or_else_as_the_bank():
    known = [("a", "T1", 0.6), ("b", "T1", 0.8), ("c", "T1", None), ("d", "T2", None), ("e", "T3", 0.4)]
    found = levelling.expectations(known)
    assert found["c"] == pytest.approx(0.7) and found["d"] == pytest.approx(0.6)
    assert set(levelling.expectations([("a", "T1", None)]).values()) == {levelling.UNKNOWN}


def test_the_level_of_a_bank_of_equal_questions_is_that_share_of_the_paper():
    questions = [
        (topic, critical, 0.75) for place in RULES.places for topic in place.topics for critical in (True, False)
    ]
    assert levelling.level(questions, RULES) == pytest.approx(0.75 * RULES.questions)
