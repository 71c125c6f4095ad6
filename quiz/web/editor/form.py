"""The form in which a question is written. It makes a draft, and puts the checker's problems on their fields."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from quiz.domain.blueprint import Blueprint
from quiz.domain.question import Draft, Option, Problem
from quiz.web.editor import known
from quiz.web.fields import DayField

MOST_OPTIONS = 5
RIGHT, WRONG, UNSAFE = "right", "wrong", "unsafe"
STANDINGS = (SelectChoice(RIGHT, "Right"), SelectChoice(WRONG, "Wrong"), SelectChoice(UNSAFE, "Wrong, and unsafe"))
KINDS = (
    SelectChoice("one", "Choose one answer (four options, one right)"),
    SelectChoice("two", "Choose two answers (five options, two right)"),
)
NO_DAY = date.max


class OptionForm(Form):
    """One option: its words, what it is, whom it would harm and by what source, and why somebody might choose it."""

    text = TextAreaField("Words of the option")
    standing = RadioField("This option is", choices=STANDINGS, default=WRONG, validate_choice=False)
    harm = TextAreaField("Harm, if it is unsafe")
    source = StringField("Source of the harm")
    why = TextAreaField("Why somebody might choose it, and why it is wrong")

    @property
    def empty(self) -> bool:
        """Nobody has written in these boxes."""
        return self.standing.data == WRONG and not any(
            (self.text.data, self.harm.data, self.source.data, self.why.data)
        )

    def option(self) -> Option:
        """The option as typed."""
        return Option(
            text=plain(self.text.data),
            right=self.standing.data == RIGHT,
            unsafe=self.standing.data == UNSAFE,
            harm=plain(self.harm.data),
            source=plain(self.source.data),
            why=plain(self.why.data),
        )


class QuestionForm(FlaskForm):
    """A question with its key. `written_from` is the version that the author had before them."""

    written_from = HiddenField(default="0")
    id = StringField("Name of the question")
    topic = SelectField("Topic", validate_choice=False)
    kind = RadioField("Kind of question", choices=KINDS, default="one", validate_choice=False)
    stem = TextAreaField("Question")
    options = FieldList(FormField(OptionForm), "Options", min_entries=MOST_OPTIONS, max_entries=MOST_OPTIONS)
    why = TextAreaField("Why the right answer is right")
    sources = TextAreaField("Sources")
    section = SelectField("Handbook section", validate_choice=False)
    review_by = DayField("Look at this question again by")
    local = BooleanField("A council must decide or confirm what this question says")
    foes = TextAreaField("Questions that give this one away")

    def offer(self, rules: Blueprint) -> None:
        """Fill the lists to choose from. What is chosen already stays choosable, even if it has gone."""
        topics = [SelectChoice(one.code, f"{one.code} {one.name}") for one in rules.topics]
        self.topic.choices = [SelectChoice("", "Choose a topic"), *_with(self.topic.data, topics)]
        self.section.choices = [SelectChoice("", "Choose a section"), *_with(self.section.data, known.sections())]

    def draft(self, question_id: str) -> Draft:
        """The question as typed. Boxes that nobody wrote in are no options; a day that is missing is the last one."""
        return Draft(
            id=question_id,
            topic=self.topic.data or "",
            stem=plain(self.stem.data),
            options=tuple(self.options[place].form.option() for place in self._written()),
            why=plain(self.why.data),
            sources=_names(self.sources.data),
            section=self.section.data or "",
            review_by=self.review_by.data or NO_DAY,
            two=self.kind.data == "two",
            local=self.local.data,
            foes=_names(self.foes.data),
        )

    def show(self, problems: Iterable[Problem]) -> bool:
        """Put every problem on its field; whether there was any."""
        found = False
        for problem in problems:
            found = True
            box = self._written()[problem.option - 1] if problem.option else None
            field = self[problem.field] if box is None else self.options[box].form[problem.part]
            words = problem.message if box is None else f"Option {box + 1}: {problem.message}"
            field.errors = [*field.errors, words]
            if box is not None:
                self.options.errors = [*self.options.errors, self.options[box].errors]  # a list does not ask its boxes
        return found

    def judge_day(self, today: date) -> Iterable[Problem]:
        """What only a form can ask: a day that is there, and still to come."""
        if not self.review_by.data and not self.review_by.errors:
            yield Problem("review_by", "Enter the day by which somebody must look at this question again")
        elif self.review_by.data and self.review_by.data <= today:
            yield Problem("review_by", "The day must be in the future")

    def _written(self) -> list[int]:
        return [place for place, entry in enumerate(self.options) if not entry.form.empty]


def filled_in(draft: Draft, number: int) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        "written_from": str(number),
        "topic": draft.topic,
        "kind": "two" if draft.two else "one",
        "stem": draft.stem,
        "options": [
            {
                "text": option.text,
                "standing": RIGHT if option.right else UNSAFE if option.unsafe else WRONG,
                "harm": option.harm,
                "source": option.source,
                "why": option.why,
            }
            for option in draft.options
        ],
        "why": draft.why,
        "sources": "\n".join(draft.sources),
        "section": draft.section,
        "review_by": draft.review_by,
        "local": draft.local,
        "foes": "\n".join(draft.foes),
    }


def _with(chosen: str | None, offered: Iterable[SelectChoice]) -> list[SelectChoice]:
    found = list(offered)
    gone = bool(chosen) and all(chosen != one.value for one in found)
    return [*found, SelectChoice(chosen, chosen, optgroup="No longer there")] if gone else found


def plain(typed: str | None) -> str:
    """One paragraph: outer, double and unprintable characters gone."""
    return " ".join("".join(c if c.isprintable() else " " for c in typed or "").split())


def _names(typed: str | None) -> tuple[str, ...]:
    """Keys, one a line or with commas between; each once, in their order."""
    return tuple(dict.fromkeys((typed or "").replace(",", " ").split()))
