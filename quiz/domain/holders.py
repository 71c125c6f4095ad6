"""Lists of licence holders: which ones are meant, in which order, and how that is said. It names nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.domain import calendar
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.domain.standing import WORDS, Status


class Order(StrEnum):
    """What comes first."""

    URGENT = "urgent"
    NAME = "name"
    TESTED = "tested"
    ADDED = "added"


ORDER_WORDS = {
    Order.URGENT: "Most urgent first",
    Order.NAME: "By name",
    Order.TESTED: "Tested last, first",
    Order.ADDED: "Added last, first",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which licence holders a list shows. The days are about the end of the licence, both included."""

    status: Status | None = None
    kind: Kind | None = None
    first_day: date | None = None
    last_day: date | None = None
    adjusted: bool = False
    order: Order = Order.NAME

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was chosen."""
        return self != Wanted(order=self.order)


def said(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """What was chosen, as pairs of what and how."""
    if wanted.status:
        yield "Where they stand", WORDS[wanted.status]
    if wanted.kind:
        yield "Kind of licence", KIND_WORDS[wanted.kind]
    if wanted.first_day:
        yield "Licence ends on or after", calendar.words(wanted.first_day)
    if wanted.last_day:
        yield "Licence ends on or before", calendar.words(wanted.last_day)
    if wanted.adjusted:
        yield "Adjustment", "Agreed with the driver"
