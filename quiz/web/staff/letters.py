"""The outbox: letters that wait, that were refused, or of which nobody knows; and what is done about each."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import letters as actions
from quiz.domain import posting
from quiz.domain.posting import KIND_WORDS, STATE_WORDS, Kind, State
from quiz.domain.roles import Permission
from quiz.records import letters
from quiz.records.letters import Counts, Letter
from quiz.records.people import Person
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import session, work
from quiz.web.staff.desk import PAGE

pages = Blueprint("letters", __name__, url_prefix="/staff/letters")

# What can be looked at, in the order in which an officer would take it.
VIEWS = {
    State.UNKNOWN: "Nobody knows whether it was sent",
    State.REFUSED: "Refused",
    State.PHONE: "To be told by telephone",
    State.PAPER: "To be printed",
    State.WAITING: "Waiting to be sent",
    State.SENT: "Sent, printed, told or not sent",
}
STATES = {State.WAITING: (State.WAITING, State.CLAIMED), State.SENT: posting.OVER}
NEXT = {
    State.UNKNOWN: "Ring and ask whether the e-mail is there. Say here what you found.",
    State.REFUSED: (
        "Correct the e-mail address on the record, then send it again: a code that was in it is replaced by a new one. "
        "Or ring."
    ),
    State.PHONE: "These people gave no e-mail address. Ring each one.",
    State.PAPER: "These people gave no e-mail address. Print their letters from the page of the invitations.",
    State.WAITING: "Nothing. They go by themselves; while the mail server is away, they are tried again and again.",
    State.SENT: "Nothing.",
}
DEEDS = {
    "again": ("Send again", actions.again, "The letter will be sent again."),
    "arrived": ("It arrived", actions.arrived, "The letter counts as sent."),
    "rung": ("Told by telephone", actions.rung, "The driver counts as told by telephone."),
    "give-up": ("Do not send", actions.give_up, "The letter will not be sent."),
}
OFFERED = {
    State.UNKNOWN: ("arrived", "again", "rung"),
    State.REFUSED: ("again", "rung", "give-up"),
    State.PHONE: ("rung", "give-up"),
    State.WAITING: ("give-up",),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter as a page shows it. `deeds` are pairs of what an address ends with and the words of a button."""

    letter: Letter
    person: Person
    kind: str
    state: str
    deeds: tuple[tuple[str, str], ...]


@pages.get("")
@needs(Permission.FIND_DRIVERS)
def outbox() -> ResponseReturnValue:
    """One kind of letters at a time, the newest first; without a choice the one that needs somebody most."""
    counts = letters.counts(session())
    chosen = _chosen(counts)
    found = letters.listed(session(), STATES.get(chosen, (chosen,)), request.args.get("before", type=UUID), PAGE + 1)
    return render_template(
        "staff/letters/outbox.html",
        views=[(state, words, _count(counts, state)) for state, words in VIEWS.items()],
        chosen=chosen,
        words=VIEWS[chosen],
        next=NEXT[chosen],
        rows=[shown(*one) for one in found[:PAGE]],
        older=found[PAGE - 1][0].id if len(found) > PAGE else None,
        first="before" not in request.args,
        by=parts().settings.mail.by,
        reminders=parts().settings.reminders.on,
    )


@pages.post("/<uuid:letter_id>/<deed>")
@needs(Permission.ISSUE_CODES)
def do(letter_id: UUID, deed: str) -> ResponseReturnValue:
    """What somebody found out about a letter, or wants done with it."""
    _, act, said = DEEDS.get(deed) or abort(404)
    act(work(), letter_id)
    flash(said)
    state = request.args.get("state", "")
    return redirect(url_for(".outbox", state=state) if state in VIEWS else url_for(".outbox"), 303)


def shown(letter: Letter, person: Person) -> Shown:
    """A letter with its words and with what can be done."""
    state = State(letter.state)
    deeds = tuple((key, DEEDS[key][0]) for key in OFFERED.get(state, ()))
    return Shown(letter, person, KIND_WORDS[Kind(letter.kind)], STATE_WORDS[state], deeds)


def _chosen(counts: Counts) -> State:
    asked = request.args.get("state", "")
    if asked in VIEWS:
        return State(asked)
    return next((state for state in VIEWS if _count(counts, state)), State.WAITING)


def _count(counts: Counts, state: State) -> int | None:
    """How many; None for those that nobody has to count."""
    found: int | None = getattr(counts, state, None)
    return found
