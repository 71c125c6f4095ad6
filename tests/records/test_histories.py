"""All versions of one question, each with what has become of it."""

from quiz.actions import editing
from quiz.domain.editing import Capacity, Status, Verdict
from quiz.domain.roles import Role
from quiz.records import bank, histories
from quiz.records.questions import Version
from tests.make import Make


def test_a_question_that_does_not_exist_has_no_history(make):
    with make.reading() as session:
        assert histories.of(session, "t99-nothing") == []


def test_the_newest_version_stands_first_and_one_is_in_use(make):
    with make.work("staff:author") as work:
        first = next(one for one in bank.live_versions(work.session, "driver") if not one.critical)
        question, first_id = first.question_id, first.id
        second_id = editing.add_version(work, first.draft, "driver", "written").id
    with make.reading() as session:
        newer, older = histories.of(session, question)
        assert (newer.version.id, newer.status, newer.live, newer.loaded) == (second_id, Status.DRAFT, False, False)
        assert (older.version.id, older.live, older.loaded) == (first_id, True, True)


def test_a_history_tells_the_same_as_the_rules_of_editing(make: Make):
    with make.work("staff:author") as work:
        first = next(one for one in bank.live_versions(work.session, "driver") if not one.critical)
        question = first.question_id
        second = editing.add_version(work, first.draft, "driver", "written")
        editing.send_to_review(work, second)
        second_id = second.id
    with make.work("staff:other") as work:
        second = work.session.get_one(Version, second_id)
        editing.review(work, second, [Role.EDITOR], Capacity.EDITOR, Verdict.APPROVE, "")
    with make.work("staff:author") as work:
        editing.add_version(work, work.session.get_one(Version, second_id).draft, "driver", "written")
    with make.work() as work:
        past = histories.of(work.session, question)
        statuses = [one.status for one in past]
        assert statuses == [editing.status(work, one.version) for one in past]
        assert [one.reviewer for one in past[1].said] == ["staff:other"]
    assert statuses[:2] == [Status.DRAFT, Status.SUPERSEDED]
    assert [one.live for one in past] == [False, True, False]
