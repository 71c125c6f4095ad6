"""What every template may use, and nothing that only one page needs."""

from dataclasses import dataclass
from functools import partial

from flask import Flask, request
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from quiz.domain import attempt, calendar, numbers
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.records import papers
from quiz.records.sessions import SignedInDriver, SignedInStaff
from quiz.settings import ROOT, Settings
from quiz.web import brand, guard, people, service
from quiz.web.fields import error_links
from quiz.web.request import session


@dataclass(frozen=True)
class Place:
    """One entry of a menu: where it leads, in which words, for whom."""

    path: str
    words: str
    permission: Permission


MENU = {
    "staff": (
        Place("/staff/attempts", "Results", Permission.SEE_ATTEMPTS),
        Place("/staff/drivers", "Drivers", Permission.FIND_DRIVERS),
        Place("/staff/letters", "Letters", Permission.FIND_DRIVERS),
        Place("/staff/groups", "Groups", Permission.MANAGE_GROUPS),
        Place("/staff/sessions", "Sessions", Permission.SUPERVISE),
        Place("/staff/reports", "Reports", Permission.SEE_REPORTS),
        Place("/staff/training", "Training", Permission.MANAGE_TRAINING),
        Place("/editor", "Questions", Permission.SEE_QUESTIONS),
        Place("/staff/contacts", "Contacts", Permission.SEE_CONTACTS),
        Place("/staff/go-live", "Go live", Permission.SEE_READINESS),
        Place("/staff/people", "Staff", Permission.MANAGE_STAFF),
        Place("/staff/audit", "Audit log", Permission.SEE_AUDIT),
    ),
}
MENU["editor"] = MENU["staff"]


def menu(audience: str) -> list[tuple[Place, bool]]:
    """The entries that the signed-in person may use, each with whether it is the present one."""
    allowed = [place for place in MENU.get(audience, ()) if guard.may(place.permission)]
    return [(place, request.path == place.path or request.path.startswith(place.path + "/")) for place in allowed]


def signed_in(audience: str) -> SignedInDriver | SignedInStaff | None:
    """Whose name stands at the top of a page for that audience."""
    return people.driver() if audience == "driver" else people.staff()


def service_name(usual: str, audience: str) -> str:
    """What stands at the top of a page: whoever sits another test than the drivers' reads the name of that one."""
    sitter = people.driver() if audience == "driver" else None
    return usual if sitter is None or sitter.test == TEST else papers.current(session(), sitter.test).name


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the templates: where they are, their filters and their few global names."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), macros])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        clock=calendar.clock,
        day=calendar.words,
        grouped=numbers.show,
        left=attempt.left_words,
        moment=calendar.moment,
        weekday=calendar.weekday,
    )
    app.jinja_env.globals.update(
        Permission=Permission,
        brand=brand.of(settings),
        contacts=service.contacts,
        error_links=error_links,
        facts=service.facts,
        may=guard.may,
        menu=menu,
        service_name=partial(service_name, brand.of(settings).service),
        signed_in=signed_in,
        support=service.support,
    )
