"""The test itself: begin, answer, look over, send in. Works by plain forms; the clock is the server's."""

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired

from quiz.actions import adjusting, pausing, sitting
from quiz.domain import adjustments, calendar, codes
from quiz.domain import attempt as rules
from quiz.domain import groups as groups_rules
from quiz.domain import pauses as pause_rules
from quiz.domain.attempt import State
from quiz.domain.errors import Refused
from quiz.domain.limits import FREE_BY_NUMBER, seconds_left
from quiz.domain.pauses import Kind
from quiz.domain.roles import Permission
from quiz.records import attempts, decisions, groups, limits, papers, pauses
from quiz.records import people as drivers
from quiz.records.attempts import Attempt, Leaf, Paper
from quiz.records.invitations import Invitation
from quiz.records.sessions import SignedInDriver
from quiz.web import book, people, service, settling, texts
from quiz.web.driver import sheet
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import now, session, work

pages = Blueprint("sitting", __name__)


class StartForm(FlaskForm):
    """The declaration, on the one page before the clock starts."""

    declared = BooleanField(
        "I am the person named here, and I will keep to these rules",
        [InputRequired("Tick the box to say that you are this person and will keep to the rules")],
    )


class SupervisedForm(StartForm):
    """In a test session, with the word on the wall."""

    word = StringField("Start word", [DataRequired("Type the start word. It is on the wall, or ask for it")])


def me() -> SignedInDriver:
    """The driver; the guard has seen to it that there is one."""
    return people.driver() or abort(403)


def paper(attempt_id: UUID) -> Paper:
    """This driver's paper. Anybody else's is not found."""
    return attempts.paper(session(), me().person_id, attempt_id) or abort(404)


@pages.get("/test")
@needs(Permission.SIT_TEST)
def test() -> ResponseReturnValue:
    """Where this driver goes on: the running test, the result, or the page before the start."""
    invitation = session().get_one(Invitation, me().invitation_id)
    running = attempts.unfinished(session(), me().person_id, invitation.test)
    if running is not None and rules.may_be_settled(running, now()):
        settling.settle(running.id)
        return redirect(url_for("result.latest"), 303)
    if running is not None and rules.state(running, now()) is State.OUT_OF_TIME:
        return render_template("driver/time_up.html")
    if running is not None and rules.state(running, now()) is State.PAUSED:
        return redirect(url_for(".get_help", attempt_id=running.id), 303)
    if running is not None:
        found = paper(running.id)
        given = sitting.given(session(), found)
        here = rules.first_unanswered(given, [draft.two for draft in texts.of([s.version for s in found.slots])])
        return redirect(url_for(".question", attempt_id=running.id, position=here), 303)
    told = attempts.has_result(session(), invitation.id)
    return redirect(url_for("result.latest") if told else url_for(".start"), 303)


@pages.route("/test/start", methods=["GET", "POST"])
@needs(Permission.SIT_TEST)
def start() -> ResponseReturnValue:
    """Who you are, the declaration and the instructions. The clock starts with the button, not before."""
    invitation = session().get_one(Invitation, me().invitation_id)
    if attempts.unfinished(session(), me().person_id, invitation.test):
        return redirect(url_for(".test"), 303)
    sitting.must_be_allowed(session(), invitation, service.facts().mark, now())
    form = SupervisedForm() if invitation.supervised else StartForm()
    if form.validate_on_submit() and (begun := _begun(form, invitation)):
        return redirect(url_for(".question", attempt_id=begun.id, position=1), 303)
    blueprint = papers.current(session(), invitation.test)
    held = adjusting.held(session(), me().person_id, calendar.day_of(now()))
    return render_template(
        "driver/start.html",
        form=form,
        rules=blueprint,
        allowed=adjustments.time_allowed(blueprint.minutes, held),
        adjusted=[adjustments.WORDS[pair] for pair in held.items()],
        invitation=invitation,
        decisions=decisions.of_person(session(), me().person_id, me().test),
        known_by=_known_by(blueprint.for_drivers),
        support=service.support(),
    )


