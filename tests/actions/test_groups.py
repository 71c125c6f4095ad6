"""Groups of other people keep apart from drivers: in lists, codes, figures and certificates."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Event
from time import sleep

import pytest
from sqlalchemy import func, select

from quiz.actions import certificates as printing
from quiz.actions import deciding, going_live, groups, invitations, signing_in
from quiz.domain import paper
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import Grounds
from quiz.domain.errors import Refused
from quiz.domain.groups import Due
from quiz.domain.results import Wanted
from quiz.records import bank, certificates, decisions, filtered, holders, papers, people, results, standing
from quiz.records import groups as records
from quiz.records.attempts import Attempt, PaperSlot
from quiz.records.base import Record
from quiz.records.groups import Membership
from quiz.records.questions import Version
from quiz.records.standing import StandingRow
from tests.actions.test_letters import HOUSE

MEMBERS = "members-and-officers"


@pytest.fixture
def group(make):
    return make.group()


def membership(work, made):
    return records.of_person(work.session, made.person_id)[0]


def signs_in(make, number, code):
    with make.work() as work:
        return signing_in.driver(work, "192.0.2.9", number, code) is not None


def test_nothing_is_offered_before_the_council_has_adopted_it(make):
    with make.work() as work:
        assert list(papers.names(work.session)) == [TEST]
        for test in (MEMBERS, TEST):
            with pytest.raises(Refused) as refused:
                groups.make(work, name="Members", called="member", test=test)
            assert refused.value.code == "group-test"


def test_a_test_that_draws_on_no_bank_cannot_be_adopted(make, group):
    with make.work() as work:
        rules = replace(papers.current(work.session, MEMBERS), bank="nowhere")
        with pytest.raises(Refused) as refused:
            going_live.adopt(work, rules, on=work.now.date(), minute="8", basis="Report")
        assert refused.value.code == "adoption"


def test_two_groups_cannot_have_one_name(make, group):
    with make.work() as work, pytest.raises(Refused) as refused:
        groups.make(work, name="elected MEMBERS", called="member", test=MEMBERS)
    assert refused.value.code == "group-name"


def test_a_paper_of_members_asks_nothing_critical_and_keeps_to_its_places(make, group):
    attempt_id = make.attempt(make.member(group))
    with make.reading() as session:
        drawn = session.scalars(
            select(Version)
            .join(PaperSlot, PaperSlot.version_id == Version.id)
            .where(PaperSlot.attempt_id == attempt_id)
        ).all()
        rules = papers.current(session, MEMBERS)
        assert session.get_one(Attempt, attempt_id).test == MEMBERS
    assert len(drawn) == rules.questions and not any(one.critical for one in drawn)
    for place in rules.places:
        assert sum(one.topic in place.topics for one in drawn) == place.count


def test_a_member_is_no_driver_in_any_list_or_figure(make, group):
    driver = make.driver(name="Dan Driver")
    driven = make.attempt(driver)
    sat = make.attempt(make.member(group))
    with make.reading() as session:
        assert [one.name for one in people.newest(session)] == ["Dan Driver"]
        assert holders.find(session, "Morgan") == []
        assert session.scalars(select(StandingRow.person_id)).all() == [driver.person_id]
        assert [one.attempt_id for one in filtered.page(session, Wanted()).results] == [driven]
        assert filtered.totals(session, Wanted()).taken == filtered.count(session, Wanted()) == 1
        assert [one.attempt_id for one in results.newest(session, 5)] == [driven]
        theirs = Wanted(test=MEMBERS)
        assert [one.attempt_id for one in filtered.page(session, theirs).results] == [sat]
        assert filtered.totals(session, theirs).passed == 1


def test_how_members_answer_does_not_say_how_hard_a_question_is_for_drivers(make, group):
    answered = select(func.count()).select_from(Record.metadata.tables["answered"])
    make.attempt(make.member(group))
    with make.reading() as session:
        assert session.scalar(answered) == 0
    make.attempt(make.driver())
    with make.reading() as session:
        assert session.scalar(answered) == 20


def test_a_driver_who_is_also_a_member_is_covered_by_the_driver_test_alone(make, group):
    driver = make.driver(number="PH7001")
    member = make.member(group, number="ph 7001")
    assert member.person_id == driver.person_id
    make.attempt(member)
    with make.reading() as session:
        row = session.get_one(StandingRow, driver.person_id)
        assert (row.covered_until, row.tested_on, row.outcome) == (None, None, None)
        assert (
            standing.derived(session, [driver.person_id], papers.current(session, TEST), "pilot")[0]["outcome"] is None
        )
        (certificate,) = certificates.of_person(session, driver.person_id)
        text = printing.printed(certificate)
    assert text.licences == () and text.test == "Safeguarding refresher for members and officers"


def test_a_code_opens_the_test_of_its_own_invitation_and_for_its_own_person(make, group):
    driver, member = make.driver(), make.member(group)
    assert signs_in(make, member.number, member.code) and signs_in(make, driver.number, driver.code)
    assert not signs_in(make, member.number, driver.code)
    assert not signs_in(make, driver.number, member.code)


def test_the_two_codes_of_somebody_who_is_both_open_two_tests(make, group):
    driver = make.driver(number="PH7001")
    member = make.member(group, number="PH7001")
    for made, test in ((driver, TEST), (member, MEMBERS)):
        attempt_id = make.attempt(made)
        with make.reading() as session:
            assert session.get_one(Attempt, attempt_id).test == test
    # A newer code for one test leaves the code for the other alone.
    make.code(member)
    assert signs_in(make, driver.number, driver.code) and not signs_in(make, member.number, member.code)


def test_a_reference_in_any_spelling_signs_in(make, group):
    member = make.member(group)
    assert signs_in(make, f" m-{member.number[1:].lower()} ", member.code)


def test_who_leaves_the_group_cannot_sign_in_any_more_and_may_come_back_with_a_new_reference(make, group):
    member = make.member(group)
    with make.work() as work:
        groups.end(work, membership(work, member)[0])
    assert not signs_in(make, member.number, member.code)
    with make.work() as work:
        audience = records.of_key(work.session, group)
        left = work.session.scalars(select(Membership)).one()
        for again in (lambda: groups.invite(work, audience, left), lambda: groups.end(work, left)):
            with pytest.raises(Refused) as refused:
                again()
            assert refused.value.code == "member-ended"
        assert records.page(work.session, audience, "pilot", work.now.date()) == []
        back = groups.add(work, audience, name="Morgan Member")
        assert back.reference != member.number and records.referenced(work.session, back.reference)


def test_who_leaves_one_of_two_groups_with_the_same_test_may_go_on(make, group):
    make.driver(number="PH7001")
    member = make.member(group, number="PH7001")
    with make.work() as work:
        other = groups.make(work, name="Officers", called="officer", test=MEMBERS)
        second = groups.add(work, other, name="", number="PH7001")
        groups.end(work, records.member(work.session, other, second.id, "pilot").membership)
    assert signs_in(make, member.number, member.code)


def test_the_same_person_is_in_a_group_once(make, group):
    make.driver(number="PH7001")
    make.member(group, number="PH7001")
    with make.work() as work, pytest.raises(Refused) as refused:
        groups.add(work, records.of_key(work.session, group), name="", number="PH7001")
    assert refused.value.code == "member-already"


def test_a_number_that_no_driver_has_is_refused(make, group):
    with make.work() as work, pytest.raises(Refused) as refused:
        groups.add(work, records.of_key(work.session, group), name="", number="PH9999")
    assert refused.value.code == "member-number"


def test_a_pasted_list_is_looked_at_before_anything_is_added(make, group):
    make.driver(name="Dan Driver")
    make.member(group, name="Morgan Member", email="morgan@example.com")
    pasted = (
        "Ann Able, ann@example.com\nMorgan Member, morgan@example.com\nDan Driver\nAnn Able, ANN@example.com\nBea, b@"
    )
    with make.work() as work:
        audience = records.of_key(work.session, group)
        before = len(records.page(work.session, audience, "pilot", work.now.date()))
        checked = groups.check(work.session, audience, pasted)
        assert len(records.page(work.session, audience, "pilot", work.now.date())) == before
        assert [bool(one.problem) for one in checked] == [False, True, False, True, True]
        assert "known already" in checked[2].notice and not checked[0].notice
        assert groups.add_many(work, audience, pasted) == 2
        names = [one.person.name for one in records.page(work.session, audience, "pilot", work.now.date())]
    assert names == ["Ann Able", "Dan Driver", "Morgan Member"]


@pytest.mark.parametrize("pasted", ["", " \n ", "Ann\n" * 501])
def test_a_list_of_nobody_or_of_too_many_is_refused(make, group, pasted):
    with make.work() as work, pytest.raises(Refused) as refused:
        groups.check(work.session, records.of_key(work.session, group), pasted)
    assert refused.value.code == "member-lines"


def test_who_is_due_is_found_by_the_day(make, clock, group):
    passed, _never = make.member(group, name="Pat Passed"), make.member(group, name="Nev Never")
    make.attempt(passed)

    def stand():
        with make.reading() as session:
            audience, today = records.of_key(session, group), clock.now.date()
            counts = records.counts(session, audience, "pilot", today)
            listed = {
                due: [one.person.name for one in records.page(session, audience, "pilot", today, due)] for due in Due
            }
            assert {due: len(found) for due, found in listed.items()} == counts
            return listed

    assert stand() == {Due.NEVER: ["Nev Never"], Due.DUE: [], Due.SOON: [], Due.VALID: ["Pat Passed"]}
    clock.pass_by(days=340)
    assert stand()[Due.SOON] == ["Pat Passed"]
    clock.pass_by(days=30)
    assert stand()[Due.DUE] == ["Pat Passed"]


def test_letters_are_for_those_who_are_due_and_have_no_code_that_works(make, clock, group):
    passed, invited = make.member(group, name="Pat Passed"), make.member(group, name="Ivy Invited")
    make.attempt(passed)
    with make.work() as work:
        audience = records.of_key(work.session, group)
        groups.add(work, audience, name="Nev Never")
        assert [one.person.name for one in records.to_invite(work.session, audience, "pilot", work.now)] == [
            "Nev Never"
        ]
    clock.now += timedelta(days=366)
    with make.reading() as session:
        found = records.to_invite(session, records.of_key(session, group), "pilot", clock.now)
        assert [one.person.name for one in found] == ["Nev Never", "Pat Passed"]
        assert invitations.present(session, invited.person_id, MEMBERS, clock.now) is not None


def test_letters_and_somebody_who_decides_meanwhile_do_not_wait_in_a_circle(make, group):
    with make.work() as work:
        audience = records.of_key(work.session, group)
        _, last = (groups.add(work, audience, name=name).person_id for name in ("Ann Able", "Bea Baker"))
    held = Event()

    def decide():
        with make.work("staff:other") as work:
            people.lock(work.session, last)
            held.set()
            sleep(0.3)
            work.record("person.read", f"person:{last}")

    with ThreadPoolExecutor(1) as colleague:
        decided = colleague.submit(decide)
        held.wait()
        with make.work() as work:
            audience = records.of_key(work.session, group)
            assert len(groups.invite_some(work, HOUSE, audience, "pilot", None)) == 2
        decided.result()
    with make.work() as work:
        assert groups.invite_some(work, HOUSE, records.of_key(work.session, group), "pilot", None) == []


def test_a_page_of_people_goes_on_after_the_last_one(make, group):
    with make.work() as work:
        audience = records.of_key(work.session, group)
        for name in ("Cy", "Ann", "Bea"):
            groups.add(work, audience, name=name)
        first = records.page(work.session, audience, "pilot", work.now.date(), size=2)
        rest = records.page(work.session, audience, "pilot", work.now.date(), after=first[-1].membership.id)
        assert [one.person.name for one in (*first, *rest)] == ["Ann", "Bea", "Cy"]


def test_the_examples_that_came_with_the_program_can_be_drawn_again_and_again(make, folder):
    with make.reading() as session:
        pool = bank.candidates(session, TEST)
    assert [rules.test for rules in folder.tests] == [MEMBERS, "other-trades"]
    for rules in folder.tests:
        seen = frozenset()
        for number in range(5):
            drawn = paper.draw(pool, rules, Random(number), seen)
            assert len(drawn) == rules.questions and seen.isdisjoint(one.question for one in drawn)
            seen = frozenset(one.question for one in drawn)


def test_setting_a_members_test_aside_takes_nothing_off_what_drivers_answered(make, group):
    make.attempt(make.driver())
    member = make.member(group)
    attempt_id = make.attempt(member)
    table = Record.metadata.tables["answered"]
    with make.work("staff:officer") as work:
        before = work.session.execute(select(table).order_by(table.c.version_id)).all()
        deciding.void(work, member.person_id, attempt_id, Grounds("technical", "It is set aside", ""))
        assert work.session.execute(select(table).order_by(table.c.version_id)).all() == before


def test_decisions_about_one_test_are_not_told_in_the_other(make, group):
    make.driver(number="PH7001")
    member = make.member(group, number="PH7001")
    attempt_id = make.attempt(member)
    with make.work("staff:officer") as work:
        deciding.void(work, member.person_id, attempt_id, Grounds("technical", "It is set aside", ""))
        told = {test: decisions.of_person(work.session, member.person_id, test) for test in (TEST, MEMBERS)}
    assert {test: len(found) for test, found in told.items()} == {TEST: 0, MEMBERS: 1}
