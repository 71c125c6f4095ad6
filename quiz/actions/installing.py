"""Filling an empty database: the one row of the service, contacts, blueprint and questions."""

from datetime import timedelta

from quiz.actions import bank, editing, going_live
from quiz.actions.bank import Folder
from quiz.actions.work import Work
from quiz.domain.chain import START
from quiz.domain.errors import Refused
from quiz.records import bank as records
from quiz.records import contacts
from quiz.records.audit import AuditHead
from quiz.records.service import Service


def install(work: Work, folder: Folder, *, demo: bool) -> None:
    """Set up an empty, migrated database. A real one begins as a pilot; demo is a fact for ever."""
    if work.session.get(Service, 1) is not None:
        raise Refused("initialised-already", "This database is set up already.")
    bank.must_be_right(folder)
    work.session.add(AuditHead(id=1, sequence=0, hash=START))
    work.session.flush()
    version = contacts.save(work.session, folder.contacts, work.now, work.actor)
    work.session.add(Service(id=1, demo=demo, created_at=work.now, contacts_version=version))
    work.session.flush()
    work.record("service.installed", "service", demo=demo)
    going_live.propose(work, folder.blueprint)
    bank.load(work, folder.drafts, folder.blueprint.test, initial=True)
    if demo:
        _sample_agreements(work, folder.blueprint.test)


def _sample_agreements(work: Work, test: str) -> None:
    """So that the unsafe rule can be seen at work. Marked as made up."""
    for version in records.live_versions(work.session, test):
        if version.critical:
            editing.record_agreement(
                work,
                version,
                body="SAMPLE police and partnership",
                role="SAMPLE safeguarding lead",
                agreed_on=work.now.date() - timedelta(days=1),
            )
