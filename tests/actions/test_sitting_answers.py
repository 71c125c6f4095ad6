"""Answering: every answer is kept, the last one counts, and what cannot be an answer changes nothing."""

import pytest

from quiz.actions import editing
from quiz.domain.attempt import Given
from quiz.domain.editing import Capacity, Verdict
from quiz.domain.errors import Refused
from quiz.domain.roles import Role
from quiz.records import answers, attempts, bank
from quiz.records.questions import Version
from tests.actions.sitter import at_once, begin, given, mark_of, question_ids, refused, say, send_in


def test_an_answer_is_kept_with_the_options_that_were_displayed_there(make, made):
    attempt_id = begin(make, made)
    say(make, made, attempt_id, 3, "2")
    with make.reading() as session:
        order = attempts.paper(session, made.person_id, attempt_id).slots[2].order
    assert given(make, made, attempt_id)[2] == Given((order[1],), confirmed=True)


def test_changed_answers_are_all_kept_and_the_last_one_counts(make, made):
    attempt_id = begin(make, made)
    for values in (["1"], ["2"], []):
        say(make, made, attempt_id, 1, *values, later=True)
    with make.reading() as session:
        assert [one.choice for one in answers.said(session, attempt_id)] == ["1", "2", ""]
    assert given(make, made, attempt_id)[0] == Given((), confirmed=True, later=True)


def test_an_answer_that_comes_late_on_the_way_does_not_win(make, made):
    attempt_id = begin(make, made)
    for sequence, value in ((1, "1"), (3, "3"), (2, "2")):
        say(make, made, attempt_id, 1, value, sequence=sequence)
    with make.reading() as session:
        order = attempts.paper(session, made.person_id, attempt_id).slots[0].order
    assert given(make, made, attempt_id)[0].chosen == (order[2],)


def test_the_same_answer_sent_twice_is_one(make, made):
    attempt_id = begin(make, made)
    for _ in range(2):
        say(make, made, attempt_id, 1, "2", sequence=5)
    with make.reading() as session:
        assert [(one.choice, one.sequence) for one in answers.said(session, attempt_id)] == [("2", 5)]


def test_another_answer_under_a_used_number_is_kept_and_counts(make, made):
    attempt_id = begin(make, made)
    for value in ("2", "3"):
        say(make, made, attempt_id, 1, value, sequence=5)
    with make.reading() as session:
        order = attempts.paper(session, made.person_id, attempt_id).slots[0].order
        assert [(one.choice, one.sequence) for one in answers.said(session, attempt_id)] == [("2", 5), ("3", None)]
    assert given(make, made, attempt_id)[0].chosen == (order[2],)


def test_forty_copies_of_one_answer_at_once_are_one(make, made):
    attempt_id = begin(make, made)
    at_once(8, lambda _: [say(make, made, attempt_id, 1, "2", sequence=9) for _ in range(5)])
    with make.reading() as session:
        assert len(answers.said(session, attempt_id)) == 1


def test_what_is_not_on_the_page_is_refused_and_nothing_is_kept(make, made):
    attempt_id = begin(make, made)
    for values in (("0",), ("6",), ("x",), ("1", "2")):
        with pytest.raises(Refused):
            say(make, made, attempt_id, 1, *values, two=False)
    with make.reading() as session:
        assert answers.said(session, attempt_id) == []


def test_an_answer_at_the_deadline_is_refused_and_the_moment_before_it_is_kept(make, made, clock):
    attempt_id = begin(make, made)
    clock.pass_by(minutes=45, microseconds=-1)
    say(make, made, attempt_id, 1, "1")
    clock.pass_by(microseconds=1)
    refused("attempt-out-of-time", say, make, made, attempt_id, 1, "2")
    with make.reading() as session:
        assert [one.choice for one in answers.said(session, attempt_id)] == ["1"]


def test_an_answer_after_sending_in_is_refused(make, made):
    attempt_id = begin(make, made)
    send_in(make, made, attempt_id)
    refused("attempt-finished", say, make, made, attempt_id, 1, "1")


def test_a_suspended_question_is_not_drawn_and_stays_on_papers_that_have_it(make, made):
    attempt_id = begin(make, made)
    gone = sorted(question_ids(make, attempt_id))
    with make.work("staff:1") as work:
        for question_id in gone:
            editing.suspend(work, question_id, "It has a mistake.")
    assert sorted(question_ids(make, attempt_id)) == gone
    assert not question_ids(make, begin(make, make.driver())) & set(gone)


def test_a_paper_keeps_its_versions_when_new_ones_are_approved(make, made):
    attempt_id = begin(make, made)
    with make.reading() as session:
        before = attempts.paper(session, made.person_id, attempt_id).slots
        place = next(s for s in before if not session.get_one(Version, s.version).critical)
        old = session.get_one(Version, place.version)
    with make.work("staff:author") as work:
        new = editing.add_version(work, old.draft, "driver", "written")
        editing.send_to_review(work, new)
        new_id = new.id
    with make.work("staff:other") as work:
        version = work.session.get_one(Version, new_id)
        editing.review(work, version, [Role.EDITOR], Capacity.EDITOR, Verdict.APPROVE, "")
    with make.reading() as session:
        assert attempts.paper(session, made.person_id, attempt_id).slots == before
        drawable = {one.version for one in bank.candidates(session, "driver") if one.question == old.question_id}
        assert drawable == {new_id}
    send_in(make, made, attempt_id)
    assert mark_of(make, attempt_id).of == 20
