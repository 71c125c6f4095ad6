"""A driver's record: everything the council knows of a driver's tests. Opening one is itself on the record."""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import certificates as printing
from quiz.actions.work import Work
from quiz.documents import certificate as document
from quiz.domain import attempt as rules
from quiz.domain import calendar, numbers
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.records import (
    audit,
    certificates,
    decisions,
    groups,
    invitations,
    letters,
    papers,
    results,
    sittings,
    staff,
    training,
    unsafe,
)
from quiz.records.audit import AuditEntry
from quiz.records.decisions import Known
from quiz.records.results import Sat
from quiz.web import downloads, service, settling
from quiz.web.guard import may, needs
from quiz.web.parts import parts
from quiz.web.request import now, open_reading, separately, session
from quiz.web.staff import letters as letters_page
from quiz.web.staff import sat as sat_page
from quiz.web.staff import shown

pages = Blueprint("record", __name__, url_prefix="/staff/drivers/<uuid:person_id>")

READ = "person.read"


@pages.get("")
@needs(Permission.FIND_DRIVERS)
def record(person_id: UUID) -> ResponseReturnValue:
    """The whole record on one page, which also prints."""
    known, entries = opened(person_id)
    if not known.licences and (way := _in_group(person_id)):
        return redirect(way, 303)
    sat = [one for one in settled(person_id) if one.attempt.test == TEST]
    invited = [one for one in invitations.with_codes(session(), person_id) if one[0].test == TEST]
    versions = papers.versions(session(), TEST)
    names = staff.names(session())
    held = sittings.of_attempts(session(), [one.attempt.id for one in sat if one.attempt.supervised])
    return render_template(
        "staff/record/page.html",
        person=known.person,
        at=now(),
        licences=known.licences,
        sat=[sat_page.sat(one, versions, held.get(one.attempt.id), known.adjustments, names, now()) for one in sat],
        invited=[shown.invited(*one, sat, names, now()) for one in invited],
        unsafe=_to_read(person_id, sat),
        following=shown.following(invited, sat, versions, service.facts().mark, known, now()),
        decisions=[shown.decision(one, names) for one in known.decisions],
        accepted=[shown.accepted(one, names, service.facts().mark, now()) for one in known.accepted],
        scans=known.scans,
        adjusted=[shown.adjustment(one, names) for one in known.adjustments],
        certificates=[shown.certificate(one.certificate, now()) for one in sat if one.certificate],
        letters=[letters_page.shown(one, known.person) for one in letters.of_person(session(), person_id)],
        trained=training.of_person(session(), person_id),
        history=[shown.entry(one, names) for one in entries],
    )


@pages.get("/certificates/<number>.pdf")
@needs(Permission.FIND_DRIVERS)
def certificate(person_id: UUID, number: str) -> Response:
    """A copy of a certificate as it was issued to this driver. Anybody else's is not found."""
    row = certificates.numbered(session(), numbers.read(number) or "")
    if row is None or row.person_id != person_id:
        abort(404)
    text = printing.printed(row)
    opened(person_id)
    return downloads.pdf(document.pdf(text), "safeguarding-certificate.pdf")


def _to_read(person_id: UUID, sat: list[Sat]) -> set[UUID]:
    """Attempts with an unsafe answer that wait to be read or answered, for those who may read them."""
    if not may(Permission.READ_UNSAFE) or not any(one.mark and one.mark.unsafe for one in sat):
        return set()
    return unsafe.of_person(session(), person_id)


def _in_group(person_id: UUID) -> str:
    """Somebody who is no driver has a page with the own group, for those who may open it."""
    held = groups.of_person(session(), person_id)
    if not held or not may(Permission.MANAGE_GROUPS):
        return ""
    membership, audience = held[0]
    return url_for("groups.one", group_key=audience.key, membership_id=membership.id)


def opened(person_id: UUID) -> tuple[Known, list[AuditEntry]]:
    """Whose record it is and what happened to it, and the note that somebody looked: one a day for each reader."""
    with open_reading() as first:
        found = decisions.known(first, person_id) or abort(404)
        entries = audit.about(first, f"person:{person_id}")
    if not _noted(entries):
        with separately() as own:
            if not _noted(audit.about(own, f"person:{person_id}", limit=20)):
                held = parts()
                Work(own, held.actor(), now(), held.chance, held.pepper).record(READ, f"person:{person_id}")
    return found, entries


def _noted(entries: list[AuditEntry]) -> bool:
    since, actor = calendar.start_of(calendar.day_of(now())), parts().actor()
    return any(one.event == READ and one.actor == actor and one.at >= since for one in entries)


def settled(person_id: UUID) -> list[Sat]:
    """All attempts; those that ran out of time are marked first."""
    sat = results.of_person(session(), person_id)
    due = [one.id for one, *_ in sat if rules.may_be_settled(one, now())]
    for attempt_id in due:
        settling.settle(attempt_id)
    return results.of_person(session(), person_id) if due else sat
