"""The filters of the results list. They stand in the address: none of them names anybody."""

from collections.abc import Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice

from quiz.domain import results
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.results import CAME_WORDS, ORDER_WORDS, Came, Order, Wanted
from quiz.web.fields import DayField
from quiz.web.staff.filters import EITHER, FilterForm, Picked, choices, day_parts


class ResultForm(FilterForm):
    """Which results: from a day to a day, both included, and what else was chosen."""

    start = DayField("From", name="from")
    end = DayField("To", name="to")
    outcome = Picked("Result", choices=choices(CAME_WORDS), default="")
    supervised = Picked(
        "Supervised or not",
        choices=[SelectChoice("", EITHER), SelectChoice("yes", "Supervised"), SelectChoice("no", "Unsupervised")],
        default="",
    )
    reason = Picked("Reason for the test", choices=choices(REASON_WORDS), default="")
    weak = Picked("Weak spot", choices=choices({}), default="")
    test = Picked("Test", default=TEST)
    sort = Picked(
        "Order", choices=[SelectChoice(str(key), text) for key, text in ORDER_WORDS.items()], default=str(Order.NEWEST)
    )

    def __init__(self, *given: Any, groups: Mapping[str, str], tests: Mapping[str, str]) -> None:
        super().__init__(*given)
        self.test.choices = [SelectChoice(key, name) for key, name in tests.items()]
        self.weak.choices = choices(groups)

    def wanted(self) -> Wanted:
        """What was chosen, of a form that is fine."""
        return Wanted(
            first_day=self.start.data,
            last_day=self.end.data,
            came=Came(self.outcome.data) if self.outcome.data else None,
            supervised={"yes": True, "no": False}.get(self.supervised.data),
            reason=Reason(self.reason.data) if self.reason.data else None,
            weak=self.weak.data,
            order=Order(self.sort.data),
            test=self.test.data,
        )


def address(wanted: Wanted) -> dict[str, str]:
    """The same as it stands in an address."""
    facts = results.as_facts(wanted)
    for name, day in (("from", wanted.first_day), ("to", wanted.last_day)):
        if facts.pop(name, None):
            facts |= day_parts(name, day)
    return facts
