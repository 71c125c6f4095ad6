"""Decisions about a driver: each on a page that says what will happen, with a reason and words for the driver."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from quiz.actions import deciding
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import certificate as validity
from quiz.domain import numbers
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import LONGEST, MOST_MINUTES, REASONS, Grounds, Kind
from quiz.domain.roles import Permission
from quiz.records import attempts, certificates, people
from quiz.records.attempts import Attempt
from quiz.records.certificates import Certificate
from quiz.web import settling
from quiz.web.guard import needs
from quiz.web.request import now, session, work

pages = Blueprint("deciding", __name__, url_prefix="/staff/drivers/<uuid:person_id>")

WHOM = {TEST: "driver"}  # everybody else is a person
MINUTES = f"Enter a number of minutes from 1 to {MOST_MINUTES}"
TOO_LONG = Length(max=LONGEST, message=f"Use {LONGEST:,} characters or fewer")


class DecisionForm(FlaskForm):
    """The reason, what the driver is told, and a note that stays in the office."""

    reason = RadioField("Reason", [InputRequired("Choose a reason")])
    told = TextAreaField("What they are told", [DataRequired("Write what they are told"), TOO_LONG])
    note = TextAreaField("Note for the office (optional)", [TOO_LONG])

    def about(self, kind: Kind) -> "DecisionForm":
        """The form with the reasons that this decision may have."""
        self.reason.choices = [SelectChoice(key, words) for key, words in REASONS[kind].items()]
        return self

    def grounds(self) -> Grounds:
        """What was typed."""
        return Grounds(self.reason.data or "", self.told.data or "", self.note.data or "")


class ExtendForm(DecisionForm):
    """The same, with a number of minutes."""

    minutes = StringField("Minutes")

    def validate_minutes(self, field: StringField) -> None:
        """A whole number that the rules allow."""
        if self.number() not in range(1, MOST_MINUTES + 1):
            raise ValidationError(MINUTES)

    def number(self) -> int:
        """The minutes as typed; 0 for what is no number."""
        typed = (self.minutes.data or "").strip()
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 0


@pages.route("/attempts/<uuid:attempt_id>/set-aside", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def void(person_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """Set a test aside, as if it had not been taken."""
    attempt = _attempt(person_id, attempt_id)
    if attempt.voided_at is not None:
        abort(404)
    form = DecisionForm(told="We have set your test aside. It does not count as a try.").about(Kind.VOID)
    return _page(
        person_id, form, Kind.VOID, lambda: deciding.void(work(), person_id, attempt_id, form.grounds()), attempt.test
    )


@pages.route("/attempts/<uuid:attempt_id>/extend", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def extend(person_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """More time for a running test."""
    if not rules_of_attempt.is_running(_attempt(person_id, attempt_id), now()):
        abort(404)
    form = ExtendForm(told="You have more time for your test.").about(Kind.EXTEND)
    return _page(
        person_id,
        form,
        Kind.EXTEND,
        lambda: deciding.extend(work(), person_id, attempt_id, form.number(), form.grounds()),
    )


@pages.route("/another-try", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def another_try(person_id: UUID) -> ResponseReturnValue:
    """All tries afresh, from now on."""
    form = DecisionForm(told="You can take the test again now.").about(Kind.ANOTHER_TRY)
    return _page(
        person_id, form, Kind.ANOTHER_TRY, lambda: deciding.another_try(work(), person_id, TEST, form.grounds())
    )


@pages.route("/certificates/<number>/revoke", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def revoke(person_id: UUID, number: str) -> ResponseReturnValue:
    """Take a certificate back."""
    row = _certificate(person_id, number)
    form = DecisionForm(told="Your certificate is not valid any more.").about(Kind.REVOKE)
    return _page(
        person_id,
        form,
        Kind.REVOKE,
        lambda: deciding.revoke(work(), person_id, row.number, form.grounds()),
        _attempt(person_id, row.attempt_id).test,
    )


@pages.route("/certificates/<number>/replace", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def replace(person_id: UUID, number: str) -> ResponseReturnValue:
    """A new certificate for the same pass."""
    row = _certificate(person_id, number)
    form = DecisionForm(told="You have a new certificate. The old one is not valid any more.").about(Kind.REPLACE)
    return _page(
        person_id,
        form,
        Kind.REPLACE,
        lambda: deciding.replace(work(), person_id, row.number, settling.issuer(), form.grounds()),
    )


def _page(
    person_id: UUID, form: DecisionForm, kind: Kind, decide: Callable[[], object], test: str = TEST
) -> ResponseReturnValue:
    person, _ = people.with_licences(session(), person_id) or abort(404)
    whom = WHOM.get(test, "person")
    if form.validate_on_submit():
        decide()
        flash(f"The decision is recorded, and the {whom} can read it.")
        return redirect(url_for("record.record", person_id=person_id), 303)
    return render_template("staff/record/decide.html", form=form, kind=kind, person=person, whom=whom)


def _attempt(person_id: UUID, attempt_id: UUID) -> Attempt:
    return attempts.attempt(session(), person_id, attempt_id) or abort(404)


def _certificate(person_id: UUID, number: str) -> Certificate:
    """A certificate of this driver that still stands."""
    row = certificates.numbered(session(), numbers.read(number) or "")
    if row is None or row.person_id != person_id or not validity.stands(row):
        abort(404)
    return row
