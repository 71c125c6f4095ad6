"""The way to approval: send to review, approve or return."""

from typing import TypeVar

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import editing
from quiz.domain.editing import Capacity, Status, Verdict
from quiz.domain.roles import Permission
from quiz.records import histories, questions
from quiz.records.questions import Version
from quiz.web import people
from quiz.web.editor import question
from quiz.web.guard import needs
from quiz.web.request import session, work

Word = TypeVar("Word", Verdict, Capacity)

pages = Blueprint("editor_reviewing", __name__, url_prefix="/editor/questions")


@pages.post("/<question_id>/<int:number>/send")
@needs(Permission.WRITE_QUESTIONS)
def send(question_id: str, number: int) -> ResponseReturnValue:
    """A draft goes to review."""
    editing.send_to_review(work(), _version(question_id, number))
    flash(f"Version {number} is sent to review.")
    return _back(question_id)


@pages.post("/<question_id>/<int:number>/review")
@needs(Permission.REVIEW_QUESTIONS)
def review(question_id: str, number: int) -> ResponseReturnValue:
    """Approve or return. Returning asks for a comment; without one the page comes again, with what was typed."""
    row = _version(question_id, number)
    verdict = _one_of(Verdict, request.form.get("verdict", ""))
    capacity = _one_of(Capacity, request.form.get("capacity", Capacity.EDITOR))
    pasts = histories.of(session(), question_id)
    form = question.review_form(question.asked(pasts[0]))
    comment = (form.comment.data or "").replace("\0", "").strip()
    if verdict is Verdict.RETURN and not comment and form.capacity.choices:
        form.comment.errors = ["Say what should be changed, so that the author can mend it"]
        return question.page(pasts, form)
    editing.review(work(), row, people.roles(), capacity, verdict, comment)
    flash(_told(row, verdict))
    return _back(question_id)


def _one_of(kind: type[Word], typed: str) -> Word:
    """What a button or a choice of ours says; anything else was not sent by our page."""
    if typed not in list(kind):
        abort(400)
    return kind(typed)


def _told(row: Version, verdict: Verdict) -> str:
    if verdict is Verdict.RETURN:
        return f"Version {row.number} is returned with your comment."
    if editing.status(work(), row) is Status.APPROVED:
        return f"Your approval is recorded. Version {row.number} is approved: new papers can hold it."
    return f"Your approval is recorded. Version {row.number} still needs another one."


def _version(question_id: str, number: int) -> Version:
    return questions.version(session(), question_id, number) or abort(404)


def _back(question_id: str) -> ResponseReturnValue:
    return redirect(url_for("editor_question.question", question_id=question_id), 303)
