"""The list of drivers whose licence ends before their next try."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.actions import lapsing
from quiz.actions.lapsing import Lapsing
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.web import service
from quiz.web.guard import needs
from quiz.web.request import now, session
from quiz.web.staff import shown
from quiz.web.staff.desk import settle_overdue

pages = Blueprint("lapsing", __name__, url_prefix="/staff/lapsing")


@pages.get("")
@needs(Permission.FIND_DRIVERS)
def listed() -> ResponseReturnValue:
    """The first licence to end stands first. Looking marks what ran out of time."""
    settle_overdue()
    rows = lapsing.found(session(), TEST, service.facts().mark, now())
    return render_template("staff/lapsing.html", rows=[(one, _try_words(one), _next(one)) for one in rows])


def _try_words(one: Lapsing) -> str:
    return shown.next_words(one.next, now())


def _next(one: Lapsing) -> str:
    if not one.may_decide:
        return "Ring the driver. The rules that were adopted allow no other try"
    if one.next.officer:
        return "Ring the driver, and decide about another try"
    return "Ring the driver. You may allow another try sooner"
