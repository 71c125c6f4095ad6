"""What the filters of lists share: a choice of one, a period, and how a day stands in an address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

EITHER = "All"


class Picked(SelectField):
    """One of a list, the first of which is taken where nothing was chosen."""

    def pre_validate(self, form: Any) -> None:
        """Only an address typed by hand can hold something else."""
        if self.data not in [choice.value for choice in self.choices or ()]:
            raise ValidationError(f"{self.label.text}: choose one of the list")


def choices(words: Mapping[Any, str], nothing: str = EITHER) -> list[SelectChoice]:
    """All of these, behind the one that narrows nothing."""
    return [SelectChoice("", nothing), *(SelectChoice(str(key), text) for key, text in words.items())]


class FilterForm(FlaskForm):
    """Stands in an address. Its fields `start` and `end` are the days of a period, both included."""

    class Meta:
        """A question is no change, so it needs no token."""

        csrf = False

    def validate(self, extra_validators: object = None) -> bool:
        """Also: the last day is not before the first."""
        fine = bool(super().validate(extra_validators))
        if fine and self.start.data and self.end.data and self.end.data < self.start.data:
            self.end.errors = ["The last day must be the same as the first day or after it"]
            return False
        return fine


def day_parts(name: str, day: date | None) -> dict[str, str]:
    """A day as it stands in an address, in the three boxes of its field; nothing for no day."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)} if day else {}
