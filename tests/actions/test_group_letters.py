"""People of groups hear by e-mail, as drivers do, or on paper; nothing that they read is about licences."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest

from quiz.actions import groups, letters, printing, reminding
from quiz.actions.letter_facts import House
from quiz.domain.posting import Outgoing, State
from quiz.records import groups as records
from quiz.records import invitations
from quiz.records import letters as rows
from quiz.records.letters import Letter
from tests.actions.sitter import refused
from tests.actions.test_letters import HOUSE, take
from tests.make import Made, Make

PILOT = House(*[getattr(HOUSE, name) for name in HOUSE.__slots__[:5]], "PILOT", True)
CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}")
LICENCES = re.compile(r"licen[cs]e|driver|taxi", re.IGNORECASE)


@pytest.fixture
def group(make: Make) -> str:
    return make.group()


def added(make: Make, group: str, name: str, email: str = "") -> UUID:
    """Somebody of the group who was never invited; the key of the membership."""
    with make.work() as work:
        audience = records.of_key(work.session, group)
        assert audience is not None
        return groups.add(work, audience, name=name, email=email).id


def write(make: Make, group: str) -> list[str]:
    with make.work("staff:ann") as work:
        audience = records.of_key(work.session, group)
        assert audience is not None
        return [one.state for one in groups.invite_some(work, PILOT, audience, "pilot", date(2026, 12, 21))]


def waiting_people(make: Make, group: str) -> list[str]:
    with make.reading() as session:
        audience = records.of_key(session, group)
        assert audience is not None
        return [one.person.name for one in records.to_invite(session, audience, "pilot", make.clock.now)]


def test_by_email_with_the_reference_and_a_code_that_works_and_no_word_of_a_licence(make, group):
    one = added(make, group, "Morgan Member", "morgan@example.com")
    assert waiting_people(make, group) == ["Morgan Member"]
    assert write(make, group) == ["waiting"]
    assert (waiting_people(make, group), write(make, group)) == ([], [])
    out = take(make)
    assert isinstance(out, Outgoing) and out.to == "morgan@example.com"
    for words in (
        "every elected member",
        "Please pass the test by 21 December 2026.",
        "/sign-in/elected-members",
        "M-",
    ):
        assert words in out.body
    assert out.body.startswith("PILOT. ") and "{" not in out.body + out.subject
    assert not LICENCES.search((out.body + out.subject).replace(PILOT.support, ""))
    with make.reading() as session:
        row = session.get_one(records.Membership, one)
    assert make.session(Made(row.person_id, row.id, row.reference, CODE.search(out.body)[0]))


def test_without_an_address_it_is_printed_once_and_the_words_are_kept_without_the_code(make, group):
    for name in ("Bea Second", "Cal Third"):
        added(make, group, name)
    assert write(make, group) == ["paper", "paper"]
    with make.work("staff:ann") as work:
        audience = records.of_key(work.session, group)
        sheets = printing.to_members(work, PILOT, audience, printing.of_group(work.session, audience))
        printing.printed(work, sheets)
    assert [one.text.holder for one in sheets] == ["Cal Third", "Bea Second"]
    assert sheets[0].text.known_by[0].startswith("Your reference: M-")
    with make.reading() as session:
        kept = [session.get_one(Letter, one.letter_id) for one in sheets]
        assert printing.of_group(session, records.of_key(session, group)) == []
    assert {(one.state, one.sealed) for one in kept} == {("printed", None)}
    assert all("{code}" in one.body and sheets[0].text.code not in one.body for one in kept)
    with make.work() as work:
        refused("letters-printed", printing.printed, work, sheets)


def test_a_pass_that_ends_soon_is_reminded_of_once_and_not_when_it_was_renewed(make, group, clock):
    made = make.member(group, email="morgan@example.com")
    make.attempt(made)
    assert remind(make) == 0
    clock.pass_by(days=340)
    assert (remind(make), remind(make)) == (1, 0)
    out = take(make)
    assert "is valid to the end of 23 November 2027" in out.body and not LICENCES.search(out.body)
    with make.work("service") as work:
        letter = rows.of_person(work.session, made.person_id)[0]
        letter.state, letter.claimed_until, letter.next_try_at = State.WAITING, None, work.now
    with make.work("staff:ann") as work:
        audience = records.of_key(work.session, group)
        ((row, _),) = records.of_person(work.session, made.person_id)
        code = groups.invite(work, audience, row)
        newest = invitations.newest(work.session, made.person_id, audience.test)
        again = Made(made.person_id, newest.id, made.number, code)
    make.attempt(again)
    assert take(make) is None
    with make.reading() as session:
        assert rows.of_person(session, made.person_id)[0].words == letters.ENDS_NOT
    clock.pass_by(days=3)
    assert remind(make) == 0


def remind(make: Make) -> int:
    with make.work("cli:root") as work:
        return reminding.remind_members(work, PILOT)


def test_whoever_has_no_address_is_told_of_it_by_telephone(make, group, clock):
    made = make.member(group)
    make.attempt(made)
    clock.now += timedelta(days=364)
    assert remind(make) == 1
    with make.reading() as session:
        assert [one.state for one in rows.of_person(session, made.person_id)] == ["phone"]
