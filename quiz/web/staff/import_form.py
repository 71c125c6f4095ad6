"""What officers fill in about a list of licence holders, and its rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from quiz.domain import calendar
from quiz.domain.import_match import FIELD_WORDS, Field, Match
from quiz.domain.importing import CHOICES, Choice, Question
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.records.imports import UNLISTED_FROM, ImportRow

CHOICE_WORDS = {
    (Question.TWICE, Choice.USE): "Use this row",
    (Question.PERSON, Choice.SAME): "The same person: add this licence to them",
    (Question.PERSON, Choice.OTHER): "Another person: add a new driver",
    (Question.NAME, Choice.SAME): "The same person: take over the new name",
}
LEAVE_WORDS = "Leave this row out"
NOT_READ = "Not read"


class UploadForm(FlaskForm):
    """The file."""

    file = FileField("The list, as .xlsx or .csv", [FileRequired("Choose the file with the list")])


class ApplyForm(FlaskForm):
    """The last step. `seen` stands for what was on the page."""

    seen = HiddenField()
    unlisted = BooleanField("Also mark the licences that the list does not name as no longer listed")


class ColumnsForm(FlaskForm):
    """Which column is what. The columns themselves are added for each list."""

    kind = SelectField(
        "If no column tells it: the kind of all licences in this list",
        choices=[SelectChoice("", "A column tells it"), *(SelectChoice(one.value, KIND_WORDS[one]) for one in Kind)],
        default="",
    )

    def match(self, count: int) -> Match:
        """What was chosen."""
        chosen = [self[f"column_{place}"].data for place in range(count)]
        return Match(tuple(Field(one) if one else None for one in chosen), self.kind.data or "")


def columns_form(header: Sequence[str], match: Match | None) -> ColumnsForm:
    """The form for a list with these headings, filled in as far as is known."""
    choices = [SelectChoice("", NOT_READ), *(SelectChoice(one.value, FIELD_WORDS[one]) for one in Field)]
    fields = {}
    for place, heading in enumerate(header):
        known = match.fields[place] if match and place < len(match.fields) else None
        label = f"Column {letters(place)}: {heading or 'without a heading'}"
        fields[f"column_{place}"] = SelectField(label, choices=choices, default=known.value if known else "")
    made: ColumnsForm = type("ListColumnsForm", (ColumnsForm,), fields)(kind=match.kind if match else "")
    return made


def letters(place: int) -> str:
    """A, B, … Z, AA as spreadsheets count columns."""
    return chr(65 + place) if place < 26 else letters(place // 26 - 1) + letters(place % 26)


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as pages show it. `facts`: what, in the records (None where it is new), in the list."""

    row: ImportRow
    where: str
    licence: str
    facts: list[tuple[str, str | None, str]]
    choices: list[tuple[str, str]]


def shown(row: ImportRow) -> RowShown:
    """A row in words."""
    kind = KIND_WORDS[Kind(row.kind)] if row.kind else ""
    question = Question(row.question) if row.question else None
    choices = [(one.value, CHOICE_WORDS[question, one]) for one in CHOICES[question]] if question else []
    return RowShown(
        row,
        f"{row.number:,}" if row.number < UNLISTED_FROM else "",
        f"{kind} {row.licence}".strip(),
        _facts(row),
        [*choices, ("", LEAVE_WORDS)] if choices else [],
    )


def _facts(row: ImportRow) -> list[tuple[str, str | None, str]]:
    known = row.was_name is not None
    pairs: list[tuple[str, str | None, str]] = [
        ("Name", row.was_name, row.name),
        ("E-mail", row.was_email, row.email),
        ("Telephone", row.was_phone, row.phone),
        ("Licence ends", _day(row.was_expires_on) if known else None, _day(row.expires_on)),
    ]
    if row.was_unlisted_since or row.unlisted_since:
        pairs.append(("Listed", _listed(row.was_unlisted_since) if known else None, _listed(row.unlisted_since)))
    return [(what, was if known else None, will) for what, was, will in pairs if was or will]


def _day(day: date | None) -> str:
    return calendar.words(day) if day else ""


def _listed(since: date | None) -> str:
    return f"Not since {calendar.words(since)}" if since else "Yes"
