"""The words of letters: read, changed, tried out with made-up facts, and brought back as they came."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from quiz.actions import letter_facts
from quiz.actions import letter_texts as actions
from quiz.actions.letter_facts import House
from quiz.documents import email, letter
from quiz.domain import calendar, letter_words
from quiz.domain.blueprint import Reason
from quiz.domain.letter_words import ALLOWED, NEEDED, PLACEHOLDERS, Wording
from quiz.domain.letters import PLACES, REASONS, LetterText
from quiz.domain.posting import KIND_WORDS, MEMBERS, PRINTED, Kind
from quiz.domain.roles import Permission
from quiz.records import letters as records
from quiz.records import staff
from quiz.web import downloads, service
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, session, work
from quiz.web.staff.desk import refusals_at
from quiz.web.staff.words import actor

pages = Blueprint("letter_texts", __name__, url_prefix="/staff/letter-texts")

CODE = "XXXXX-XXXXX-XXXXX"
SAMPLE = {
    "name": "Sam Example", "licence": "234", "code": CODE, "reference": "M-XXXXX", "called": "elected member",
    "test": "Safeguarding refresher",
}  # fmt: skip
OF_TEXT = {"letter-subject": "subject", "letter-body": "body", "letter-overtaken": "body"}


class TextForm(FlaskForm):
    """Subject and words. `seen` is the version that was on the page."""

    subject = StringField("Subject")
    body = TextAreaField("Letter")
    seen = HiddenField()

    def version(self) -> int:
        """The version that was on the page; one that cannot be for what is no number."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else -1

    def problems(self, kind: Kind) -> bool:
        """Whether these words cannot be kept; each reason then stands at its field."""
        found = list(actions.problems(kind, self.wording()))
        for where, words in found:
            self[where].errors = [*self[where].errors, words]
        return bool(found)

    def wording(self) -> Wording:
        """What was typed."""
        return letter_words.tidy(self.subject.data or "", self.body.data or "")


@dataclass(frozen=True, slots=True)
class Past:
    """One wording: from when, by whom."""

    version: int
    at: datetime
    by: str
    wording: Wording


@pages.get("")
@needs(Permission.EDIT_LETTERS)
def everything() -> ResponseReturnValue:
    """All kinds of letters, with when their words were changed last."""
    names = staff.names(session())
    found = {kind: records.newest_text(session(), kind) for kind in Kind}
    rows = [(kind, KIND_WORDS[kind], _past(row, names) if row else None) for kind, row in found.items()]
    return render_template("staff/letters/texts.html", rows=rows)


@pages.route("/<kind>", methods=["GET", "POST"])
@needs(Permission.EDIT_LETTERS)
def one(kind: str) -> ResponseReturnValue:
    """Change, try out, save. What cannot be kept is told with what is allowed."""
    of = _kind(kind)
    newest = records.newest_text(session(), of) if request.method == "GET" else None
    form = TextForm()
    if of in PRINTED:
        form.subject.label.text = "Title"
    if form.validate_on_submit():
        trying, on_paper = "preview" in request.form, "pdf" in request.form and of in PRINTED
        problems = form.problems(of)
        if trying or on_paper or problems:
            give_up()
        if on_paper and not problems:
            return downloads.pdf(letter.pdf([_on_paper(of, form.wording())]), "letter-with-made-up-facts.pdf")
        if not (trying or problems):
            with refusals_at(form, OF_TEXT):
                actions.save(work(), of, form.subject.data or "", form.body.data or "", form.version())
                flash("The words are saved. Letters that are written from now on have them.")
                return redirect(url_for(".one", kind=kind), 303)
    elif request.method == "GET":
        present = Wording(newest.subject, newest.body) if newest else email.original(of)
        form.subject.data, form.body.data = present.subject, present.body
        form.seen.data = str(newest.version if newest else 0)
    return _page(of, form)


@pages.post("/<kind>/original")
@needs(Permission.EDIT_LETTERS)
def go_back(kind: str) -> ResponseReturnValue:
    """The words that came with the program count again."""
    form = TextForm()
    actions.go_back(work(), _kind(kind), form.version())
    flash("The words that came with the program count again.")
    return redirect(url_for(".one", kind=kind), 303)


def _page(kind: Kind, form: TextForm) -> ResponseReturnValue:
    names, past = staff.names(session()), records.texts(session(), kind)
    overtaken = bool(form.errors) and form.version() != (past[0].version if past else 0)
    if overtaken:
        form.seen.data = str(past[0].version if past else 0)
    return render_template(
        "staff/letters/text.html",
        form=form,
        kind=kind,
        heading=KIND_WORDS[kind],
        known=[(f"{{{name}}}", PLACEHOLDERS[name], name in NEEDED[kind]) for name in ALLOWED[kind]],
        preview=email.filled(kind, form.wording(), sample(), service.facts().mark),
        printed=kind in PRINTED,
        past=[_past(row, names) for row in past],
        theirs=_past(past[0], names) if overtaken and past else None,
    )


def _on_paper(kind: Kind, words: Wording) -> LetterText:
    """The letter with made-up facts, marked across the page so that nobody sends it."""
    known_by = f"Your reference: {SAMPLE['reference']}" if kind in MEMBERS else "Private hire PH1234"
    own = replace(house(), mark="SAMPLE")
    day = calendar.day_of(now())
    return letter_facts.on_paper(kind, words, sample(), own, CODE, known_by=[known_by], day=day)


def _past(row: records.LetterText, names: dict[str, str]) -> Past:
    return Past(row.version, row.at, actor(row.by, names), Wording(row.subject, row.body))


def _kind(text: str) -> Kind:
    return Kind(text) if text in set(Kind) else abort(404)


def sample() -> dict[str, str]:
    """Made-up facts for a look at a letter."""
    day = calendar.day_of(now()) + timedelta(days=30)
    about = {
        "licence_end": calendar.words(day),
        "pass_end": calendar.words(day),
        "reason": REASONS[Reason.RENEWAL],
        "place": PLACES[False],
    }
    planned = {
        "training_day": calendar.weekday(day), "training_time": "9:30am", "training_place": "Town Hall",
        "trainer": "Pat Example",
    }  # fmt: skip
    return house().values | SAMPLE | about | letter_facts.until(day) | planned


def house() -> House:
    """Who writes our letters."""
    settings, support = parts().settings, service.support()
    return House(
        council=settings.council.name,
        service=settings.service.name,
        address=settings.service.base_url,
        support=f"{support.name}, {support.number}" if support else settings.council.name,
        domain=settings.letter_domain,
        mark=service.facts().mark,
        by_email=settings.mail.by != "none" and not service.facts().demo,
    )
