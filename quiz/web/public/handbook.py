"""The handbook: everything the test asks, open to everybody, chapter by chapter or as a whole to print or to keep."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from quiz.documents.handbook import Brand
from quiz.domain import calendar, searching
from quiz.web import downloads, handbook
from quiz.web.guard import public
from quiz.web.headers import cacheable
from quiz.web.parts import parts
from quiz.web.request import now
from quiz.web.service import contacts, facts

LONGEST_QUERY = 100

pages = Blueprint("handbook", __name__)


@pages.get("/handbook")
@public
@cacheable
def contents() -> ResponseReturnValue:
    """All chapters and their sections."""
    return render_template("public/handbook/contents.html", chapters=handbook.chapters())


@pages.get("/handbook/<slug>")
@public
@cacheable
def chapter(slug: str) -> ResponseReturnValue:
    """One chapter, with the way to its neighbours."""
    all_of_them = handbook.chapters()
    at = next((place for place, found in enumerate(all_of_them) if found.slug == slug), None)
    if at is None:
        abort(404)
    before = all_of_them[at - 1] if at else None
    after = all_of_them[at + 1] if at + 1 < len(all_of_them) else None
    return render_template(
        "public/handbook/chapter.html", chapter=all_of_them[at], before=before, after=after, count=len(all_of_them)
    )


@pages.get("/handbook/search")
@public
def search() -> ResponseReturnValue:
    """The sections in which the words stand. What is looked for names nobody, so it may stand in the address."""
    query = " ".join(request.args.get("words", "").split())[:LONGEST_QUERY]
    hits = searching.find(handbook.entries(), query)
    return render_template("public/handbook/search.html", query=query, hits=hits, asked="words" in request.args)


@pages.get("/handbook/print")
@public
@cacheable
def whole() -> ResponseReturnValue:
    """The whole handbook on one page, for a printer or a search."""
    return render_template(
        "public/handbook/print.html", chapters=handbook.chapters(whole=True), version=contacts().version
    )


@pages.get("/handbook/handbook.pdf")
@public
def document() -> Response:
    """The whole handbook as one tagged PDF, to keep on a phone or to print as a booklet."""
    settings = parts().settings
    brand = Brand(
        council=settings.council.name,
        service=settings.service.name,
        address=f"{settings.service.base_url}/handbook",
        contacts_version=contacts().version,
        day=calendar.day_of(now()),
        mark=facts().mark,
    )
    return downloads.pdf(handbook.pdf(brand), "safeguarding-handbook.pdf")
