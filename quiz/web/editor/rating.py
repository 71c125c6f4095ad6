"""Judges rate how hard a question is, each by themselves: what others said is shown afterwards."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from quiz.actions import rating
from quiz.domain.levelling import ENOUGH
from quiz.domain.roles import Permission
from quiz.records import levels, questions, staff
from quiz.web import guard, service
from quiz.web.editor.shown import shown
from quiz.web.guard import needs
from quiz.web.request import session, work

pages = Blueprint("editor_rating", __name__, url_prefix="/editor/questions")

WRONG = "Enter a whole number from 0 to 100"


class RatingForm(FlaskForm):
    """One number."""

    share = StringField("How many of 100 answer it right?", [InputRequired(WRONG)])

    def validate_share(self, field: StringField) -> None:
        """From none to all."""
        if self.number() is None:
            raise ValidationError(WRONG)

    def number(self) -> int | None:
        """What was typed; None for what is no such number."""
        typed = (self.share.data or "").strip().removesuffix("%").strip()
        fits = typed.isascii() and typed.isdecimal() and len(typed) <= 3 and int(typed) <= 100
        return int(typed) if fits else None


@pages.route("/<question_id>/<int:number>/rate", methods=["GET", "POST"])
@needs(Permission.REVIEW_QUESTIONS)
def rate(question_id: str, number: int) -> ResponseReturnValue:
    """The question with its key, and one's own rating of it; then everybody's, and how drivers have answered."""
    row = questions.version(session(), question_id, number) or abort(404)
    form = RatingForm()
    if form.validate_on_submit():
        rating.rate(work(), row.id, form.number() or 0)
        flash("Your rating is kept.")
        return redirect(url_for(".rate", question_id=question_id, number=number), 303)
    given = levels.ratings(session(), row.id)
    mine = next((one for one in given if one.judge == guard.actor()), None)
    return render_template(
        "editor/rate.html",
        form=form,
        row=row,
        shown=shown(number, row.draft, service.contacts()),
        mine=mine,
        given=given if mine else [],
        mean=sum(one.share for one in given) / len(given) if given else None,
        answered=levels.answered(session(), row.id) if mine else None,
        enough=ENOUGH,
        names=staff.names(session()),
    )
