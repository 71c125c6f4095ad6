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


def current(work: Work) -> ContactSet:
    """The set in force."""
    return contacts.load(work.session, service.facts(work.session).contacts_version)


def change(work: Work, key: str, *, name: str, number: str, purpose: str, note: str, email: str) -> None:
    """New words or a new number. A changed number counts as unchecked until somebody confirms it."""
    old = current(work).get(key)
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
        _save(work, new, "contact.changed")


def confirm(work: Work, key: str, *, on: date, by: str) -> None:
    """Somebody rang the number and the right service answered."""
    if on > calendar.day_of(work.now):
        raise Refused("checked-on", "The day of the check is in the future. Enter today or an earlier day.")
    if not by.strip():
        raise Refused("checked-by", "Enter the name of whoever rang the number.")
    _save(work, replace(current(work).get(key), checked_on=on, checked_by=names.tidy(by)), "contact.confirmed")


def _save(work: Work, new: Contact, event: str) -> None:
    row = service.row(work.session)
    if row is None:
        raise Refused("not-initialised", "Run “quiz init” first.")
    old = contacts.load(work.session, row.contacts_version)
    row.contacts_version = contacts.save(
        work.session, tuple(new if one.key == new.key else one for one in old.contacts), work.now, work.actor
    )
    work.session.flush()
    work.record(event, f"contact:{new.key}", version=row.contacts_version)
