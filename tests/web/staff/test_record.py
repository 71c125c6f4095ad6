"""A driver's record."""

from datetime import date
from uuid import UUID

import pytest

from quiz.domain.blueprint import Reason
from quiz.records import certificates, people
from tests.documents.reading import spoken, squeezed
from tests.make import PASSWORD, Made


def address(made: Made) -> str:
    return f"/staff/drivers/{made.person_id}"


def link_to_pdf(page) -> str:
    return next(way for way in page.links.values() if way.endswith(".pdf"))


def test_the_record_tells_an_attempt_with_score_groups_topics_and_times(officer, make, made):
    make.attempt(made, right=12)
    text = officer.open(address(made)).text
    for words in ("23 November 2026: Not passed", "12 of 20", "12 right answers, 16 were needed",
                  "after less than 1 minute", "The driver sent it in", "What to do and whom to tell:",
                  "Grooming and signs in a passenger:", "Pilot"):  # fmt: skip
        assert words in text


def test_every_topic_and_group_stands_as_a_count(officer, make, made):
    make.attempt(made, right=20)
    counts = [item.get_text().rsplit(": ")[-1] for item in officer.open(address(made)).soup.select("main li")]
    assert counts and all(right == of for right, _, of in (count.strip().split() for count in counts))


def test_an_unsafe_answer_is_a_reason_and_the_question_is_not_told(officer, make, made):
    make.agree_everything()
    make.attempt(made, right=17, unsafe=1)
    text = officer.open(address(made)).text
    assert "1 unsafe answer" in text and "were needed" not in text


def test_the_record_says_that_a_failed_test_is_not_an_allegation(officer, made):
    text = officer.open(address(made)).text
    assert "A failed test is not an allegation" in text and "It decides nothing by itself" in text


def test_a_driver_who_has_done_nothing_yet_has_an_empty_record(officer, made):
    text = officer.open(address(made)).text
    for words in ("Next try: Now. 3 tries are left.", "has not taken the test yet", "No certificate has been issued"):
        assert words in text


@pytest.mark.parametrize(
    ("tries", "said"),
    [
        ([12], "From Tuesday 24 November 2026. 2 tries are left."),
        ([12, 11], "From Tuesday 1 December 2026. 1 try is left."),
        ([12, 11, 10], "All tries are used until 23 May 2027. A licensing officer decides what happens next."),
        ([12, 18], "No further try is needed. The driver passed under the newest invitation."),
    ],
)
def test_the_next_try_is_told_in_words(browse, make, made, tries, said):
    for number, right in enumerate(tries):
        make.clock.pass_by(days=(0, 1, 7)[number])
        make.attempt(made, right=right)
    make.staff(email="ro@example.com")
    officer = browse()
    officer.open("/staff/sign-in")
    officer.press("Sign in", email="ro@example.com", password=PASSWORD)
    assert f"Next try: {said}" in officer.open(address(made)).text


@pytest.mark.parametrize(("ends", "warned"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)])
def test_a_licence_that_ends_before_the_next_try_is_a_warning_at_once(officer, make, made, ends, warned):
    with make.work() as work:
        people.licences(work.session, made.person_id)[0].expires_on = ends
    make.attempt(made, right=12)
    text = officer.open(address(made)).text
    assert "Next try: From Tuesday 24 November 2026" in text
    assert ("A licence of this driver ends on 23 November 2026, before the next try." in text) is warned


def test_an_invitation_that_ended_is_told(officer, make):
    made = make.driver(deadline=date(2026, 11, 23))
    make.clock.pass_by(days=1)
    officer.open("/staff/sign-in")
    officer.press("Sign in", email="officer@example.com", password=PASSWORD)
    text = officer.open(address(made)).text
    assert "The invitation ended on 23 November 2026." in text and "The code has ended" in text


def test_looking_marks_a_test_that_ran_out_of_time(officer, make, made, clock):
    make.attempt(made, right=18, finished=False)
    assert "The driver is taking the test now." in officer.open(address(made)).text
    clock.pass_by(minutes=46)
    text = officer.open(address(made)).text
    assert "Passed" in text and "Time ran out" in text and "after 45 minutes" in text


def test_invitations_say_whether_a_code_works_and_who_invited(officer, make, made):
    text = officer.open(address(made)).text
    assert "Works Issued on 23 November 2026 at 9:00am" in text and "The command line" in text
    make.code(made)
    assert "Does not work" not in officer.open(address(made)).text


def test_a_new_drivers_certificate_says_until_when_it_can_be_used(officer, make):
    made = make.driver(reason=Reason.APPLICATION)
    make.attempt(made)
    text = officer.open(address(made)).text
    assert "Valid" in text and "23 November 2029 For a new licence until 23 November 2027" in text


def test_the_copy_of_a_certificate_is_the_one_that_was_issued(officer, make, made):
    make.attempt(made)
    page = officer.open(link_to_pdf(officer.open(address(made))))
    assert page.response.mimetype == "application/pdf"
    assert squeezed("Sam Driver") in spoken(page.response.data)


def test_another_persons_certificate_is_not_found(officer, make, made):
    other = make.driver(name="Other Person")
    make.attempt(made)
    way = link_to_pdf(officer.open(address(made)))
    wrong = way.replace(str(made.person_id), str(other.person_id))
    assert [officer.open(path).status for path in (wrong, f"{address(made)}/certificates/nonsense.pdf")] == [404, 404]


def test_opening_a_record_is_on_the_record_once_a_day_for_each_reader(officer, auditor, made, events, clock):
    about = f"person:{made.person_id}"
    for _ in range(3):
        officer.open(address(made))
    auditor.open(address(made))
    assert events(about).count("person.read") == 2
    assert "Record opened" in officer.open(address(made)).text


def test_a_record_that_does_not_exist_is_read_by_nobody(officer, events):
    missing = UUID("01a20000-0000-7000-8000-000000000000")
    assert officer.open(f"/staff/drivers/{missing}").status == 404
    assert events(f"person:{missing}") == []


def test_looking_at_a_copy_of_a_certificate_is_reading_the_record(officer, make, made, events):
    make.attempt(made)
    with make.reading() as session:
        number = certificates.of_person(session, made.person_id)[0].number
    officer.open(f"{address(made)}/certificates/{number}.pdf")
    assert "person.read" in events(f"person:{made.person_id}")


def test_an_auditor_reads_but_has_no_buttons(auditor, made):
    page = auditor.open(address(made))
    assert page.status == 200
    assert not [words for words in page.links if words in ("Issue a new access code", "Correct details")]


@pytest.mark.both_engines
def test_a_long_record_takes_at_most_12_statements_and_4_for_the_note_that_it_was_read(officer, make, made, cost):
    for days, right in ((0, 9), (1, 9), (7, 18)):
        make.clock.pass_by(days=days)
        make.attempt(made, right=right)
    make.clock.pass_by(days=-8)
    assert cost(officer, address(made)) <= 15
    assert cost(officer, address(made)) <= 11  # and one more for the test sessions of supervised tests
