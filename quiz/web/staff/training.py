"""Training sessions: planned, their lists, who came, who is still missing, and certificates of attendance."""

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import training as actions
from quiz.documents import attendance, attendance_sheet
from quiz.documents.attendance import Attended
from quiz.documents.attendance_sheet import Sheet
from quiz.domain import calendar
from quiz.domain import telling as telling_rules
from quiz.domain import training as rules
from quiz.domain.errors import Refused
from quiz.domain.letter_words import ending
from quiz.domain.posting import State
from quiz.domain.roles import Permission
from quiz.records import holders, people, results, telling, training
from quiz.records.training import TrainingSession
from quiz.web import downloads, service
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, separately, session, work, work_in
from quiz.web.staff.desk import PAGE, note_reading, refusals_at
from quiz.web.staff.forms import FindForm
from quiz.web.staff.telling import told_words
from quiz.web.staff.training_form import FIELDS, CancelForm, ListForm, PlanForm, filled

pages = Blueprint("training", __name__, url_prefix="/staff/training")

PAST = 50
COUNTED = 10_000


@pages.get("")
@needs(Permission.MANAGE_TRAINING)
def listed() -> ResponseReturnValue:
    """Today's and coming sessions, then past ones, and how many drivers are still missing."""
    today = calendar.day_of(now())
    start = calendar.start_of(today)
    return render_template(
        "staff/training/list.html",
        coming=training.since(session(), start),
        past=training.before(session(), start, PAST),
        state=rules.state,
        words=rules.STATE_WORDS,
        missing=training.count_missing(session(), today, COUNTED + 1),
        counted=COUNTED,
    )


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.MANAGE_TRAINING)
def new() -> ResponseReturnValue:
    """Plan a session."""
    form = PlanForm(day=calendar.day_of(now()), capacity=20)
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            row = actions.plan(work(), form.plan())
            flash("The session was planned. Now put drivers on its list.")
            return redirect(url_for(".one", training_id=row.id), 303)
    return render_template("staff/training/plan.html", form=form, row=None)


@pages.get("/<uuid:training_id>")
@needs(Permission.MANAGE_TRAINING)
def one(training_id: UUID) -> ResponseReturnValue:
    """The session, its list, and who came."""
    return _page(_found(training_id), ListForm(formdata=None))


@pages.route("/<uuid:training_id>/change", methods=["GET", "POST"])
@needs(Permission.MANAGE_TRAINING)
def change(training_id: UUID) -> ResponseReturnValue:
    """Put the plan right."""
    row = _found(training_id)
    form = filled(row)
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            actions.change(work(), training_id, form.plan())
            flash("The session was changed.")
            return redirect(url_for(".one", training_id=training_id), 303)
    return render_template("staff/training/plan.html", form=form, row=row)


@pages.route("/<uuid:training_id>/cancel", methods=["GET", "POST"])
@needs(Permission.MANAGE_TRAINING)
def cancel(training_id: UUID) -> ResponseReturnValue:
    """It does not take place."""
    row, form = _found(training_id), CancelForm()
    if form.validate_on_submit():
        with refusals_at(form, {"training-why": "why"}):
            actions.cancel(work(), training_id, form.why.data or "")
            flash("The session is cancelled. Drivers on its list who knew of it can be told.")
            return redirect(url_for(".one", training_id=training_id), 303)
    return render_template("staff/training/cancel.html", form=form, row=row)


@pages.post("/<uuid:training_id>/attendance")
@needs(Permission.MANAGE_TRAINING)
def note(training_id: UUID) -> ResponseReturnValue:
    """Who came, for everybody on the list at once."""
    row = _found(training_id)
    came = {key: text == "yes" for key in _keys("place")
            if (text := request.form.get(f"came-{key}", "")) in ("yes", "no")}  # fmt: skip
    noted = actions.note(work(), row.id, came, request.form.get("why", ""))
    flash(f"Attendance saved: {noted} {'note' if noted == 1 else 'notes'}." if noted else "Nothing was changed.")
    return redirect(url_for(".one", training_id=training_id), 303)


@pages.post("/<uuid:training_id>/list")
@needs(Permission.MANAGE_TRAINING)
def note_list(training_id: UUID) -> ResponseReturnValue:
    """Who came, from a list of licence numbers. Lines that nobody holds are given back, so nothing is lost."""
    row, form = _found(training_id), ListForm()
    if not form.validate():
        give_up()
        return _page(row, form)
    read = None
    with refusals_at(form, {"training-list": "numbers", "training-why": "reason"}):
        read = actions.note_list(work(), row.id, form.numbers.data or "", form.reason.data or "")
        form = ListForm(formdata=None, numbers="\n".join((*read.unknown, *read.several)))
    return _page(_found(training_id), form, read)


@pages.post("/<uuid:training_id>/find")
@needs(Permission.MANAGE_TRAINING)
def find(training_id: UUID) -> ResponseReturnValue:
    """Drivers to put on the list; with nothing typed, those who are still missing."""
    give_up()  # a search writes nothing
    row, form = _found(training_id), FindForm()
    typed = (form.find.data or "").strip()
    today = calendar.day_of(now())
    found = holders.find(session(), typed, PAGE) if typed else training.missing(session(), today, None, PAGE)
    keys = [one.id for one in found]
    return render_template(
        "staff/training/find.html",
        row=row,
        form=form,
        found=found,
        licences=results.licence_words(session(), keys),
        taken=training.taken(session(), training_id, keys),
        typed=typed,
    )


