"""The evidence pack of one test: made with a reason and for somebody by name, listed, downloaded as PDF and JSON."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from quiz.actions import evidence
from quiz.actions.evidence import House, Wanted
from quiz.documents import evidence as document
from quiz.documents.evidence import Paper
from quiz.domain import attempt as rules_of_attempt
from quiz.domain import paper as drawing
from quiz.domain.blueprint import TEST
from quiz.domain.errors import Refused
from quiz.domain.evidence import LONGEST_REASON, Copy, grouped
from quiz.domain.names import LONGEST
from quiz.domain.roles import Permission
from quiz.formats import evidence_file, sources_file
from quiz.records import attempts, bank, papers, people, staff
from quiz.records import evidence as records
from quiz.records.attempts import Attempt
from quiz.records.evidence import EvidencePack
from quiz.settings import ROOT
from quiz.web import downloads, settling
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import SAFE, give_up, now, separately, session, work, work_in
from quiz.web.staff import words
from quiz.web.staff.desk import refusals_at

pages = Blueprint("evidence", __name__, url_prefix="/staff")

COPIES = {
    Copy.INTERNAL: "Internal: for colleagues in the council, with names of staff and notes of the office",
    Copy.DISCLOSED: "Disclosed: for the driver, a solicitor or a court, with roles instead of names, and without notes",
}
SHORT = {Copy.INTERNAL: "Internal", Copy.DISCLOSED: "Disclosed"}


class PackForm(FlaskForm):
    """Which copy, why and for whom."""

    copy = RadioField(
        "Who is it for?",
        [InputRequired("Choose who it is for")],
        choices=[SelectChoice(key.value, said) for key, said in COPIES.items()],
    )
    recipient = StringField(
        "Name of whoever gets it",
        [DataRequired("Enter who gets this copy"), Length(max=LONGEST, message=f"Use {LONGEST} characters or fewer")],
    )
    reason = TextAreaField(
        "Why is it made?",
        [DataRequired("Say why this pack is made"),
         Length(max=LONGEST_REASON, message=f"Use {LONGEST_REASON} characters or fewer")],
    )  # fmt: skip

    def wanted(self) -> Wanted:
        """What was typed."""
        return Wanted(Copy(self.copy.data), self.reason.data or "", self.recipient.data or "")


@pages.route("/drivers/<uuid:person_id>/attempts/<uuid:attempt_id>/evidence", methods=["GET", "POST"])
@needs(Permission.MAKE_EVIDENCE)
def make(person_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """What a pack holds and what follows from disclosing one; the packs that were made; and the form for the next."""
    attempt, form = _attempt(person_id, attempt_id), PackForm()
    if form.validate_on_submit():
        with refusals_at(form, {"evidence-recipient": "recipient", "evidence-reason": "reason"}):
            row = evidence.make(work(), person_id, attempt_id, form.wanted(), _house(), settling.issuer().signer)
            flash("The evidence pack is made. Download both files: the JSON is the evidence, the PDF shows it.")
            return redirect(url_for(".one", pack_id=row.id), 303)
    person, _ = people.with_licences(session(), person_id) or abort(404)
    return render_template(
        "staff/evidence/make.html",
        form=form,
        person=person,
        attempt=attempt,
        running=rules_of_attempt.is_running(attempt, now()),
        cost=_cost(attempt_id),
        packs=records.of_attempt(session(), attempt_id),
        names=staff.names(session()),
        who=words.actor,
        short=SHORT,
    )


@pages.get("/evidence/<uuid:pack_id>")
@needs(Permission.MAKE_EVIDENCE)
def one(pack_id: UUID) -> ResponseReturnValue:
    """One pack: for whom, why, by whom, its digest, and its two files."""
    row = _pack(pack_id)
    attempt = session().get_one(Attempt, row.attempt_id)
    person, _ = people.with_licences(session(), attempt.person_id) or abort(404)
    return render_template(
        "staff/evidence/one.html", person=person, attempt=attempt, pack=row, digest=grouped(row.digest),
        by=words.actor(row.by, staff.names(session())), copy=COPIES[Copy(row.copy)],
    )  # fmt: skip


@pages.post("/evidence/<uuid:pack_id>/pdf")
@needs(Permission.MAKE_EVIDENCE)
def paper(pack_id: UUID) -> Response:
    """The pack on paper, made from the signed file as it was kept."""
    give_up()  # made before it is put on the record, so that whoever sits a test does not wait for it
    row = _pack(pack_id)
    made = document.pdf(Paper(evidence_file.read(row.content.encode()), row.digest))
    with separately() as own:
        evidence.take(work_in(own), row, "pdf")
    return downloads.attachment(made, "application/pdf", f"{_name(row)}.pdf")


@pages.post("/evidence/<uuid:pack_id>/json")
@needs(Permission.MAKE_EVIDENCE)
def file(pack_id: UUID) -> Response:
    """The signed file itself, byte for byte."""
    row = _pack(pack_id)
    evidence.take(work(), row, "json")
    return downloads.attachment(row.content.encode(), "application/json", f"{_name(row)}.json")


def _attempt(person_id: UUID, attempt_id: UUID) -> Attempt:
    """This driver's attempt; one that ran out of time is marked first."""
    found = attempts.attempt(session(), person_id, attempt_id) or abort(404)
    if request.method in SAFE and rules_of_attempt.may_be_settled(found, now()):
        settling.settle(attempt_id)
    return found


def _pack(pack_id: UUID) -> EvidencePack:
    """Any officer who may make packs may open those that colleagues made."""
    return session().get(EvidencePack, pack_id) or abort(404)


@dataclass(frozen=True, slots=True)
class Cost:
    """What disclosing takes away: so many questions of those in use; `enough`: a paper could be drawn after it."""

    questions: int
    enough: bool


def _cost(attempt_id: UUID) -> Cost:
    asked, pool = set(attempts.question_ids(session(), attempt_id)), bank.candidates(session(), TEST)
    left = [one for one in pool if one.question not in asked]
    try:
        drawing.draw(left, papers.current(session(), TEST), parts().chance)
    except Refused:
        return Cost(len(pool) - len(left), enough=False)
    return Cost(len(pool) - len(left), enough=True)


def _house() -> House:
    settings = parts().settings
    return House(settings.council.name, settings.service.name, _sources())


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    read = sources_file.read((ROOT / "question_bank" / "sources.toml").read_text("utf-8"))
    return {key: source.title for key, source in read.items()}


def _name(row: EvidencePack) -> str:
    """Nothing of a person, and the same for both files of a pack."""
    return f"evidence-{row.id.hex[-8:]}"
