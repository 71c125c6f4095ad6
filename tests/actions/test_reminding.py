"""Reminders: one for each driver, day and stage, however late, however often and however many ask."""

from datetime import date, timedelta

import pytest

from quiz.actions import elsewhere, letters, reminding
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.posting import REMINDERS
from quiz.records import letters as rows
from quiz.records import people
from tests.actions.sitter import at_once
from tests.actions.test_letters import HOUSE, take
from tests.make import Made, Make

PILOT = HOUSE.__class__(*[getattr(HOUSE, name) for name in HOUSE.__slots__[:5]], "PILOT", True)


def ends(make: Make, made: Made, days: int) -> date:
    """The driver's licence ends so many days from now."""
    with make.work() as work:
        (row,) = people.licences(work.session, made.person_id)
        row.expires_on = work.now.date() + timedelta(days=days)
        return row.expires_on


def remind(make: Make) -> int:
    count = 0
    for kind in REMINDERS:
        with make.work("cli:root") as work:
            count += reminding.remind(work, PILOT, "driver", kind)
    return count


def kinds(make: Make, made: Made) -> list[tuple[str, str]]:
    with make.reading() as session:
        return [(one.kind, one.state) for one in rows.of_person(session, made.person_id)][::-1]


@pytest.fixture
def made(make: Make) -> Made:
    return make.driver(number="PH1234", email="sam@example.com")


def test_each_stage_is_reminded_once(make, made, clock):
    ends(make, made, 91)
    found = []
    for _day in range(93):
        found.append(remind(make) + remind(make))
        clock.pass_by(days=1)
    assert [day for day, count in enumerate(found) if count] == [1, 61, 84] and sum(found) == 3
    assert [kind for kind, _ in kinds(make, made)] == ["reminder-90", "reminder-30", "reminder-7"]


def test_whoever_comes_late_is_reminded_once_by_the_most_urgent_one(make, made):
    ends(make, made, 5)
    assert (remind(make), remind(make)) == (1, 0)
    assert kinds(make, made) == [("reminder-7", "waiting")]


def test_two_at_once_write_one_letter(make, made):
    for number in range(5):
        ends(make, make.driver(email=f"d{number}@example.com"), 20)
    ends(make, made, 20)
    assert sum(at_once(4, lambda _: remind(make))) == 6
    assert kinds(make, made) == [("reminder-30", "waiting")]


def test_the_words_tell_the_day_and_the_licence_by_its_end(make, made):
    day = ends(make, made, 30)
    remind(make)
    out = take(make)
    assert f"runs until {day.day} {day:%B %Y}" in out.body and "ends with 234" in out.body
    assert "PH1234" not in out.body + out.subject and "{" not in out.body + out.subject
    assert out.subject.startswith("PILOT: ")


def test_without_an_address_the_driver_is_on_the_telephone_list(make):
    nobody = make.driver()
    ends(make, nobody, 30)
    remind(make)
    assert kinds(make, nobody) == [("reminder-30", "phone")]


def test_whoever_has_a_pass_for_the_time_after_it_is_not_reminded(make, made):
    make.attempt(made)
    ends(make, made, 30)
    accepted = make.driver(email="b@example.com")
    day = ends(make, accepted, 30)
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", work.now.date(), day + timedelta(days=1), "The paper")
        elsewhere.accept(work, accepted.person_id, "driver", found, Grounds("equivalent", "We accept it."))
    assert remind(make) == 0


def test_a_licence_that_is_no_longer_listed_is_not_reminded_of(make, made):
    ends(make, made, 30)
    with make.work() as work:
        (row,) = people.licences(work.session, made.person_id)
        row.unlisted_since = work.now.date()
    assert remind(make) == 0


def test_a_pass_that_ends_with_the_licence_is_not_enough(make, made):
    day = ends(make, made, 30)
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", work.now.date(), day, "The paper")
        elsewhere.accept(work, made.person_id, "driver", found, Grounds("equivalent", "We accept it."))
    assert remind(make) == 1


def test_a_reminder_that_waited_too_long_is_not_sent(make, made):
    ends(make, made, 30)
    remind(make)
    make.attempt(made)
    assert take(make) is None
    with make.reading() as session:
        (letter,) = rows.of_person(session, made.person_id)
    assert (letter.state, letter.words) == ("given-up", letters.NOT_NEEDED)


def test_another_day_of_the_same_licence_is_another_matter(make, made):
    ends(make, made, 5)
    remind(make)
    ends(make, made, 6)
    assert (remind(make), len(kinds(make, made))) == (1, 2)


def test_two_licences_that_end_on_one_day_are_one_letter(make, made):
    day = ends(make, made, 30)
    with make.work() as work:
        (row,) = people.licences(work.session, made.person_id)
        people_row = row.__class__(person_id=made.person_id, authority=row.authority, kind="hackney", number="HC567",
                                   number_key="HC567", expires_on=day)  # fmt: skip
        work.session.add(people_row)
    assert remind(make) == 1
    assert "67 or 234" in take(make).body
