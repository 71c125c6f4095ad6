"""The front door, and the pages that every public service must have."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quiz.domain.blueprint import TEST
from quiz.domain.contacts import Contact
from quiz.records import papers
from quiz.web.guard import public
from quiz.web.headers import cacheable
from quiz.web.parts import parts
from quiz.web.request import session
from quiz.web.service import contacts, support

pages = Blueprint("start", __name__)


def numbers() -> dict[str, Contact]:
    """Today's contacts by key. One that has gone leaves a gap on these pages, never an error."""
    return {contact.key: contact for contact in contacts().contacts}


@pages.get("/")
@public
@cacheable
def start() -> ResponseReturnValue:
    """What the test is, before anybody signs in."""
    return render_template("public/start.html", rules=papers.current(session(), TEST), support=support())


@pages.get("/help")
@public
def get_help() -> ResponseReturnValue:
    """Whom to ring, now or today."""
    return render_template("public/help.html", ring=numbers())


@pages.get("/contact")
@public
def contact() -> ResponseReturnValue:
    """How to reach the council about the test."""
    return render_template("public/contact.html", support=support(), licensing=numbers().get("licensing"))


@pages.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about a driver, why and for how long."""
    return render_template("public/privacy.html", notice=parts().settings.privacy, support=support())


@pages.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What works for whom, what does not yet, and how to complain."""
    return render_template("public/accessibility.html", support=support())


@pages.get("/cookies")
@public
def cookies() -> ResponseReturnValue:
    """The one cookie, by name."""
    return render_template("public/cookies.html", over_https=parts().settings.service.over_https)
