"""Where staff arrive: alerts, the latest attempts, a search, and what a pilot still lacks."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.actions import going_live, lapsing
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.records import limits, results, sittings, unsafe
from quiz.web import service
from quiz.web.guard import may, needs
from quiz.web.parts import parts
from quiz.web.request import now, session
from quiz.web.staff import attempts
from quiz.web.staff.forms import FindForm

pages = Blueprint("staff", __name__, url_prefix="/staff")

LATEST = 5
ALERTS_FOR = timedelta(hours=24)


@pages.get("")
@needs(Permission.OWN_ACCOUNT)
def start() -> ResponseReturnValue:
    """Everybody sees what they may act on."""
    finds, sees = may(Permission.FIND_DRIVERS), may(Permission.SEE_ATTEMPTS)
    latest = attempts.rows(results.newest(session(), size=LATEST)) if sees else None
    return render_template(
        "staff/start.html",
        alerts=limits.alerts(session(), now() - ALERTS_FOR) if finds else [],
        latest=latest,
        find=FindForm() if finds else None,
        missing=_missing(),
        sessions=_sessions_today() if may(Permission.SUPERVISE) else None,
        lapsing=len(lapsing.found(session(), TEST, service.facts().mark, now())) if finds else None,
        unsafe=unsafe.count(session()) if may(Permission.READ_UNSAFE) else None,
    )


def _sessions_today() -> int:
    today = calendar.day_of(now())
    return sittings.count_between(session(), calendar.start_of(today), calendar.end_of(today))


def _missing() -> int:
    """How many lines of the go-live list are open; none for a demo, a live service, or whoever may not see it."""
    facts = service.facts()
    if facts.demo or facts.live or not may(Permission.SEE_READINESS):
        return 0
    items = going_live.checklist(session(), TEST, parts().settings.privacy.missing)
    return sum(not item.done for item in items)