def _known_by(for_drivers: bool) -> list[tuple[str, str]]:
    """What stands beside the name: the licences of a driver, the reference of anybody else."""
    if for_drivers:
        return [("Licence", one.shown.words) for one in drivers.licences(session(), me().person_id)]
    held = groups.of_person(session(), me().person_id, me().test)
    return [("Reference", groups_rules.shown(one.reference)) for one, _ in held]


def _begun(form: StartForm, invitation: Invitation) -> Attempt | None:
    """The attempt; None, with words at the field, for a wrong start word, and for one too soon after wrong ones."""
    if not isinstance(form, SupervisedForm):
        return sitting.start(work(), me().session_id, invitation.id, book.digest())
    bucket = codes.digest(parts().pepper, "limit-start-word", str(invitation.person_id))
    until = limits.hold(session(), {bucket: FREE_BY_NUMBER}, now())
    if until is not None:
        form.word.errors = [f"Wait {seconds_left(until, now())} seconds, then try again"]
        return None
    try:
        return sitting.start(work(), me().session_id, invitation.id, book.digest(), form.word.data or "")
    except Refused as refusal:
        if refusal.code != "start-word":
            raise
        # Nothing else was written. It is counted where it was judged, so that no other try comes in between.
        limits.count_wrong(session(), {bucket: None}, now())
        form.word.errors = [refusal.message]
        return None


@pages.route("/test/<uuid:attempt_id>/<int:position>", methods=["GET", "POST"])
@needs(Permission.SIT_TEST)
def question(attempt_id: UUID, position: int) -> ResponseReturnValue:
    """One question. Back works; an answer can be changed or left blank until the test is sent in."""
    answering = request.method == "POST"
    leaf = attempts.leaf(session(), me().person_id, attempt_id, position, lock=answering) or abort(404)
    if answering:
        return _answered(leaf)
    if rules.state(leaf, now()) is not State.OPEN:
        return redirect(url_for(".test"), 303)
    shown = sheet.question(leaf, *sitting.given_at(session(), leaf, me().session_id), now())
    return render_template("driver/question.html", shown=shown, attempt_id=attempt_id, checking="check" in request.args)


def _answered(leaf: Leaf) -> ResponseReturnValue:
    draft = texts.of([leaf.place.version])[0]
    values, soon = request.form.getlist("choice"), "soon" in request.form
    sitting.answer(
        work(), leaf, leaf.place, me().session_id, values, two=draft.two, later="later" in request.form,
        sequence=_sequence(), confirmed=not soon,
    )  # fmt: skip
    address = "" if soon else _following(leaf, draft.two, len(values))
    if address == _next(leaf) and not values and "later" not in request.form:
        flash(f"You did not choose an answer to question {leaf.place.position}. You can go back to it.", "notice")
    if request.accept_mimetypes.best == "application/json":  # the page's script, which goes there by itself
        return {"next": address}
    return redirect(address or url_for(".question", attempt_id=leaf.id, position=leaf.place.position), 303)


def _following(leaf: Leaf, two: bool, chosen: int) -> str:
    here, checking = leaf.place.position, "check" in request.args
    if two and chosen not in (0, 2) and "told" not in request.form:
        # Said once, on the same page; pressing the button again goes on with the question unfinished.
        return url_for(".question", attempt_id=leaf.id, position=here, check=1 if checking else None)
    if checking or here == leaf.count:
        return url_for(".check", attempt_id=leaf.id)
    return _next(leaf)


def _next(leaf: Leaf) -> str:
    return url_for(".question", attempt_id=leaf.id, position=leaf.place.position + 1)


