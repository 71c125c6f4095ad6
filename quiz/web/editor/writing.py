"""Writing: a new question, or a new version of one. Nothing old is altered, and nothing typed is lost."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import editing
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.blueprint import Blueprint as Rules
from quiz.domain.question import Draft, Problem
from quiz.domain.roles import Permission
from quiz.records import questions
from quiz.records.questions import Version
from quiz.web.editor import known
from quiz.web.editor.comparing import differences
from quiz.web.editor.form import QuestionForm, filled_in, plain
from quiz.web.guard import needs
from quiz.web.request import now, session, work

pages = Blueprint("editor_writing", __name__, url_prefix="/editor/questions")

OVERTAKEN = (
    "Version {number} was saved while you were writing, so your text is not saved yet. "
    "Compare the two, then press “Save” again"
)


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.WRITE_QUESTIONS)
def new() -> ResponseReturnValue:
    """An empty form."""
    form = QuestionForm()
    rules = known.rules()
    form.offer(rules)
    if not form.is_submitted():
        return render_template("editor/edit.html", form=form, rules=rules, newest=None)
    name = plain(form.id.data)
    older = questions.versions(session(), name)
    draft = form.draft(name)
    if older and older[0].draft == draft:
        return _as_it_is(older[0])
    taken = [Problem("id", "There is already a question with this name; choose another")] if older else []
    if _wrong(form, draft, rules, taken):
        return render_template("editor/edit.html", form=form, rules=rules, newest=None)
    return _saved(editing.write(work(), draft, TEST, known.known(rules), written_from=0))


@pages.route("/<question_id>/edit", methods=["GET", "POST"])
@needs(Permission.WRITE_QUESTIONS)
def edit(question_id: str) -> ResponseReturnValue:
    """The newest version, to be written anew."""
    newest = next(iter(questions.versions(session(), question_id)), None) or abort(404)
    form = QuestionForm(data=filled_in(newest.draft, newest.number))
    del form.id
    rules = known.rules()
    form.offer(rules)
    if not form.is_submitted():
        return render_template("editor/edit.html", form=form, rules=rules, newest=newest)
    draft = form.draft(question_id)
    if draft == newest.draft:
        return _as_it_is(newest)
    wrong = _wrong(form, draft, rules)
    if form.written_from.data != str(newest.number):
        return _meanwhile(form, draft, newest, rules)
    if wrong:
        return render_template("editor/edit.html", form=form, rules=rules, newest=newest)
    return _saved(editing.write(work(), draft, TEST, known.known(rules), written_from=newest.number))


def _wrong(form: QuestionForm, draft: Draft, rules: Rules, more: Iterable[Problem] = ()) -> bool:
    """Whether anything has to be mended; every problem then stands on its field."""
    fine = form.validate()
    found = [
        *more,
        *editing.problems(session(), draft, TEST, known.known(rules)),
        *form.judge_day(calendar.day_of(now())),
    ]
    return form.show(found) or not fine


def _meanwhile(form: QuestionForm, draft: Draft, newest: Version, rules: Rules) -> ResponseReturnValue:
    """Somebody was quicker. Their words and these are shown; saving once more is then a decision."""
    form.form_errors.append(OVERTAKEN.format(number=newest.number))
    form.written_from.data = str(newest.number)
    changes = differences(newest.draft, draft)
    return render_template("editor/edit.html", form=form, rules=rules, newest=newest, changes=changes), 409


def _as_it_is(version: Version) -> ResponseReturnValue:
    """The same text twice (a button pressed again, or nothing changed) makes no second version."""
    flash(f"The question reads like this already: it is version {version.number}.")
    return redirect(url_for("editor_question.question", question_id=version.question_id), 303)


def _saved(version: Version) -> ResponseReturnValue:
    flash(f"Version {version.number} is saved as a draft. Send it to review when it is ready.")
    return redirect(url_for("editor_question.question", question_id=version.question_id), 303)
