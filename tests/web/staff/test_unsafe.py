"""An officer and the safeguarding lead read a fail by an unsafe answer, and the driver hears what they found."""

import pytest

from quiz.domain.roles import Role
from tests.conftest import signed_in


@pytest.fixture
def failed(make, made):
    make.agree_everything()
    return make.attempt(made, right=19, unsafe=1)


def test_two_people_read_it_and_the_driver_is_told_of_a_pass(officer, lead, failed, driver):
    assert "You will hear from us by 30 November 2026" in driver.open("/result").text
    officer.open("/staff")
    page = officer.follow("Results with an unsafe answer to read")
    assert "By Monday 30 November 2026" in page.text
    assert "To be read by an officer and the safeguarding lead" in page.text
    page = officer.follow("Result of 23 November 2026 at 9:00am")
    assert "Police, Lead, on 23 November 2026" in page.text
    assert officer.press("Record my reading", verdict="withdrawn").errors == ["Say why, in a sentence"]
    officer.press("Record my reading", verdict="withdrawn", why="It can be read in two ways.")
    lead.open("/staff/unsafe")
    assert "It can be read in two ways." not in lead.follow("Result of 23 November 2026 at 9:00am").text
    assert (
        "It can be read in two ways." in lead.press("Record my reading", verdict="withdrawn", why="So I read it.").text
    )
    officer.open(officer.page.path)
    officer.press("Answer the driver")
    page = officer.press("Record the decision", reason="unclear", told="We read it again: you passed.")
    assert "Unsafe answer read: the unsafe mark is withdrawn" in page.text
    page = driver.open("/result")
    assert page.heading == "You passed" and page.text.count("We read it again: you passed.") == 1
    assert "You will hear from us" not in page.text and "Your certificate" in page.links


def test_the_record_leads_to_what_waits_to_be_read_and_only_whoever_may_read_it(officer, browse, make, made, failed):
    words = "Read the unsafe answer of the test of 23 November 2026 at 9:00am"
    officer.open(f"/staff/drivers/{made.person_id}")
    assert officer.follow(words).path == f"/staff/unsafe/{failed}"
    auditor = signed_in(browse, make, Role.AUDITOR)
    assert words not in auditor.open(f"/staff/drivers/{made.person_id}").links


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD])
def test_an_answer_that_is_late_is_told_in_words_and_the_list_names_nobody(make, clock, browse, failed, role):
    clock.pass_by(days=9)
    page = signed_in(browse, make, role).open("/staff/unsafe")
    assert "Overdue by 2 days" in page.text and "Sam Driver" not in page.text
