"""Mark again after a question was found wrong: first what would change, then the decision."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from quiz.actions import marking_again
from quiz.domain.decisions import Kind
from quiz.domain.errors import Refused
from quiz.domain.roles import Permission
from quiz.records import found_wrong, questions
from quiz.records.questions import Version
from quiz.web import service, settling
from quiz.web.guard import needs
from quiz.web.request import give_up, session, work
from quiz.web.staff.deciding import DecisionForm
from quiz.web.staff.questions import filled

pages = Blueprint("marking_again", __name__, url_prefix="/staff/questions")

MOST = 200  # names on the page; the numbers are of all
TOLD = "A question in your test was wrong. It counts as right for you now. This page shows your new result."


class AgainForm(DecisionForm):
    """The decision, and how many marks the officer saw would change."""

    shown = HiddenField()


@pages.get("")
@needs(Permission.MARK_AGAIN)
def listed() -> ResponseReturnValue:
    """Questions out of use that were on papers."""
    return render_template("staff/questions/list.html", rows=found_wrong.listed(session()))


@pages.route("/<question_id>/<int:number>/mark-again", methods=["GET", "POST"])
@needs(Permission.MARK_AGAIN)
def one(question_id: str, number: int) -> ResponseReturnValue:
    """What would change, with links; the decision does it."""
    version = questions.version(session(), question_id, number) or abort(404)
    form = AgainForm(told=TOLD).about(Kind.MARK_AGAIN)
    if form.validate_on_submit():
        typed = form.shown.data or ""
        shown = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 9 else -1
        try:
            done = marking_again.wrong_question(work(), version, form.grounds(), shown, settling.issuer())
        except Refused as refusal:
            give_up()
            form.form_errors.append(refusal.message.rstrip("."))
            version = questions.version(session(), question_id, number) or abort(404)
        else:
            flash(_done_words(len(done.changes), len(done.passes), shown - len(done.changes)))
            return redirect(url_for(".one", question_id=question_id, number=number), 303)
    return _page(version, form)


def _page(version: Version, form: AgainForm) -> ResponseReturnValue:
    effect = marking_again.effect(session(), version)
    form.shown.data = str(len(effect.changes))
    form.shown.raw_data = None
    return render_template(
        "staff/questions/mark_again.html",
        version=version,
        draft=filled(version.draft, service.contacts()),
        form=form,
        effect=effect,
        passes=effect.passes[:MOST],
        found=found_wrong.of(session(), version.id),
        usable=_usable(version),
    )


def _done_words(changed: int, passed: int, left: int) -> str:
    marks = f"{changed} mark{' has' if changed == 1 else 's have'} changed"
    drivers = f"{passed} driver{' has' if passed == 1 else 's have'} passed"
    more = f" {left} more are still to do: press again." if left else ""
    return f"Marked again: {marks}, and {drivers}. The drivers can read it.{more}"


def _usable(version: Version) -> bool:
    """Whether new papers can still hold the version, so that it must be suspended first."""
    try:
        marking_again.must_be_out_of_use(session(), version)
    except Refused:
        return True
    return False
