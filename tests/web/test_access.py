"""Who comes in where: access.txt lists it for the licensing manager to read, and every route is tried as everybody.

After a change on purpose: QUIZ_WRITE_ACCESS=1 pytest tests/web/test_access.py writes the list anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, url_for
from flask import session as cookie
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from quiz.actions import planning, reporting, signing_in, training
from quiz.domain import roles
from quiz.domain.action_plan import Action, Status
from quiz.domain.monitoring import Period
from quiz.domain.report import Version
from quiz.domain.roles import STAFF_ROLES, Permission, Role
from quiz.domain.training import Plan
from quiz.records import bank, certificates, groups
from quiz.records.staff import Staff
from quiz.web.guard import SIGN_IN
from tests.make import ISSUER, Made, Make
from tests.page import HOST

LIST = Path(__file__).parent / "access.txt"
NOBODY = "nobody"


def routes(app: Flask) -> Iterator[tuple[str, Rule, Permission | None]]:
    """Method, address and permission of every route, in the order of addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule, app.view_functions[rule.endpoint].__dict__["needs"]


def listed(app: Flask) -> str:
    """The list of access."""
    return "".join(f"{method:<5}{rule.rule:<77}{needed or 'everybody'}\n" for method, rule, needed in routes(app))


class Visitor:
    """Somebody of a role who asks for one address after the other, signed in anew whenever that may have ended."""

    def __init__(self, app: Flask, make: Make, role: Role | None, made: Made) -> None:
        self.app, self.make, self.role, self.made = app, make, role, made
        self.staff_id = make.staff(role) if role in STAFF_ROLES else None
        with app.test_request_context():
            self.token, self.csrf = generate_csrf(), cookie["csrf_token"]

    def ask(self, method: str, path: str) -> TestResponse:
        """The answer to an empty form, or to opening a page."""
        client = self.app.test_client()
        with client.session_transaction(base_url=HOST) as held:
            held.update(self.signed_in(), csrf_token=self.csrf)
        sent = {"data": {"csrf_token": self.token}} if method == "POST" else {}
        return client.open(path, method=method, base_url=HOST, **sent)

    def signed_in(self) -> dict[str, object]:
        """What the cookie of a fresh sign-in holds."""
        with self.make.work() as work:
            if self.staff_id:
                opened = signing_in.staff_in(work, work.session.get_one(Staff, self.staff_id), "192.0.2.1")
                return {"staff": opened.token, "seen": int(work.now.timestamp())}
            if self.role is Role.DRIVER:
                driver = signing_in.driver(work, "192.0.2.1", self.made.number, self.made.code)
                assert driver is not None
                return {"driver": driver.token}
        return {}


@pytest.fixture
def places(make: Make, made: Made) -> dict[str, object]:
    """Something real for every part of an address that can vary."""
    running = make.attempt(made, finished=False)
    passed = make.driver()
    pack = make.pack(passed, make.attempt(passed))
    sitting_id = make.sitting()
    seat_id, _ = make.seat(make.driver(supervised=True), sitting_id)
    with make.work() as work:
        item_id = planning.add(work, Action("Area", "Act", "Post", None, Status.UNDER_WAY, "")).id
        days = Period(work.now.date(), work.now.date())
        house = reporting.House("Council", "Test")
        report_id = reporting.issue(work, reporting.Wanted("driver", days, Version.INTERNAL), house, ISSUER.signer).id
    group_key = make.group()
    member = make.member(group_key)
    with make.reading() as session:
        membership_id = groups.of_person(session, member.person_id)[0][0].id
        question = next(one for one in bank.live_versions(session, "driver") if one.critical)
        (certificate,) = certificates.of_person(session, passed.person_id)
    return {
        "attempt_id": running,
        "position": 1,
        "person_id": passed.person_id,
        "sitting_id": sitting_id,
        "seat_id": seat_id,
        "group_key": group_key,
        "membership_id": membership_id,
        "licence_id": UUID(int=1),
        "adjustment_id": UUID(int=1),
        "staff_id": make.staff(),
        "agreement_id": UUID(int=1),
        "pass_id": UUID(int=1),
        "pack_id": pack,
        "job_id": UUID(int=1),
        "training_id": _training(make),
        "place_id": UUID(int=1),
        "attendance_id": UUID(int=1),
        "report_id": report_id,
        "item_id": item_id,
        "import_id": UUID(int=1),
        "question_id": question.question_id,
        "number": certificate.number,
        "key": "police",
        "slug": "what-to-do",
        "letter_id": UUID(int=1),
        "batch_id": UUID(int=1),
        "deed": "again",
        "kind": "invitation",
    }


def _training(make: Make) -> UUID:
    with make.work() as work:
        return training.plan(work, Plan(work.now, "Town Hall", "SAMPLE trainer", 5)).id


def path_of(app: Flask, rule: Rule, places: dict[str, object]) -> str:
    """The address of a route with something real in it."""
    values = {name: places[name] for name in rule.arguments}
    if "<int:number>" in rule.rule:
        values["number"] = 1
    with app.test_request_context(base_url=HOST):
        return url_for(rule.endpoint, **values)


def is_refused(response: TestResponse) -> bool:
    """By a page that says so, or by being sent to the sign-in (with the way back, where there is one)."""
    return response.status_code == 403 or str(response.location).partition("?next=")[0] in SIGN_IN.values()


def test_the_list_of_access_is_the_one_that_was_agreed(app):
    if os.environ.get("QUIZ_WRITE_ACCESS"):
        LIST.write_text(listed(app), encoding="utf-8")
    assert listed(app) == LIST.read_text(encoding="utf-8")


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or NOBODY)
def test_everybody_comes_in_where_the_table_says_and_nowhere_else(app, make, made, places, role):
    visitor = Visitor(app, make, role, made)
    wrong = []
    for method, rule, needed in routes(app):
        response = visitor.ask(method, path_of(app, rule, places))
        allowed = needed is None or (role is not None and roles.may([role], needed))
        if is_refused(response) is allowed or response.status_code >= 500:
            wrong.append(f"{method} {rule.rule}: {response.status_code} {response.location or ''}")
    assert wrong == []


def test_what_a_form_would_change_is_refused_without_its_token(app, made):
    for method, rule, _ in routes(app):
        if method == "POST" and not rule.arguments:
            assert app.test_client().post(rule.rule, base_url=HOST).status_code == 400, rule.rule
