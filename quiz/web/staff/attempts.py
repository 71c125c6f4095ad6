"""Results: the list with its filters and totals, the tests of people who are searched, and the list for paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.actions import exporting
from quiz.domain import calendar, results
from quiz.domain.blueprint import REASON_WORDS, TEST, Reason
from quiz.domain.errors import Refused
from quiz.domain.results import Wanted
from quiz.domain.roles import Permission
from quiz.records import filtered, holders, papers
from quiz.records import results as records
from quiz.records.results import Result
from quiz.web.guard import may, needs
from quiz.web.request import give_up, now, session, work
from quiz.web.staff import words
from quiz.web.staff.desk import PAGE, settle_overdue
from quiz.web.staff.forms import FindForm
from quiz.web.staff.result_form import ResultForm, address

pages = Blueprint("attempts", __name__, url_prefix="/staff")

ON_PAPER = 1000
PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt in words, for a line of a table."""

    result: Result
    licences: str
    reason: str
    came_of_it: str
    supervised: str
    mode: str

    @property
    def score(self) -> str:
        """ "17 of 20"; nothing while it is not marked."""
        return f"{self.result.score} of {self.result.of}" if self.result.score is not None else ""


def rows(found: Sequence[Result]) -> list[Row]:
    """The attempts in words, their licence numbers read in one statement."""
    licences = records.licence_words(session(), [one.person_id for one in found])
    return [
        Row(
            result=one,
            licences=licences.get(one.person_id, ""),
            reason=REASON_WORDS[Reason(one.reason)],
            came_of_it=results.said(one.state(now()), one.outcome),
            supervised=words.SUPERVISED[one.supervised],
            mode=words.MODES[one.mode],
        )
        for one in found
    ]


def _form() -> ResultForm:
    """The filters as they stand in the address; there is a choice of tests once other people have one."""
    tests = papers.names(session())
    test = request.args.get("test", TEST)
    groups = exporting.groups(session(), test if test in tests else TEST)
    return ResultForm(request.args, groups=groups, tests=tests)


def asked() -> Wanted:
    """What stands in the address; nothing is given for an address that no page offers."""
    form = _form()
    return form.wanted() if form.validate() else abort(400)


@pages.get("/attempts")
@needs(Permission.SEE_ATTEMPTS)
def newest() -> ResponseReturnValue:
    """A page of the list. Looking marks what ran out of time."""
    form = _form()
    if not form.validate():
        return render_template("staff/attempts/list.html", form=form, **_around(Wanted()))
    settle_overdue()
    wanted, after = form.wanted(), request.args.get("after", type=UUID)
    page = filtered.page(session(), wanted, after, PAGE)
    return render_template(
        "staff/attempts/list.html",
        form=form,
        rows=rows(page.results),
        last=page.last,
        gone_through=filtered.LOOKED_THROUGH if page.gone_through else 0,
        first=after is None,
        totals=filtered.totals(session(), wanted),
        **_around(wanted),
    )


def _around(wanted: Wanted) -> dict[str, object]:
    """What stands above the list: periods to choose, and what was chosen already."""
    periods = [
        (said, address(replace(wanted, first_day=first, last_day=last)), (first, last) == days)
        for days in [(wanted.first_day, wanted.last_day)]
        for said, first, last in results.presets(calendar.day_of(now()))
    ]
    return {
        "address": address(wanted),
        "narrowed": wanted.narrowed,
        "periods": periods,
        "find": FindForm(formdata=None) if may(Permission.FIND_DRIVERS) else None,
    }


@pages.post("/attempts/found")
@needs(Permission.FIND_DRIVERS)
def find() -> ResponseReturnValue:
    """The tests of everybody who has that number, in any spelling, or that in their name."""
    give_up()  # a search writes nothing, so it does not hold the one place for writing
    form = FindForm()
    found = holders.find(session(), form.find.data, PEOPLE + 1) if form.validate() else []
    tests = filtered.of_people(session(), [one.id for one in found[:PEOPLE]], PAGE + 1)
    return render_template(
        "staff/attempts/found.html",
        form=form,
        people=len(found),
        rows=rows(tests[:PAGE]),
        more=len(found) > PEOPLE or len(tests) > PAGE,
    )


@pages.post("/attempts/print")
@needs(Permission.EXPORT_RESULTS)
def on_paper() -> ResponseReturnValue:
    """The whole list on one page, for printing. Who took it is on the record, as for a file."""
    wanted = asked()
    number = filtered.count(session(), wanted, ON_PAPER + 1)
    if number > ON_PAPER:
        raise Refused(
            "too-many-to-print",
            f"The list has more than {ON_PAPER:,} tests, which is too long to print. Choose a shorter period, "
            "or download it for a spreadsheet.",
        )
    work().record("results.exported", "results", file="print", rows=number, **results.as_facts(wanted))
    return render_template(
        "staff/attempts/print.html",
        rows=rows(list(filtered.all_of(session(), wanted))),
        filters=exporting.filters(session(), wanted),
        totals=filtered.totals(session(), wanted),
        at=now(),
        address=address(wanted),
    )
