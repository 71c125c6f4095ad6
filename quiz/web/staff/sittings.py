"""Test sessions: what is planned, a new one, its list, and the page that shows who stands where."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from quiz.actions import supervising
from quiz.domain import attempt as rules
from quiz.domain import calendar
from quiz.domain import sittings as words
from quiz.domain.attempt import GRACE, State
from quiz.domain.blueprint import TEST
from quiz.domain.errors import Refused
from quiz.domain.marking import Outcome
from quiz.domain.roles import Permission
from quiz.domain.sittings import Incident, Plan, Where
from quiz.records import holders, invitations, papers, people, results, sittings, staff, standing
from quiz.records.sittings import IncidentNote, Live, Sitting
from quiz.web import settling
from quiz.web.fields import NO_TIME, DayField, hours_and_minutes, must_be_time
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, session, work
from quiz.web.staff.desk import PAGE, refusals_at
from quiz.web.staff.forms import FindForm
from quiz.web.staff.words import actor

pages = Blueprint("sittings", __name__, url_prefix="/staff/sessions")

PAST = 50


class PlanForm(FlaskForm):
    """Where and when."""

    where = RadioField(
        "How do you meet the drivers?",
        [InputRequired("Choose how you meet the drivers")],
        choices=[SelectChoice(key, said) for key, said in words.WHERE_WORDS.items()],
    )
    place = StringField("Room, or video service", [DataRequired("Enter the room or the video service")])
    day = DayField("Day", [InputRequired("Enter the day")])
    at = StringField("Start time", [DataRequired(NO_TIME), must_be_time])

    def plan(self) -> Plan:
        """What was typed."""
        moment = datetime.combine(self.day.data, hours_and_minutes(self.at.data or "") or time(), calendar.LONDON)
        return Plan(Where(self.where.data), self.place.data or "", moment)


@dataclass(frozen=True, slots=True)
class SeatShown:
    """One line of the live page. `colour` only repeats what `state` says."""

    seat_id: UUID
    person_id: UUID
    name: str
    licences: str
    state: str
    colour: str
    progress: str
    left: str
    waiting: bool
    let_in: str
    running: bool
    paused: bool
    paused_until: datetime | None
    released: bool


@dataclass(frozen=True, slots=True)
class NoteShown:
    """One note: when, about whom, what, by whom."""

    at: datetime
    about: str
    reason: str
    words: str
    by: str


@pages.get("")
@needs(Permission.SUPERVISE)
def listed() -> ResponseReturnValue:
    """Today's and coming sessions, then past ones."""
    today = calendar.day_of(now())
    start, tomorrow = calendar.start_of(today), calendar.end_of(today)
    coming = sittings.since(session(), start)
    return render_template(
        "staff/sittings/list.html",
        today=[one for one in coming if one.sitting.starts_at < tomorrow],
        later=[one for one in coming if one.sitting.starts_at >= tomorrow],
        past=sittings.before(session(), start, PAST),
        tomorrow=tomorrow,
        where=words.WHERE_WORDS,
    )


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.SUPERVISE)
def new() -> ResponseReturnValue:
    """Open a session. Its start word is made with it."""
    form = PlanForm(where=Where.PLACE, day=calendar.day_of(now()))
    if form.validate_on_submit():
        with refusals_at(form, {"sitting-place": "place", "sitting-day": "day"}):
            row = supervising.open_sitting(work(), TEST, form.plan())
            return redirect(url_for(".live", sitting_id=row.id), 303)
    return render_template("staff/sittings/new.html", form=form)


@pages.get("/<uuid:sitting_id>")
@needs(Permission.SUPERVISE)
def live(sitting_id: UUID) -> ResponseReturnValue:
    """Who is here, on which question, paused, finished. The table is fetched again by a script."""
    row = one(sitting_id)
    lines = _settled(row)
    names = staff.names(session())
    noted = [_noted(note, lines, names) for note in sittings.incidents(session(), sitting_id)]
    return render_template("staff/sittings/live.html", **_shown(row, lines), noted=noted, find=FindForm())


@pages.get("/<uuid:sitting_id>/table")
@needs(Permission.SUPERVISE)
def table(sitting_id: UUID) -> ResponseReturnValue:
    """Only the table, for the script of the live page."""
    row = one(sitting_id)
    return render_template("staff/sittings/table.html", **_shown(row, _settled(row)))


@pages.get("/<uuid:sitting_id>/start-word")
@needs(Permission.SUPERVISE)
def start_word(sitting_id: UUID) -> ResponseReturnValue:
    """The start word on a sheet for the wall."""
    return render_template(
        "staff/sittings/start_word.html", sitting=one(sitting_id), address=parts().settings.service.base_url
    )


