"""The action plan: its lines in their order, a new one, a change, and what each line ever was."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from quiz.actions import planning
from quiz.domain import calendar
from quiz.domain.action_plan import STATUS_WORDS, Action, Status
from quiz.domain.roles import Permission
from quiz.records import action_plan, staff
from quiz.records.action_plan import ActionItem
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.staff import words
from quiz.web.staff.desk import refusals_at

pages = Blueprint("action_plan", __name__, url_prefix="/staff/action-plan")

FIELDS = {f"action-{name}": name for name in ("area", "action", "owner", "evidence")}


class ActionForm(FlaskForm):
    """One line of the plan."""

    area = StringField("Key area", [DataRequired("Enter the key area")])
    action = TextAreaField("Action", [DataRequired("Enter what is to be done")])
    owner = StringField("Owner", [DataRequired("Enter which post or team does it")])
    due = DayField("Due (optional)")
    status = RadioField(
        "Status",
        [InputRequired("Choose how far it is")],
        choices=[SelectChoice(key.value, said) for key, said in STATUS_WORDS.items()],
    )
    evidence = TextAreaField("Evidence (optional until it is completed)")

    def said(self) -> Action:
        """What was typed."""
        return Action(
            self.area.data or "", self.action.data or "", self.owner.data or "", self.due.data,
            Status(self.status.data), self.evidence.data or "",
        )  # fmt: skip


@pages.get("")
@needs(Permission.SEE_REPORTS)
def listed() -> ResponseReturnValue:
    """The plan in the form that committees know."""
    today = calendar.day_of(now())
    rows = [(one, one.said.row(today)) for one in action_plan.plan(session())]
    return render_template("staff/action_plan/list.html", rows=rows)


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.ISSUE_REPORTS)
def new() -> ResponseReturnValue:
    """A new line at the end."""
    form = ActionForm(status=Status.NOT_STARTED)
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            planning.add(work(), form.said())
            flash("The action stands at the end of the plan.")
            return redirect(url_for(".listed"), 303)
    return render_template("staff/action_plan/change.html", form=form, heading="New action", past=[])


@pages.route("/<uuid:item_id>", methods=["GET", "POST"])
@needs(Permission.ISSUE_REPORTS)
def change(item_id: UUID) -> ResponseReturnValue:
    """Change or close a line. What it was before is shown below."""
    row = session().get(ActionItem, item_id) or abort(404)
    form = ActionForm(obj=row)
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            planning.change(work(), item_id, form.said())
            flash("The action is changed.")
            return redirect(url_for(".listed"), 303)
    names = staff.names(session())
    past = [
        (one.at, words.actor(one.by, names), one.place, one.said.row(calendar.day_of(one.at)))
        for one in action_plan.history(session(), item_id)
    ]
    return render_template("staff/action_plan/change.html", form=form, heading="Change an action", past=past)


@pages.post("/<uuid:item_id>/move")
@needs(Permission.ISSUE_REPORTS)
def move(item_id: UUID) -> ResponseReturnValue:
    """One place up or down."""
    planning.move(work(), item_id, up=request.form.get("to") != "down")
    return redirect(url_for(".listed"), 303)
