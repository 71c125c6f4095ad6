"""The filters of the list of drivers. They stand in the address, so that a view can be kept: none names anybody."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, Form
from wtforms.fields.choices import SelectChoice

from quiz.domain.holders import ORDER_WORDS, Order, Wanted
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.domain.standing import WORDS, Status
from quiz.web.fields import DayField
from quiz.web.staff.filters import FilterForm, Picked, choices, day_parts

EVERYBODY = "Everybody who is listed"


class HolderForm(FilterForm):
    """Which drivers, in which order."""

    status = Picked("Where they stand", choices=choices(WORDS, EVERYBODY), default="")
    kind = Picked("Kind of licence", choices=choices(KIND_WORDS), default="")
    start = DayField("Licence ends from", name="from")
    end = DayField("Licence ends to", name="to")
    adjusted = BooleanField("Only drivers with an adjustment", false_values=("", "no"))
    sort = Picked("Order", choices=[SelectChoice(str(k), w) for k, w in ORDER_WORDS.items()], default="")

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        if not self.sort.data:  # whoever asks for a status wants to know with whom to begin
            self.sort.data = str(Order.URGENT if self.status.data else Order.NAME)

    def wanted(self) -> Wanted:
        """What was chosen, of a form that is fine."""
        return replace(chosen(self), order=Order(self.sort.data))


def chosen(form: Form) -> Wanted:
    """Which drivers a form means that is fine and has these fields, whatever else it asks."""
    return Wanted(
        status=Status(form.status.data) if form.status.data else None,
        kind=Kind(form.kind.data) if form.kind.data else None,
        first_day=form.start.data,
        last_day=form.end.data,
        adjusted=bool(form.adjusted.data),
    )


def address(wanted: Wanted) -> dict[str, str]:
    """The same as it stands in an address."""
    found = {"status": wanted.status or "", "kind": wanted.kind or "", "adjusted": "y" if wanted.adjusted else ""}
    found |= day_parts("from", wanted.first_day) | day_parts("to", wanted.last_day)
    return {"sort": str(wanted.order)} | {name: str(text) for name, text in found.items() if text}
