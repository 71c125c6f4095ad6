"""The result, at once and whenever the driver signs in again."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from quiz.actions import noticing
from quiz.domain import attempt as rules
from quiz.domain.errors import Refused
from quiz.domain.roles import Permission
from quiz.records import attempts, decisions, replies
from quiz.records.attempts import Attempt
from quiz.records.unsafe import ANSWERS
from quiz.web import book, people, service, settling
from quiz.web.driver.told import told
from quiz.web.guard import needs
from quiz.web.request import give_up, now, session, work

pages = Blueprint("result", __name__, url_prefix="/result")


class ReplyForm(FlaskForm):
    """The driver's own words about what a computer noticed."""

    words = TextAreaField("What would you like to say?")


def finished(attempt_id: UUID) -> Attempt:
    """This driver's finished attempt; settled first if its time ran out. Anybody else's is not found."""
    me = people.driver() or abort(403)
    attempt = attempts.attempt(session(), me.person_id, attempt_id) or abort(404)
    if attempt.test != me.test:
        abort(404)
    if rules.may_be_settled(attempt, now()):
        settling.settle(attempt_id)
        attempt = attempts.attempt(session(), me.person_id, attempt_id) or abort(404)
    if attempt.finished_at is None or attempt.voided_at is not None:
        abort(404)
    return attempt


@pages.get("")
@needs(Permission.SIT_TEST)
def latest() -> ResponseReturnValue:
    """The newest result; without one, on to the test."""
    me = people.driver() or abort(403)
    sat = attempts.of_person(session(), me.person_id, me.test)
    for attempt, _mark in sat:
        if rules.may_be_settled(attempt, now()):
            return redirect(url_for(".one", attempt_id=attempt.id), 303)  # its page marks it first
    history = [attempt for attempt, mark in sat if mark and attempt.voided_at is None]
    if not history:
        return redirect(url_for("sitting.test"), 303)
    return _page(history[-1], history[:-1])


@pages.get("/<uuid:attempt_id>")
@needs(Permission.SIT_TEST)
def one(attempt_id: UUID) -> ResponseReturnValue:
    """The result of one attempt."""
    return _page(finished(attempt_id), [])


@pages.post("/<uuid:attempt_id>/reply")
@needs(Permission.SIT_TEST)
def reply(attempt_id: UUID) -> ResponseReturnValue:
    """Keep what the driver says. What is refused stands in its box again, so that nothing has to be typed twice."""
    found, form = finished(attempt_id), ReplyForm()
    try:
        noticing.reply(work(), found.person_id, found.id, form.words.data or "")
    except Refused as refusal:
        if refusal.code not in ("reply", "reply-limit"):
            raise
        give_up()
        form.words.errors = [refusal.message.rstrip(".")]
        return _page(finished(attempt_id), [], form)
    flash("Your answer is kept.")
    return redirect(url_for(".one", attempt_id=attempt_id), 303)


def _page(attempt: Attempt, earlier: list[Attempt], form: ReplyForm | None = None) -> ResponseReturnValue:
    decided = decisions.of_person(session(), attempt.person_id, attempt.test)
    checked = next((one for one in decided if one.attempt_id == attempt.id and one.kind in ANSWERS), None)
    return render_template(
        "driver/result.html",
        told=told(attempt),
        earlier=earlier[::-1],
        decisions=[one for one in decided if one is not checked],
        checked=checked,
        support=service.support(),
        signals=noticing.signals(session(), attempt),
        replies=replies.of_attempt(session(), attempt.id),
        title_of=book.title,
        form=form or ReplyForm(formdata=None),
    )
