"""From pilot to live: only when nothing is missing, once, on the record, and never for a demonstration."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quiz.actions import bank as folders
from quiz.actions import contacts, going_live
from quiz.domain.errors import Refused
from quiz.records import audit, bank, papers, service
from quiz.records import contacts as contact_sets
from quiz.records.attempts import Attempt
from quiz.records.questions import Agreement, Review
from quiz.records.service import Service
from tests.make import Make

DECIDED = {"application": "no", "renewal": "yes"}


def review_everything(make: Make) -> None:
    """Rows as the reviews of everything that came with the program leave them."""
    with make.work() as work:
        for version in bank.live_versions(work.session, "driver"):
            for reviewer, capacity in (("staff:1", "editor"), *([("staff:2", "lead")] if version.critical else [])):
                row = Review(version_id=version.id, reviewer=reviewer, capacity=capacity, verdict="approve",
                             comment="", at=work.now)  # fmt: skip
                work.session.add(row)


def confirm_contacts(make: Make) -> None:
    with make.work() as work:
        for one in contacts.current(work).unconfirmed():
            contacts.confirm(work, one.key, on=date(2026, 11, 23), by="Robin")


def adopt(make: Make, **unsupervised: str) -> None:
    with make.work() as work:
        rules = replace(papers.current(work.session, "driver"), unsupervised={**DECIDED, **unsupervised})
        going_live.adopt(work, rules, on=date(2026, 11, 20), minute="LC/26/112", basis="Report of 1 November")


def back_up_keys(make: Make) -> None:
    with make.work() as work:
        going_live.key_backup_made(work)


STEPS: dict[str, Callable[[Make], None]] = {
    "contacts": confirm_contacts,
    "critical": Make.agree_everything,
    "questions": review_everything,
    "blueprint": adopt,
    "keys": back_up_keys,
}


def missing(make: Make, privacy: tuple[str, ...] = ()) -> list[str]:
    with make.reading() as session:
        instance = service.facts(session)
        known = contact_sets.load(session, instance.contacts_version)
        items = going_live.checklist(session, "driver", instance, known, privacy)
        return [item.key for item in items if not item.done]


def go_live(make: Make, privacy: tuple[str, ...] = ()) -> None:
    with make.work("staff:administrator") as work:
        going_live.go_live(work, "driver", privacy)


def test_a_new_service_misses_everything(make):
    assert missing(make, ("contact",)) == [
        "contacts", "critical", "questions", "privacy", "blueprint", "unsupervised", "keys",
    ]  # fmt: skip


def test_each_step_ticks_its_own_line_and_until_the_last_nobody_goes_live(make):
    for key, step in STEPS.items():
        with pytest.raises(Refused, match="Not yet"):
            go_live(make)
        assert key in missing(make)
        step(make)
        assert key not in missing(make)
    go_live(make)
    with make.reading() as session:
        assert service.facts(session).mark == ""
        row = session.get_one(Service, 1)
        assert (row.live_at, row.live_by) == (make.clock.now, "staff:administrator")
        assert [one.event for one in audit.about(session, "service", limit=1)] == ["service.live"]
    with pytest.raises(Refused, match="live already"):
        go_live(make)


def test_rules_that_leave_the_question_of_home_open_hold_the_service_back(make):
    adopt(make, renewal="unset")
    assert "unsupervised" in missing(make) and "blueprint" not in missing(make)


def test_an_agreement_that_is_withdrawn_is_missing_again(make):
    make.agree_everything()
    with make.work() as work:
        row = work.session.scalars(select(Agreement).limit(1)).one()
        row.withdrawn_at = work.now
    assert "critical" in missing(make)


def test_a_privacy_notice_with_gaps_holds_the_service_back(make):
    for step in STEPS.values():
        step(make)
    with pytest.raises(Refused, match="privacy notice"):
        go_live(make, ("retention",))


def test_rules_are_adopted_with_minute_and_basis(make, folder: folders.Folder):
    with make.work() as work:
        for minute, basis in ((" ", "Report"), ("LC/26/112", "")):
            with pytest.raises(Refused, match="Give the minute"):
                going_live.adopt(work, folder.blueprint, on=date(2026, 11, 20), minute=minute, basis=basis)


def test_an_attempt_keeps_the_rules_under_which_it_began(make, made):
    attempt_id = make.attempt(made, right=16, finished=False)
    with make.work() as work:
        rules = replace(papers.current(work.session, "driver"), pass_mark=20)
        going_live.adopt(work, rules, on=date(2026, 11, 20), minute="LC/26/113", basis="Stricter")
    with make.reading() as session:
        kept = session.get_one(Attempt, attempt_id).blueprint_id
        assert (papers.of(session, kept).pass_mark, papers.current(session, "driver").pass_mark) == (16, 20)
        assert [row.number for row in papers.versions(session, "driver")] == [2, 1]


def test_a_demonstration_never_goes_live(make):
    with make.work() as work:
        work.session.get_one(Service, 1).demo = True
    with pytest.raises(Refused, match="demonstration"):
        go_live(make)


def test_the_database_refuses_a_live_demonstration(make):
    with pytest.raises(IntegrityError), make.work() as work:
        row = work.session.get_one(Service, 1)
        row.demo, row.live_at = True, work.now
