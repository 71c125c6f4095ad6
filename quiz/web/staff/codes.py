"""Access codes: issued, shown once, and put into a letter by the page that shows them."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.actions import invitations, letter_facts
from quiz.documents import letter
from quiz.domain import calendar, numbers
from quiz.domain import codes as rules
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.errors import Refused
from quiz.domain.letter_words import Wording
from quiz.domain.letters import LetterText
from quiz.domain.posting import Kind
from quiz.domain.roles import Permission
from quiz.records import invitations as records
from quiz.records import people
from quiz.records.invitations import Invitation
from quiz.records.people import Licence, Person
from quiz.web import downloads
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import now, session, work
from quiz.web.staff import words
from quiz.web.staff.desk import refusals_at
from quiz.web.staff.forms import AFRESH, AGAIN, OF_INVITATION, IssueForm
from quiz.web.staff.letter_texts import house

pages = Blueprint("codes", __name__, url_prefix="/staff/drivers/<uuid:person_id>")


@pages.route("/code", methods=["GET", "POST"])
@needs(Permission.ISSUE_CODES)
def issue(person_id: UUID) -> ResponseReturnValue:
    """A new code ends the old ones. It is on the page that answers, and nowhere else."""
    person = people.person(session(), person_id) or abort(404)
    present = invitations.present(session(), person_id, TEST, now())
    form = IssueForm(which=AGAIN if present else AFRESH, supervised="no")
    if present is None:
        form.which.data = AFRESH
    if form.validate_on_submit():
        with refusals_at(form, OF_INVITATION):
            again = present if form.which.data == AGAIN else None
            invitation = again or invitations.invite(work(), person_id, **form.invitation())
            return shown_once(person, invitations.issue_code(work(), invitation))
    said = _words(present) if present else ""
    return render_template("staff/drivers/issue.html", form=form, person=person, present=said)


@pages.post("/letter.pdf")
@needs(Permission.ISSUE_CODES)
def print_letter(person_id: UUID) -> Response:
    """The letter for a code that the page before still shows. Only this driver's working code is printed."""
    code = numbers.read(request.form.get("code", ""))
    digest = rules.digest(parts().pepper, "code", code or "")
    held = records.held_by(session(), digest, [person_id])
    found = people.with_licences(session(), person_id) or abort(404)
    if code is None or held is None or held[0].withdrawn_at is not None:
        raise Refused(
            "code-not-current",
            "This is not the driver's present access code. No letter was made. Issue a new access code first.",
        )
    work().record("letter.made", f"person:{person_id}", invitation=held[1].id)
    words = letter_facts.wording(session(), Kind.PRINTED)
    return downloads.pdf(letter.pdf([text(words, found, code, held[1])]), "access-code-letter.pdf")


def shown_once(person: Person, code: str, added: bool = False) -> ResponseReturnValue:
    """The page with the plain code. Nothing keeps it, so no later page can show it again."""
    return render_template("staff/drivers/code.html", person=person, code=code, added=added)


def _words(invitation: Invitation) -> str:
    """Renewal of a licence, unsupervised, until 21 December 2026."""
    until = [f"until {calendar.words(invitation.deadline)}"] if invitation.deadline else []
    supervised = words.ASKED[invitation.supervised].lower()
    return ", ".join([REASON_WORDS[Reason(invitation.reason)], supervised, *until])


def text(words: Wording, whom: tuple[Person, Sequence[Licence]], code: str, invitation: Invitation) -> LetterText:
    """The letter that brings a code on paper, in these words."""
    own = house()
    return letter_facts.on_paper(
        Kind.PRINTED, words, letter_facts.of_invitation(own, invitation, whom), own, code,
        known_by=[one.shown.words for one in whom[1]], day=calendar.day_of(now()),
    )  # fmt: skip
