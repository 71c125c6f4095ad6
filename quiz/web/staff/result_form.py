"""The filters of the results list. They stand in the address: none of them names anybody."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from quiz.domain import results
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.results import CAME_WORDS, ORDER_WORDS, Came, Order, Wanted
from quiz.web.fields import DayField

EITHER = SelectChoice("", "All")


class Picked(SelectField):
    """One of a list, the first of which is taken where nothing was chosen."""

    def pre_validate(self, form: Any) -> None:
        """Only an address typed by hand can hold something else."""
        if self.data not in [choice.value for choice in self.choices or ()]:
            raise ValidationError(f"{self.label.text}: choose one of the list")


def _choices(words: Mapping[Any, str]) -> list[SelectChoice]:
    return [EITHER, *(SelectChoice(str(key), text) for key, text in words.items())]


class ResultForm(FlaskForm):
    """Which results: from a day to a day, both included, and what else was chosen."""

    class Meta:
        """A question is no change, so it needs no token."""

        csrf = False

    start = DayField("From", name="from")
    end = DayField("To", name="to")
    outcome = Picked("Result", choices=_choices(CAME_WORDS), default="")
    supervised = Picked(
        "Supervised or not",
        choices=[EITHER, SelectChoice("yes", "Supervised"), SelectChoice("no", "Unsupervised")],
        default="",
    )
    reason = Picked("Reason for the test", choices=_choices(REASON_WORDS), default="")
    weak = Picked("Weak spot", choices=[EITHER], default="")
    test = Picked("Test", default=TEST)
    sort = Picked(
        "Order", choices=[SelectChoice(str(key), text) for key, text in ORDER_WORDS.items()], default=str(Order.NEWEST)
    )

    def __init__(self, *given: Any, groups: Mapping[str, str], tests: Mapping[str, str]) -> None:
        super().__init__(*given)
        self.test.choices = [SelectChoice(key, name) for key, name in tests.items()]
        self.weak.choices = _choices(groups)

    def validate(self, extra_validators: object = None) -> bool:
        """Also: the last day is not before the first."""
        fine = bool(super().validate(extra_validators))
        if fine and self.start.data and self.end.data and self.end.data < self.start.data:
            self.end.errors = ["The last day must be the same as the first day or after it"]
            return False
        return fine

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
        if facts.pop(name, None) and day:
            facts |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return facts
