"""Decisions stand beside the facts: dated, with a reason, told to the driver; a score is never edited."""

from datetime import timedelta

import pytest

from quiz.actions import deciding
from quiz.domain.decisions import REASONS, Grounds, Kind
from quiz.domain.errors import Refused
from quiz.records import audit, certificates, decisions, papers
from tests.actions.sitter import begin, mark_of, refused, row_of
from tests.make import ISSUER

OFFICER = "staff:officer"


def grounds(kind, **changes):
    return Grounds(**{"reason": next(iter(REASONS[kind])), "told": "We looked at it again.", **changes})


@pytest.fixture
def decide(make, made):
    """Decides as an officer about the driver; gives the decision."""

    def act(kind, *what, about=made, **changes):
        deed = {Kind.VOID: deciding.void, Kind.EXTEND: deciding.extend, Kind.REVOKE: deciding.revoke,
                Kind.REPLACE: deciding.replace, Kind.ANOTHER_TRY: deciding.another_try}[kind]  # fmt: skip
        with make.work(OFFICER) as work:
            return deed(work, about.person_id, *what, grounds(kind, **changes))

    return act


def certificate(make, attempt_id):
    with make.reading() as session:
        return certificates.of_attempt(session, attempt_id)


def test_a_test_that_is_set_aside_is_no_try_and_keeps_its_mark(make, made, clock, decide):
    attempt_id = make.attempt(made, right=3)
    refused("too-early", begin, make, made)
    decide(Kind.VOID, attempt_id)
    assert (row_of(make, attempt_id).voided_at, mark_of(make, attempt_id).score) == (clock.now, 3)
    assert begin(make, made) != attempt_id


def test_the_certificate_of_a_test_that_is_set_aside_is_withdrawn(make, made, clock, decide):
    attempt_id = make.attempt(made)
    decide(Kind.VOID, attempt_id)
    assert certificate(make, attempt_id).withdrawn_at == clock.now
    refused("void-already", decide, Kind.VOID, attempt_id)


def test_a_running_test_can_be_set_aside_too(make, made, decide):
    attempt_id = begin(make, made)
    decide(Kind.VOID, attempt_id)
    assert begin(make, made) != attempt_id


def test_another_try_is_possible_at_once_with_all_tries(make, made, clock, decide):
    for _ in range(3):
        make.attempt(made, right=3)
        clock.pass_by(days=8)
    refused("out-of-tries", begin, make, made)
    decide(Kind.ANOTHER_TRY, "driver")
    make.attempt(made, right=3)
    assert "from" in refused("too-early", begin, make, made)


def test_another_try_wants_the_rules_to_allow_it(make, made, decide, monkeypatch):
    make.attempt(made, right=3)
    real = papers.current

    def without(session, test):
        from dataclasses import replace

        return replace(real(session, test), resets=frozenset({"pass", "void"}))

    monkeypatch.setattr(papers, "current", without)
    refused("decision-not-allowed", decide, Kind.ANOTHER_TRY, "driver")


def test_another_try_of_somebody_who_has_none_is_no_decision(decide):
    refused("no-tries", decide, Kind.ANOTHER_TRY, "driver")


def test_more_time_moves_the_deadline_of_a_running_test(make, made, clock, decide):
    attempt_id = begin(make, made)
    decide(Kind.EXTEND, attempt_id, 15)
    assert row_of(make, attempt_id).deadline == clock.now + timedelta(minutes=60)


@pytest.mark.parametrize("minutes", [0, 121, -5])
def test_more_time_is_one_minute_to_two_hours(make, made, decide, minutes):
    refused("decision-minutes", decide, Kind.EXTEND, begin(make, made), minutes)


def test_a_test_that_is_over_gets_no_more_time(make, made, clock, decide):
    refused("not-running", decide, Kind.EXTEND, make.attempt(made, right=3), 5)
    clock.pass_by(days=2)
    attempt_id = begin(make, made)
    clock.pass_by(minutes=45)
    refused("not-running", decide, Kind.EXTEND, attempt_id, 5)


def test_a_withdrawn_certificate_stays_withdrawn(make, made, clock, decide):
    attempt_id = make.attempt(made)
    number = certificate(make, attempt_id).number
    decide(Kind.REVOKE, number)
    refused("certificate-withdrawn", decide, Kind.REVOKE, number)
    refused("certificate-withdrawn", decide, Kind.REPLACE, number, ISSUER)


def test_a_replacement_is_the_same_pass_under_a_new_number(make, made, decide):
    attempt_id = make.attempt(made)
    old = certificate(make, attempt_id)
    decide(Kind.REPLACE, old.number, ISSUER)
    new = certificate(make, attempt_id)
    assert (new.issue, new.issued_on, new.expires_on) == (2, old.issued_on, old.expires_on)
    with make.reading() as session:
        kept = certificates.numbered(session, old.number)
        assert (kept.replaced_by, kept.printed) == (new.number, old.printed)
    refused("certificate-replaced", decide, Kind.REPLACE, old.number, ISSUER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "whim"}, "decision-reason"),
        ({"told": " "}, "decision-told"),
        ({"note": "x" * 2001}, "decision-told"),
    ],
)
def test_a_decision_has_a_reason_from_the_list_and_words_for_the_driver(make, made, decide, changes, code):
    refused(code, decide, Kind.VOID, make.attempt(made, right=3), **changes)


def test_a_decision_is_on_the_record_without_its_words(make, made, decide):
    decide(Kind.VOID, make.attempt(made, right=3), told="Seen again", note="Ask Pat")
    with make.reading() as session:
        (row,) = decisions.of_person(session, made.person_id)
        (entry,) = [one for one in audit.about(session, f"person:{made.person_id}") if one.event == "decision.made"]
    assert (row.kind, row.told, row.note, row.by) == (Kind.VOID, "Seen again", "Ask Pat", OFFICER)
    assert "Ask Pat" not in entry.content and "Seen again" not in entry.content


def test_nothing_of_somebody_else_can_be_decided(make, made, decide):
    other = make.driver()
    attempt_id = make.attempt(other)
    refused("attempt-unknown", decide, Kind.VOID, attempt_id)
    refused("certificate-unknown", decide, Kind.REVOKE, certificate(make, attempt_id).number)


def test_a_decision_that_is_refused_changes_nothing(make, made, decide):
    attempt_id = make.attempt(made)
    with pytest.raises(Refused):
        decide(Kind.VOID, attempt_id, reason="whim")
    assert row_of(make, attempt_id).voided_at is None
    with make.reading() as session:
        assert decisions.of_person(session, made.person_id) == []
