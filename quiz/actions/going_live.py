"""From pilot to live: what is still missing, adopting the blueprint, and the one step that cannot be taken back."""

import json
from datetime import date

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import bank as bank_rules
from quiz.domain import blueprint, calendar, readiness
from quiz.domain.blueprint import TEST, Blueprint
from quiz.domain.contacts import ContactSet
from quiz.domain.errors import Refused
from quiz.records import bank, contacts, papers, service, standing
from quiz.records.papers import BlueprintRow
from quiz.records.service import ServiceFacts

DECIDED = ("yes", "no")


def checklist(
    session: Session, test: str, instance: ServiceFacts, known: ContactSet, privacy_missing: tuple[str, ...]
) -> tuple[readiness.Item, ...]:
    """The go-live list as it stands. `known` are the contacts in force, which a page has at hand."""
    row = papers.newest(session, test)
    rules = papers.read(row.text)
    live = bank.live_versions(session, test)
    critical = [version.id for version in live if version.critical]
    return readiness.checklist(
        readiness.Facts(
            unconfirmed_contacts=len(known.unconfirmed()),
            unagreed_critical=len(set(critical) - bank.agreed_ever(session, critical)),
            loaded_questions=len(bank.loaded(session, live)),
            privacy_missing=privacy_missing,
            blueprint_adopted=row.adopted_on is not None,
            unsupervised_unset=tuple(k for k, said in rules.unsupervised.items() if said not in DECIDED),
            key_backup_made=instance.key_backup,
        )
    )


def go_live(work: Work, test: str, privacy_missing: tuple[str, ...]) -> None:
    """Results count for licences from now on. Once, on the record; never for a demo."""
    row = service.row(work.session)
    if row is None:
        raise Refused("not-initialised", "Run “quiz init” first.")
    if row.demo:
        raise Refused("demo", "This is a demonstration with made-up people. Set up a real instance with “quiz init”.")
    if row.live_at is not None:
        raise Refused("live-already", "This service is live already.")
    known = contacts.load(work.session, row.contacts_version)
    items = checklist(work.session, test, service.facts(work.session), known, privacy_missing)
    readiness.must_be_complete(items)
    row.live_at, row.live_by = work.now, work.actor
    work.session.flush()
    standing.refresh_all(work.session)  # what a pilot found does not count any more
    work.record("service.live", "service")


def adopt(work: Work, rules: Blueprint, *, on: date, minute: str, basis: str) -> BlueprintRow:
    """The committee's rules as a new version: date, minute and basis are kept with it."""
    if not minute.strip() or not basis.strip():
        raise Refused("adoption", "Give the minute in which the rules were adopted, and their basis.")
    if on > calendar.day_of(work.now):
        raise Refused("adoption", "The day of the decision is in the future. Adopt the rules once they are decided.")
    if not rules.for_drivers and rules.draws_on != TEST:
        raise Refused("adoption", f"There are no questions of a test “{rules.draws_on}”. Write bank = “{TEST}”.")
    short = list(bank_rules.shortages([one.draft for one in bank.live_versions(work.session, rules.draws_on)], rules))
    if short:
        raise Refused("adoption", "The bank cannot fill a paper by these rules: " + "; ".join(short))
    return _save(work, rules, on, minute.strip(), basis.strip())


def propose(work: Work, rules: Blueprint) -> BlueprintRow:
    """Rules that a pilot may use before the committee has adopted any."""
    return _save(work, rules, None, "", "")


def _save(work: Work, rules: Blueprint, on: date | None, minute: str, basis: str) -> BlueprintRow:
    text = json.dumps(blueprint.as_table(rules), ensure_ascii=False)
    row = papers.save(
        work.session,
        BlueprintRow(
            test=rules.test, text=text, made_at=work.now, made_by=work.actor, adopted_on=on, minute=minute, basis=basis
        ),
    )
    if row.number > 1 and rules.for_drivers:
        standing.refresh_all(work.session)  # waits and tries may be others now
    work.record("blueprint.saved", f"blueprint:{row.test}:{row.number}", adopted=on)
    return row


def key_backup_made(work: Work) -> None:
    """The keys were written to a passphrase-encrypted file."""
    row = service.row(work.session)
    if row is None:
        raise Refused("not-initialised", "Run “quiz init” first.")
    row.key_backup_at = work.now
    work.record("keys.backed-up", "service")
