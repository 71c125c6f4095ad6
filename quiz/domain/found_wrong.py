"""A question that was found wrong counts as right for everyone who had it; marking again may only help a driver."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.domain import attempt, marking
from quiz.domain.attempt import Said
from quiz.domain.blueprint import Blueprint
from quiz.domain.errors import Refused
from quiz.domain.marking import Item, Mark


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper held the question: its position, the order of options, and all answers to it in their order."""

    position: int
    order: tuple[int, ...]
    said: Sequence[Said]


def again(found: Mark, item: Item, place: Place, rules: Blueprint) -> Mark | None:
    """The mark without the wrong question; None where nothing changes or it was left out before."""
    if place.position in found.excused:
        return None
    given = attempt.counting(place.said, {place.position: place.order})[place.position]
    wrong = set(given.chosen) != item.right
    if not wrong and place.position not in found.unsafe:
        return None
    here = (place.position,)
    return marking.again(found, rules, right=(item.topic,) if wrong else (), safe=here, excused=here)


def must_be_out_of_use(live: bool, suspended: bool) -> None:
    """Refuses while new papers can hold the version: the next driver would get it."""
    if live and not suspended:
        raise Refused("still-in-use", "New tests can still hold this question. Suspend it first.")
