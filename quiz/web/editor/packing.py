"""The review pack: questions with their key, reasons and sources for a body outside, and its answers, entered once."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from quiz.actions import editing
from quiz.documents import review_pack
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.editing import Answer
from quiz.domain.roles import Permission
from quiz.records import bank
from quiz.records.bank import Line
from quiz.records.questions import Version
from quiz.web import downloads, guard, people, service
from quiz.web.editor import known
from quiz.web.editor.agreeing import OpinionForm
from quiz.web.editor.filters import STATUSES, Viewer, asked_for
from quiz.web.editor.form import plain
from quiz.web.editor.shown import Shown, fill, shown
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import now, session, work

MOST = 400
SHORT = (SelectChoice(Answer.AGREE.value, "Agree"), SelectChoice(Answer.CHANGE.value, "Change"),
         SelectChoice(Answer.REJECT.value, "Reject"))  # fmt: skip
NOTHING_SAID = "Mark at least one question, or say that all the others are agreed"
WHY = "Say what should be changed, or why it is rejected"
OVERTAKEN = "The question has a newer version. Make a new pack for it: this answer was not about the newer words"

pages = Blueprint("editor_packing", __name__, url_prefix="/editor/pack")


class RecipientForm(FlaskForm):
    """For whom a copy is. It is printed on every page."""

    recipient = StringField(
        "Who gets this copy",
        [DataRequired("Enter who gets this copy"), Length(max=100, message="Use 100 characters or fewer")],
    )


class AnswersForm(OpinionForm):
    """Who answered, and when; the answers themselves stand in a form for each question."""

    rest = BooleanField("All questions that I have not marked are agreed")


class AnswerForm(Form):
    """What was answered about one question."""

    answer = RadioField("Answer", choices=SHORT, validate_choice=False)
    comment = TextAreaField("What should be changed, or why it is rejected")
    version = StringField("Version")

    @property
    def given(self) -> Answer | None:
        """The answer that was marked, if any."""
        return Answer(self.answer.data) if self.answer.data in set(Answer) else None


@dataclass(frozen=True, slots=True)
class Packed:
    """A question of a pack: its newest version, and how it is shown."""

    line: Line
    version: Version
    shown: Shown
    topic: str


@pages.get("")
@needs(Permission.SEE_QUESTIONS)
def choose() -> ResponseReturnValue:
    """Which questions go into the pack: all critical ones in one press, or those that are ticked."""
    lines = bank.lines(session(), TEST)
    filters, viewer = asked_for(request.args), _viewer()
    rules = known.rules()
    return render_template(
        "editor/pack/choose.html",
        critical=sum(line.critical for line in lines),
        wanted=sum(STATUSES["unagreed"][1](line, viewer) for line in lines),
        topics=[(one.code, known.topic_words(rules, one.code), sum(line.topic == one.code for line in lines))
                for one in rules.topics],
        chosen=filters.chosen(lines, viewer) if filters else [],
        filters=filters,
        words=lambda text: fill(text, service.contacts()),
    )  # fmt: skip


@pages.route("/read", methods=["GET", "POST"])
@needs(Permission.REVIEW_QUESTIONS)
def read() -> ResponseReturnValue:
    """The pack as a page; the button makes the PDF, which is written down: it holds live questions with their key."""
    packed, form = _packed(), RecipientForm()
    if packed and form.validate_on_submit():
        return _document(packed, plain(form.recipient.data))
    return render_template("editor/pack/read.html", packed=packed, form=form, query=_query())


@pages.route("/answers", methods=["GET", "POST"])
@needs(Permission.APPROVE_CRITICAL)
def answers() -> ResponseReturnValue:
    """One body, one day, an answer for each question: kept together or not at all."""
    packed, form = _packed(), AnswersForm()
    each = {one.version.question_id: _answer_form(one) for one in packed}
    if form.is_submitted():
        fine = form.validate()
        if _fits(form, packed, each) and fine:
            said = _said(form, packed, each)
            new = editing.record_answers(
                work(), said, body=plain(form.body.data), role=plain(form.role.data), agreed_on=form.agreed_on.data
            )
            flash(f"{new} answer{'s are' if new != 1 else ' is'} recorded.")
            return redirect("/editor/pack", 303)
    return render_template("editor/pack/answers.html", packed=packed, form=form, each=each, query=_query())


def _packed() -> list[Packed]:
    """The questions that the address names: those ticked, else those that fit the filters; none without either."""
    filters, ticked = asked_for(request.args), set(request.args.getlist("q")[:MOST])
    if not filters and not ticked:
        return []
    lines = [line for line in bank.lines(session(), TEST) if not ticked or line.question in ticked]
    newest = {version.question_id: version for version in bank.newest(session(), TEST)}
    rules, numbers = known.rules(), service.contacts()
    return [
        Packed(
            line,
            version := newest[line.question],
            shown(version.number, version.draft, numbers),
            known.topic_words(rules, line.topic),
        )
        for line in (lines if ticked else filters.chosen(lines, _viewer()))
    ]


def _document(packed: list[Packed], recipient: str) -> Response:
    versions = [f"{one.line.question}/{one.version.number}" for one in packed]
    work().record("questions.packed", "pack", recipient=recipient, versions=versions)
    settings = parts().settings
    text = review_pack.Pack(
        council=settings.council.name,
        service=settings.service.name,
        recipient=recipient,
        day=calendar.day_of(now()),
        mark=service.facts().mark,
        questions=tuple(
            review_pack.Question(
                id=one.line.question,
                version=one.version.number,
                topic=one.topic,
                draft=one.shown.draft,
                sources=tuple(f"{source.key}: {source.title}" for source in one.shown.sources),
                section=one.shown.section,
            )
            for one in packed
        ),
    )
    return downloads.pdf(review_pack.pdf(text), "review-pack.pdf")


def _fits(form: AnswersForm, packed: list[Packed], each: dict[str, AnswerForm]) -> bool:
    """Whether every answer can be kept; what cannot is told at its question."""
    fine = True
    for one in packed:
        answered = each[one.version.question_id]
        if answered.given in (Answer.CHANGE, Answer.REJECT) and not plain(answered.comment.data):
            answered.comment.errors = [f"{one.version.question_id}: {WHY}"]
            fine = False
        if (answered.given or form.rest.data) and answered.version.data != str(one.version.number):
            answered.answer.errors = [f"{one.version.question_id}: {OVERTAKEN}"]
            fine = False
    if not _said(form, packed, each):
        form.rest.errors = [*form.rest.errors, NOTHING_SAID]
        return False
    if not fine:
        form.form_errors += [words for one in each.values() for words in (*one.comment.errors, *one.answer.errors)]
    return fine


def _said(form: AnswersForm, packed: list[Packed], each: dict[str, AnswerForm]) -> list[tuple[Version, Answer, str]]:
    found = []
    for one in packed:
        answered = each[one.version.question_id]
        answer = answered.given or (Answer.AGREE if form.rest.data else None)
        if answer:
            found.append((one.version, answer, plain(answered.comment.data)))
    return found


def _answer_form(one: Packed) -> AnswerForm:
    given = request.form if request.method == "POST" else None
    form = AnswerForm(given, prefix=f"{one.version.question_id}-")
    if given is None:
        form.version.data = str(one.version.number)
    return form


def _viewer() -> Viewer:
    return Viewer(guard.actor(), people.roles(), calendar.day_of(now()))


def _query() -> str:
    """What the address names, for the next page."""
    return request.query_string.decode("utf-8", "replace")