def _sequence() -> int | None:
    """The page's own count, where a script keeps one; what is no such number is as good as none."""
    typed = request.form.get("sequence", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 9 else None


@pages.get("/test/<uuid:attempt_id>/check")
@needs(Permission.SIT_TEST)
def check(attempt_id: UUID) -> ResponseReturnValue:
    """The words of every chosen answer, and what is unanswered, unfinished or to check later."""
    found = paper(attempt_id)
    if rules.state(found, now()) is not State.OPEN:
        return redirect(url_for(".test"), 303)
    rows = sheet.rows(found, sitting.given(session(), found))
    return render_template("driver/check.html", rows=rows, found=found, left=sheet.left(found, now()))


@pages.post("/test/<uuid:attempt_id>/send")
@needs(Permission.SIT_TEST)
def send(attempt_id: UUID) -> ResponseReturnValue:
    """Send in. Anything unanswered is said first; pressing twice, or in two tabs, is one mark."""
    found = paper(attempt_id)
    state = rules.state(found, now())
    if state is State.OPEN and "anyway" not in request.form:
        open_rows = [row for row in sheet.rows(found, sitting.given(session(), found)) if not row.finished]
        if open_rows:
            return render_template("driver/unanswered.html", rows=open_rows, found=found)
    if state is State.OUT_OF_TIME:
        return redirect(url_for(".test"), 303)
    sitting.send_in(work(), me().person_id, attempt_id, settling.issuer())
    return redirect(url_for("result.one", attempt_id=attempt_id), 303)


@pages.get("/test/<uuid:attempt_id>/help")
@needs(Permission.SIT_TEST)
def get_help(attempt_id: UUID) -> ResponseReturnValue:
    """Names and numbers only: anything more would answer questions. The clock is stopped by a button."""
    found = paper(attempt_id)
    state = rules.state(found, now())
    return render_template(
        "driver/help.html",
        found=found,
        at=now(),
        paused=state is State.PAUSED,
        by_room=pausing.stopped_by(session(), found, now()) is not None,
        open=state is State.OPEN,
        left=_pauses_left(found, Kind.HELP) if state is State.OPEN else None,
        breaks=_pauses_left(found, Kind.BREAK) if state is State.OPEN else None,
        ring=service.contacts().contacts,
    )


def _pauses_left(found: Paper, kind: Kind) -> pause_rules.Left | None:
    """What is left of one kind; None for breaks where none were agreed."""
    agreed = adjustments.breaks(adjustments.read(found.adjusted))
    if kind is Kind.BREAK and not agreed:
        return None
    return pause_rules.left(pauses.of_attempts(session(), [found.id])[found.id], kind, agreed)


@pages.get("/test/<uuid:attempt_id>/time")
@needs(Permission.SIT_TEST)
def time(attempt_id: UUID) -> ResponseReturnValue:
    """Seconds left, for the script that counts them: a device's own clock is never believed. And whether it stands."""
    found = attempts.attempt(session(), me().person_id, attempt_id) or abort(404)
    state = rules.state(found, now())
    return {
        "seconds": int(rules.time_left(found.deadline, now()).total_seconds()),
        "paused": state is State.PAUSED,
        "over": state in (State.FINISHED, State.VOID),
    }


@pages.post("/test/<uuid:attempt_id>/pause")
@needs(Permission.SIT_TEST)
def pause(attempt_id: UUID) -> ResponseReturnValue:
    """Stop the clock. The page that follows says so once it is kept, and beside the numbers if no pause is left."""
    with suppress(Refused):
        kind = Kind.BREAK if request.form.get("kind") == Kind.BREAK else Kind.HELP
        pausing.pause(work(), me().person_id, paper(attempt_id).id, kind)
    return redirect(url_for(".get_help", attempt_id=attempt_id), 303)


@pages.post("/test/<uuid:attempt_id>/resume")
@needs(Permission.SIT_TEST)
def resume(attempt_id: UUID) -> ResponseReturnValue:
    """Let the clock run again, and go on where the test stood."""
    pausing.resume(work(), me().person_id, paper(attempt_id).id)
    return redirect(url_for(".test"), 303)
