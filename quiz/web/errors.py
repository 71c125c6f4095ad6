"""Refusals and faults as pages: what happened, what became of it, and what to do next."""

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError

from quiz.domain.errors import Refused
from quiz.web import faults, guard
from quiz.web.request import SAFE, NotSaved, give_up

OUTAGES = (OperationalError, InterfaceError, NoConnection, NotSaved)
OWN_PAGE = (400, 403, 404, 405, 409, 413, 429, 503)


def init_app(app: Flask) -> None:
    """One handler for each way in which a request can end badly."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(InternalServerError, fault)
    app.register_error_handler(IntegrityError, overtaken)
    for outage in OUTAGES:
        app.register_error_handler(outage, unavailable)


def refused(error: Refused) -> Response:
    """A rule said no: its words are the page, the first sentence as the heading."""
    first, _, rest = error.message.partition(". ")
    return _page("refused", 409, first=first.rstrip("."), rest=rest, code=error.code)


def forged(_error: CSRFError) -> Response:
    """The form was not one of ours, or is older than the sign-in."""
    return _page("csrf", 400)


def plain(error: HTTPException) -> Response:
    """What Flask and our views refuse by number. Redirects pass."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    name = str(error.code) if error.code in OWN_PAGE else "400"
    wait = getattr(error, "retry_after", None)
    page = _page(name, error.code, wait=wait, bare=error.code >= 500)
    for key, value in error.get_headers():
        if key in ("Allow", "Retry-After"):
            page.headers[key] = value
    return page


def fault(error: InternalServerError) -> Response:
    """Something broke. A commit that failed arrives here, since it fails after the view has ended."""
    original = error.original_exception
    if isinstance(original, OUTAGES):
        return _unavailable()
    return _page("500", 500, bare=True, reference=faults.request_id())


def overtaken(error: IntegrityError) -> Response:
    """Two people pressed at the same moment and the database kept the first: the second is told to look again."""
    faults.log(error)
    return _page("409", 409)


def unavailable(error: Exception) -> Response:
    """The database did not take it. Nothing is half written."""
    faults.log(error)
    return _unavailable()


def _unavailable() -> Response:
    sent = request.method not in SAFE
    return _page("503", 503, bare=True, sent=sent, again=_what_was_sent() if sent else None)


def _what_was_sent() -> list[tuple[str, str]] | None:
    """The driver's fields, so that one button sends them again. Pages that ask for a code or password are not his."""
    if guard.audience(guard.needed(request.endpoint)) != "driver":
        return None
    return list(request.form.items(multi=True))


def _page(name: str, status: int, **facts: object) -> Response:
    give_up()
    return make_response(render_template(f"errors/{name}.html", home=guard.home(), **facts), status)
