"""Setting up: an empty database once, all or nothing."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, func, select

from quiz.actions import bank, installing
from quiz.actions.bank import Wrong
from quiz.actions.work import Work
from quiz.domain.errors import Refused
from quiz.domain.question import Problem
from quiz.records import audit, contacts, database, migrating, papers, service
from quiz.records import bank as records
from quiz.records.questions import Agreement, Approval, Question
from quiz.records.service import Service
from tests.make import PEPPER, Clock


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    """A migrated database with nothing in it."""
    engine = database.connect(f"sqlite:///{tmp_path / 'new.db'}")
    migrating.migrate(engine)
    return engine


def install(engine: Engine, folder: bank.Folder, demo: bool) -> None:
    with database.transaction(engine) as session:
        installing.install(Work(session, "cli:test", Clock().now, Random(7), PEPPER), folder, demo=demo)


def test_a_real_service_begins_as_a_pilot_with_the_whole_bank(make, folder):
    with make.reading() as session:
        facts = service.facts(session)
        assert (facts.demo, facts.live, facts.mark) == (False, False, "PILOT")
        assert contacts.load(session, facts.contacts_version).contacts == folder.contacts
        assert papers.current(session, "driver") == folder.blueprint
        assert len(records.candidates(session, "driver")) == len(folder.drafts)
        assert audit.first_break(session) is None


def test_what_came_with_the_program_was_approved_by_nobody_here(make):
    with make.reading() as session:
        assert session.scalar(select(func.count()).select_from(Approval).where(Approval.approver.is_not(None))) == 0
        live = records.live_versions(session, "driver")
        assert len(records.loaded(session, live)) == len(live)


def test_a_database_that_is_set_up_is_not_set_up_again(make, folder):
    with make.work() as work, pytest.raises(Refused) as refused:
        installing.install(work, folder, demo=True)
    assert refused.value.code == "initialised-already"


def test_a_bank_with_a_problem_installs_nothing(empty, folder):
    broken = replace(folder, wrong=(Wrong("t01.toml", "t01-x", Problem("stem", "Write the question")),))
    with pytest.raises(Refused, match="t01-x: Write the question"):
        install(empty, broken, demo=False)
    with database.reading(empty) as session:
        assert [session.scalar(select(func.count()).select_from(one)) for one in (Service, Question)] == [0, 0]


def test_a_demonstration_is_one_for_ever_and_shows_the_unsafe_rule_at_work(empty, folder):
    install(empty, folder, demo=True)
    with database.reading(empty) as session:
        critical = [one.id for one in records.live_versions(session, "driver") if one.critical]
        assert (service.facts(session).mark, service.facts(session).live) == ("SAMPLE", False)
        assert records.agreed(session, critical, Clock().now) == set(critical)
        assert {one.split()[0] for one in session.scalars(select(Agreement.body))} == {"SAMPLE"}
