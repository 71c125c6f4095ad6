"""What staff read of attempts: the mark that counts, its counts, and the numbers of licences."""

import json

from quiz.records import results
from quiz.records.marks import Marking


def test_the_newest_mark_counts_and_no_attempt_stands_twice(make, made, clock):
    attempt_id = make.attempt(made, right=15)
    with make.work() as work:
        old = work.session.get_one(Marking, (attempt_id, 1))
        again = {key: value for key, value in vars(old).items() if not key.startswith("_")}
        work.session.add(Marking(**{**again, "number": 2, "score": 16, "outcome": "passed", "reasons": ""}))
    with make.reading() as session:
        (listed,) = results.newest(session, 5)
        ((_, mark, certificate, _),) = results.of_person(session, made.person_id)
        assert (listed.score, listed.outcome, mark.number, certificate) == (16, "passed", 2, None)


def test_a_mark_keeps_its_counts(make, made):
    make.attempt(made, right=18)
    with make.reading() as session:
        ((_, mark, certificate, _),) = results.of_person(session, made.person_id)
        assert sum(right for right, _ in json.loads(mark.groups).values()) == 18
        assert certificate.attempt_id == mark.attempt_id


def test_licence_numbers_of_many_people_in_one_line_each(make):
    made = make.driver(number="A1")
    with make.reading() as session:
        assert results.licence_words(session, [made.person_id]) == {made.person_id: "A1"}
        assert results.licence_words(session, []) == {}
