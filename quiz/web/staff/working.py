"""Long work: what one asked for, and how far it is. The page can be left and found again."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from quiz.domain import jobs as rules
from quiz.domain.jobs import State
from quiz.domain.roles import Permission
from quiz.records import jobs
from quiz.records.jobs import Job
from quiz.web import guard
from quiz.web.guard import needs
from quiz.web.request import now, session

pages = Blueprint("working", __name__, url_prefix="/staff/work")

TITLES = {
    "drivers.import": "Reading a list of licence holders",
    "drivers.apply": "Bringing in a list of licence holders",
    "drivers.discard": "Discarding a list of licence holders",
    "invitations": "Inviting many drivers",
    "results": "Making a file of results",
    "report": "Making a monitoring report",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of work as pages show it. `percent` is None while nobody knows how much there is."""

    job: Job
    title: str
    words: str
    percent: int | None
    over: bool
    back: str


def shown(job: Job) -> Shown:
    """A piece of work as it stands now."""
    state, given = rules.state(job, now()), job.given
    over = state in (State.DONE, State.REFUSED, State.FAILED)
    percent = 100 if state is State.DONE else rules.percent(job.done, job.total)
    title = str(given.get("title") or TITLES.get(job.kind, job.kind))
    return Shown(job, title, rules.WORDS[state], percent, over, str(given.get("back", "")))


@pages.get("")
@needs(Permission.OWN_ACCOUNT)
def listed() -> ResponseReturnValue:
    """What whoever is signed in asked for."""
    found = [shown(one) for one in jobs.asked_by(session(), guard.actor())]
    return render_template("staff/work/list.html", rows=found)


@pages.get("/<uuid:job_id>")
@needs(Permission.OWN_ACCOUNT)
def one(job_id: UUID) -> ResponseReturnValue:
    """How far it is, and how it ended."""
    return render_template("staff/work/one.html", work=shown(_own(job_id)))


@pages.get("/<uuid:job_id>/progress")
@needs(Permission.OWN_ACCOUNT)
def progress(job_id: UUID) -> ResponseReturnValue:
    """The middle of that page alone: a script fetches it again and again."""
    return render_template("staff/work/progress.html", work=shown(_own(job_id)))


def _own(job_id: UUID) -> Job:
    found = session().get(Job, job_id)
    return found if found is not None and found.asked_by == guard.actor() else abort(404)
