"""The go-live list, and the one step from pilot to live that cannot be taken back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from quiz.actions import going_live
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.web import service
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import session, work
from quiz.web.staff.desk import refusals_at

pages = Blueprint("go_live", __name__, url_prefix="/staff")

CONFIRMATION = "go live"


class GoLiveForm(FlaskForm):
    """Typed, so that nobody goes live by a slip of the hand."""

    typed = StringField(f"Type “{CONFIRMATION}” to confirm")

    def validate_typed(self, field: StringField) -> None:
        """Exactly these words, in any case."""
        if " ".join((field.data or "").casefold().split()) != CONFIRMATION:
            raise ValidationError(f"Type “{CONFIRMATION}” to confirm that results count from now on")


@pages.get("/go-live")
@needs(Permission.SEE_READINESS)
def readiness() -> ResponseReturnValue:
    """What is done and what is open, with how to do it."""
    return _shown(GoLiveForm())


@pages.post("/go-live")
@needs(Permission.GO_LIVE)
def go_live() -> ResponseReturnValue:
    """Results count for licences from now on."""
    form = GoLiveForm()
    if form.validate_on_submit():
        with refusals_at(form, {"not-ready": "typed"}):
            going_live.go_live(work(), TEST, parts().settings.privacy.missing)
            flash("The service is live. Results count for licences from now on.")
            return redirect(url_for(".readiness"), 303)
    return _shown(form)


def _shown(form: GoLiveForm) -> ResponseReturnValue:
    items = going_live.checklist(session(), TEST, service.facts(), service.contacts(), parts().settings.privacy.missing)
    return render_template("staff/go_live.html", form=form, items=items, open=sum(not item.done for item in items))
