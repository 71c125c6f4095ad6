"""Drivers' details: tidy, printable, one number for one person, and changes on the record."""

from datetime import date
from uuid import UUID

import pytest

from quiz.actions import people
from quiz.domain.errors import Refused
from quiz.domain.licence import Kind
from quiz.records import audit
from quiz.records import people as records
from quiz.records.people import Licence, Person
from tests.make import COUNCIL, Make

PLAIN = {"name": "Sam Driver", "kind": Kind.PRIVATE_HIRE, "number": "PH1", "authority": COUNCIL}


def add(make: Make, **changes: object) -> UUID:
    with make.work("staff:1") as work:
        return people.add_driver(work, **{**PLAIN, **changes}).id


def person(make: Make, person_id: UUID) -> Person:
    with make.reading() as session:
        return session.get_one(Person, person_id)


def licences(make: Make, person_id: UUID) -> list[Licence]:
    with make.reading() as session:
        return records.licences(session, person_id)


def events(make: Make, person_id: UUID) -> list[str]:
    with make.reading() as session:
        return [one.event for one in audit.about(session, f"person:{person_id}")][::-1]


def refused(make: Make, **changes: object) -> str:
    with pytest.raises(Refused) as found:
        add(make, **changes)
    return found.value.code


def test_a_driver_is_kept_tidily_with_a_first_licence(make):
    key = add(make, name="  Zoë  O’Neil ", number=" ph 1 ", email=" Zoe@Example.org ", phone="01632  960 001")
    row, (held,) = person(make, key), licences(make, key)
    assert (row.name, row.name_key, row.email, row.phone) == (
        "Zoë O’Neil",
        "zoe o'neil",
        "Zoe@example.org",
        "01632 960 001",
    )
    assert (held.number, held.number_key, held.kind, held.authority) == ("PH 1", "PH1", "private-hire", COUNCIL)
    assert events(make, key) == ["person.added", "licence.added"]


def test_a_number_that_somebody_holds_is_refused_in_any_spelling(make):
    add(make)
    assert [refused(make, number=number) for number in ("PH1", "ph 1", "P.H.-1")] == ["licence-taken"] * 3


def test_the_same_number_of_another_kind_or_council_is_another_licence(make):
    assert len({add(make), add(make, kind=Kind.HACKNEY), add(make, authority="Another Council")}) == 3


def test_what_cannot_be_kept_or_printed_is_refused_and_nobody_is_added(make):
    wrong = [
        ("name", " "), ("name", "x" * 101), ("name", "Sam\x00"), ("name", "Sam \N{CUNEIFORM SIGN A}"),
        ("number", "--"), ("number", "\N{CUNEIFORM SIGN A}1"), ("email", "sam at example"),
        ("phone", "ring me"), ("phone", "=1+1"),
    ]  # fmt: skip
    codes = [refused(make, **{field: typed}).replace("licence-", "") for field, typed in wrong]
    assert codes == [field for field, _ in wrong]
    with make.reading() as session:
        assert records.newest(session) == []


def test_a_correction_is_kept_and_names_the_fields_but_not_the_words(make):
    key = add(make)
    with make.work("staff:1") as work:
        people.correct(work, key, name="Sam Driven", email="sam@example.org", phone="")
    assert (person(make, key).name, person(make, key).name_key) == ("Sam Driven", "sam driven")
    with make.reading() as session:
        (entry, *_) = audit.about(session, f"person:{key}")
    assert '"fields":"email,name,name_key"' in entry.content and "Driven" not in entry.content


def test_a_correction_of_nothing_is_not_on_the_record(make):
    key = add(make)
    with make.work("staff:1") as work:
        people.correct(work, key, name=" Sam Driver ", email="", phone="")
    assert events(make, key) == ["person.added", "licence.added"]


def test_an_application_becomes_a_licence(make):
    key = add(make, kind=Kind.APPLICATION, number="APP 7")
    (held,) = licences(make, key)
    with make.work("staff:1") as work:
        people.correct_licence(work, key, held.id, kind=Kind.DUAL, number="D 7", expires_on=date(2029, 1, 31))
    (after,) = licences(make, key)
    assert (after.id, after.kind, after.number, after.number_key) == (held.id, "dual", "D 7", "D7")
    assert after.expires_on == date(2029, 1, 31)


def test_another_spelling_of_the_own_number_is_no_double(make):
    key = add(make)
    (held,) = licences(make, key)
    with make.work("staff:1") as work:
        people.correct_licence(work, key, held.id, kind=Kind.PRIVATE_HIRE, number="ph-1", expires_on=None)
    assert licences(make, key)[0].number == "PH-1"


def test_a_licence_cannot_take_a_number_that_somebody_else_holds(make):
    add(make)
    other = add(make, number="PH2")
    (held,) = licences(make, other)
    with pytest.raises(Refused) as found, make.work() as work:
        people.correct_licence(work, other, held.id, kind=Kind.PRIVATE_HIRE, number="PH 1", expires_on=None)
    assert found.value.code == "licence-taken"


def test_a_licence_of_somebody_else_cannot_be_corrected(make):
    one, other = add(make), add(make, number="PH2")
    with make.work() as work, pytest.raises(Refused) as found:
        held = records.licences(work.session, other)[0]
        people.correct_licence(work, one, held.id, kind=Kind.PRIVATE_HIRE, number="PH3", expires_on=None)
    assert found.value.code == "licence-unknown"


def test_a_person_may_have_several_licences(make):
    key = add(make)
    with make.work() as work:
        people.add_licence(work, key, kind=Kind.HACKNEY, number="HC9", authority=COUNCIL, expires_on=None)
    assert [held.number for held in licences(make, key)] == ["HC9", "PH1"]
