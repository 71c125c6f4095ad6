"""One JSON line for each fault, found again by the request id. Never a query, a name or anything that was sent."""

import json
import logging
import sys
from traceback import extract_tb
from uuid import uuid4

from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError

from quiz.web.request import now

logger = logging.getLogger("quiz.faults")


def request_id() -> str:
    """A random name for this request, shown on the page of a fault so that a reader can quote it."""
    if "request_id" not in g:
        g.request_id = uuid4().hex[:12]
    name: str = g.request_id
    return name


def log(error: BaseException) -> None:
    """Write the fault down: what it was and where, not what was in it."""
    line = {
        "at": now().isoformat(),
        "level": "error",
        "request": request_id(),
        "method": request.method,
        "route": str(request.url_rule) if request.url_rule else None,  # the pattern: an address may hold a number
        "fault": [type(link).__name__ for link in _chain(error)],
        "database": _database(error),
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)[-12:]],
    }
    logger.error(json.dumps({key: value for key, value in line.items() if value}))


def init_app(app: Flask) -> None:
    """Name every request, and send the lines to standard error."""
    app.after_request(_name)
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler(sys.stderr))
        logger.propagate = False


def _name(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    return response


def _chain(error: BaseException | None) -> list[BaseException]:
    return [error, *_chain(error.__cause__ or error.__context__)] if error else []


def _database(error: BaseException) -> str | None:
    """The database's own words for a state such as "database is locked"; its other errors may quote what was sent."""
    for link in _chain(error):
        if isinstance(link, OperationalError) and link.orig:
            return str(link.orig).splitlines()[0][:200]
    return None
