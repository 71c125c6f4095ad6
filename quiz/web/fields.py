"""Form fields that WTForms lacks, and where the links of an error summary lead."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any

from wtforms import Field, Form, RadioField, SelectMultipleField
from wtforms.fields import FieldList, FormField
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

YEARS = range(1900, 2200)  # a year typed as "26" is a slip, not the year 26
PARTS = (("day", "Day"), ("month", "Month"), ("year", "Year"))


class DayField(Field):
    """A day in three boxes named NAME-day, NAME-month and NAME-year. `.data` is a date, or None when left empty."""

    typed: dict[str, str]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes, or take them from the given date."""
        self.process_errors: Sequence[str] = []
        given = self.default if data is unset_value else data
        self.object_data = self.data = given
        numbers = (given.day, given.month, given.year) if given else ("", "", "")
        self.typed = {part: str(number) for (part, _), number in zip(PARTS, numbers, strict=True)}
        if formdata and any(f"{self.name}-{part}" in formdata for part, _ in PARTS):
            self.typed = {part: formdata.get(f"{self.name}-{part}", "").strip() for part, _ in PARTS}
            self.raw_data = ["".join(self.typed.values())]  # what "required" and "optional" look at
            self.data = self._read()

    @property
    def boxes(self) -> list[tuple[str, str, str]]:
        """Part, label and what was typed, for the template."""
        return [(part, label, self.typed[part]) for part, label in PARTS]

    def _read(self) -> date | None:
        if not any(self.typed.values()):
            return None
        try:
            day = date(*(int(self.typed[part]) for part in ("year", "month", "day")))
        except (ValueError, OverflowError):
            day = None
        if day is None or day.year not in YEARS:
            named = self.label.text.removesuffix(" (optional)")
            self.process_errors = [f"{named} must be a real date, for example 21 11 2026"]
            return None
        return day


NO_TIME = "Enter the time as hours and minutes, for example 9:30"


def must_be_time(_form: Form, field: Field) -> None:
    """A validator: hours and minutes, with a colon or a dot."""
    if hours_and_minutes(field.data or "") is None:
        raise ValidationError(NO_TIME)


def hours_and_minutes(typed: str) -> time | None:
    """The time of "9:30" or "9.30"; None for what is no time."""
    hours, _, minutes = typed.strip().replace(".", ":").partition(":")
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in (hours, minutes)):
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None


def error_links(form: Form) -> Iterator[tuple[str, str]]:
    """Pairs of address and words for the error summary, in the order of the page. The address is "" where none fits."""
    for words in form.form_errors:
        yield "", words
    for field in form:
        yield from _links_of(field)


def _links_of(field: Any) -> Iterator[tuple[str, str]]:
    if isinstance(field, FormField):
        yield from error_links(field.form)
        return
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _links_of(entry)
    for words in field.errors:
        if isinstance(words, str):
            yield f"#{first_input(field)}", words


def first_input(field: Any) -> str:
    """The id of the first thing in a field that a reader can type into or tick."""
    if isinstance(field, DayField):
        return f"{field.id}-day"
    if isinstance(field, FieldList) and field.entries:
        return first_input(field.entries[0])
    if isinstance(field, FormField):
        return first_input(next(iter(field.form)))
    if isinstance(field, (RadioField, SelectMultipleField)):
        return f"{field.id}-0"
    return str(field.id)
