"""Inviting a whole list: choose, look, and ask for it; then what came of it, and the letters to be printed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import ValidationError

from quiz.actions import invitations, letter_facts, printing
from quiz.actions import inviting as actions
from quiz.documents import email
from quiz.domain import holders as words
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.errors import Refused
from quiz.domain.holders import Wanted
from quiz.domain.inviting import Terms, of_facts
from quiz.domain.letter_words import Wording
from quiz.domain.letters import PLACES, REASONS
from quiz.domain.licence import KIND_WORDS
from quiz.domain.posting import STATE_WORDS, State
from quiz.domain.posting import Kind as LetterKind
from quiz.domain.roles import Permission
from quiz.domain.standing import WORDS, Status
from quiz.records import inviting, letters, results, staff
from quiz.records.inviting import Counted
from quiz.records.letters import Batch
from quiz.web import service
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import give_up, now, session, work, work_in
from quiz.web.staff import printed
from quiz.web.staff.desk import PAGE, note_reading, refusals_at
from quiz.web.staff.filters import Picked, choices
from quiz.web.staff.forms import InvitationForm
from quiz.web.staff.holder_form import EVERYBODY, chosen
from quiz.web.staff.letter_texts import house, sample
from quiz.web.staff.letters import shown
from quiz.web.staff.words import ASKED, actor

pages = Blueprint("inviting", __name__, url_prefix="/staff/invitations")

STATUSES = {status: said for status, said in WORDS.items() if status is not Status.UNLISTED}
OF_LIST = {
    "deadline-past": "deadline",
    "supervision-needed": "supervised",
    "nobody": "status",
    "list-changed": "status",
}


class BulkForm(InvitationForm):
    """Why, until when and where; and which drivers."""

    status = Picked("Where they stand", choices=choices(STATUSES, EVERYBODY), default="")
    kind = Picked("Kind of licence", choices=choices(KIND_WORDS), default="")
    start = DayField("Licence ends from (optional)", name="from")
    end = DayField("Licence ends to (optional)", name="to")
    adjusted = BooleanField("Only drivers with an adjustment", false_values=("", "no"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.deadline.label.text = "Last day to take the test"

    def validate_deadline(self, field: DayField) -> None:
        """Every letter tells it."""
        if field.data is None and not field.process_errors:
            raise ValidationError("Enter the last day to take the test")

    def wanted(self) -> Wanted:
        """Which drivers."""
        return chosen(self)

    def terms(self) -> Terms:
        """To what they are invited."""
        return Terms(TEST, Reason(self.reason.data), self.deadline.data, self.supervised.data == "yes")


@dataclass(frozen=True, slots=True)
class Line:
    """One time that a list was invited."""

    batch: Batch
    reason: str
    how: str
    who: str
    chosen: list[tuple[str, str]]


@pages.get("")
@needs(Permission.ISSUE_CODES)
def everything() -> ResponseReturnValue:
    """What was asked for, the newest first."""
    names = staff.names(session())
    return render_template("staff/inviting/list.html", rows=[_line(one, names) for one in inviting.batches(session())])


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.ISSUE_CODES)
def new() -> ResponseReturnValue:
    """Choose a list, look at how many there are and at the letter, then ask for it. The address may name a list."""
    form = BulkForm() if request.method == "POST" else BulkForm(request.args, supervised="no")
    asked = request.form.get("count", "")
    if request.method == "GET":
        form.supervised.data = form.supervised.data or "no"
    if request.method == "POST" and not asked:
        give_up()  # a look writes nothing, so it does not hold the one place for writing
    if form.validate_on_submit():
        with refusals_at(form, OF_LIST):
            if asked:
                number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else -1
                page = url_for(".everything")
                batch = actions.ask(work(), form.wanted(), form.terms(), number, page)
                return redirect(url_for("working.one", job_id=batch.job_id), 303)
            return _look(form)
    return render_template("staff/inviting/new.html", form=form)


def _look(form: BulkForm) -> ResponseReturnValue:
    """Before anything is done: how many, who is left out, and the letter."""
    terms, wanted = form.terms(), form.wanted()
    invitations.must_be_allowed(work_in(session()), terms.test, terms.reason, terms.deadline, terms.supervised)
    counted = inviting.counted(session(), wanted, TEST, now())
    if not counted.invited:
        raise Refused("nobody", _nobody(counted))
    return render_template(
        "staff/inviting/look.html",
        counted=counted,
        by_email=house().by_email,
        said=list(words.said(wanted)) or [("Which drivers", "Everybody who is listed")],
        reason=REASON_WORDS[terms.reason],
        deadline=terms.deadline,
        how=ASKED[terms.supervised],
        sent=list(_sent()),
        chosen={name: value for name, value in _sent() if value},
        preview=_preview(terms),
    )


def _sent() -> Iterator[tuple[str, str]]:
    """What was chosen, as it was sent. It names nobody, so it may stand in an address to choose again."""
    return ((name, text) for name, text in request.form.items(multi=True) if name not in ("csrf_token", "count"))


def _nobody(counted: Counted) -> str:
    if counted.listed:
        return f"All {counted.listed} drivers on this list have an open invitation. Choose another list."
    return "There are no drivers on this list. Choose another one."


def _preview(terms: Terms) -> Wording:
    about = {"reason": REASONS[terms.reason], "place": PLACES[terms.supervised]}
    values = sample() | letter_facts.until(terms.deadline) | about
    words = letter_facts.wording(session(), LetterKind.INVITATION)
    return email.filled(LetterKind.INVITATION, words, values, service.facts().mark)


@pages.get("/<uuid:batch_id>")
@needs(Permission.ISSUE_CODES)
def one(batch_id: UUID) -> ResponseReturnValue:
    """What came of it: letters by their state, those to be printed, and whom to ring."""
    batch = _batch(batch_id)
    found = letters.of_batch(session(), batch_id)
    return render_template(
        "staff/inviting/one.html",
        line=_line(batch, staff.names(session())),
        states=[(STATE_WORDS[state], found[state]) for state in State if found.get(state)],
        paper=found.get(State.PAPER, 0),
        at_once=printing.AT_ONCE,
        troubled=[(state, STATE_WORDS[state]) for state in (State.UNKNOWN, State.REFUSED) if found.get(state)],
        by_hand=any(found.get(state) for state in (State.PAPER, State.PRINTED, State.RUNG)),
        total=sum(found.values()),
    )


@pages.get("/<uuid:batch_id>/phone")
@needs(Permission.ISSUE_CODES)
def phone(batch_id: UUID) -> ResponseReturnValue:
    """The drivers without e-mail, with their numbers: a list to ring from, which holds no code."""
    note_reading(f"batch:{_batch(batch_id).id}", "phone-list.read")
    batch, before = _batch(batch_id), request.args.get("before", type=UUID)
    found = letters.listed(session(), (State.PAPER, State.PRINTED, State.RUNG), before, PAGE + 1, batch_id)
    licences = results.licence_words(session(), [person.id for _, person in found[:PAGE]])
    return render_template(
        "staff/inviting/phone.html",
        batch=batch,
        rows=[(shown(*one), licences.get(one[1].id, "")) for one in found[:PAGE]],
        older=found[PAGE - 1][0].id if len(found) > PAGE else None,
        first=before is None,
    )


@pages.post("/<uuid:batch_id>/letters.pdf")
@needs(Permission.ISSUE_CODES)
def print_letters(batch_id: UUID) -> Response:
    """The letters for drivers without e-mail, once: their codes are erased with it."""
    give_up()
    _batch(batch_id)
    waiting = printing.of_batch(session(), batch_id)
    sheets = printing.to_drivers(work_in(session()), house(), waiting)
    return printed.once(sheets, lambda own: printing.of_batch(own, batch_id))


def _batch(batch_id: UUID) -> Batch:
    return session().get(Batch, batch_id) or abort(404)


def _line(batch: Batch, names: dict[str, str]) -> Line:
    wanted = of_facts(json.loads(batch.chosen))
    said = list(words.said(wanted)) or [("Which drivers", "Everybody who is listed")]
    return Line(batch, REASON_WORDS[Reason(batch.reason)], ASKED[batch.supervised], actor(batch.made_by, names), said)
