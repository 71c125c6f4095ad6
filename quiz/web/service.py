"""What every page knows of this instance: demo, pilot or live, and the contacts in force."""

from weakref import WeakKeyDictionary

from flask import g
from sqlalchemy import Engine

from quiz.domain.contacts import Contact, ContactSet
from quiz.records import contacts as records
from quiz.records import service
from quiz.records.service import ServiceFacts
from quiz.web.parts import parts
from quiz.web.request import session

_sets: WeakKeyDictionary[Engine, dict[int, ContactSet]] = WeakKeyDictionary()


def facts() -> ServiceFacts:
    """Read once per request, in one statement."""
    if "facts" not in g:
        g.facts = service.facts(session())
    found: ServiceFacts = g.facts
    return found


def contacts(version: int | None = None) -> ContactSet:
    """The contacts in force, or those of a version that a paper kept. A version never changes, so it is read once."""
    wanted = facts().contacts_version if version is None else version
    known = _sets.setdefault(parts().engine, {})
    if wanted not in known:
        known[wanted] = records.load(session(), wanted)
    return known[wanted]


def support() -> Contact | None:
    """Whom a driver rings about the test itself; None when nobody has entered such a contact."""
    wanted = parts().settings.support.contact
    return next((one for one in contacts().contacts if one.key == wanted), None)
