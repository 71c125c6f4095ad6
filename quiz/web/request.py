"""One request, one time, one transaction, and the only commit of the pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter

from quiz.actions.work import Work
from quiz.records import database
from quiz.web.parts import parts

SAFE = ("GET", "HEAD", "OPTIONS")
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class NotSaved(Exception):
    """The commit at the end of a request failed, so nothing of it was kept."""


class Number(IntegerConverter):
    """A number in an address that every database can hold; anything longer is an address that does not exist."""

    regex = r"\d{1,9}"


def now() -> datetime:
    """When the request had come in whole: the same for everything in it."""
    if "now" not in g:
        g.now = parts().clock()
    moment: datetime = g.now
    return moment


def session() -> Session:
    """The session of this request, opened when first asked for. A GET is given one that cannot write."""
    if "session" not in g:
        reads = request.method in SAFE or "given_up" in g
        g.session = (database.reading if reads else database.writing)(parts().engine)
    held: Session = g.session
    return held


def work() -> Work:
    """What an action is given: this request's session and time, and whoever is signed in."""
    return work_in(session())


def work_in(opened: Session) -> Work:
    """The same in a session that is not the request's own."""
    held = parts()
    return Work(opened, held.actor(), now(), held.chance, held.pepper)


@contextmanager
def open_reading() -> Iterator[Session]:
    """A short read before a POST takes the one place for writing (look somebody up, then check the password)."""
    with database.reading(parts().engine) as opened:
        yield opened


@contextmanager
def separately() -> Iterator[Session]:
    """A short transaction of its own, kept whatever becomes of the request (a counter must survive a refusal)."""
    if "session" in g and request.method not in SAFE and "given_up" not in g:
        # SQLite has one place for writing: the second writer would wait for the first until both fail.
        raise RuntimeError("a transaction of its own must come before the request's own session writes")
    with database.transaction(parts().engine) as opened:
        yield opened
    if "session" in g:
        g.session.rollback()  # a reader keeps the state of its first look: let the page see what was just written


def let_others() -> None:
    """Let others write until this request next asks for its session. Only before anything was written in it."""
    if "session" in g:
        g.session.rollback()


def give_up() -> None:
    """Undo what this request has written and write no more. Error pages call this first."""
    g.given_up = True
    if "session" in g:
        g.pop("session").close()


def takes(size: int) -> Callable[[View], View]:
    """Mark a view: staff may send it so many bytes, which is more than what others may send."""

    def mark(view: View) -> View:
        view.__dict__["takes"] = size
        return view

    return mark


def init_app(app: Flask) -> None:
    """Stamp the time once all was sent, before anything else; commit last of all, before the response is finished."""
    app.url_map.converters["int"] = Number
    app.before_request(_allow)
    app.before_request(_refuse_zero)  # reads all that is sent, however slowly it comes
    app.before_request(_stamp)
    app.after_request(_commit)
    app.teardown_request(_close)


def _allow() -> None:
    """The signed cookie is asked before anything is read; who it is, and what they may do, is asked afterwards."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and "takes" in view.__dict__ and "staff" in cookie:
        request.max_content_length = view.__dict__["takes"]


def _stamp() -> None:
    now()


def _refuse_zero() -> None:
    """Nobody types the character 0, and PostgreSQL cannot take it: without this it would be a fault."""
    sent = (*request.args.items(multi=True), *request.form.items(multi=True))
    if "\0" in request.path or any("\0" in text for pair in sent for text in pair):
        abort(400)


def _commit(response: Response) -> Response:
    if "session" in g and request.method not in SAFE and "given_up" not in g:
        if response.status_code < 400:
            _keep(g.session)
        else:
            give_up()
    return response


def _keep(held: Session) -> None:
    try:
        held.commit()
    except SQLAlchemyError as error:
        # After a failed COMMIT, closing the session sends no ROLLBACK: the connection itself has to go, or the next
        # request would be given one that is still in the middle of this transaction.
        held.invalidate()
        raise NotSaved from error


def _close(_error: BaseException | None) -> None:
    if "session" in g:
        g.pop("session").close()
