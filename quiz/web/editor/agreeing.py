"""Agreement records: which body outside says that an unsafe option is unsafe. Until then it is simply wrong."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions import editing
from quiz.domain import calendar
from quiz.domain.roles import Permission
from quiz.records import questions
from quiz.records.questions import Agreement, Version
from quiz.web.editor.form import plain
from quiz.web.editor.shown import shown
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.service import contacts

pages = Blueprint("editor_agreeing", __name__, url_prefix="/editor/questions")


class AgreementForm(FlaskForm):
    """Who agreed, and when."""

    body = StringField(
        "Body that agreed",
        [DataRequired("Enter the body that agreed"), Length(max=200, message="Use 200 characters or fewer")],
    )
    role = StringField(
        "Role of the person who spoke for it",
        [DataRequired("Enter the role, not the name"), Length(max=200, message="Use 200 characters or fewer")],
    )
    agreed_on = DayField("Day of the agreement")

    def validate_agreed_on(self, field: DayField) -> None:
        """There, and not still to come."""
        if field.data and field.data > calendar.day_of(now()):
            raise ValidationError("The day of the agreement must be today or earlier")
        if not field.data and not field.process_errors:
            raise ValidationError("Enter the day of the agreement")


@pages.route("/<question_id>/<int:number>/agreement", methods=["GET", "POST"])
@needs(Permission.APPROVE_CRITICAL)
def record(question_id: str, number: int) -> ResponseReturnValue:
    """Body, role and day."""
    row = questions.version(session(), question_id, number) or abort(404)
    if not row.critical:
        abort(404)
    form = AgreementForm()
    if form.validate_on_submit():
        editing.agree(
            work(), row, body=plain(form.body.data), role=plain(form.role.data), agreed_on=form.agreed_on.data
        )
        flash(f"The agreement is recorded. The unsafe options of version {number} count in tests begun from now on.")
        return _back(question_id)
    return render_template("editor/agreement.html", form=form, row=row, shown=shown(number, row.draft, contacts()))


@pages.post("/<question_id>/agreements/<uuid:agreement_id>/withdraw")
@needs(Permission.APPROVE_CRITICAL)
def withdraw(question_id: str, agreement_id: UUID) -> ResponseReturnValue:
    """The unsafe options are simply wrong again."""
    row = session().get(Agreement, agreement_id) or abort(404)
    if session().get_one(Version, row.version_id).question_id != question_id:
        abort(404)
    editing.withdraw_agreement(work(), agreement_id)
    flash("The agreement is withdrawn. The unsafe options count as wrong, and no longer as unsafe.")
    return _back(question_id)


def _back(question_id: str) -> ResponseReturnValue:
    return redirect(url_for("editor_question.question", question_id=question_id), 303)
