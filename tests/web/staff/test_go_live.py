"""The go-live list, and going live."""

from dataclasses import replace

import pytest

from quiz.actions import contacts, editing, going_live
from quiz.domain import calendar
from quiz.records import bank, papers, service
from quiz.records.questions import Review
from quiz.settings import Privacy


@pytest.fixture
def ready(app, make):
    """Nothing is missing any more."""
    parts = app.extensions["quiz"]
    notice = Privacy(
        controller="Chorley Council",
        contact="dpo@example.com",
        retention_months=84,
        lawful_basis="A task in the public interest.",
        notice_written_on=make.clock.now.date(),
    )
    app.extensions["quiz"] = replace(parts, settings=replace(parts.settings, privacy=notice))
    make.agree_everything()
    with make.work("staff:somebody") as work:
        today = calendar.day_of(work.now)
        for one in contacts.current(work).unconfirmed():
            contacts.confirm(work, one.key, on=today, by="Ro")
        for version in bank.live_versions(work.session, "driver"):
            for capacity in ("editor", "lead"):
                work.session.add(Review(version_id=version.id, reviewer=f"staff:{capacity}", capacity=capacity,
                                        verdict="approve", comment="", at=work.now))  # fmt: skip
        decided = replace(papers.current(work.session, "driver"), unsupervised={"application": "no", "renewal": "yes"})
        going_live.adopt(work, decided, on=today, minute="12/26", basis="Committee")
        going_live.key_backup_made(work)


def test_the_list_says_what_is_open_and_how_to_do_it(officer):
    text = officer.open("/staff/go-live").text
    assert "Local contacts are confirmed Open" in text and "ring each number" in text
    assert "[privacy]" in text and "This service is a pilot" in text


def test_while_something_is_open_there_is_no_button_and_no_way_around(administrator):
    page = administrator.open("/staff/go-live")
    assert "7 lines are open" in page.text
    assert administrator.post("/staff/go-live", typed="go live").errors[0].startswith("Not yet: Local contacts")


def test_a_complete_list_goes_live_after_the_words_are_typed(administrator, ready, browse):
    administrator.open("/staff/go-live")
    page = administrator.press("Go live", typed=" Go  LIVE ")
    assert "The service is live." in page.text
    assert "PILOT" not in browse().open("/").soup.get_text()


def test_a_slip_of_the_hand_does_not_go_live(administrator, ready, make):
    administrator.open("/staff/go-live")
    page = administrator.press("Go live", typed="yes")
    assert page.errors == ["Type “go live” to confirm that results count from now on"]
    with make.reading() as session:
        assert not service.facts(session).live


def test_going_live_happens_once(administrator, ready):
    administrator.open("/staff/go-live")
    administrator.press("Go live", typed="go live")
    assert administrator.post("/staff/go-live", typed="go live").heading == "This service is live already"


def test_a_demonstration_says_that_it_never_goes_live(administrator, make):
    with make.work() as work:
        service.row(work.session).demo = True
    page = administrator.open("/staff/go-live")
    assert "It can never go live" in page.text and "Go live" not in page.labels
    assert (
        administrator.post("/staff/go-live", typed="go live").heading == "This is a demonstration with made-up people"
    )


def test_only_an_administrator_can_go_live(officer, ready):
    assert "Type" not in " ".join(officer.open("/staff/go-live").labels)
    assert officer.post("/staff/go-live", typed="go live").status == 403


def test_a_question_that_came_with_the_program_stays_open_while_its_correction_is_a_draft(make):
    with make.work("staff:writer") as work:
        first, *others = bank.live_versions(work.session, "driver")
        editing.add_version(work, replace(first.draft, why="Said in other words."), "driver", origin="written")
    with make.reading() as session:
        assert len(bank.loaded(session, bank.live_versions(session, "driver"))) == len(others) + 1


def test_the_list_takes_at_most_12_statements(officer, cost):
    assert cost(officer, "/staff/go-live") <= 12
