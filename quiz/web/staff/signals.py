"""What a computer noticed in one test, and what the driver answered. It stands nowhere else."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from quiz.actions import noticing
from quiz.domain.roles import Permission
from quiz.records import attempts, people, replies
from quiz.web.guard import needs
from quiz.web.request import session

pages = Blueprint("signals", __name__, url_prefix="/staff/drivers/<uuid:person_id>")


@pages.get("/attempts/<uuid:attempt_id>/signals")
@needs(Permission.SEE_ATTEMPTS)
def one(person_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """Of this attempt only, with the driver's own words beside it."""
    attempt = attempts.attempt(session(), person_id, attempt_id) or abort(404)
    person, _ = people.with_licences(session(), person_id) or abort(404)
    return render_template(
        "staff/record/signals.html",
        attempt=attempt,
        person=person,
        signals=noticing.signals(session(), attempt),
        replies=replies.of_attempt(session(), attempt_id),
    )
