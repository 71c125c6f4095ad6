"""Practice without signing in. Where somebody stands is in the address of the page, and nowhere else."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.domain import contacts as numbers
from quiz.domain import practice as rules
from quiz.domain.blueprint import TEST
from quiz.domain.blueprint import Blueprint as Rules
from quiz.domain.question import Draft, Option
from quiz.formats import bank_file
from quiz.records import papers
from quiz.settings import ROOT
from quiz.web import book
from quiz.web.guard import public
from quiz.web.parts import parts
from quiz.web.request import session
from quiz.web.service import contacts

FOLDER = ROOT / "question_bank" / "practice"
ROUNDS = 1_000_000
NOTHING_CHOSEN = "Choose an answer"
NOT_TWO = "Choose exactly two answers"

pages = Blueprint("practice", __name__, url_prefix="/practice")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option on the page. `value` is its place among those shown, from 1."""

    value: int
    text: str
    chosen: bool
    right: bool
    why: str
    harm: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One question of a round, its placeholders filled."""

    position: int
    count: int
    stem: str
    two: bool
    choices: tuple[Choice, ...]
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in a round: its number, its questions, and a digit for each that is done."""

    round: str
    drawn: tuple[Draft, ...]
    done: str

    @property
    def position(self) -> int:
        """The question that comes now, from 1; one past the last when all are done."""
        return len(self.done) + 1


@pages.get("")
@public
def start() -> ResponseReturnValue:
    """What practice is, and a fresh round."""
    return render_template("public/practice/start.html", round=_fresh(), count=len(_standing(str(1), "").drawn))


@pages.get("/question")
@public
def question() -> ResponseReturnValue:
    """The question that comes now; after the last, the summary."""
    at = _asked()
    if at.position > len(at.drawn):
        return _summary(at)
    return render_template("public/practice/question.html", at=at, shown=_shown(at, ()), problem="")


@pages.get("/answer")
@public
def answer() -> ResponseReturnValue:
    """Right or not, and why, for every option."""
    at = _asked()
    if at.position > len(at.drawn):
        abort(404)
    draft, chosen = at.drawn[at.position - 1], _chosen()
    if len(chosen) != (2 if draft.two else 1):
        problem = NOT_TWO if draft.two else NOTHING_CHOSEN
        return render_template("public/practice/question.html", at=at, shown=_shown(at, chosen), problem=problem)
    right = rules.is_right(rules.options(draft, at.round), chosen)
    return render_template(
        "public/practice/answer.html",
        at=at,
        shown=_shown(at, chosen),
        right=right,
        done=at.done + ("1" if right else "0"),
        read=book.words(draft.section),
    )


def _summary(at: Standing) -> ResponseReturnValue:
    lines = rules.summary(at.drawn, at.done, _rules())
    return render_template(
        "public/practice/summary.html",
        right=at.done.count("1"),
        count=len(at.drawn),
        lines=lines,
        read=[(slug, book.title(slug)) for line in lines if line.right < line.count for slug in line.group.read],
        round=_fresh(),
    )


def _asked() -> Standing:
    """What the address says. One that nobody was given is not found."""
    round_number, done = request.args.get("round", ""), request.args.get("done", "")
    if not rules.ROUND.fullmatch(round_number) or not rules.DONE.fullmatch(done):
        abort(404)
    at = _standing(round_number, done)
    if not at.drawn or len(done) > len(at.drawn):
        abort(404)
    return at


def _standing(round_number: str, done: str) -> Standing:
    return Standing(round_number, rules.draw(pool(), _rules(), round_number), done)


def _chosen() -> tuple[int, ...]:
    """The places that were ticked, those only that are on the page."""
    typed = {int(value) for value in request.args.getlist("choice") if value.isascii() and value.isdecimal()}
    return tuple(sorted(typed & {1, 2, 3, 4, 5}))


def _shown(at: Standing, chosen: tuple[int, ...]) -> Shown:
    draft = at.drawn[at.position - 1]
    return Shown(
        position=at.position,
        count=len(at.drawn),
        stem=_fill(draft.stem),
        two=draft.two,
        choices=tuple(
            _choice(place, option, place in chosen) for place, option in enumerate(rules.options(draft, at.round), 1)
        ),
        why=_fill(draft.why),
        section=draft.section,
    )


def _choice(place: int, option: Option, chosen: bool) -> Choice:
    return Choice(place, _fill(option.text), chosen, option.right, _fill(option.why), _fill(option.harm))


def _fill(text: str) -> str:
    return numbers.fill(text, contacts())


def _rules() -> Rules:
    return papers.current(session(), TEST)


def _fresh() -> int:
    return parts().chance.randrange(1, ROUNDS)


@lru_cache(maxsize=1)
def pool() -> tuple[Draft, ...]:
    """The practice questions, read once per process. They are checked before they are committed, never drawn live."""
    return tuple(
        draft for path in sorted(FOLDER.glob("*.toml")) for draft in bank_file.read(path.read_text("utf-8"))[0]
    )
