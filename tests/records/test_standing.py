"""The row that lists filter by equals what follows from the facts, whatever was done, in the same transaction."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import replace
from datetime import date, timedelta

import pytest

from quiz.actions import adjusting, deciding, elsewhere, going_live
from quiz.actions import people as actions
from quiz.domain import calendar
from quiz.domain import standing as rules
from quiz.domain.adjustments import Kind as Adjusted
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.licence import Kind
from quiz.domain.standing import Status
from quiz.domain.tries import MODES
from quiz.records import attempts, papers, people, service, standing
from quiz.records.certificates import of_person
from quiz.records.standing import StandingRow
from tests.make import COUNCIL, Make


@pytest.fixture
def row(make: Make):
    """The row of a driver, after checking that it equals the derivation from the facts."""

    def found(made) -> StandingRow | None:
        with make.reading() as session:
            kept = session.get(StandingRow, made.person_id)
            mode = MODES[service.facts(session).mark]
            derived = standing.derived(session, [made.person_id], papers.current(session, TEST), mode)
            assert (
                []
                if kept is None
                else [{c.key: getattr(kept, c.key) for c in StandingRow.__table__.columns}] == (derived)
            )
            return kept

    return found


@pytest.fixture
def said(row, clock):
    """What lists say of a driver today."""

    def found(made) -> set[str]:
        return set(rules.statuses(standing.plain(row(made)), calendar.day_of(clock.now)))

    return found


def ends(make: Make, made, day: date | None) -> None:
    with make.work() as work:
        (one,) = people.licences(work.session, made.person_id)
        actions.correct_licence(work, made.person_id, one.id, kind=Kind(one.kind), number=one.number, expires_on=day)


def test_a_new_driver_is_invited_and_never_tested(make, said, row):
    made = make.driver(name="Ann Able", email="Ann@Example.org")
    assert said(made) == {Status.INVITED, Status.NEVER, Status.NO_EXPIRY}
    assert (row(made).name_key, row(made).email_key, row(made).kinds) == ("ann able", "ann@example.org", "private-hire")


@pytest.mark.parametrize(
    ("days", "due"),
    [(-1, {Status.OVERDUE}), (0, {Status.DUE_7, Status.DUE_30, Status.DUE_90}), (30, {Status.DUE_30, Status.DUE_90}),
     (90, {Status.DUE_90}), (91, set())],
)  # fmt: skip
def test_the_end_of_the_licence_says_when_a_test_is_due(make, said, clock, days, due):
    made = make.driver()
    ends(make, made, clock.now.date() + timedelta(days=days))
    assert said(made) - {Status.INVITED, Status.NEVER} == due


def test_a_pass_that_reaches_beyond_the_licence_leaves_nothing_to_do(make, said, clock):
    made = make.driver()
    ends(make, made, clock.now.date() + timedelta(days=20))
    make.attempt(made)
    assert said(made) == {Status.VALID}
    ends(make, made, calendar.add_months(clock.now.date(), 36))  # the pass ends with the new licence
    assert said(made) == {Status.VALID}
    clock.now += timedelta(days=3 * 365 - 10)
    assert said(made) == {Status.VALID, Status.DUE_30, Status.DUE_90}


def test_who_failed_waits_and_then_may_try_again(make, said, clock):
    made = make.driver()
    ends(make, made, clock.now.date())
    make.attempt(made, right=3)
    due = {Status.DUE_7, Status.DUE_30, Status.DUE_90}
    assert said(made) == {Status.MUST_WAIT, Status.LAPSING} | due
    clock.pass_by(days=1)
    assert said(made) == {Status.MAY_RETRY, Status.OVERDUE}


def test_who_is_out_of_tries_needs_a_decision_until_the_window_is_over(make, said, clock):
    made = make.driver()
    for wait in (1, 7, 0):
        make.attempt(made, right=3)
        clock.pass_by(days=wait)
    assert Status.OUT_OF_TRIES in said(made) and Status.MAY_RETRY not in said(made)
    stuck = clock.now
    clock.now = stuck + timedelta(days=200)
    assert Status.MAY_RETRY in said(made) and Status.OUT_OF_TRIES not in said(made)
    clock.now = stuck
    with make.work("staff:one") as work:
        deciding.another_try(work, made.person_id, TEST, Grounds("learned", "You may try again."))
    assert said(made) & {Status.OUT_OF_TRIES, Status.MAY_RETRY, Status.MUST_WAIT} == {Status.MAY_RETRY}


def test_a_withdrawn_certificate_covers_nobody(make, said, clock):
    made = make.driver()
    make.attempt(made)
    with make.work("staff:one") as work:
        (certificate,) = of_person(work.session, made.person_id)
        deciding.revoke(work, made.person_id, certificate.number, Grounds("fraud", "It does not count."))
    assert said(made) == {Status.WITHOUT, Status.NO_EXPIRY}
    for _ in range(3):
        make.attempt(made, right=3)  # under the same invitation: that pass answers it no longer
        clock.pass_by(days=7)
    assert said(made) == {Status.OUT_OF_TRIES, Status.NO_EXPIRY}
    with make.work("staff:one") as work:
        for one, _ in attempts.of_person(work.session, made.person_id):
            deciding.void(work, made.person_id, one.id, Grounds("technical", "It does not count."))
    assert Status.NEVER in said(made)


def test_a_pass_from_elsewhere_covers_as_long_as_it_stands(make, said, clock):
    made = make.driver()
    with make.work("staff:one") as work:
        today = calendar.day_of(work.now)
        found = Pass("Another council", "Its test", today, calendar.add_months(today, 12), "The certificate")
        accepted = elsewhere.accept(work, made.person_id, TEST, found, Grounds("equivalent", "Accepted.")).id
    assert said(made) == {Status.VALID, Status.NO_EXPIRY}
    with make.work("staff:one") as work:
        elsewhere.end(work, made.person_id, accepted, Grounds("error", "It does not count."))
    assert said(made) == {Status.INVITED, Status.NEVER, Status.NO_EXPIRY}


def test_who_fails_a_test_that_an_accepted_pass_had_answered_needs_no_other_try(make, said, clock):
    made = make.driver()
    clock.pass_by(minutes=1)
    with make.work("staff:one") as work:
        today = calendar.day_of(work.now)
        found = Pass("Another council", "Its test", today, calendar.add_months(today, 12), "The certificate")
        elsewhere.accept(work, made.person_id, TEST, found, Grounds("equivalent", "Accepted."))
    make.attempt(made, right=3)
    assert said(made) == {Status.VALID, Status.NO_EXPIRY}


def test_adjustments_and_second_licences_are_seen(make, row, clock):
    made = make.driver()
    with make.work("staff:one") as work:
        kind = Adjusted.EXTRA_TIME
        agreed = adjusting.agree(work, made.person_id, TEST, kind, "25", evidence_seen=True, until=None).id
        first = clock.now.date() + timedelta(days=5)
        actions.add_licence(work, made.person_id, kind=Kind.HACKNEY, number="H1", authority=COUNCIL, expires_on=first)
    assert (row(made).adjusted_until, row(made).kinds) == (rules.ALWAYS, "hackney private-hire")
    assert row(made).due_on == first
    with make.work("staff:one") as work:
        adjusting.end(work, made.person_id, agreed)
        for one in people.licences(work.session, made.person_id):
            one.unlisted_since = clock.now.date()
    assert (row(made).adjusted_until, row(made).listed) == (None, False)


def test_what_a_pilot_found_does_not_count_once_the_service_is_live(make, said, row):
    made = make.driver()
    make.attempt(made)
    assert Status.VALID in said(made)
    with make.work() as work:
        service.row(work.session).live_at = work.now
        service.row(work.session).live_by = "cli:test"
        work.session.flush()
        standing.refresh_all(work.session)
    assert Status.NEVER in said(made)


def test_who_changes_a_fact_while_rows_are_worked_out_again_has_the_last_word(make, row, clock, monkeypatch):
    made, ending = make.driver(), clock.now.date() + timedelta(days=20)
    look, changing = standing.derived, []
    with ThreadPoolExecutor(1) as colleague:

        def look_slowly(*given):
            found = look(*given)
            if not changing:
                changing.append(colleague.submit(ends, make, made, ending))
                wait_for(changing, timeout=0.3)
            return found

        monkeypatch.setattr(standing, "derived", look_slowly)
        with make.work() as work:
            standing.refresh(work.session, [made.person_id])
        changing[0].result()
    assert row(made).due_on == ending


def test_what_is_rolled_back_leaves_no_row(make):
    with pytest.raises(ZeroDivisionError), make.work() as work:
        actions.add_driver(work, name="Nobody", kind=Kind.HACKNEY, number="H9", authority=COUNCIL)
        raise ZeroDivisionError
    with make.reading() as session:
        assert session.query(StandingRow).count() == 0


def test_new_rules_of_the_test_are_taken_over(make, row):
    made = make.driver()
    make.attempt(made, right=3)
    before = row(made).retry_on
    with make.work() as work:
        now = papers.current(work.session, TEST)
        going_live.propose(work, replace(now, waits_days=(5, 7)))
    assert row(made).retry_on == before + timedelta(days=4)
