"""The council's colours and logo, served under addresses that change with them."""

from flask import Blueprint, Response, abort

from quiz.web import brand
from quiz.web.guard import public
from quiz.web.headers import for_good
from quiz.web.parts import parts

pages = Blueprint("brand", __name__)


@pages.get("/brand.css")
@public
def stylesheet() -> Response:
    """The colours."""
    return for_good(Response(brand.stylesheet(parts().settings), mimetype="text/css"))


@pages.get("/logo")
@public
def logo() -> Response:
    """The logo."""
    settings = parts().settings
    if not settings.appearance.logo:
        abort(404)
    kind = "image/svg+xml" if settings.appearance.logo.endswith(".svg") else "image/png"
    return for_good(Response(brand.picture(settings), mimetype=kind))
