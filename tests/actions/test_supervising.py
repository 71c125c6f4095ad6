"""A supervised sitting: nobody begins who was not let in, and the invigilator can help, move and end."""

from datetime import timedelta

import pytest

from quiz.actions import deciding, pausing, signing_in, sitting, supervising
from quiz.domain.decisions import Grounds
from quiz.domain.errors import Refused
from quiz.domain.sittings import Identity, Incident, Plan, Where
from quiz.records import attempts, audit, pauses, sittings
from tests.make import ISSUER, Made, Make


@pytest.fixture
def invited(make: Make) -> Made:
    """A driver whose test is to be supervised."""
    return make.driver(supervised=True)


def begin(make: Make, made: Made, word: str):
    session_id = make.session(made)
    with make.work(f"person:{made.person_id}") as work:
        return sitting.start(work, session_id, made.invitation_id, "handbook", word).id


def refusal(make: Make, made: Made, word: str) -> str:
    with pytest.raises(Refused) as refused:
        begin(make, made, word)
    return refused.value.code


def test_a_supervised_test_begins_only_on_the_list_let_in_and_with_the_word(make, invited):
    assert refusal(make, invited, "anything") == "not-in-session"
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id, let_in=False)
    assert refusal(make, invited, word) == "not-let-in"
    with make.work("staff:invigilator") as work:
        supervising.let_in(work, sitting_id, seat_id, Identity.BADGE)
    assert refusal(make, invited, "wrong words") == "start-word"
    attempt_id = begin(make, invited, f"  {word.upper()} ")
    with make.reading() as session:
        (held,) = sittings.of_attempts(session, [attempt_id]).values()
        assert (held.seat.identity, held.sitting.id) == ("badge", sitting_id)


def test_yesterdays_tomorrows_and_closed_sessions_let_nobody_start(make, invited):
    tomorrow = make.sitting(days=1)
    _, word = make.seat(invited, tomorrow)
    assert refusal(make, invited, word) == "not-in-session"
    today = make.sitting()
    _, word = make.seat(invited, today)
    with make.work("staff:invigilator") as work:
        supervising.close(work, today)
    assert refusal(make, invited, word) == "not-in-session"


def test_only_drivers_with_a_supervised_invitation_come_on_the_list_and_once(make, made, invited):
    sitting_id = make.sitting()
    make.seat(invited, sitting_id)
    for person, code in ((made, "not-supervised"), (invited, "seat-taken")):
        with pytest.raises(Refused) as refused, make.work() as work:
            supervising.add(work, sitting_id, person.person_id)
        assert refused.value.code == code


def test_a_pause_of_the_room_is_not_the_drivers_to_end_nor_taken_off_theirs(make, invited, clock):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with make.reading() as session:
        before = session.get(attempts.Attempt, attempt_id).deadline
    with make.work("staff:invigilator") as work:
        supervising.pause(work, sitting_id, seat_id)
    with pytest.raises(Refused, match="has stopped your clock"), make.work() as work:
        pausing.resume(work, invited.person_id, attempt_id)
    clock.pass_by(minutes=10)
    with make.work("staff:invigilator") as work:
        supervising.go_on(work, sitting_id, seat_id)
    with make.reading() as session:
        assert session.get(attempts.Attempt, attempt_id).deadline == before + timedelta(minutes=10)
    for _ in range(3):
        with make.work() as work:
            pausing.pause(work, invited.person_id, attempt_id)
        with make.work() as work:
            pausing.resume(work, invited.person_id, attempt_id)


def test_another_machine_waits_for_the_invigilator_and_is_let_in_once(make, invited):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with pytest.raises(Refused, match="open on another machine"):
        make.session(invited)
    with make.work("staff:invigilator") as work:
        supervising.release(work, sitting_id, seat_id)
    make.session(invited)
    with pytest.raises(Refused, match="open on another machine"):
        make.session(invited)
    with make.reading() as session:
        (held,) = sittings.of_attempts(session, [attempt_id]).values()
        assert [note.reason for note in held.incidents] == ["moved"]


def test_a_test_that_is_ended_early_is_marked_as_it_stands_with_its_reason(make, invited):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with make.work("staff:invigilator") as work:
        supervising.stop(work, sitting_id, seat_id, Incident.HELPED, "The neighbour read answers out.", ISSUER)
    with make.reading() as session:
        found = session.get(attempts.Attempt, attempt_id)
        assert (found.stopped_by, found.finished_at) == ("staff:invigilator", make.clock.now)
        events = [one.event for one in audit.about(session, f"attempt:{attempt_id}")]
        assert events[:2] == ["attempt.finished", "incident.noted"]
    with pytest.raises(Refused, match="not running"), make.work() as work:
        supervising.pause(work, sitting_id, seat_id)


