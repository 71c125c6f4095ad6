"""Changing and confirming telephone numbers: each change makes a new version of the whole set."""

from dataclasses import replace
from datetime import date

from quiz.actions.work import Work
from quiz.documents import fonts
from quiz.domain import calendar, names
from quiz.domain import contacts as rules
from quiz.domain.contacts import Contact, ContactSet
from quiz.domain.errors import Refused
from quiz.records import contacts, service
from quiz.records.service import Service


def current(work: Work) -> ContactSet:
    """The set in force."""
    return contacts.load(work.session, service.facts(work.session).contacts_version)


def change(
    work: Work, key: str, *, name: str, number: str, purpose: str, note: str, email: str, seen: int | None = None
) -> None:
    """New words or a new number. A changed number counts as unchecked until somebody confirms it.

    `seen` is the version of the contacts from which this was written; None asks nothing.
    """
    row, old = _held(work, key)
    if seen is not None and old not in contacts.load(work.session, seen).contacts:
        raise Refused(
            "changed-meanwhile",
            "Somebody changed this contact while you were writing. It now reads: "
            f"{'; '.join(filter(None, (old.name, old.number, old.purpose, old.note, old.email)))}. "
            "Press “Save” again to put your words in place of these.",
        )
    new = replace(
        old,
        name=" ".join(name.split()),
        number=" ".join(number.split()),
        purpose=" ".join(purpose.split()),
        note=" ".join(note.split()),
        email=email.strip(),
    )
    for _, words in rules.problems(new):
        raise Refused("contact", words)
    if missing := fonts.unprintable(new.name + new.number + new.purpose + new.note):
        raise Refused("contact", f"The contact card cannot be printed with “{missing}”. Use other words.")
    if new.number != old.number:
        new = replace(new, checked_on=None, checked_by="")
    if new != old:
        _save(work, row, new, "contact.changed")


def confirm(work: Work, key: str, *, on: date, by: str, number: str | None = None) -> None:
    """Somebody rang the number and the right service answered. `number` is the one that was rung, where it is known."""
    row, old = _held(work, key)
    if number not in (None, old.number):
        raise Refused("number-changed", f"The number was changed to {old.number} meanwhile. Ring that one.")
    if on > calendar.day_of(work.now):
        raise Refused("checked-on", "The day of the check is in the future. Enter today or an earlier day.")
    if not by.strip():
        raise Refused("checked-by", "Enter the name of whoever rang the number.")
    _save(work, row, replace(old, checked_on=on, checked_by=names.tidy(by)), "contact.confirmed")


def _held(work: Work, key: str) -> tuple[Service, Contact]:
    """The contact as it stands; nobody else changes any until the end of the transaction."""
    row = service.row(work.session)
    if row is None:
        raise Refused("not-initialised", "Run “quiz init” first.")
    return row, contacts.load(work.session, row.contacts_version).get(key)


def _save(work: Work, row: Service, new: Contact, event: str) -> None:
    old = contacts.load(work.session, row.contacts_version)
    row.contacts_version = contacts.save(
        work.session, tuple(new if one.key == new.key else one for one in old.contacts), work.now, work.actor
    )
    work.session.flush()
    work.record(event, f"contact:{new.key}", version=row.contacts_version)
