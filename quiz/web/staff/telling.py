"""Telling the drivers of a training session: whom, what, by e-mail or by telephone."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import letter_facts, printing
from quiz.actions import telling as actions
from quiz.documents import email, letter
from quiz.domain import telling as rules
from quiz.domain.errors import Refused
from quiz.domain.letter_words import Wording
from quiz.domain.posting import KIND_WORDS, STATE_WORDS, Kind, State
from quiz.domain.roles import Permission
from quiz.records import results, telling
from quiz.records.training import TrainingSession
from quiz.web import downloads, service
from quiz.web.guard import needs
from quiz.web.request import give_up, now, separately, session, work, work_in
from quiz.web.staff.letter_texts import SAMPLE, house

pages = Blueprint("telling", __name__, url_prefix="/staff/training/<uuid:training_id>/tell")


@pages.get("")
@needs(Permission.MANAGE_TRAINING)
def look(training_id: UUID) -> ResponseReturnValue:
    """Who has to be told what, and the words, before anything is sent."""
    row = session().get(TrainingSession, training_id) or abort(404)
    owed = _owed(row)
    return render_template(
        "staff/training/tell.html",
        row=row,
        owed=owed,
        licences=results.licence_words(session(), [one.person.id for one, _ in owed]),
        by_email=house().by_email,
        words=KIND_WORDS,
        letters=[_preview(row, kind) for kind in dict.fromkeys(kind for _, kind in owed)],
    )


@pages.post("")
@needs(Permission.MANAGE_TRAINING)
def tell(training_id: UUID) -> ResponseReturnValue:
    """Tell everybody who was ticked. Whoever knows already is passed over."""
    ticked, known = (
        set(request.form.getlist("place")),
        {str(one.place.id): one.place.id for one in _listed(training_id)},
    )
    edition = request.form.get("edition", type=int, default=-1)
    places = {key for text, key in known.items() if text in ticked}
    made = actions.tell(work(), house(), training_id, places, edition)
    flash(_said(made[State.WAITING], made[State.PHONE]))
    return redirect(url_for("training.one", training_id=training_id), 303)


@pages.post("/letters.pdf")
@needs(Permission.MANAGE_TRAINING)
def print_letters(training_id: UUID) -> Response:
    """Letters for drivers without e-mail, in place of ringing them; each is printed once.

    They are set in type before anything is written, so that whoever sits a test does not wait for it.
    """
    give_up()
    row = session().get(TrainingSession, training_id) or abort(404)
    sheets = actions.to_print(work_in(session()), house(), row)
    if not sheets:
        raise Refused("nothing-to-print", "There is no letter to print. Each is printed once.")
    made = letter.pdf([one.text for one in sheets])
    with separately() as own:
        printing.printed(work_in(own), sheets, State.PHONE)
    return downloads.attachment(made, "application/pdf", "training-letters.pdf")


def told_words(one: telling.Told) -> str:
    """What somebody on the list was told last, and how far that letter is. What was not sent was not told."""
    last = next((letter for letter in reversed(one.letters) if letter.state != State.GIVEN_UP), None)
    if last is None:
        return "Not told"
    return f"{KIND_WORDS[Kind(last.kind)]}: {STATE_WORDS[State(last.state)].lower()}"


def _listed(training_id: UUID) -> list[telling.Told]:
    return telling.listed(session(), training_id)


def _owed(row: TrainingSession) -> list[tuple[telling.Told, Kind]]:
    found = ((one, rules.owed(row, one.place.id, one.letters, now())) for one in _listed(row.id))
    return [(one, kind) for one, kind in found if kind is not None]


def _said(by_email: int, by_phone: int) -> str:
    if not by_email and not by_phone:
        return "Nobody was ticked who does not know already. Nothing was sent."
    said = [f"{by_email} {'e-mail goes' if by_email == 1 else 'e-mails go'} out."] if by_email else []
    if by_phone:
        said.append(f"{by_phone} {'driver is' if by_phone == 1 else 'drivers are'} to be told by telephone.")
    return " ".join(said)


def _preview(row: TrainingSession, kind: Kind) -> Wording:
    """The letter as it will be, with a made-up driver."""
    values = house().values | SAMPLE | rules.values(row)
    return email.filled(kind, letter_facts.wording(session(), kind), values, service.facts().mark)
