"""How hard a question is: rated by judges, counted when papers are marked, and read by the draw."""

import pytest
from sqlalchemy import event

from quiz.actions import deciding, rating
from quiz.domain.decisions import Grounds
from quiz.domain.errors import Refused
from quiz.records import attempts, bank, levels


def version_of(make):
    with make.reading() as session:
        return bank.live_versions(session, "driver")[0]


def candidate(make, version_id):
    with make.reading() as session:
        return next(one for one in bank.candidates(session, "driver") if one.version == version_id)


def test_the_mean_of_the_judges_counts_and_each_speaks_once(make):
    version = version_of(make)
    assert candidate(make, version.id).expected is None
    for judge, share in (("staff:one", 60), ("staff:two", 80)):
        with make.work(judge) as work:
            rating.rate(work, version.id, share)
    assert candidate(make, version.id).expected == pytest.approx(0.7)
    for share in (50, 101):
        with pytest.raises(Refused), make.work("staff:one") as work:
            rating.rate(work, version.id, share)


def counted(make, attempt_id):
    with make.reading() as session:
        sheet = attempts.paper(session, session.get(attempts.Attempt, attempt_id).person_id, attempt_id)
        found = [levels.answered(session, slot.version) for slot in sheet.slots]
        return sum(one.answered for one in found), sum(one.right for one in found)


def test_a_marked_paper_is_counted_and_taken_off_when_it_is_set_aside(make, made):
    attempt_id = make.attempt(made, right=13)
    assert counted(make, attempt_id) == (20, 13)
    with make.work("staff:officer") as work:
        deciding.void(work, made.person_id, attempt_id, Grounds("technical", "It does not count."))
    assert counted(make, attempt_id) == (0, 0)


def test_fifty_answers_take_the_place_of_the_judges(make):
    version = version_of(make)
    with make.work("staff:one") as work:
        rating.rate(work, version.id, 90)
        for right in [True] * 30 + [False] * 20:
            levels.count(work.session, {version.id: right})
    assert candidate(make, version.id).expected == pytest.approx(0.6)


def test_what_may_be_drawn_is_one_statement_however_large_the_bank(make, engine):
    with make.reading() as session:
        bank.candidates(session, "driver")
        sent = []
        event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: sent.append(statement))
        bank.candidates(session, "driver")
    assert len([one for one in sent if one.lstrip().startswith("SELECT")]) == 1
