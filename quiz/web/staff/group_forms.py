"""What officers fill in about groups of other people."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.web.fields import DayField

OF_GROUP = {"group-name": "name", "group-called": "called", "group-test": "test"}
OF_MEMBER = {"name": "name", "email": "email", "member-already": "name", "member-number": "number"}
OF_LINES = {"member-lines": "lines"}
OF_DEADLINE = {"deadline-past": "deadline"}
TOO_LONG = "Paste a shorter list, and the rest after it"


class GroupForm(FlaskForm):
    """A new group."""

    name = StringField("Name of the group", [InputRequired("Enter the name of the group")])
    called = StringField("What one of them is called", [InputRequired("Enter what one of them is called")])
    test = RadioField("Which test do they take?", [InputRequired("Choose the test")])

    def __init__(self, tests: Mapping[str, str], **given: Any) -> None:
        super().__init__(**given)
        self.test.choices = [SelectChoice(key, name) for key, name in tests.items()]


class MemberForm(FlaskForm):
    """One person. A licence number finds a driver who is there already, and then nothing else is needed."""

    name = StringField("Full name")
    email = StringField("E-mail address (optional)")
    number = StringField("Licence number, if this person is a driver too (optional)")

    def validate(self, extra_validators: object = None) -> bool:
        """A name, or the number of a driver."""
        fine = bool(super().validate(extra_validators))
        if fine and not (self.name.data or "").strip() and not (self.number.data or "").strip():
            self.name.errors = ["Enter the name"]
            return False
        return fine

    def member(self) -> dict[str, str]:
        """What was typed."""
        return {key: getattr(self, key).data or "" for key in ("name", "email", "number")}


class ManyForm(FlaskForm):
    """A pasted list."""

    lines = TextAreaField(
        "Names and e-mail addresses, one person a line",
        [InputRequired("Paste at least one line with a name"), Length(max=100_000, message=TOO_LONG)],
    )


class InviteForm(FlaskForm):
    """Until when."""

    deadline = DayField("Last day to take the test (optional)")