def test_more_time_is_the_same_decision_as_on_the_record(make, invited):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with make.reading() as session:
        before = session.get(attempts.Attempt, attempt_id).deadline
    with make.work("staff:invigilator") as work:
        supervising.extend(work, sitting_id, seat_id, 5, Grounds("technical", "You have 5 more minutes."))
    with make.reading() as session:
        assert session.get(attempts.Attempt, attempt_id).deadline == before + timedelta(minutes=5)


def test_a_session_is_closed_only_when_nobody_sits_and_then_changes_no_more(make, invited):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    begin(make, invited, word)
    with pytest.raises(Refused, match="One test is still running"), make.work() as work:
        supervising.close(work, sitting_id)
    other = make.driver(supervised=True)
    with make.work() as work:
        supervising.stop(work, sitting_id, seat_id, Incident.ILLNESS, "Unwell.", ISSUER)
    with make.work() as work:
        supervising.close(work, sitting_id)
    with pytest.raises(Refused, match="closed"), make.work() as work:
        supervising.add(work, sitting_id, other.person_id)


def test_the_live_list_says_who_stands_where_in_one_statement(make, invited):
    sitting_id = make.sitting()
    _, word = make.seat(invited, sitting_id)
    make.seat(make.driver(name="Ada Absent", supervised=True), sitting_id, let_in=False)
    session_id = make.session(invited)
    with make.work(f"person:{invited.person_id}") as work:
        attempt_id = sitting.start(work, session_id, invited.invitation_id, "handbook", word).id
    for position, chosen in ((1, ["1"]), (7, ["1"]), (7, []), (3, ["2"])):
        with make.work() as work:
            sheet = attempts.paper(work.session, invited.person_id, attempt_id)
            sitting.answer(work, sheet, sheet.slots[position - 1], session_id, chosen, two=False, later=False)
    with make.reading() as session:
        lines = sittings.live(session, sitting_id)
    assert [(line.name, line.answered, line.last) for line in lines] == [("Ada Absent", 0, 0), ("Sam Driver", 2, 3)]


def test_a_plan_in_the_past_or_nowhere_is_refused(make, clock):
    for place, moment in (("", clock.now), ("Room", clock.now - timedelta(days=1))):
        with pytest.raises(Refused), make.work() as work:
            supervising.open_sitting(work, "driver", Plan(Where.VIDEO, place, moment))


def test_a_void_attempt_does_not_hold_its_driver_at_the_old_machine(make, invited):
    sitting_id = make.sitting()
    _, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with make.work("staff:officer") as work:
        deciding.void(work, invited.person_id, attempt_id, Grounds("technical", "Set aside."))
    with make.work() as work:
        assert signing_in.driver(work, "192.0.2.1", invited.number, invited.code)


def test_a_test_that_is_ended_in_a_pause_ends_the_pause_too(make, invited, clock):
    sitting_id = make.sitting()
    seat_id, word = make.seat(invited, sitting_id)
    attempt_id = begin(make, invited, word)
    with make.work() as work:
        pausing.pause(work, invited.person_id, attempt_id)
    with make.work("staff:invigilator") as work:
        supervising.pause(work, sitting_id, seat_id)
    clock.pass_by(minutes=2)
    with make.work("staff:invigilator") as work:
        supervising.stop(work, sitting_id, seat_id, Incident.ILLNESS, "Unwell.", ISSUER)
    with make.reading() as session:
        own, room = pauses.of_attempts(session, [attempt_id])[attempt_id]
        assert (own.by, room.by) == (None, "staff:invigilator")
        assert own.ended_at <= room.began_at and room.ended_at == clock.now


def test_an_invitation_that_has_ended_brings_nobody_on_the_list(make, clock):
    late = make.driver(supervised=True, deadline=clock.now.date())
    clock.pass_by(days=2)
    sitting_id = make.sitting()
    with pytest.raises(Refused, match="works now"), make.work() as work:
        supervising.add(work, sitting_id, late.person_id)


def test_after_a_test_was_set_aside_its_driver_begins_again_in_the_same_session(make, invited):
    sitting_id = make.sitting()
    _, word = make.seat(invited, sitting_id)
    first = begin(make, invited, word)
    with make.work("staff:officer") as work:
        deciding.void(work, invited.person_id, first, Grounds("technical", "Set aside."))
    make.seat(invited, sitting_id)
    second = begin(make, invited, word)
    with make.reading() as session:
        assert len(sittings.of_attempts(session, [first, second])) == 2
