"""Agreement records: which body outside says that an unsafe option is unsafe. Until then it is simply wrong."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from quiz.actions import editing
from quiz.domain import calendar
from quiz.domain.editing import Answer
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

ANSWERS = (
    SelectChoice(Answer.AGREE.value, "It agrees"),
    SelectChoice(Answer.CHANGE.value, "It asks for a change"),
    SelectChoice(Answer.REJECT.value, "It rejects the question"),
)
OBJECTED = "The answer is recorded. While it stands, the unsafe options of version {number} count as wrong only."
NOTED = "The answer is recorded for version {number}."
RECORDED = {
    (Answer.AGREE, True): "The agreement is recorded. The unsafe options of version {number} count in tests begun from "
    "now on, while no other body objects.",
    (Answer.CHANGE, True): OBJECTED,
    (Answer.REJECT, True): OBJECTED,
    (Answer.AGREE, False): "The agreement is recorded for version {number}.",
    (Answer.CHANGE, False): NOTED,
    (Answer.REJECT, False): NOTED,
}


class OpinionForm(FlaskForm):
    """Which body spoke, through whom, and when."""

    body = StringField(
        "Body that answered",
        [DataRequired("Enter the body that answered"), Length(max=200, message="Use 200 characters or fewer")],
    )
    role = StringField(
        "Role of the person who spoke for it",
        [DataRequired("Enter the role, not the name"), Length(max=200, message="Use 200 characters or fewer")],
    )
    agreed_on = DayField("Day of the answer")

    def validate_agreed_on(self, field: DayField) -> None:
        """There, and not still to come."""
        if field.data and field.data > calendar.day_of(now()):
            raise ValidationError("The day of the answer must be today or earlier")
        if not field.data and not field.process_errors:
            raise ValidationError("Enter the day of the answer")


class AgreementForm(OpinionForm):
    """What it answered about one version."""

    answer = RadioField("What the body answered", choices=ANSWERS, default=Answer.AGREE.value)
    comment = TextAreaField(
        "What should be changed, or why it is rejected", [Length(max=2000, message="Use 2,000 characters or fewer")]
    )

    def validate_comment(self, field: TextAreaField) -> None:
        """An objection says what it is."""
        if self.answer.data != Answer.AGREE and not plain(field.data):
            raise ValidationError("Say what should be changed, or why it is rejected")


@pages.route("/<question_id>/<int:number>/agreement", methods=["GET", "POST"])
@needs(Permission.APPROVE_CRITICAL)
def record(question_id: str, number: int) -> ResponseReturnValue:
    """Body, role and day."""
    row = questions.version(session(), question_id, number) or abort(404)
    form = AgreementForm()
    if form.validate_on_submit():
        editing.record_agreement(
            work(),
            row,
            body=plain(form.body.data),
            role=plain(form.role.data),
            agreed_on=form.agreed_on.data,
            answer=Answer(form.answer.data),
            comment=plain(form.comment.data),
        )
        flash(RECORDED[Answer(form.answer.data), row.critical].format(number=number))
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
    flash("The answer is withdrawn. Unsafe options count as unsafe only while an agreement stands and nobody objects.")
    return _back(question_id)


def _back(question_id: str) -> ResponseReturnValue:
    return redirect(url_for("editor_question.question", question_id=question_id), 303)
