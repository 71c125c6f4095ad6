"""Changing and confirming telephone numbers: a new version each time, old papers keep theirs."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest

from quiz.actions import contacts
from quiz.domain.contacts import Contact
from quiz.domain.errors import Refused
from quiz.records import attempts, audit, service
from quiz.records import contacts as records
from tests.make import Make

PLAIN = {"name": "Children's services", "purpose": "Worried about a child", "note": "", "email": ""}


def change(make: Make, number: str, **changes: object) -> None:
    with make.work("staff:1") as work:
        contacts.change(work, "children-services", **{**PLAIN, "number": number, **changes})


def current(make: Make) -> Contact:
    with make.work() as work:
        return contacts.current(work).get("children-services")


def version(make: Make) -> int:
    with make.reading() as session:
        return service.facts(session).contacts_version


def test_a_changed_number_is_current_at_once_in_a_new_version(make):
    change(make, " 01632  960 001 ")
    assert (current(make).number, version(make)) == ("01632 960 001", 2)


def test_a_changed_number_is_unconfirmed_until_somebody_rings_it(make):
    with make.work("staff:1") as work:
        contacts.confirm(work, "children-services", on=date(2026, 11, 23), by="Robin")
    change(make, "01632 960 001")
    assert not current(make).confirmed
    with make.work("staff:1") as work:
        contacts.confirm(work, "children-services", on=date(2026, 11, 23), by=" Robin  Officer ")
    assert (current(make).checked_on, current(make).checked_by) == (date(2026, 11, 23), "Robin Officer")


def test_other_words_for_the_same_number_leave_it_confirmed(make):
    with make.work("staff:1") as work:
        contacts.confirm(work, "children-services", on=date(2026, 11, 23), by="Robin")
    change(make, current(make).number, name="Children's social care")
    assert (current(make).name, current(make).confirmed) == ("Children's social care", True)


def test_nothing_changed_makes_no_version(make):
    change(make, "01632 960 001")
    change(make, "01632 960 001")
    assert version(make) == 2


def test_words_written_from_older_ones_do_not_undo_a_colleagues_number(make):
    change(make, "01632 960 001")
    with pytest.raises(Refused, match="It now reads: Children's services; 01632 960 001; Worried about a child"):
        change(make, "01632 960 002", seen=1)
    change(make, "01632 960 003", seen=2)
    assert current(make).number == "01632 960 003"


def test_a_colleagues_change_of_another_contact_is_in_nobodys_way(make):
    with make.work("staff:2") as work:
        contacts.change(work, "crimestoppers", number="0800 000 001", **PLAIN)
    change(make, "01632 960 001", seen=1)
    assert current(make).number == "01632 960 001"


def test_a_number_that_changes_while_it_is_confirmed_stays_changed_and_unconfirmed(make):
    rung = current(make).number

    def confirm() -> None:
        with make.work("staff:2") as work:
            contacts.confirm(work, "children-services", on=date(2026, 11, 23), by="Robin", number=rung)

    with ThreadPoolExecutor(1) as colleague:
        with make.work("staff:1") as work:
            contacts.change(work, "children-services", number="01632 960 001", **PLAIN)
            confirmed = colleague.submit(confirm)
            wait([confirmed], timeout=0.2)
        with pytest.raises(Refused, match="The number was changed to 01632 960 001 meanwhile"):
            confirmed.result()
    assert (current(make).number, current(make).confirmed) == ("01632 960 001", False)


def test_the_other_contacts_stay_as_they_are(make):
    change(make, "01632 960 001")
    with make.reading() as session:
        old, new = records.load(session, 1).contacts, records.load(session, 2).contacts
    assert [one.key for one, other in zip(old, new, strict=True) if one != other] == ["children-services"]


def test_an_open_paper_keeps_the_numbers_with_which_it_began(make, made):
    attempt_id = make.attempt(made, finished=False)
    before = current(make).number
    change(make, "01632 960 001")
    with make.reading() as session:
        kept = attempts.paper(session, made.person_id, attempt_id).contacts_version
        assert records.load(session, kept).get("children-services").number == before
    later = make.attempt(make.driver(), finished=False)
    with make.reading() as session:
        assert session.get_one(attempts.Attempt, later).contacts_version == 2


def test_what_is_wrong_is_refused_and_nothing_is_changed(make):
    wrong = {
        "telephone number": {"number": "ring us"},
        "name that drivers will read": {"name": " "},
        "when to ring": {"purpose": ""},
        "cannot be printed": {"name": "\N{CUNEIFORM SIGN A}"},
    }
    for words, changes in wrong.items():
        with pytest.raises(Refused, match=words):
            change(make, **{"number": "01632 960 001", **changes})
    assert version(make) == 1


def test_a_contact_that_does_not_exist_is_refused(make):
    with make.work() as work, pytest.raises(Refused, match="no contact called “nobody”"):
        contacts.change(work, "nobody", number="101", **PLAIN)


def test_a_check_names_who_and_a_day_that_has_come(make):
    for on, by, code in ((date(2026, 11, 24), "Robin", "checked-on"), (date(2026, 11, 23), " ", "checked-by")):
        with make.work() as work, pytest.raises(Refused) as refused:
            contacts.confirm(work, "children-services", on=on, by=by)
        assert refused.value.code == code


def test_who_changed_what_is_on_the_record(make):
    change(make, "01632 960 001")
    with make.reading() as session:
        (entry,) = audit.about(session, "contact:children-services")
    assert (entry.actor, entry.event) == ("staff:1", "contact.changed")
