"""The words of letters: read, changed, tried out with made-up facts, and brought back as they came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from quiz.actions import letter_texts as actions
from quiz.actions import letters
from quiz.documents import email
from quiz.domain import calendar, letter_words
from quiz.domain.blueprint import Reason
from quiz.domain.letter_words import ALLOWED, NEEDED, PLACEHOLDERS, Wording
from quiz.domain.letters import PLACES, REASONS
from quiz.domain.posting import KIND_WORDS, Kind
from quiz.domain.roles import Permission
from quiz.records import letters as records
from quiz.records import staff
from quiz.records.letters import LetterText
from quiz.web import service
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, session, work
from quiz.web.staff.desk import refusals_at
from quiz.web.staff.words import actor

pages = Blueprint("letter_texts", __name__, url_prefix="/staff/letter-texts")

SAMPLE = {"name": "Sam Example", "licence": "234", "code": "XXXXX-XXXXX-XXXXX"}
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
        found = list(letter_words.problems(kind, self.wording()))
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
    if form.validate_on_submit():
        trying = "preview" in request.form
        if trying or form.problems(of):
            give_up()
            if trying:
                form.problems(of)
        else:
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
        preview=email.filled(form.wording(), _sample(), service.facts().mark),
        past=[_past(row, names) for row in past],
        theirs=_past(past[0], names) if overtaken and past else None,
    )


def _past(row: LetterText, names: dict[str, str]) -> Past:
    return Past(row.version, row.at, actor(row.by, names), Wording(row.subject, row.body))


def _kind(text: str) -> Kind:
    return Kind(text) if text in set(Kind) else abort(404)


def _sample() -> dict[str, str]:
    """Made-up facts for a look at the letter."""
    day = calendar.words(calendar.day_of(now()) + timedelta(days=30))
    about = {"licence_end": day, "deadline": day, "reason": REASONS[Reason.RENEWAL], "place": PLACES[False]}
    planned = {"training_day": day, "training_time": "9:30am", "training_place": "Town Hall", "trainer": "Pat Example"}
    return house().values | SAMPLE | about | planned


def house() -> letters.House:
    """Who writes our letters."""
    settings, support = parts().settings, service.support()
    return letters.House(
        council=settings.council.name,
        service=settings.service.name,
        address=settings.service.base_url,
        support=f"{support.name}, {support.number}" if support else settings.council.name,
        domain=settings.letter_domain,
        mark=service.facts().mark,
        by_email=settings.mail.by != "none" and not service.facts().demo,
    )
