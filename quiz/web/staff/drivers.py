"""The list of drivers with its filters, finding one, and adding one together with an invitation and its access code."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import invitations
from quiz.actions import people as actions
from quiz.domain import calendar, standing
from quiz.domain import holders as words
from quiz.domain.blueprint import TEST
from quiz.domain.holders import Wanted
from quiz.domain.roles import Permission
from quiz.domain.standing import NEXT, WORDS, Status
from quiz.records import attempts, holders, people, results
from quiz.records import standing as rows
from quiz.records.holders import COUNTED, Holder
from quiz.records.people import Person
from quiz.web.guard import may, needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, session, work
from quiz.web.staff import codes
from quiz.web.staff.desk import PAGE, refusals_at
from quiz.web.staff.forms import OF_INVITATION, OF_LICENCE, OF_PERSON, AddForm, FindForm
from quiz.web.staff.holder_form import HolderForm, address

pages = Blueprint("drivers", __name__, url_prefix="/staff/drivers")

# One press leads to these; everything else is in the filters.
VIEWS = (
    Status.OVERDUE,
    Status.DUE_30,
    Status.DUE_90,
    Status.OUT_OF_TRIES,
    Status.MAY_RETRY,
    Status.INVITED,
    Status.NEVER,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One driver in a list. `deed` is the address behind the next action, where there is a page for it."""

    person: Person
    licences: str
    row: rows.StandingRow | None
    status: str
    next: str
    deed: str


@pages.get("")
@needs(Permission.FIND_DRIVERS)
def listed() -> ResponseReturnValue:
    """A page of the list."""
    form = HolderForm(request.args)
    if not form.validate():
        return render_template(
            "staff/drivers/list.html", form=form, find=FindForm(formdata=None), views=_views(Wanted())
        )
    wanted, after, today = form.wanted(), request.args.get("after", type=UUID), calendar.day_of(now())
    found = holders.page(session(), wanted, today, after, PAGE + 1)
    return render_template(
        "staff/drivers/list.html",
        form=form,
        find=FindForm(formdata=None),
        wanted=wanted,
        said=list(words.said(wanted)),
        views=_views(wanted),
        address=address(wanted),
        lines=lines(found[:PAGE], wanted.status),
        last=found[PAGE - 1].person.id if len(found) > PAGE else None,
        first=after is None,
        number=holders.count(session(), wanted, today),
        counted=COUNTED,
    )


def _views(wanted: Wanted) -> list[tuple[str, dict[str, str], bool]]:
    """The lists that are asked for most: words, address, and whether it is the present one."""
    return [(WORDS[one], {"status": str(one)}, wanted.status is one) for one in VIEWS]


def lines(found: Sequence[Holder], status: Status | None = None) -> list[Line]:
    """Drivers in words; told by the status that the list asked for, or by the first that holds."""
    keys = [one.person.id for one in found]
    licences, taking = results.licence_words(session(), keys), attempts.taking(session(), keys, TEST)
    today = calendar.day_of(now())
    made = []
    for one in found:
        held = standing.statuses(rows.plain(one.row), today)
        told = status or standing.told(held)
        next_, key = standing.next_of(told, held), one.person.id
        said, deed = (standing.TAKING_IT, "") if key in taking else (NEXT[next_], _deed(next_, key))
        made.append(Line(one.person, licences.get(key, ""), one.row, WORDS[told], said, deed))
    return made


def _deed(status: Status, person_id: UUID) -> str:
    """Where the next action about somebody of that status is done; "" where there is none, or it is not for you."""
    if status in (Status.OUT_OF_TRIES, Status.LAPSING):
        return url_for("deciding.another_try", person_id=person_id) if may(Permission.DECIDE) else ""
    if status in (*standing.DUE, Status.INVITED, Status.NEVER, Status.ENDED):
        return url_for("codes.issue", person_id=person_id) if may(Permission.ISSUE_CODES) else ""
    if status in (Status.MAY_RETRY, Status.WITHOUT, Status.NO_EXPIRY):
        return url_for("record.record", person_id=person_id)
    return ""


@pages.post("")
@needs(Permission.FIND_DRIVERS)
def find() -> ResponseReturnValue:
    """Who has that number, in any spelling, or that in their name, or an e-mail address that begins like that."""
    give_up()  # a search writes nothing, so it does not hold the one place for writing
    form = FindForm()
    found = holders.find(session(), form.find.data, PAGE + 1) if form.validate() else []
    known = holders.holders(session(), [one.id for one in found[:PAGE]])
    return render_template("staff/drivers/found.html", form=form, lines=lines(known), more=len(found) > PAGE)


@pages.route("/add", methods=["GET", "POST"])
@needs(Permission.ADD_DRIVERS)
def add() -> ResponseReturnValue:
    """Driver, invitation and code in one go. The code is on the page that answers, and nowhere else."""
    form = AddForm(supervised="no")
    if form.validate_on_submit():
        with refusals_at(form, OF_PERSON | OF_LICENCE | OF_INVITATION):
            person = actions.add_driver(work(), authority=_authority(), **form.person(), **form.licence())
            invitation = invitations.invite(work(), person.id, **form.invitation())
            return codes.shown_once(person, invitations.issue_code(work(), invitation), added=True)
    return render_template("staff/drivers/add.html", form=form, holder=_holder(form))


def _authority() -> str:
    return parts().settings.council.name


def _holder(form: AddForm) -> UUID | None:
    """Who has the number that was refused as taken, so that the page can lead there."""
    if not form.number.errors or not form.kind.data or not form.number.data:
        return None
    held = people.taken(session(), _authority(), form.kind.data, form.number.data)
    return held.person_id if held else None
