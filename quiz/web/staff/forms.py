"""What officers fill in about a driver. The order here is the order on the page that asks for all of it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.licence import KIND_WORDS, Kind
from quiz.web.fields import DayField

# Which field a refusal of the actions is about.
OF_PERSON = {"name": "name", "email": "email", "phone": "phone"}
OF_LICENCE = {"licence-number": "number", "licence-taken": "number"}
OF_INVITATION = {"deadline-past": "deadline"}

AGAIN, AFRESH = "again", "new"


class FindForm(FlaskForm):
    """Sent as a POST, so that neither name nor number ever stands in an address."""

    find = StringField(
        "Licence number, name or e-mail",
        [
            InputRequired("Enter a licence number, a part of a name, or an e-mail address"),
            Length(max=100, message="Type less of the name"),
        ],
    )


class PersonForm(FlaskForm):
    """Who it is, and how to reach them."""

    name = StringField("Full name", [InputRequired("Enter the driver's name")])
    email = StringField("E-mail address (optional)")
    phone = StringField("Telephone number (optional)")

    def person(self) -> dict[str, Any]:
        """Name, e-mail and telephone as they were typed."""
        return {"name": self.name.data, "email": self.email.data or "", "phone": self.phone.data or ""}


class LicenceForm(FlaskForm):
    """One licence or application."""

    kind = RadioField(
        "Kind of licence",
        [InputRequired("Choose the kind of licence")],
        choices=[SelectChoice(key.value, words) for key, words in KIND_WORDS.items()],
    )
    number = StringField("Licence or application number", [InputRequired("Enter the licence or application number")])
    expires = DayField("When the licence ends (optional)")

    def licence(self) -> dict[str, Any]:
        """What a licence is made of."""
        return {"kind": Kind(self.kind.data), "number": self.number.data, "expires_on": self.expires.data}


class WhichForm(FlaskForm):
    """What a new code is for."""

    which = RadioField(
        "What is the new code for?",
        [InputRequired("Choose what the new code is for")],
        choices=(SelectChoice(AGAIN, "The present invitation"), SelectChoice(AFRESH, "A new invitation")),
    )


class InvitationForm(FlaskForm):
    """Why somebody is to take the test, until when, and where."""

    reason = RadioField(
        "Why does the driver take the test?",
        [InputRequired("Choose why the driver takes the test")],
        choices=[SelectChoice(key.value, words) for key, words in REASON_WORDS.items()],
    )
    deadline = DayField("Last day to take the test (optional)")
    supervised = RadioField(
        "Where does the driver take the test?",
        [InputRequired("Choose where the driver takes the test")],
        choices=(SelectChoice("no", "Anywhere, without supervision"), SelectChoice("yes", "At the office, supervised")),
    )

    def invitation(self) -> dict[str, Any]:
        """What an invitation is made of."""
        return {
            "test": TEST,
            "reason": Reason(self.reason.data),
            "deadline": self.deadline.data,
            "supervised": self.supervised.data == "yes",
        }


class AddForm(PersonForm, LicenceForm, InvitationForm):
    """A driver with a first licence and the invitation to sit."""


class IssueForm(WhichForm, InvitationForm):
    """A new code for the present invitation, or a new invitation with a code."""

    def validate(self, extra_validators: object = None) -> bool:
        """The present invitation has its reason and its place already, so nothing else is asked then."""
        if self.which.data == AGAIN:
            return bool(self.which.validate(self))
        return bool(super().validate(extra_validators))
