"""Out of use at once by one person; back by two."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from quiz.actions import editing
from quiz.domain.roles import Permission
from quiz.records import questions
from quiz.records.questions import Question
from quiz.web.guard import needs
from quiz.web.request import session, work

pages = Blueprint("editor_suspending", __name__, url_prefix="/editor/questions")


class SuspendForm(FlaskForm):
    """Why the question must not be asked any more."""

    reason = TextAreaField(
        "Why is this question suspended?", [DataRequired("Say why, so that colleagues can mend the question")]
    )


@pages.route("/<question_id>/suspend", methods=["GET", "POST"])
@needs(Permission.SUSPEND_QUESTIONS)
def suspend(question_id: str) -> ResponseReturnValue:
    """The reason, then out of use at once."""
    row = session().get(Question, question_id) or abort(404)
    form = SuspendForm()
    if form.validate_on_submit():
        editing.suspend(work(), question_id, form.reason.data.replace("\0", ""))
        flash("The question is suspended. No new paper holds it. Tests that have begun keep it.")
        return _back(question_id)
    suspension = questions.suspension(session(), question_id)
    return render_template("editor/suspend.html", form=form, question=row, suspension=suspension)


@pages.post("/<question_id>/ask-back")
@needs(Permission.RESTORE_QUESTIONS)
def ask_back(question_id: str) -> ResponseReturnValue:
    """The first of two people."""
    editing.ask_back(work(), question_id)
    flash("You asked to bring this question back. Another person has to confirm it.")
    return _back(question_id)


@pages.post("/<question_id>/bring-back")
@needs(Permission.RESTORE_QUESTIONS)
def bring_back(question_id: str) -> ResponseReturnValue:
    """The second of two people."""
    editing.bring_back(work(), question_id)
    flash("The question is back: new papers can hold it again.")
    return _back(question_id)


def _back(question_id: str) -> ResponseReturnValue:
    return redirect(url_for("editor_question.question", question_id=question_id), 303)
