"""Training that somebody else held: accepted as attendance, and ended again."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired

from quiz.actions import training
from quiz.domain.roles import Permission
from quiz.domain.training import VALID_MONTHS, Elsewhere
from quiz.records import people
from quiz.records import scans as records
from quiz.records.training import AcceptedAttendance
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import session, takes, work
from quiz.web.staff import scanned
from quiz.web.staff.desk import refusals_at

pages = Blueprint("attendance", __name__, url_prefix="/staff/drivers/<uuid:person_id>/attendance")

FIELDS = {"elsewhere-body": "body", "elsewhere-course": "course", "elsewhere-seen": "seen", "scan": "scan",
          "elsewhere-attended": "attended_on"}  # fmt: skip


class AcceptForm(FlaskForm):
    """What was attended, and what was seen of it."""

    body = StringField("Who held the training?", [DataRequired("Enter who held the training")])
    course = StringField("What was the training?", [DataRequired("Enter what the training was")])
    attended_on = DayField("Attended on", [InputRequired("Enter the day of the training")])
    scan = FileField("Scan of the certificate (optional)")
    seen = StringField("What have you seen?", [DataRequired("Say what you have seen")])

    def found(self) -> Elsewhere:
        """What was typed."""
        return Elsewhere(self.body.data or "", self.course.data or "", self.attended_on.data, self.seen.data or "")


class EndForm(FlaskForm):
    """Why it counts no longer."""

    why = StringField("Why does it not count any more?", [DataRequired("Say why")])


@pages.route("/accept", methods=["GET", "POST"])
@needs(Permission.DECIDE)
@takes(scanned.MOST)
def accept(person_id: UUID) -> ResponseReturnValue:
    """One more."""
    person, _ = people.with_licences(session(), person_id) or abort(404)
    form = AcceptForm()
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            scanned.keep(form.scan, training.accept(work(), person_id, form.found()))
            flash("The training elsewhere counts as attendance.")
            return redirect(url_for("record.record", person_id=person_id), 303)
    return render_template(
        "staff/record/attended.html",
        form=form,
        person=person,
        months=VALID_MONTHS,
        ending=False,
        megabytes=scanned.MEGABYTES,
    )


@pages.post("/<uuid:attendance_id>/scan")
@needs(Permission.DECIDE)
def scan(person_id: UUID, attendance_id: UUID) -> Response:
    """The scan, as a download."""
    row = session().get(AcceptedAttendance, attendance_id)
    found = records.of_attendance(session(), attendance_id)
    if row is None or row.person_id != person_id or found is None:
        abort(404)
    return scanned.given_back(row, found)


@pages.route("/<uuid:attendance_id>/end", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def end(person_id: UUID, attendance_id: UUID) -> ResponseReturnValue:
    """It counts no longer."""
    person, _ = people.with_licences(session(), person_id) or abort(404)
    form = EndForm()
    if form.validate_on_submit():
        with refusals_at(form, {"training-why": "why"}):
            training.end(work(), person_id, attendance_id, form.why.data or "")
            flash("It does not count any more.")
            return redirect(url_for("record.record", person_id=person_id), 303)
    return render_template("staff/record/attended.html", form=form, person=person, months=VALID_MONTHS, ending=True)
