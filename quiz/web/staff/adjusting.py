"""Adjustments of a driver: agreed, and ended. There is no box for a diagnosis."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quiz.actions import adjusting
from quiz.domain.adjustments import WORDS, Kind
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.records import people
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import session, work
from quiz.web.staff.desk import refusals_at

pages = Blueprint("adjusting", __name__, url_prefix="/staff/drivers/<uuid:person_id>/adjustments")


class AdjustmentForm(FlaskForm):
    """What was agreed, whether evidence was seen, and until when."""

    what = RadioField(
        "What was agreed",
        [InputRequired("Choose what was agreed")],
        choices=[SelectChoice(f"{kind}:{amount}", words) for (kind, amount), words in WORDS.items()],
    )
    evidence_seen = BooleanField("I have seen evidence for it")
    until = DayField("Last day (optional)")


@pages.route("/agree", methods=["GET", "POST"])
@needs(Permission.ADD_DRIVERS)
def agree(person_id: UUID) -> ResponseReturnValue:
    """One more adjustment."""
    person, _ = people.with_licences(session(), person_id) or abort(404)
    form = AdjustmentForm()
    if form.validate_on_submit():
        kind, _, amount = str(form.what.data).partition(":")
        with refusals_at(form, {"adjustment-until": "until"}):
            adjusting.agree(
                work(), person_id, TEST, Kind(kind), amount,
                evidence_seen=form.evidence_seen.data, until=form.until.data,
            )  # fmt: skip
            flash("The adjustment is agreed. It applies by itself.")
            return redirect(url_for("record.record", person_id=person_id), 303)
    return render_template("staff/record/adjust.html", form=form, person=person)


@pages.post("/<uuid:adjustment_id>/end")
@needs(Permission.ADD_DRIVERS)
def end(person_id: UUID, adjustment_id: UUID) -> ResponseReturnValue:
    """It holds no longer for tests that begin from now on."""
    adjusting.end(work(), person_id, adjustment_id)
    flash("The adjustment has ended.")
    return redirect(url_for("record.record", person_id=person_id), 303)
