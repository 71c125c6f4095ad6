"""Nothing is reachable by default: every view names the permission it asks for, or the app does not start."""

import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from flask import Flask, abort, current_app, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from quiz.domain import roles
from quiz.domain.roles import Permission
from quiz.web import people
from quiz.web.request import SAFE, give_up, let_others

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

SIGN_IN = {"driver": "/sign-in", "staff": "/staff/sign-in"}
HOME = {"public": "/", "driver": "/test", "staff": "/staff"}
# What somebody may open who still has the password that an administrator made.
WITH_FIRST_PASSWORD = ("/staff/password", "/staff/sign-out", "/staff/sign-out-everywhere")
LOCAL = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view: only people who may do this come in."""

    def mark(view: View) -> View:
        view.__dict__["needs"] = permission
        return view

    return mark


def public(view: View) -> View:
    """Mark a view: everybody comes in."""
    view.__dict__["needs"] = None
    return view


def may(permission: Permission) -> bool:
    """Whether whoever is signed in is granted the permission. Menus ask this; views are checked anyway."""
    return roles.may(people.roles(), permission)


def needed(endpoint: str | None) -> Permission | None:
    """What the view behind an endpoint asks for; None for a public view and for no view at all."""
    mark: Permission | None = current_app.view_functions[endpoint].__dict__["needs"] if endpoint else None
    return mark


def audience(permission: Permission | None) -> str:
    """Whose page it is: "public", "driver" or "staff"."""
    if permission is None:
        return "public"
    return "driver" if permission is Permission.SIT_TEST else "staff"


def actor() -> str:
    """The opaque key of whoever acts on the present page. On the driver's pages that is the driver, even where an
    officer is signed in beside them in the same browser."""
    whose = audience(needed(request.endpoint))
    if whose == "driver" and (sitter := people.driver()):
        return f"person:{sitter.person_id}"
    if whose == "staff" and (member := people.staff()):
        return f"staff:{member.staff_id}"
    return "public"


def home() -> str:
    """Where a way back from the present page leads."""
    return HOME[audience(needed(request.endpoint))]


def local_path(text: str | None) -> str | None:
    """The text if it is an address on this service, so that a sign-in never sends anybody elsewhere."""
    return text if text and LOCAL.fullmatch(text) else None


def init_app(app: Flask) -> None:
    """Refuse to start while a view is unmarked. Call it after the last blueprint."""
    unmarked = sorted(name for name, view in app.view_functions.items() if "needs" not in view.__dict__)
    if unmarked:
        raise RuntimeError(f"no permission named for: {', '.join(unmarked)}")
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    permission = needed(request.endpoint)
    if permission is None:
        return None
    whose = audience(permission)
    if not (people.driver() if whose == "driver" else people.staff()):
        return _signed_out(whose) if whose in cookie else redirect(_way_in(whose), 303)
    if whose == "staff" and people.must_change_password() and request.path not in WITH_FIRST_PASSWORD:
        return redirect(WITH_FIRST_PASSWORD[0], 303)
    if not may(permission):
        abort(403)
    if whose == "staff" and request.method not in SAFE:
        let_others()  # who it is was asked in the place for writing, which is not needed while a form is read
    return None


def _way_in(whose: str) -> str:
    """The sign-in page; for staff it knows what they had asked for."""
    if whose == "staff" and request.method in SAFE:
        return SIGN_IN[whose] + "?" + urlencode({"next": request.full_path.rstrip("?")})
    return SIGN_IN[whose]


def _signed_out(whose: str) -> ResponseReturnValue:
    """A page rather than a redirect, since somebody who has just pressed a button must hear that it did nothing."""
    sent = request.method not in SAFE
    facts = {"whose": whose, "why": people.ended(), "sign_in": _way_in(whose), "sent": sent}
    give_up()
    return render_template("errors/signed_out.html", **facts), 403