@pages.post("/<uuid:sitting_id>/find")
@needs(Permission.SUPERVISE)
def find(sitting_id: UUID) -> ResponseReturnValue:
    """Who could be added, by licence or name; with neither, everybody, the last added first."""
    give_up()  # a search writes nothing, so it does not hold the one place for writing
    row, form = one(sitting_id), FindForm()
    invited, typed = invitations.to_be_supervised(row.test), (form.find.data or "").strip()
    if not typed:
        found = people.newest(session(), None, PAGE, invited)
    else:
        found = holders.find(session(), typed, PAGE, invited) if form.validate() else []
    keys = [person.id for person in found]
    lines = sittings.live(session(), sitting_id)
    seated = {one.seat.person_id for one in lines if one.attempt is None or rules.is_running(one.attempt, now())}
    return render_template(
        "staff/sittings/find.html",
        form=form,
        sitting=row,
        found=found,
        licences=results.licence_words(session(), keys),
        seated=seated,
        passed=standing.covered(session(), keys, calendar.day_of(now())) if row.test == TEST else {},
    )


@pages.post("/<uuid:sitting_id>/add/<uuid:person_id>")
@needs(Permission.SUPERVISE)
def add(sitting_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Put a driver on the list."""
    one(sitting_id)
    person, _ = people.with_licences(session(), person_id) or abort(404)
    supervising.add(work(), sitting_id, person.id)
    flash(f"{person.name} is on the list.")
    return redirect(url_for(".live", sitting_id=sitting_id), 303)


@pages.post("/<uuid:sitting_id>/close")
@needs(Permission.SUPERVISE)
def close(sitting_id: UUID) -> ResponseReturnValue:
    """Nobody starts any more; whoever did not begin is shown as not having come."""
    one(sitting_id)
    try:
        supervising.close(work(), sitting_id)
    except Refused as refusal:
        if refusal.code != "sitting-running":
            raise
        give_up()  # the tests that still run are on the page to which this leads back
        flash(refusal.message, "notice")
        return redirect(url_for(".live", sitting_id=sitting_id), 303)
    flash("The session is closed.")
    return redirect(url_for(".live", sitting_id=sitting_id), 303)


def one(sitting_id: UUID) -> Sitting:
    """The session of that key, or 404."""
    return sittings.get(session(), sitting_id) or abort(404)


def _settled(row: Sitting) -> list[Live]:
    """Everybody on the list; tests that ran out of time are marked first."""
    lines = sittings.live(session(), row.id)
    due = [line.attempt.id for line in lines if line.attempt and rules.may_be_settled(line.attempt, now())]
    for attempt_id in due:
        settling.settle(attempt_id)
    return sittings.live(session(), row.id) if due else lines


def _shown(row: Sitting, lines: list[Live]) -> dict[str, object]:
    questions = papers.current(session(), row.test).questions
    licences = results.licence_words(session(), [line.seat.person_id for line in lines])
    shown = [seat(line, row, licences.get(line.seat.person_id, ""), questions, now()) for line in lines]
    return {
        "sitting": row,
        "where": words.WHERE_WORDS[Where(row.where)],
        "lines": shown,
        "open": words.is_open(row, now()),
        "at": now(),
        "identities": words.IDENTITY_WORDS,
    }


def seat(line: Live, row: Sitting, licences: str, questions: int, at: datetime) -> SeatShown:
    """One driver as the live page shows them."""
    taken, attempt = line.seat, line.attempt
    state, colour = _state(line, row, at)
    found = rules.state(attempt, at) if attempt else None
    here = attempt is not None and found in (State.OPEN, State.PAUSED)
    return SeatShown(
        seat_id=taken.id,
        person_id=taken.person_id,
        name=line.name,
        licences=licences,
        state=state,
        colour=colour,
        progress=f"{line.answered} of {questions} answered" if attempt else "",
        left=rules.left_words(rules.time_left(attempt.deadline, at)) if attempt and found is State.OPEN else "",
        waiting=attempt is None and taken.identity is None,
        let_in=words.IDENTITY_WORDS[words.Identity(taken.identity)] if taken.identity else "",
        running=here,
        paused=found is State.PAUSED,
        paused_until=attempt.pause_until if attempt and found is State.PAUSED else None,
        released=here and taken.released_at is not None,
    )


def _state(line: Live, row: Sitting, at: datetime) -> tuple[str, str]:
    attempt = line.attempt
    if attempt is None:
        if row.closed_at is not None:
            return "Did not start", "grey"
        return ("Let in, not started", "blue") if line.seat.identity else ("Not let in yet", "grey")
    found = rules.state(attempt, at)
    if found is State.OPEN:
        return f"On question {line.last}" if line.last else "Started", "blue"
    if found is State.FINISHED:
        return ("Finished: passed", "green") if line.outcome == Outcome.PASSED else ("Finished: not passed", "orange")
    if found is State.OUT_OF_TIME and at < attempt.deadline + GRACE + timedelta(seconds=1):
        return "Time is up, being marked", "orange"
    return {State.PAUSED: ("Paused", "yellow"), State.VOID: ("Set aside", "grey")}.get(found, ("Time is up", "orange"))


def _noted(note: IncidentNote, lines: list[Live], names: dict[str, str]) -> NoteShown:
    about = next((line.name for line in lines if line.seat.id == note.seat_id), "The whole session")
    return NoteShown(note.at, about, words.INCIDENT_WORDS[Incident(note.reason)], note.words, actor(note.by, names))
