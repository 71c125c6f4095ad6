"""A certificate from elsewhere: accepted as a pass, and ended again."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from quiz.actions import elsewhere
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import Kind
from quiz.domain.elsewhere import LONGEST, Pass
from quiz.domain.roles import Permission
from quiz.records import papers, people
from quiz.records import scans as records
from quiz.records.elsewhere import AcceptedPass
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import session, takes, work
from quiz.web.staff import scanned
from quiz.web.staff.deciding import DecisionForm
from quiz.web.staff.desk import refusals_at

pages = Blueprint("elsewhere", __name__, url_prefix="/staff/drivers/<uuid:person_id>/elsewhere")

SHORT = Length(max=LONGEST, message=f"Use {LONGEST} characters or fewer")
FIELDS = {"elsewhere-body": "body", "elsewhere-course": "course", "elsewhere-seen": "seen",
          "scan": "scan", "elsewhere-passed": "passed_on", "elsewhere-until": "until"}  # fmt: skip


class AcceptForm(DecisionForm):
    """What was passed elsewhere, what was seen of it, and the decision."""

    body = StringField("Who issued the certificate?", [DataRequired("Enter which body issued the certificate"), SHORT])
    course = StringField("Which test was passed?", [DataRequired("Enter which test was passed"), SHORT])
    passed_on = DayField("Passed on", [InputRequired("Enter the day on which it was passed")])
    until = DayField("Valid until", [InputRequired("Enter the last day on which it is valid")])
    scan = FileField("Scan of the certificate (optional)")
    seen = StringField("What have you seen?", [DataRequired("Say what you have seen"), SHORT])

    def found(self) -> Pass:
        """What was typed."""
        return Pass(
            self.body.data or "", self.course.data or "", self.passed_on.data, self.until.data, self.seen.data or ""
        )


@pages.route("/accept", methods=["GET", "POST"])
@needs(Permission.DECIDE)
@takes(scanned.MOST)
def accept(person_id: UUID) -> ResponseReturnValue:
    """One more, with its decision."""
    person, _ = people.with_licences(session(), person_id) or abort(404)
    form = AcceptForm(told="We accept your certificate. You do not need to take our test now.").about(Kind.ACCEPT)
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            row = elsewhere.accept(work(), person_id, TEST, form.found(), form.grounds())
            scanned.keep(form.scan, row)
            flash("The certificate is accepted, and the driver can read it.")
            return redirect(url_for("record.record", person_id=person_id), 303)
    months = papers.current(session(), TEST).valid_months
    return render_template(
        "staff/record/accept.html", form=form, person=person, months=months, megabytes=scanned.MEGABYTES
    )


@pages.post("/<uuid:pass_id>/scan")
@needs(Permission.DECIDE)
def scan(person_id: UUID, pass_id: UUID) -> Response:
    """The scan, to be kept and never shown in the browser. Taking it is on the record."""
    row = session().get(AcceptedPass, pass_id)
    found = records.of_pass(session(), pass_id)
    if row is None or row.person_id != person_id or found is None:
        abort(404)
    return scanned.given_back(row, found)


@pages.route("/<uuid:pass_id>/end", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def end(person_id: UUID, pass_id: UUID) -> ResponseReturnValue:
    """It counts no longer."""
    person, _ = people.with_licences(session(), person_id) or abort(404)
    row = session().get(AcceptedPass, pass_id)
    if row is None or row.person_id != person_id or row.ended_at is not None:
        abort(404)
    told = "The certificate that we had accepted does not count any more. Please ring us."
    form = DecisionForm(told=told).about(Kind.END_ACCEPTED)
    if form.validate_on_submit():
        elsewhere.end(work(), person_id, pass_id, form.grounds())
        flash("The decision is recorded, and the driver can read it.")
        return redirect(url_for("record.record", person_id=person_id), 303)
    return render_template("staff/record/decide.html", form=form, kind=Kind.END_ACCEPTED, person=person)
