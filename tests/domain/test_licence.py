"""Licence numbers in the forms that councils and drivers give them."""

import pytest

from quiz.domain import licence
from quiz.domain.errors import Refused
from quiz.domain.licence import Kind, Shown


@pytest.mark.parametrize("typed", ["PH1234", "ph 12-34", " P.H./12 34 ", "Ph–1234"])
def test_spellings_of_one_number_are_the_same(typed):
    assert licence.normalise(typed) == "PH1234"


@pytest.mark.parametrize(("one", "other"), [("PH012", "PH12"), ("PH12", "HC12"), ("PH1", "PH11")])
def test_different_numbers_stay_different(one, other):
    assert licence.normalise(one) != licence.normalise(other)


def test_a_number_is_kept_as_the_council_writes_it():
    assert licence.number("  ph  00/12 ") == "PH 00/12"


def test_a_number_of_the_greatest_length_is_kept():
    assert licence.number("1" * 30) == "1" * 30


@pytest.mark.parametrize("typed", ["", "   ", "-/-", "1" * 31], ids=["nothing", "spaces", "signs only", "too long"])
def test_what_could_never_be_compared_is_refused(typed):
    with pytest.raises(Refused) as refused:
        licence.number(typed)
    assert refused.value.code == "licence-number"


def test_a_licence_is_shown_with_its_kind_and_council():
    assert Shown(Kind.PRIVATE_HIRE, "PH1234", "Chorley Council").words == "Private hire PH1234, Chorley Council"


def test_every_kind_has_words():
    assert set(licence.KIND_WORDS) == set(Kind)
