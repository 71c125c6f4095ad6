"""One question: as the driver sees it, its key, and everything that has become of it."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from quiz.domain import calendar, editing
from quiz.domain.editing import Capacity
from quiz.domain.errors import Refused
from quiz.domain.roles import Permission
from quiz.records import histories, questions, staff
from quiz.records.histories import Past
from quiz.web import guard, people, service
from quiz.web.editor import known
from quiz.web.editor.comparing import differences
from quiz.web.editor.shown import shown
from quiz.web.guard import needs
from quiz.web.request import now, session

pages = Blueprint("editor_question", __name__, url_prefix="/editor/questions")

AS_EDITOR = "as an editor"
AS_LEAD = "as safeguarding lead"
CAPACITIES = {Capacity.EDITOR: AS_EDITOR, Capacity.LEAD: AS_LEAD}
NO_ROLE = {
    Capacity.EDITOR: "Your role cannot give the review that is missing: an editor has to give it.",
    Capacity.LEAD: "What is missing is the approval of a safeguarding lead, and your role cannot give it.",
}


class ReviewForm(FlaskForm):
    """A reviewer's word. Approve and return are two buttons."""

    capacity = RadioField("You review this question")
    comment = TextAreaField("Comment")


@dataclass(frozen=True, slots=True)
class Asked:
    """As what the reader may review the newest version, or in words why not."""

    capacities: tuple[Capacity, ...]
    why_not: str = ""


@pages.get("/<question_id>")
@needs(Permission.SEE_QUESTIONS)
def question(question_id: str) -> ResponseReturnValue:
    """The newest version, what differs from the live one, and what can be done now."""
    return page(histories.of(session(), question_id) or abort(404))


@pages.get("/<question_id>/<int:number>")
@needs(Permission.SEE_QUESTIONS)
def version(question_id: str, number: int) -> ResponseReturnValue:
    """One version, compared with the live one."""
    pasts = histories.of(session(), question_id)
    past = next((one for one in pasts if one.version.number == number), None) or abort(404)
    live = next((one for one in pasts if one.live and one is not past), None)
    return render_template(
        "editor/version.html",
        past=past,
        live=live,
        shown=shown(number, past.version.draft, service.contacts()),
        changes=differences(live.version.draft, past.version.draft) if live else [],
    )


@pages.get("/<question_id>/<int:number>/preview")
@needs(Permission.SEE_QUESTIONS)
def preview(question_id: str, number: int) -> ResponseReturnValue:
    """The page of the test, with this question on it."""
    row = questions.version(session(), question_id, number) or abort(404)
    one = shown(number, row.draft, service.contacts()).as_driver
    return render_template("editor/preview.html", row=row, shown=one, count=known.rules().questions)


def page(pasts: list[Past], form: ReviewForm | None = None) -> str:
    """The question's page; `form` is a review that could not be taken yet."""
    newest, live = pasts[0], next((one for one in pasts if one.live), None)
    differs = live is not None and live is not newest
    names = staff.names(session())
    turn = asked(newest)
    return render_template(
        "editor/question.html",
        form=form,
        review=form or review_form(turn),
        asked=turn,
        pasts=pasts,
        newest=newest,
        live=live,
        shown=shown(newest.version.number, newest.version.draft, service.contacts()),
        live_shown=shown(live.version.number, live.version.draft, service.contacts()) if live and differs else None,
        changes=differences(live.version.draft, newest.version.draft) if live and differs else [],
        topic=known.topic_words(known.rules(), newest.version.topic),
        suspension=questions.suspension(session(), newest.version.question_id),
        me=guard.actor(),
        today=calendar.day_of(now()),
        capacities=CAPACITIES,
        wants_agreement=editing.wants_agreement,
        who=lambda key: names.get(key, "the program"),
    )


def asked(past: Past) -> Asked:
    """What the reader of the page may say of a version."""
    if not guard.may(Permission.REVIEW_QUESTIONS):
        return Asked((), "Your role reads questions and does not review them.")
    try:
        editing.must_be_reviewable(guard.actor(), past.version.author, past.status, past.said)
    except Refused as refused:
        return Asked((), refused.message)
    found = editing.asked(people.roles(), past.version.critical, past.said)
    return Asked(found) if found else Asked((), NO_ROLE[editing.missing(past.version.critical, past.said)[0]])


def review_form(turn: Asked) -> ReviewForm:
    """The form for whoever may review now."""
    form = ReviewForm()
    form.capacity.choices = [SelectChoice(one.value, CAPACITIES[one]) for one in turn.capacities]
    if form.capacity.data not in turn.capacities:
        form.capacity.data = turn.capacities[0].value if turn.capacities else None
    return form
