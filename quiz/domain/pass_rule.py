"""The rule of passing in sentences, as it was applied to one mark. Officers, committees and courts read it."""

from collections.abc import Collection, Iterator, Mapping

from quiz.domain.blueprint import Blueprint
from quiz.domain.marking import Mark, Outcome, Tally


def applied(found: Mark, rules: Blueprint) -> Iterator[str]:
    """Each condition with what was found, and what follows."""
    yield "A question without an answer is wrong. “Choose two” is right only with exactly both right answers."
    if found.excused:
        yield f"Found wrong before this marking, so it counts as right whatever was chosen: {_places(found.excused)}."
    enough = "That is enough." if found.score >= rules.pass_mark else "That is not enough."
    yield f"Of {found.of} questions, {rules.pass_mark} right answers are needed. There were {found.score}. {enough}"
    yield from _unsafe(rules.unsafe_limit, found.unsafe)
    yield from _minimums(rules, found.groups)
    yield "So the test is passed." if found.outcome is Outcome.PASSED else "So the test is not passed."


def _places(positions: Collection[int]) -> str:
    return f"question {', '.join(map(str, sorted(positions)))}"


def _unsafe(limit: int, unsafe: Collection[int]) -> Iterator[str]:
    yield (
        "An answer counts as unsafe only if a body outside had agreed to that before the test began, nobody stands "
        "against it, and the driver confirmed the answer."
    )
    where = f" ({_places(unsafe)})" if unsafe else ""
    enough = "That is too many." if len(unsafe) > limit else "That is within the rule."
    yield f"Unsafe answers allowed: {limit}. There were {len(unsafe)}{where}. {enough}"


def _minimums(rules: Blueprint, groups: Mapping[str, Tally]) -> Iterator[str]:
    wanted = [group for group in rules.groups if group.minimum]
    if not wanted:
        yield "No group of questions has a minimum of its own."
    for group in wanted:
        right = groups.get(group.key, Tally(0, 0)).right
        enough = "That is enough." if right >= group.minimum else "That is not enough."
        yield f"In “{group.name}”, {group.minimum} right answers are needed. There were {right}. {enough}"
