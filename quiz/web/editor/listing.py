"""All questions: what waits for you, how many each topic has, and a list to search."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, SearchField, SelectField
from wtforms.fields.choices import SelectChoice

from quiz.domain import bank as bank_rules
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.blueprint import Blueprint as Rules
from quiz.domain.roles import Permission
from quiz.formats.sources_file import Source
from quiz.records import bank
from quiz.records.bank import Line
from quiz.web import guard, people, service
from quiz.web.editor import known
from quiz.web.editor.filters import STATUSES, Filters, Viewer, asked_for
from quiz.web.editor.shown import fill
from quiz.web.guard import needs
from quiz.web.request import now, session

PAGE = 25
FIRST = 5

pages = Blueprint("editor_list", __name__, url_prefix="/editor")


class FilterForm(Form):
    """What the list is narrowed to; it goes into the address, since it names nobody."""

    text = SearchField("Words of the question")
    topic = SelectField("Topic")
    status = SelectField("Status")
    critical = BooleanField("Critical questions only")


@dataclass(frozen=True, slots=True)
class Count:
    """One topic: how many questions it has, and how many of them may be drawn now."""

    code: str
    name: str
    questions: int
    live: int
    critical: int
    drawn: str


@pages.get("")
@needs(Permission.SEE_QUESTIONS)
def questions() -> ResponseReturnValue:
    """What waits for the viewer first, then the topics, then the questions that were asked for."""
    rules, viewer, filters = known.rules(), _viewer(), asked_for(request.args)
    lines = _in_order(bank.lines(session(), TEST), rules)
    chosen = filters.chosen(lines, viewer)
    waiting = _waiting(lines, viewer)
    page = min(max(request.args.get("page", 1, int), 1), max(1, -(-len(chosen) // PAGE)))
    drawable = [line.live for line in lines if line.live and not line.suspended]
    return render_template(
        "editor/questions.html",
        form=None,
        filters=filters,
        narrow=_form(filters, rules),
        waiting=waiting,
        loaded=sum(line.loaded for line in waiting),
        first=FIRST,
        counts=list(_counts(lines, rules)),
        critical=[
            (rule, sum(one.critical and one.topic in rule.topics for one in drawable)) for rule in rules.critical
        ],
        shortages=list(bank_rules.shortages(drawable, rules)),
        chosen=chosen[(page - 1) * PAGE : page * PAGE],
        found=len(chosen),
        page=page,
        pages=-(-len(chosen) // PAGE),
        today=viewer.today,
        words=lambda text: fill(text, service.contacts()),
    )


@pages.get("/next")
@needs(Permission.REVIEW_QUESTIONS)
def following() -> ResponseReturnValue:
    """On to the next question that waits for the viewer's review, after the one named in the address."""
    after = request.args.get("after", "")
    names = [line.question for line in _waiting(_in_order(bank.lines(session(), TEST), known.rules()), _viewer())]
    here = names.index(after) + 1 if after in names else 0
    others = [name for name in names[here:] + names[:here] if name != after]
    if not others:
        return redirect(url_for(".questions", status="waiting"), 303)
    return redirect(url_for("editor_question.question", question_id=others[0]), 303)


@pages.get("/sources")
@needs(Permission.SEE_QUESTIONS)
def sources() -> ResponseReturnValue:
    """All sources with the keys by which questions name them."""
    listed: list[Source] = sorted(known.sources().values(), key=lambda source: source.key.casefold())
    return render_template("editor/sources.html", sources=listed)


def _viewer() -> Viewer:
    return Viewer(guard.actor(), people.roles(), calendar.day_of(now()))


def _in_order(lines: Iterable[Line], rules: Rules) -> list[Line]:
    place = {topic.code: number for number, topic in enumerate(rules.topics)}
    return sorted(lines, key=lambda line: (place.get(line.topic, len(place)), line.question))


def _waiting(lines: Iterable[Line], viewer: Viewer) -> list[Line]:
    """What colleagues sent first; what came with the program after that."""
    return sorted((line for line in lines if viewer.is_asked(line)), key=lambda line: line.loaded)


def _form(filters: Filters, rules: Rules) -> FilterForm:
    form = FilterForm(data={**filters.address(), "critical": filters.critical})
    topics = (SelectChoice(one.code, f"{one.code} {one.name}") for one in rules.topics)
    statuses = (SelectChoice(key, words) for key, (words, _) in STATUSES.items())
    form.topic.choices = [SelectChoice("", "All topics"), *topics]
    form.status.choices = [SelectChoice("", "Any status"), *statuses]
    return form


def _counts(lines: Iterable[Line], rules: Rules) -> Iterable[Count]:
    held = list(lines)
    drawable = [line.live for line in held if line.live and not line.suspended]
    for topic in rules.topics:
        live = [one for one in drawable if one.topic == topic.code]
        yield Count(
            code=topic.code,
            name=topic.name,
            questions=sum(line.topic == topic.code for line in held),
            live=len(live),
            critical=sum(one.critical for one in live),
            drawn=_drawn(topic.code, rules),
        )


def _drawn(code: str, rules: Rules) -> str:
    for place in rules.places:
        if code in place.topics:
            others = " and ".join(other for other in place.topics if other != code)
            return f"{place.count} with {others}" if others else str(place.count)
    return "none"
