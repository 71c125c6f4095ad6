"""Finding drivers, and adding one together with an invitation and its access code."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quiz.actions import invitations
from quiz.actions import people as actions
from quiz.domain.roles import Permission
from quiz.records import people, results
from quiz.records.people import Person
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, session, work
from quiz.web.staff import codes
from quiz.web.staff.desk import PAGE, refusals_at
from quiz.web.staff.forms import OF_INVITATION, OF_LICENCE, OF_PERSON, AddForm, FindForm

pages = Blueprint("drivers", __name__, url_prefix="/staff/drivers")


@pages.get("")
@needs(Permission.FIND_DRIVERS)
def newest() -> ResponseReturnValue:
    """The drivers added last, a page at a time."""
    before = request.args.get("before", type=UUID)
    found = people.newest(session(), before, PAGE + 1)
    return render_template(
        "staff/drivers/newest.html",
        form=FindForm(),
        lines=_lines(found[:PAGE]),
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        first=before is None,
    )


@pages.post("")
@needs(Permission.FIND_DRIVERS)
def find() -> ResponseReturnValue:
    """Who has that number, in any spelling, or that in their name."""
    give_up()  # a search writes nothing, so it does not hold the one place for writing
    form = FindForm()
    found = people.find(session(), form.find.data, PAGE + 1) if form.validate() else []
    lines = _lines(found[:PAGE])
    return render_template("staff/drivers/found.html", form=form, lines=lines, more=len(found) > PAGE)


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


def _lines(found: list[Person]) -> list[tuple[Person, str]]:
    licences = results.licence_words(session(), [one.id for one in found])
    return [(one, licences.get(one.id, "")) for one in found]
