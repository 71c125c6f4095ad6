"""Rules of a test that cannot work are named in words; rules that can are kept exactly."""

import json
from dataclasses import replace

import pytest

from quiz.domain import blueprint
from quiz.domain.blueprint import CriticalRule, Group, Place, Topic
from tests.domain.samples import CRITICAL, RULES

T1, *OTHERS = RULES.places


def test_the_default_rules_can_work():
    assert list(blueprint.problems(RULES)) == []


def test_a_paper_has_twenty_questions_five_of_them_critical():
    assert RULES.questions == 20
    assert sum(rule.count for rule in RULES.critical) == 5


def test_critical_questions_come_from_the_topics_that_the_rules_name():
    assert RULES.critical_topics == {topic for topics in CRITICAL for topic in topics}


def test_a_topic_is_told_in_its_group():
    assert RULES.group_of("T8").key == "act"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"places": (replace(T1, count=0), *OTHERS, Place(("T15",), 1))}, "must ask for at least one question"),
        ({"places": (replace(T1, topics=("T99",)), *OTHERS)}, "names the topic T99"),
        ({"places": (replace(T1, topics=("T1", "T14")), *OTHERS)}, "T14 stands in two places"),
        ({"critical": (CriticalRule("Harms", ("T15",), 1),)}, "“Harms” come from a topic that is not drawn"),
        ({"critical": (CriticalRule("Basics", ("T1",), 2),)}, "“Basics” asks for 2, but its topics have 1 place"),
        ({"critical": (CriticalRule("Act", ("T7",), 4),)}, "“Act” asks for 4, but its topics have 3 places"),
        ({"topics": (*RULES.topics, Topic("T16", "More", "nowhere"))}, "told in the group “nowhere”"),
        ({"groups": (*(g for g in RULES.groups if g.key != "basics"), Group("basics", "Basics", (), 1))},
         "“Basics” has fewer than four questions"),
        ({"places": (T1, *OTHERS, Place(("T15",), 21))}, "10 to 40 questions; this one has 41"),
        ({"places": tuple(p for p in RULES.places if p.topics[0] in ("T1", "T3", "T7", "T9")), "pass_mark": 5,
          "critical": ()}, "10 to 40 questions; this one has 8"),
        ({"pass_mark": 0}, "The pass mark must be between 1"),
        ({"pass_mark": 21}, "The pass mark must be between 1"),
        ({"minutes": 9}, "at least 10 minutes"),
        ({"waits_days": (1,)}, "one wait for each try but the last"),
        ({"tries": 0, "waits_days": ()}, "one wait for each try but the last"),
    ],
)  # fmt: skip
def test_rules_that_cannot_work_are_named(changes, words):
    (problem,) = blueprint.problems(replace(RULES, **changes))
    assert words in problem


def test_more_critical_questions_than_questions_cannot_work():
    many = tuple(CriticalRule(str(n), ("T7",), 3) for n in range(7))
    assert "More critical questions are asked for than the paper has" in blueprint.problems(
        replace(RULES, critical=many)
    )


@pytest.mark.parametrize(("count", "problems"), [(3, 1), (4, 0)])
def test_a_group_needs_four_questions_to_have_a_minimum(count, problems):
    groups = tuple(replace(one, minimum=2 if one.key == "conduct" else 0) for one in RULES.groups)
    places = (*(p for p in RULES.places if p.topics[0] not in ("T10", "T11", "T12")), Place(("T10",), count))
    assert len(list(blueprint.problems(replace(RULES, places=places, groups=groups)))) == problems


def test_the_bounds_themselves_can_work():
    for places, critical in ((10, 0), (40, 40)):
        kept = (CriticalRule("All", ("T7",), critical),) if critical else ()
        rules = replace(RULES, places=(Place(("T7",), places),), critical=kept, minutes=10, tries=1, waits_days=())
        assert [
            *blueprint.problems(replace(rules, pass_mark=1)),
            *blueprint.problems(replace(rules, pass_mark=places)),
        ] == []


def test_every_question_of_a_paper_may_be_critical():
    rules = replace(RULES, places=(Place(("T7",), 20),), critical=(CriticalRule("All", ("T7",), 20),))
    assert list(blueprint.problems(rules)) == []


def test_rules_come_back_as_they_were_kept():
    kept = json.dumps(blueprint.as_table(RULES))
    assert blueprint.of_table(json.loads(kept)) == RULES


@pytest.mark.parametrize("key", ["minutes", "waits_days", "resets", "unsupervised"])
def test_rules_without_a_setting_cannot_be_read(key):
    table = blueprint.as_table(RULES)
    del table["blueprint"][key]
    with pytest.raises((KeyError, TypeError)):
        blueprint.of_table(table)


def test_rules_with_an_unknown_setting_cannot_be_read():
    table = blueprint.as_table(RULES)
    table["blueprint"]["minuets"] = 45
    with pytest.raises(TypeError, match="minuets"):
        blueprint.of_table(table)
