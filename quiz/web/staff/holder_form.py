"""The filters of the list of drivers. They stand in the address, so that a view can be kept: none names anybody."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice

from quiz.domain.holders import ORDER_WORDS, Order, Wanted
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.domain.standing import WORDS, Status
from quiz.web.fields import DayField
from quiz.web.staff.result_form import EITHER, Picked


class HolderForm(FlaskForm):
    """Which drivers, in which order."""

    class Meta:
        """A question is no change, so it needs no token."""

        csrf = False

    status = Picked(
        "Where they stand",
        choices=[SelectChoice("", "Everybody who is listed"), *(SelectChoice(str(k), w) for k, w in WORDS.items())],
        default="",
    )
    kind = Picked(
        "Kind of licence", choices=[EITHER, *(SelectChoice(str(k), w) for k, w in KIND_WORDS.items())], default=""
    )
    start = DayField("Licence ends from", name="from")
    end = DayField("Licence ends to", name="to")
    adjusted = BooleanField("Only drivers with an adjustment", false_values=("", "no"))
    sort = Picked("Order", choices=[SelectChoice(str(k), w) for k, w in ORDER_WORDS.items()], default="")

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        if not self.sort.data:  # whoever asks for a status wants to know with whom to begin
            self.sort.data = str(Order.URGENT if self.status.data else Order.NAME)

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
            status=Status(self.status.data) if self.status.data else None,
            kind=Kind(self.kind.data) if self.kind.data else None,
            first_day=self.start.data,
            last_day=self.end.data,
            adjusted=bool(self.adjusted.data),
            order=Order(self.sort.data),
        )


def address(wanted: Wanted) -> dict[str, str]:
    """The same as it stands in an address."""
    found = {"status": wanted.status or "", "kind": wanted.kind or "", "adjusted": "y" if wanted.adjusted else ""}
    for name, day in (("from", wanted.first_day), ("to", wanted.last_day)):
        if day:
            found |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return {"sort": str(wanted.order)} | {name: str(text) for name, text in found.items() if text}
