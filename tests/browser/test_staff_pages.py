"""Every page that each role can reach by links: nothing beyond the edge of a phone, nothing that axe finds."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from quiz.actions import editing, inviting, people, planning, reporting, sitting, training
from quiz.domain.action_plan import Action, Status
from quiz.domain.blueprint import Reason
from quiz.domain.holders import Wanted
from quiz.domain.inviting import Terms
from quiz.domain.licence import Kind
from quiz.domain.monitoring import Period
from quiz.domain.posting import State
from quiz.domain.report import Version
from quiz.domain.roles import Role, may
from quiz.domain.standing import Status as Stands
from quiz.domain.training import Plan
from quiz.records import bank
from quiz.records.inviting import counted
from tests.actions.test_letters import HOUSE, came, take, written
from tests.browser.conftest import DESK, PHONE, staff_sign_in
from tests.browser.looking import Window
from tests.lists import stage
from tests.make import COUNCIL, ISSUER, Make

ROLES = (Role.OFFICER, Role.EDITOR, Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR, Role.INVIGILATOR)
LINKS = "links => links.map(link => link.getAttribute('href'))"
FILES = (".pdf", ".csv")


@pytest.fixture
def busy(make: Make, tmp_path: Path) -> Make:
    """A service in which things have happened."""
    for name, right, unsafe in (("Ann Able", 20, 0), ("Bea Below", 9, 0), ("Cy Careless", 19, 1)):
        make.agree_everything() if unsafe else None
        sat = make.driver(name=name)
        make.pack(sat, make.attempt(sat, right=right, unsafe=unsafe))
    make.attempt(make.driver(name="Dee Doing"), finished=False)
    make.driver(name="Evangeline Featherstonehaugh-Cholmondeley of Bamber Bridge")
    sitting_id = make.sitting()
    for name, let_in in (("Fay Foyer", False), ("Gus Going", True)):
        seated = make.driver(name=name, supervised=True)
        _, word = make.seat(seated, sitting_id, let_in=let_in)
    session_id = make.session(seated)
    with make.work(f"person:{seated.person_id}") as work:
        sitting.start(work, session_id, seated.invitation_id, "handbook", word)
    letter = written(make, make.driver(name="Lou Letter", email="lou@example.com"))
    take(make)
    came(make, letter, State.REFUSED, "550 5.1.1 No such user here")
    group_key = make.group()
    make.attempt(make.member(group_key))
    make.member(group_key, name="Evangeline Featherstonehaugh-Cholmondeley of Bamber Bridge")
    invite_a_list(make)
    train(make)
    author = make.staff(Role.EDITOR, name="Ed Author")
    with make.work(f"staff:{author}") as work:
        first, second, *_ = [one for one in bank.live_versions(work.session, "driver") if one.critical]
        editing.suspend(work, first.question_id, "The number has changed")
        editing.send_to_review(work, editing.add_version(work, second.draft, "driver", "written"))
    make.driver(name="Ida Import", number="PH800", email="ida@example.com")
    stage(
        make,
        tmp_path,
        "PH801;PH;Ida Import;ida@example.com;;",
        "PH802;PH;Jo Import;;7700900123;31/12/2027",
        ";;;;;soon",
    )
    with make.work("staff:officer") as work:
        planning.add(work, Action("Training", "Hold a session", "Licensing manager", None, Status.UNDER_WAY, ""))
        planning.add(work, Action("Policy", "Write it", "Licensing manager", work.now.date(), Status.COMPLETED, "Done"))
        days = Period(work.now.date() - timedelta(days=200), work.now.date())
        house = reporting.House("Council", "Test")
        reporting.issue(work, reporting.Wanted("driver", days, Version.INTERNAL), house, ISSUER.signer)
    return make


def train(make: Make) -> None:
    """A training session later today, of which nobody was told yet."""
    people_ids = [make.driver(name=f"Tess Trained {number}").person_id for number in range(2)]
    with make.work("staff:officer") as work:
        plan = Plan(work.now + timedelta(hours=2), "Town Hall", "SAMPLE trainer", 5)
        training.invite(work, training.plan(work, plan).id, people_ids)


def invite_a_list(make: Make) -> None:
    """One driver without e-mail, invited with a whole list."""
    with make.work("staff:officer") as work:
        people.add_driver(work, name="Una Uninvited", kind=Kind.DUAL, number="HC 77", authority=COUNCIL)
    with make.work("staff:officer") as work:
        wanted, terms = Wanted(status=Stands.NEVER), Terms("driver", Reason.RENEWAL, date(2026, 12, 21), False)
        number = counted(work.session, wanted, "driver", work.now).invited
        batch = inviting.ask(work, wanted, terms, number, "/staff/invitations")
        inviting.some(work, HOUSE, batch.id, None)


def view_behind(app: Flask, address: str) -> str | None:
    """The name of the view that answers an address; nothing for files, public pages and other sites."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or not parts.path or parts.path.endswith(FILES):
        return None
    name, _ = app.url_map.bind("127.0.0.1").match(parts.path, method="GET")
    return name if app.view_functions[name].__dict__["needs"] else None


def reachable(shown: Window, app: Flask) -> Iterator[str]:
    """Follow links from the start page to one page behind each view; it is open when its view's name is given."""
    waiting, seen = {"staff.start": "/staff"}, set()
    while waiting:
        name, address = waiting.popitem()
        seen.add(name)
        shown.page.goto(address)
        yield name
        for link in shown.page.locator("a[href]").evaluate_all(LINKS):
            found = view_behind(app, link)
            if found and found not in seen:
                waiting.setdefault(found, link)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(window: Callable[..., Window], app: Flask, busy: Make, role: Role) -> None:
    shown = window(DESK)
    staff_sign_in(shown.page, busy, role)
    shown.meets("Staff pages")
    opened = []
    for name in reachable(shown, app):
        asked = app.view_functions[name].__dict__["needs"]
        first = next(one for one in ROLES if may({one}, asked))
        if name == "staff.start" or role is first:  # what several roles see is looked at closely once
            shown.page.set_viewport_size(DESK)
            shown.keeps_its_promises()
        shown.page.set_viewport_size(PHONE)
        shown.fits()
        opened.append(name)
    assert len(opened) >= 5, opened
    assert ("telling.look" in opened) is (role is Role.OFFICER)
