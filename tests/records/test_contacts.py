"""Contacts are kept version by version: what was shown then can be shown again."""

from dataclasses import replace

from quiz.actions import bank
from quiz.records import contacts


def test_what_was_installed_is_what_the_files_say(make, folder: bank.Folder):
    with make.reading() as session:
        assert contacts.load(session, 1).contacts == folder.contacts


def test_each_version_stays_as_it_was(make, folder: bank.Folder):
    changed = tuple(replace(one, number="01632 960 999") for one in folder.contacts)
    with make.work() as work:
        assert contacts.save(work.session, changed, work.now, "staff:1") == 2
    with make.reading() as session:
        assert contacts.load(session, 1).contacts == folder.contacts
        assert contacts.load(session, 2).contacts == changed


def test_the_history_of_one_contact_newest_first(make, folder: bank.Folder):
    changed = tuple(replace(one, name="New name") for one in folder.contacts)
    with make.work("staff:1") as work:
        contacts.save(work.session, changed, work.now, work.actor)
    with make.reading() as session:
        rows = contacts.history(session, "police")
        assert [(made.version, made.by) for made, _ in rows] == [(2, "staff:1"), (1, "cli:test")]
        assert rows[0][1].name == "New name"


def test_a_version_that_does_not_exist_is_empty(make):
    with make.reading() as session:
        assert contacts.load(session, 99).contacts == ()
