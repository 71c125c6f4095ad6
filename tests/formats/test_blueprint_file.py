"""The file of the rules: the committed one holds the council's defaults, a broken one is refused in words."""

from dataclasses import fields

import pytest

from quiz.domain.errors import Refused
from quiz.formats import blueprint_file
from quiz.settings import ROOT
from tests.domain.samples import CRITICAL, GROUP_OF, QUOTAS, RULES

COMMITTED = (ROOT / "question_bank" / "blueprint.toml").read_text(encoding="utf-8")


def test_the_committed_rules_are_the_ones_that_were_decided():
    rules = blueprint_file.read(COMMITTED)
    plain = [f.name for f in fields(RULES) if f.name not in ("name", "groups", "topics", "places", "critical")]
    assert {name: getattr(rules, name) for name in plain} == {name: getattr(RULES, name) for name in plain}
    assert {place.topics: place.count for place in rules.places} == QUOTAS
    assert {rule.topics: rule.count for rule in rules.critical} == CRITICAL
    assert {topic.code: topic.group for topic in rules.topics} == {c: g for g, codes in GROUP_OF.items() for c in codes}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Taxi', "name = Taxi", "cannot be read"),
        ("minutes = 45\n", "", "cannot be read"),
        ("minutes = 45\n", "minutes = 45\nhours = 1\n", "cannot be read"),
        ("minutes = 45\n", 'minutes = "45"\n', "cannot be read"),
        ("waits_days = [1, 7]", "waits_days = 7", "cannot be read"),
        ("[[place]]", "[[places]]", "cannot be read"),
        ("minutes = 45\n", "minutes = 5\n", "cannot work: Give at least 10 minutes"),
    ],
)
def test_a_broken_file_is_refused_in_words(old, new, words):
    assert old in COMMITTED
    with pytest.raises(Refused, match=words) as refused:
        blueprint_file.read(COMMITTED.replace(old, new))
    assert refused.value.code == "blueprint-file"


def test_what_is_written_is_read_back_as_it_was():
    for rules in (RULES, blueprint_file.read(COMMITTED)):
        assert blueprint_file.read(blueprint_file.write(rules)) == rules


def test_everything_that_cannot_work_is_named_at_once():
    with pytest.raises(Refused) as refused:
        blueprint_file.read(
            COMMITTED.replace("minutes = 45", "minutes = 5").replace("pass_mark = 16", "pass_mark = 30")
        )
    assert "10 minutes" in refused.value.message and "pass mark" in refused.value.message
