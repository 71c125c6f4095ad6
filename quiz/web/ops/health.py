"""For machines that watch: is the program alive, and can it work?"""

from functools import lru_cache

from flask import Blueprint, Response

from quiz.records import schema
from quiz.web import faults
from quiz.web.errors import OUTAGES
from quiz.web.guard import public
from quiz.web.parts import parts

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def alive() -> Response:
    """The program answers. Nothing else is asked."""
    return Response("alive\n", mimetype="text/plain")


@pages.get("/readyz")
@public
def ready() -> Response:
    """The database answers, and its schema is the one this program was written for."""
    try:
        present = schema.present(parts().engine)
    except OUTAGES as error:
        faults.log(error)
        return Response("the database does not answer\n", 503, mimetype="text/plain")
    if present != wanted():
        return Response("the database has another schema than this program\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@lru_cache(maxsize=1)
def wanted() -> str:
    """The schema this program was written for; reading it takes longer than asking the database."""
    return schema.newest()
