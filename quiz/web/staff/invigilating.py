"""What an invigilator does about one driver of a session: let in, pause, more time, move, end, note."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from quiz.actions import supervising
from quiz.domain import attempt as rules
from quiz.domain import sittings as words
from quiz.domain.decisions import Kind
from quiz.domain.roles import Permission
from quiz.domain.sittings import LONGEST_NOTE, TO_CHOOSE, Identity, Incident
from quiz.records import sittings
from quiz.records.sittings import Live
from quiz.web import settling
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.staff.deciding import ExtendForm
from quiz.web.staff.sittings import one

pages = Blueprint("invigilating", __name__, url_prefix="/staff/sessions/<uuid:sitting_id>")


class NoteForm(FlaskForm):
    """What happened."""

    reason = RadioField(
        "What happened?",
        [InputRequired("Choose what happened")],
        choices=[SelectChoice(key, words.INCIDENT_WORDS[key]) for key in TO_CHOOSE],
    )
    words = TextAreaField(
        "In your own words",
        [
            DataRequired("Write what happened"),
            Length(max=LONGEST_NOTE, message=f"Use {LONGEST_NOTE:,} characters or fewer"),
        ],
    )


@pages.post("/<uuid:seat_id>/let-in")
@needs(Permission.SUPERVISE)
def let_in(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Identity was seen: the kind of document is kept."""
    name = _live(sitting_id, seat_id).name
    typed = request.form.get("identity", "")
    if not typed:
        return _back(sitting_id, f"{name} is not let in yet: choose which document you saw.")
    if typed not in set(Identity):
        abort(400)
    supervising.let_in(work(), sitting_id, seat_id, Identity(typed))
    return _back(sitting_id, f"{name} is let in.")


@pages.post("/<uuid:seat_id>/put-back")
@needs(Permission.SUPERVISE)
def put_back(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let in by mistake."""
    name = _live(sitting_id, seat_id).name
    supervising.put_back(work(), sitting_id, seat_id)
    return _back(sitting_id, f"{name} is not let in any more.")


@pages.post("/<uuid:seat_id>/remove")
@needs(Permission.SUPERVISE)
def remove(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Off the list."""
    name = _live(sitting_id, seat_id).name
    supervising.remove(work(), sitting_id, seat_id)
    return _back(sitting_id, f"{name} is off the list.")


@pages.post("/<uuid:seat_id>/pause")
@needs(Permission.SUPERVISE)
def pause(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Stop this driver's clock."""
    name = _live(sitting_id, seat_id).name
    supervising.pause(work(), sitting_id, seat_id)
    return _back(sitting_id, f"The clock of {name} has stopped. It starts again by itself in 30 minutes.")


@pages.post("/<uuid:seat_id>/go-on")
@needs(Permission.SUPERVISE)
def go_on(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Start it again."""
    name = _live(sitting_id, seat_id).name
    supervising.go_on(work(), sitting_id, seat_id)
    return _back(sitting_id, f"The clock of {name} runs again.")


@pages.post("/<uuid:seat_id>/move")
@needs(Permission.SUPERVISE)
def move(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let the driver sign in on another machine."""
    name = _live(sitting_id, seat_id).name
    supervising.release(work(), sitting_id, seat_id)
    return _back(sitting_id, f"{name} can sign in on another machine now, once. The answers are kept.")


@pages.route("/<uuid:seat_id>/extend", methods=["GET", "POST"])
@needs(Permission.SUPERVISE)
def extend(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """More time, with a reason, as a decision."""
    line = _running(sitting_id, seat_id)
    form = ExtendForm(told="You have more time for your test.").about(Kind.EXTEND)
    if form.validate_on_submit():
        supervising.extend(work(), sitting_id, seat_id, form.number(), form.grounds())
        return _back(sitting_id, f"{line.name} has {form.number()} more minutes.")
    return render_template("staff/sittings/extend.html", form=form, sitting_id=sitting_id, name=line.name)


@pages.route("/<uuid:seat_id>/end", methods=["GET", "POST"])
@needs(Permission.SUPERVISE)
def end(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """End the test early."""
    line, form = _running(sitting_id, seat_id), NoteForm()
    if form.validate_on_submit():
        reason, said = Incident(form.reason.data), form.words.data or ""
        supervising.stop(work(), sitting_id, seat_id, reason, said, settling.issuer())
        return _back(sitting_id, f"The test of {line.name} has ended. What was saved is marked.")
    return render_template("staff/sittings/note.html", form=form, sitting_id=sitting_id, name=line.name, ending=True)


@pages.route("/<uuid:seat_id>/note", methods=["GET", "POST"])
@needs(Permission.SUPERVISE)
def note(sitting_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Write down what happened with one driver."""
    return _noted(sitting_id, seat_id, _live(sitting_id, seat_id).name)


@pages.route("/note", methods=["GET", "POST"])
@needs(Permission.SUPERVISE)
def note_all(sitting_id: UUID) -> ResponseReturnValue:
    """Write down what happened to the whole session."""
    one(sitting_id)
    return _noted(sitting_id, None, "The whole session")


def _noted(sitting_id: UUID, seat_id: UUID | None, name: str) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        supervising.note(work(), sitting_id, seat_id, Incident(form.reason.data), form.words.data or "")
        return _back(sitting_id, "It is written down.")
    return render_template("staff/sittings/note.html", form=form, sitting_id=sitting_id, name=name, ending=False)


def _live(sitting_id: UUID, seat_id: UUID) -> Live:
    """A driver on the list of that session. Anybody else's seat is not found."""
    one(sitting_id)
    return next((line for line in sittings.live(session(), sitting_id) if line.seat.id == seat_id), None) or abort(404)


def _running(sitting_id: UUID, seat_id: UUID) -> Live:
    line = _live(sitting_id, seat_id)
    if line.attempt is None or not rules.is_running(line.attempt, now()):
        abort(404)
    return line


def _back(sitting_id: UUID, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("sittings.live", sitting_id=sitting_id), 303)
