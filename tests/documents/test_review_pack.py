"""The review pack: everything that a body outside must see to agree, and room for its answer."""

from dataclasses import replace
from datetime import date

import pytest

from quiz.documents import review_pack
from quiz.documents.review_pack import Pack, Question
from quiz.domain.question import Option
from tests.documents import reading
from tests.make import draft

UNSAFE = Option(
    "Follow the car", unsafe=True, harm="A chase may end in a crash.", source="BEDS-MS", why="It feels brave."
)
DRAFT = draft("t07-made-up", topic="T7", options=(*draft().options[:3], UNSAFE))
ONE = Question("t07-made-up", 3, "T7 What to do", DRAFT, ("BEDS-MS: A page of a council",), "What to do: Never")
PACK = Pack("Chorley Council", "Driver test", "Police, licensing sergeant", date(2026, 11, 26), "", (ONE,))


@pytest.fixture(scope="module")
def said():
    return reading.spoken(review_pack.pdf(PACK))


@pytest.mark.parametrize(
    "words",
    [
        "t07-made-up, version 3", "T7 What to do", "critical", DRAFT.stem, "Right: Tell somebody who can help today",
        "Unsafe: Follow the car", "Harm: A chase may end in a crash. Source: BEDS-MS.", "It feels brave.",
        "Why the right answer is right: You do not need proof.", "BEDS-MS: A page of a council", "What to do: Never",
        "Agree", "Change", "Reject", "By (body and role)", "What should be changed",
    ],
)  # fmt: skip
def test_it_holds_all_that_is_to_be_judged(said, words):
    assert reading.squeezed(words) in said


def test_every_page_names_whose_copy_it_is():
    document = review_pack.pdf(replace(PACK, questions=(ONE,) * 12))
    with reading.opened(document) as pdf:
        pages = len(pdf.pages)
    footers = {run.page for run in reading.runs(document) if "Copy for Police" in run.words}
    assert pages > 2 and footers == set(range(1, pages + 1))


def test_a_choose_two_question_and_a_local_one_say_so():
    two = replace(ONE, draft=replace(DRAFT, two=True, local=True))
    assert reading.squeezed("choose two · a council must decide") in reading.spoken(
        review_pack.pdf(replace(PACK, questions=(two,)))
    )
