"""Letters: at most once each, with the code only while it is needed; what staff do about those that did not arrive."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Event
from time import sleep

import pytest
from sqlalchemy import text

from quiz.actions import invitations, letters, printing
from quiz.actions import people as people_actions
from quiz.actions.letter_facts import House
from quiz.domain.blueprint import Reason
from quiz.domain.posting import LEASE, Outcome, Outgoing, State
from quiz.records import audit, people
from quiz.records import letters as rows
from quiz.records.letters import Letter
from tests.actions.sitter import at_once, refused
from tests.make import COUNCIL, Made, Make

HOUSE = House(COUNCIL, "Driver test", "https://test.example.org", "Licensing, 01257 515151", "example.org", "", True)


@pytest.fixture
def made(make: Make) -> Made:
    return make.driver(name="Zoë O’Brien", number="PH1234", email="zoe@example.com")


def written(make: Make, made: Made, house: House = HOUSE) -> Letter:
    """An invitation with a new code, in the outbox."""
    with make.work("staff:ann") as work:
        row = invitations.invite(
            work, made.person_id, test="driver", reason=Reason.RENEWAL, deadline=date(2026, 12, 21)
        )
        whom = people.with_licences(work.session, made.person_id)
        letter = letters.invitation(work, house, row, invitations.issue_code(work, row), whom)
        work.record_all(letters.noted([letter]))
        work.session.flush()
        work.session.expunge(letter)
        return letter


def take(make: Make) -> Outgoing | None:
    with make.work("service") as work:
        return letters.take(work)


def came(make: Make, letter: Letter, state: State, words: str = "") -> Letter:
    with make.work("service") as work:
        letters.settle(work, letter.id, Outcome(state, words))
    return row(make, letter)


def row(make: Make, letter: Letter) -> Letter:
    with make.reading() as session:
        return session.get_one(Letter, letter.id)


def test_the_letter_brings_the_code_and_only_the_end_of_the_licence_number(make, made):
    letter = written(make, made)
    out = take(make)
    assert (out.to, out.message_id) == ("zoe@example.com", f"<{letter.id}@example.org>")
    for words in (
        "Dear Zoë O’Brien",
        "You asked to renew your licence. Please pass the Driver test by 21 December 2026",
        "the one that ends with 234",
        "https://test.example.org/practice",
        "Licensing, 01257 515151",
    ):
        assert words in out.body
    assert "PH1234" not in out.body + out.subject and "{" not in out.body + out.subject
    code = next(line.strip() for line in out.body.splitlines() if line.strip().count("-") == 2)
    made_again = Made(made.person_id, made.invitation_id, made.number, code)
    assert make.session(made_again)


def test_printing_and_a_colleague_at_a_letter_do_not_wait_in_a_circle(make, made):
    """A letter on paper whose code was replaced, and one that is printed while a colleague looks after it."""
    at_home = replace(HOUSE, by_email=False)
    stale, letter = written(make, made, at_home), written(make, make.driver(), at_home)
    make.code(replace(made, invitation_id=stale.invitation_id))
    held = Event()

    def look_after_it():
        with make.work("staff:other") as work:
            rows.locked(work.session, letter.id)
            held.set()
            sleep(0.3)
            work.record("person.read", "person:somebody")

    with make.reading() as session:
        waiting = rows.listed(session, [State.PAPER])
    with ThreadPoolExecutor(1) as colleague:
        looked = colleague.submit(look_after_it)
        held.wait()
        with make.work("staff:ann") as work:
            sheets = printing.to_drivers(work, at_home, waiting)
            assert printing.over(work, waiting) == 1
            printing.printed(work, sheets)
        looked.result()
    assert (row(make, stale).state, row(make, letter).state) == (State.GIVEN_UP, State.PRINTED)


def test_the_code_stands_nowhere_in_plain_and_is_erased_when_sent(make, made, engine):
    letter = written(make, made)
    code = next(line.strip() for line in take(make).body.splitlines() if line.strip().count("-") == 2)
    assert row(make, letter).sealed is not None
    after = came(make, letter, State.SENT)
    assert (after.state, after.sealed, after.ended_by) == ("sent", None, "service")
    with engine.connect() as connection:
        for table in ("letter", "audit_entry", "access_code", "job"):
            everything = str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 (our own names)
            assert code not in everything and code.replace("-", "") not in everything
    with make.reading() as session:
        told = audit.about(session, f"person:{made.person_id}")
    assert [one.event for one in told[:2]] == ["letter.sent", "letter.written"]
    assert not [one for one in told if "zoe@" in one.content or "Zoë" in one.content]


def test_a_letter_that_waits_goes_to_the_address_that_the_driver_has_by_then(make, made):
    moved, gone = written(make, made), written(make, make.driver(email="gone@example.com"))
    with make.work("staff:ann") as work:
        people_actions.correct(work, made.person_id, name="Zoë O’Brien", email="new@example.com", phone="")
        people_actions.correct(work, gone.person_id, name="No Mail", email="", phone="")
    assert (take(make).to, take(make)) == ("new@example.com", None)
    assert row(make, moved).address == "new@example.com"
    left = row(make, gone)
    assert (left.state, left.address, left.sealed is None) == ("paper", "", False)


def test_without_an_address_or_without_mail_it_is_for_paper(make, made):
    nobody = make.driver(name="No Mail")
    by_hand = House(COUNCIL, "Driver test", "https://test.example.org", "", "example.org", "", False)
    assert (written(make, nobody).state, written(make, made, by_hand).state) == ("paper", "paper")
    assert take(make) is None


def test_a_letter_is_taken_up_by_one_process_only(make):
    for number in range(4):
        written(make, make.driver(email=f"driver{number}@example.com"))
    taken = [one for one in at_once(8, lambda _: take(make)) if one]
    assert sorted(one.to for one in taken) == [f"driver{number}@example.com" for number in range(4)]


def test_what_was_put_off_is_tried_later_and_goes_once(make, made, clock):
    letter = written(make, made)
    assert take(make) and came(make, letter, State.WAITING, "451 Busy").words == "451 Busy"
    assert take(make) is None
    clock.pass_by(minutes=1)
    assert take(make).reference == str(letter.id)
    assert came(make, letter, State.SENT).tries == 2
    clock.pass_by(days=1)
    assert take(make) is None


def test_a_letter_of_which_nobody_knows_is_not_sent_again_by_itself(make, made, clock):
    letter = written(make, made)
    take(make)
    clock.now += LEASE - timedelta(seconds=1)
    with make.work("service") as work:
        assert letters.nobody_knows(work) == 0
    clock.pass_by(seconds=1)
    with make.work("service") as work:
        assert letters.nobody_knows(work) == 1
    assert (row(make, letter).state, row(make, letter).words) == ("unknown", letters.NO_ANSWER)
    clock.pass_by(days=2)
    assert take(make) is None
    with make.reading() as session:
        assert (rows.counts(session).unknown, rows.counts(session).owed) == (1, 1)
    assert came(make, letter, State.SENT).state == "sent"  # its process was only slow


def test_staff_say_that_it_arrived_or_send_it_again_to_the_present_address(make, made, clock):
    first = written(make, made)
    take(make)
    came(make, first, State.UNKNOWN, "Broke off")
    with make.work("staff:ann") as work:
        letters.arrived(work, first.id)
    assert (row(make, first).state, row(make, first).sealed) == ("sent", None)
    second = written(make, made)
    take(make)
    came(make, second, State.REFUSED, "550 No such user")
    with make.work("staff:ann") as work:
        people.person(work.session, made.person_id).email = "new@example.com"
        letters.again(work, second.id)
    out = take(make)
    assert (out.to, out.message_id) == ("new@example.com", second.message_id)
    refused("letter-changed", by_staff, make, letters.again, second)


def by_staff(make: Make, deed: object, letter: Letter) -> None:
    with make.work("staff:ann") as work:
        deed(work, letter.id)


def test_a_letter_without_an_address_cannot_be_sent_again(make, made):
    letter = written(make, made)
    take(make)
    came(make, letter, State.REFUSED, "550")
    with make.work() as work:
        people.person(work.session, made.person_id).email = ""
    refused("letter-address", by_staff, make, letters.again, letter)
    by_staff(make, letters.rung, letter)
    assert (row(make, letter).state, row(make, letter).sealed) == ("rung", None)


def test_a_code_that_was_replaced_or_has_ended_is_not_sent(make, made, clock):
    first, second = written(make, made), written(make, made)
    assert take(make).reference == str(second.id)
    assert (row(make, first).state, row(make, first).words) == ("given-up", letters.CODE_OVER)
    other = written(make, make.driver(email="b@example.com"))
    clock.pass_by(days=29)
    assert take(make) is None
    assert (row(make, other).state, row(make, other).sealed) == ("given-up", None)


def test_with_new_keys_a_code_is_not_sent_but_told(make, made):
    letter = written(make, made)
    with make.work() as work:
        work.session.get_one(Letter, letter.id).sealed = "AAAA"
    assert take(make) is None
    assert row(make, letter).words == letters.CODE_LOST


def test_after_days_of_being_put_off_a_letter_is_refused(make, made, clock):
    letter = written(make, made)
    clock.pass_by(days=5, minutes=1)
    take(make)
    assert came(make, letter, State.WAITING, "451 Busy").state == "refused"


def test_what_staff_do_not_want_sent_is_not_sent(make, made):
    letter = written(make, made)
    by_staff(make, letters.give_up, letter)
    assert (take(make), row(make, letter).state, row(make, letter).sealed) == (None, "given-up", None)
    refused("letter-changed", by_staff, make, letters.arrived, letter)