@pages.post("/<uuid:training_id>/add")
@needs(Permission.MANAGE_TRAINING)
def add(training_id: UUID) -> ResponseReturnValue:
    """Put everybody who was ticked on the list."""
    _found(training_id)
    number = actions.invite(work(), training_id, people.known(session(), _keys("person")[:PAGE]))
    flash(f"Put on the list: {number}.")
    return redirect(url_for(".one", training_id=training_id), 303)


@pages.post("/<uuid:training_id>/remove/<uuid:place_id>")
@needs(Permission.MANAGE_TRAINING)
def remove(training_id: UUID, place_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list."""
    listed = next((one for one in telling.listed(session(), training_id) if one.place.id == place_id), None)
    actions.remove(work(), training_id, place_id)
    if listed and any(letter.state in telling_rules.REACHED for letter in listed.letters):
        flash(f"{listed.person.name} was told of the session, and is off its list now. Ring the driver.")
    else:
        flash("Taken off the list.")
    return redirect(url_for(".one", training_id=training_id), 303)


@pages.get("/missing")
@needs(Permission.MANAGE_TRAINING)
def missing() -> ResponseReturnValue:
    """Who has no attendance that counts today, by name."""
    note_reading("training", "phone-list.read")
    today, after = calendar.day_of(now()), request.args.get("after", type=UUID)
    found = training.missing(session(), today, after, PAGE + 1)
    return render_template(
        "staff/training/missing.html",
        found=found[:PAGE],
        licences=results.licence_words(session(), [one.id for one in found[:PAGE]]),
        last=found[PAGE - 1].id if len(found) > PAGE else None,
        first=after is None,
        number=training.count_missing(session(), today, COUNTED + 1),
        counted=COUNTED,
        coming=[(one.session, free) for one in training.since(session(), calendar.start_of(today))
                if one.session.cancelled_at is None and (free := one.session.capacity - one.places) > 0],
    )  # fmt: skip


@pages.post("/<uuid:training_id>/certificates.pdf")
@needs(Permission.MANAGE_TRAINING)
def certificates(training_id: UUID) -> Response:
    """Certificates of attendance of everybody who came, or of the one that was asked for, in one file."""
    give_up()  # set in type before anything is written, so that whoever sits a test does not wait for it
    row = _found(training_id)
    only = request.form.get("place", "")
    came = [one for one in training.lines(session(), row.id, attended=True) if only in ("", str(one.place.id))]
    if not came:
        raise Refused("training-nobody", "Nobody was noted as having come, so there is no certificate.")
    licences = people.licences_of(session(), [one.place.person_id for one in came])
    made = [
        Attended(
            council=parts().settings.council.name,
            name=one.name,
            licences=tuple(held.shown.words for held in licences[one.place.person_id]),
            day=row.day,
            place=row.place,
            trainer=row.trainer,
            until=rules.valid_until(row.day),
            mark=service.facts().mark,
        )
        for one in came
    ]
    content = attendance.pdf(made, calendar.day_of(now()))
    with separately() as own:
        work_in(own).record_all(
            ("training.printed", f"person:{one.place.person_id}", {"training": training_id}) for one in came
        )
    return downloads.pdf(content, "certificates-of-attendance.pdf")


@pages.post("/<uuid:training_id>/sheet.pdf")
@needs(Permission.MANAGE_TRAINING)
def sheet(training_id: UUID) -> Response:
    """Everybody on the list, with room to sign. It names people, so it is on the record."""
    give_up()
    row = _found(training_id)
    lines = training.lines(session(), row.id)
    licences = people.licences_of(session(), [one.place.person_id for one in lines])
    named = [(one.name, ending([held.number for held in licences[one.place.person_id]])) for one in lines]
    made = Sheet(parts().settings.council.name, row.starts_at, row.place, row.trainer, named, service.facts().mark)
    content = attendance_sheet.pdf(made, calendar.day_of(now()))
    with separately() as own:
        work_in(own).record("training.printed", f"training:{training_id}", drivers=len(named))
    return downloads.pdf(content, "attendance-sheet.pdf")


def _page(row: TrainingSession, form: ListForm, read: actions.Read | None = None) -> ResponseReturnValue:
    lines = telling.listed(session(), row.id)
    return render_template(
        "staff/training/one.html",
        row=row,
        state=rules.state(row),
        words=rules.STATE_WORDS,
        lines=lines,
        licences=results.licence_words(session(), [one.place.person_id for one in lines]),
        notable=row.cancelled_at is None and row.day <= calendar.day_of(now()),
        told=told_words,
        owed=sum(telling_rules.owed(row, one.place.id, one.letters, now()) is not None for one in lines),
        by_phone=sum(one.letters[-1].state == State.PHONE for one in lines if one.letters and row.starts_at > now()),
        corrections=len(training.corrections(session(), row.id)),
        find=FindForm(formdata=None),
        form=form,
        read=read,
    )


def _found(training_id: UUID) -> TrainingSession:
    return session().get(TrainingSession, training_id) or abort(404)


def _keys(field: str) -> list[UUID]:
    """The keys that were sent under that name; anything else is passed over."""
    found = []
    for text in request.form.getlist(field):
        with suppress(ValueError):
            found.append(UUID(text))
    return found
