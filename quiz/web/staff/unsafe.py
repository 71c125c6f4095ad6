"""Results with an unsafe answer: who has to read which by when, what the driver chose, and the answer to the driver."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from quiz.actions import sitting, unsafe
from quiz.domain import calendar, contacts
from quiz.domain import unsafe as rules
from quiz.domain.decisions import Kind
from quiz.domain.marking import Why
from quiz.domain.roles import Permission
from quiz.domain.unsafe import Capacity, Step, Verdict
from quiz.formats import sources_file
from quiz.records import attempts, people, questions, staff
from quiz.records import unsafe as records
from quiz.records.questions import Agreement
from quiz.records.unsafe import Case, UnsafeReading
from quiz.settings import ROOT
from quiz.web import guard, service, settling, texts
from quiz.web import people as signed_in
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.staff import words
from quiz.web.staff.deciding import TOO_LONG, DecisionForm
from quiz.web.staff.desk import refusals_at, settle_overdue

pages = Blueprint("unsafe", __name__, url_prefix="/staff/unsafe")

READERS = {Capacity.OFFICER: "an officer", Capacity.LEAD: "the safeguarding lead"}
AS = {Capacity.OFFICER: "As an officer", Capacity.LEAD: "As the safeguarding lead"}
VERDICTS = {
    Verdict.UPHELD: "The answer was unsafe. The result stands",
    Verdict.WITHDRAWN: "The answer does not count as unsafe. The unsafe mark is withdrawn",
}
TOLD = {
    Kind.UPHELD: "Two people have read your answer. The result stands. Please read the chapters named on this page "
    "and take the test again.",
    Kind.WITHDRAWN: "Two people have read your answer. It does not count as unsafe any more.",
}


class ReadingForm(FlaskForm):
    """What somebody finds, and why. `capacity` is asked only of those who hold both roles."""

    capacity = RadioField("How do you read it?", [InputRequired("Choose how you read it")])
    verdict = RadioField(
        "What do you find?",
        [InputRequired("Choose what you find")],
        choices=[SelectChoice(key.value, said) for key, said in VERDICTS.items()],
    )
    why = TextAreaField("Why?", [DataRequired("Say why, in a sentence"), TOO_LONG])

    def of(self, capacities: Collection[Capacity]) -> "ReadingForm":
        """The form for whoever may read in these ways."""
        self.capacity.choices = [SelectChoice(one.value, AS[one]) for one in capacities]
        if self.capacity.data not in capacities and len(capacities) == 1:
            self.capacity.data = next(iter(capacities)).value
        return self


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the case, how it stands with the day, and what is to be done next."""

    case: Case
    alone: bool
    due: str
    late: bool
    next: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """One unsafe answer: the question as it was shown, what was chosen, its harm, and who agreed to the mark."""

    position: int
    stem: str
    options: tuple[tuple[str, bool], ...]
    chosen: str
    harm: str
    source: str
    agreements: tuple[Agreement, ...]


@pages.get("")
@needs(Permission.READ_UNSAFE)
def waiting() -> ResponseReturnValue:
    """Everything that waits, the oldest day first. Looking marks what ran out of time."""
    settle_overdue()
    return render_template("staff/unsafe/list.html", rows=[_row(case) for case in records.cases(session())])


@pages.route("/<uuid:attempt_id>", methods=["GET", "POST"])
@needs(Permission.READ_UNSAFE)
def one(attempt_id: UUID) -> ResponseReturnValue:
    """One result: what was asked and chosen, what others found, and the form for one's own reading."""
    case = _case(attempt_id)
    capacities = rules.asked(signed_in.roles(), guard.actor(), case.said)
    form = ReadingForm().of(capacities)
    if form.validate_on_submit():
        with refusals_at(form, {"reading-why": "why", "reading-not-yours": "capacity"}):
            unsafe.read(
                work(), attempt_id, signed_in.roles(), Capacity(form.capacity.data), Verdict(form.verdict.data),
                form.why.data or "",
            )  # fmt: skip
            flash("Your reading is recorded.")
            return redirect(url_for(".one", attempt_id=attempt_id), 303)
    names = staff.names(session())
    return render_template(
        "staff/unsafe/one.html",
        row=_row(case),
        form=form,
        capacities=capacities,
        unsafe=_unsafe(case),
        readings=[(one, VERDICTS[one.said.verdict], _who(one, names)) for one in case.readings],
        hidden=bool(capacities) and guard.actor() not in {one.by for one in case.readings},
        answerable=rules.step(case.said) is Step.ANSWER,
    )


@pages.route("/<uuid:attempt_id>/answer", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def answer(attempt_id: UUID) -> ResponseReturnValue:
    """The words for the driver, once both readers agree."""
    case = _case(attempt_id)
    found = rules.agreed(case.said) or abort(404)
    kind = rules.DECISIONS[found]
    form = DecisionForm(told=TOLD[kind]).about(kind)
    if form.validate_on_submit():
        unsafe.answer(work(), attempt_id, form.grounds(), settling.issuer())
        flash("The decision is recorded, and the driver can read it.")
        return redirect(url_for("record.record", person_id=case.person_id), 303)
    person, _ = people.with_licences(session(), case.person_id) or abort(404)
    back = (url_for(".one", attempt_id=attempt_id), "Back to the result")
    return render_template("staff/record/decide.html", form=form, kind=kind, person=person, back=back)


def _case(attempt_id: UUID) -> Case:
    """What waits; anything that was answered or set aside is not found."""
    return next(iter(records.cases(session(), attempt_id)), None) or abort(404)


def _row(case: Case) -> Row:
    today = calendar.day_of(now())
    return Row(case, case.reasons == Why.UNSAFE, rules.due_words(case.due, today), case.due < today, _next(case))


def _next(case: Case) -> str:
    step = rules.step(case.said)
    if step is Step.READ:
        return "To be read by " + " and ".join(READERS[one] for one in rules.missing(case.said))
    if step is Step.TALK:
        return "The two readers differ. They talk, and one of them reads again"
    return "Both agree. An officer answers the driver"


def _who(one: UnsafeReading, names: dict[str, str]) -> str:
    return f"{words.actor(one.by, names)}, {AS[one.said.capacity].lower()}"


def _unsafe(case: Case) -> list[Unsafe]:
    """Each answer that was marked unsafe, with the names and numbers that its paper keeps."""
    sheet = attempts.paper(session(), case.person_id, case.attempt_id) or abort(404)
    given = sitting.given(session(), sheet)
    numbers = service.contacts(sheet.contacts_version)
    drafts = texts.of([place.version for place in sheet.slots])
    found = []
    for position in case.unsafe:
        place, draft = sheet.slots[position - 1], drafts[position - 1]
        chosen = next(n for n in given[position - 1].chosen if draft.options[n].unsafe)
        option = draft.options[chosen]
        found.append(
            Unsafe(
                position=position,
                stem=contacts.fill(draft.stem, numbers),
                options=tuple((contacts.fill(draft.options[n].text, numbers), draft.options[n].right)
                              for n in place.order),
                chosen=contacts.fill(option.text, numbers),
                harm=contacts.fill(option.harm, numbers),
                source=_sources().get(option.source, option.source),
                agreements=tuple(questions.standing(session(), place.version)),
            )
        )  # fmt: skip
    return found


@lru_cache(maxsize=1)
def _sources() -> dict[str, str]:
    read = sources_file.read((ROOT / "question_bank" / "sources.toml").read_text("utf-8"))
    return {key: source.title for key, source in read.items()}
