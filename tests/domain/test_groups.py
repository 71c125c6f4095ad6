"""Groups of other people: references, keys, pasted lists, and who is due when."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from quiz.domain import blueprint, groups, licence
from quiz.domain.errors import Refused
from quiz.domain.groups import Due, Line
from tests.domain.samples import RULES

TODAY = date(2026, 11, 23)
OTHERS = replace(RULES, test="members", audience="Elected members", bank="driver", critical=(), valid_months=12)


@pytest.mark.parametrize(
    ("until", "stands"),
    [
        (None, Due.NEVER),
        (date(2026, 11, 22), Due.DUE),
        (date(2026, 11, 23), Due.SOON),
        (date(2026, 12, 23), Due.SOON),
        (date(2026, 12, 24), Due.VALID),
    ],
)
def test_a_pass_is_valid_to_the_end_of_its_last_day_and_due_thirty_days_before(until, stands):
    assert groups.due(until, TODAY) is stands


def test_a_reference_is_compared_as_it_is_kept_however_it_is_typed():
    kept = groups.reference(Random(7))
    assert len(kept) == 6 and groups.shown(kept) == f"M-{kept[1:]}"
    assert licence.normalise(f" {groups.shown(kept).lower()} ") == kept


@pytest.mark.parametrize(
    ("name", "key"),
    [("Elected members", "elected-members"), ("  Été & Co. ", "ete-co"), ("A" * 60, "a" * 40), ("—", "")],
)
def test_the_key_of_a_group_can_stand_in_an_address(name, key):
    assert groups.key(name) == key


@pytest.mark.parametrize(
    ("name", "called", "code"),
    [("", "member", "group-name"), ("—", "member", "group-name"), ("Members", " ", "group-called"),
     ("M" * 81, "member", "group-name"), ("Members", "m" * 81, "group-called")],
)  # fmt: skip
def test_a_group_without_words_is_refused(name, called, code):
    with pytest.raises(Refused) as refused:
        groups.words(name, called)
    assert refused.value.code == code


def test_a_pasted_list_is_read_line_by_line():
    pasted = (
        "Ann Able, ann@example.com\n\n  \nSmith, Bea\nCy Cole;cy@example.com\nDee\tdee@example.com\nonly@example.com"
    )
    assert list(groups.lines(pasted)) == [
        Line(1, "Ann Able", "ann@example.com"), Line(4, "Smith, Bea", ""), Line(5, "Cy Cole", "cy@example.com"),
        Line(6, "Dee", "dee@example.com"), Line(7, "only@example.com", ""),
    ]  # fmt: skip


def test_rules_for_other_people_can_work_and_are_read_back():
    assert list(blueprint.problems(OTHERS)) == []
    assert blueprint.of_table(blueprint.as_table(OTHERS)) == OTHERS
    assert (OTHERS.for_drivers, OTHERS.draws_on) == (False, "driver")
    assert (RULES.for_drivers, RULES.draws_on) == (True, "driver")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"critical": RULES.critical}, "agreed for drivers alone"),
        ({"audience": " "}, "Say for whom"),
        ({"test": "Other trades"}, "small letters"),
        ({"valid_months": 0}, "at least one month"),
    ],
)
def test_rules_for_other_people_that_cannot_work_say_why(changes, words):
    assert words in "; ".join(blueprint.problems(replace(OTHERS, **changes)))
