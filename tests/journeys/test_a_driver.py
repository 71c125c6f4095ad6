"""A driver's whole errand, page by page, by the words on the buttons. Each test runs on both engines."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from quiz.records import answers, attempts, certificates, marks
from quiz.records.service import Service
from tests.make import Clock, Made, Make
from tests.page import Browser

Browse = Callable[[], Browser]


def begin(driver: Browser) -> UUID:
    """Through the page before the start; gives the attempt that began."""
    driver.press("Start the test", declared="y")
    assert driver.page.heading == "Question 1 of 20", driver.page.text
    return UUID(driver.page.path.split("/")[2])


def answer_all(driver: Browser, make: Make, made: Made, attempt_id: UUID, right: int = 20, unsafe: int = 0) -> None:
    """Answer every question on its page, so many of them right."""
    with make.reading() as session:
        sheet = attempts.paper(session, made.person_id, attempt_id)
        choices = sorted(make.choices(session, sheet, right, unsafe))
    for position, values, _ in choices:
        driver.open(f"/test/{attempt_id}/{position}")
        driver.press("Save and continue", choice=values)


def sit(driver: Browser, make: Make, made: Made, right: int = 20, unsafe: int = 0) -> UUID:
    """Begin, answer and send in."""
    attempt_id = begin(driver)
    answer_all(driver, make, made, attempt_id, right, unsafe)
    driver.press("Send in my answers")
    return attempt_id


def test_a_driver_passes_and_keeps_certificate_and_card(driver: Browser, made: Made, make: Make) -> None:
    assert driver.page.heading == "Before you start"
    attempt_id = sit(driver, make, made)
    assert driver.page.heading == "You passed"
    assert "You got 20 of 20" in driver.page.text
    assert "valid to the end of 23 November 2029" in driver.page.text
    driver.follow("Your certificate")
    assert "Sam Driver" in driver.page.text and "Passed" in driver.page.text
    assert "20 of 20" not in driver.page.text
    for name in ("certificate.pdf", "card.pdf", "card-sheet.pdf"):
        found = driver.open(f"/result/{attempt_id}/{name}").response
        assert (found.status_code, found.mimetype, found.data[:5]) == (200, "application/pdf", b"%PDF-")
    card = driver.open(f"/result/{attempt_id}/contacts.vcf")
    assert card.response.mimetype == "text/vcard" and "TEL" in card.text
    assert "999" in driver.open(f"/result/{attempt_id}/card").text


def test_signing_in_again_later_shows_the_same_result_and_documents(
    driver: Browser, made: Made, make: Make, browse: Browse, clock: Clock
) -> None:
    sit(driver, make, made)
    before = driver.open("/result").text
    clock.pass_by(days=29)
    again = browse()
    again.open("/sign-in")
    again.press("Continue", licence=made.number, code=made.code)
    assert again.page.heading == "You passed"
    assert again.page.text == before


def test_a_code_ends_thirty_days_after_the_last_result(
    driver: Browser, made: Made, make: Make, browse: Browse, clock: Clock
) -> None:
    sit(driver, make, made)
    clock.pass_by(days=31)
    again = browse()
    again.open("/sign-in")
    again.press("Continue", licence=made.number, code=made.code)
    assert again.page.errors


def test_a_score_below_the_mark_says_when_and_how_to_try_again(
    driver: Browser, made: Made, make: Make, clock: Clock
) -> None:
    attempt_id = sit(driver, make, made, right=14)
    page = driver.page
    assert page.heading == "You did not pass this time"
    assert "You got 14 of 20. You need 16." in page.text
    assert "Your next try: from Tuesday 24 November 2026. You have 2 tries left." in page.text
    assert "A licensing officer makes licence decisions" in page.text
    assert "Ask a person to check" in page.text
    assert driver.open(f"/result/{attempt_id}/certificate").status == 404
    driver.open("/test/start")
    assert driver.page.status == 409 and "24 November" in driver.page.heading + driver.page.text
    clock.pass_by(days=1)
    driver.open("/sign-in")
    driver.press("Continue", licence=made.number, code=made.code)
    assert "You can try again now" in driver.page.text
    driver.press("Continue")
    assert begin(driver) != attempt_id


def test_an_unsafe_answer_alone_is_told_kindly_and_uses_no_try(driver: Browser, made: Made, make: Make) -> None:
    make.agree_everything()
    sit(driver, make, made, right=19, unsafe=1)
    text = driver.page.text
    assert "because of an unsafe answer. You got 19 of 20, which is enough." in text
    assert "This does not mean you have done anything wrong." in text
    assert "This did not use up one of your tries." in text
    assert "You have 3 tries left" in text
    assert "You will hear from us by 30 November 2026" in text


def test_an_unsafe_answer_alone_after_another_fail_uses_no_try_either(
    driver: Browser, made: Made, make: Make, clock: Clock
) -> None:
    make.agree_everything()
    make.attempt(made, right=14)
    clock.pass_by(days=1)
    make.attempt(made, right=18, unsafe=2)
    driver.open("/sign-in")
    driver.press("Continue", licence=made.number, code=made.code)
    text = driver.page.text
    assert "because of unsafe answers. You got 18 of 20, which is enough. But some answers could" in text
    assert "You have 2 tries left" in text and "This did not use up one of your tries." in text


def test_the_page_of_an_earlier_test_promises_no_try(driver: Browser, made: Made, make: Make, clock: Clock) -> None:
    first = sit(driver, make, made, right=14)
    assert "Your next try" in driver.page.text and "Before then, read" in driver.page.text
    clock.pass_by(days=1)
    make.attempt(made)
    driver.open("/sign-in")
    driver.press("Continue", licence=made.number, code=made.code)
    assert driver.page.heading == "You passed" and "Your next try" not in driver.page.text
    driver.open(f"/result/{first}")
    assert driver.page.heading == "You did not pass this time"
    assert "next try" not in driver.page.text and "Before then" not in driver.page.text


def test_whoever_passed_in_the_pilot_takes_the_test_again_when_it_counts(
    driver: Browser, made: Made, make: Make, clock: Clock
) -> None:
    first = sit(driver, make, made)
    with make.work() as work:
        work.session.get_one(Service, 1).live_at = clock.now
    driver.open("/result")
    assert "This pass does not count for a licence." in driver.page.text
    assert "You can try again now. You have 3 tries left." in driver.page.text
    driver.press("Continue")
    assert begin(driver) != first


def test_an_unsafe_answer_with_a_low_score_never_says_enough(driver: Browser, made: Made, make: Make) -> None:
    make.agree_everything()
    sit(driver, make, made, right=12, unsafe=2)
    assert "You got 12 of 20. You need 16." in driver.page.text
    assert "unsafe answer" in driver.page.text and "enough" not in driver.page.text


def test_without_an_agreement_an_unsafe_option_is_simply_wrong(driver: Browser, made: Made, make: Make) -> None:
    sit(driver, make, made, right=19, unsafe=1)
    assert driver.page.heading == "You passed"


def test_no_result_page_holds_the_text_of_a_question(driver: Browser, made: Made, make: Make) -> None:
    attempt_id = begin(driver)
    stems = [driver.open(f"/test/{attempt_id}/{n}").soup.legend.get_text(strip=True) for n in range(1, 21)]
    answer_all(driver, make, made, attempt_id, right=10)
    driver.press("Send in my answers")
    assert driver.page.heading == "You did not pass this time"
    assert not [stem for stem in stems if stem in driver.page.text]


def test_back_change_blank_and_check_later(driver: Browser, made: Made) -> None:
    attempt_id = begin(driver)
    single = next(n for n in range(1, 21) if driver.open(f"/test/{attempt_id}/{n}").soup.select("main [type=radio]"))
    first, second = driver.open(f"/test/{attempt_id}/{single}").choices[:2]
    driver.choose(first, "Check this later")
    driver.open(f"/test/{attempt_id}/{single}")
    assert driver.page.field_for(first).has_attr("checked")
    driver.choose(second)
    driver.open(f"/test/{attempt_id}/check")
    assert second in driver.page.text and first not in driver.page.text
    assert "check later" in driver.page.text
    driver.open(f"/test/{attempt_id}/{single}?check=1")
    driver.press("Save and continue", choice=None, later=None)
    assert driver.page.heading == "Check your answers"
    assert second not in driver.page.text and "check later" not in driver.page.text


def test_sending_in_with_unanswered_questions_says_which(driver: Browser, made: Made) -> None:
    attempt_id = begin(driver)
    driver.open(f"/test/{attempt_id}/check")
    driver.press("Send in my answers")
    assert driver.page.heading == "You have not finished every question"
    assert "Question 20: not answered" in driver.page.text
    driver.follow("Go back to my answers")
    driver.press("Send in my answers")
    driver.press("Send in my answers anyway")
    assert driver.page.heading == "You did not pass this time"


def test_choose_two_with_one_ticked_is_kept_as_unfinished(driver: Browser, make: Make, made: Made) -> None:
    attempt_id = begin(driver)
    two = next(
        (
            n
            for n in range(1, 21)
            if driver.open(f"/test/{attempt_id}/{n}").soup.select("input[name=choice][type=checkbox]")
        ),
        None,
    )
    if two is None:
        pytest.fail("the drawn paper has no “choose two” question; take another seed in the fixture")
    one = driver.open(f"/test/{attempt_id}/{two}").choices[0]
    driver.choose(one)
    assert "You chose 1 answer. This question needs exactly two." in driver.page.text
    driver.press("Save and continue")
    assert driver.page.path != f"/test/{attempt_id}/{two}"
    driver.open(f"/test/{attempt_id}/check")
    assert "not finished, choose two" in driver.page.text


def test_another_phone_goes_on_where_the_first_one_stopped(driver: Browser, made: Made, browse: Browse) -> None:
    attempt_id = begin(driver)
    choice = driver.page.choices[0]
    driver.press("Save and continue", choice=["1"])
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=made.number, code=made.code)
    assert phone.page.path.startswith(f"/test/{attempt_id}/")
    assert choice in phone.open(f"/test/{attempt_id}/check").text
    old = driver.press("Save and continue", choice=["1"])
    assert old.status == 403
    assert old.heading == "You have been signed out"
    assert "another phone or computer" in old.text and "was not saved" in old.text


def test_another_drivers_test_result_and_papers_are_not_found(
    driver: Browser, made: Made, make: Make, browse: Browse
) -> None:
    other = make.driver(name="Kim Other")
    theirs = make.attempt(other)
    for page in ("/1", "/check", "/help"):
        assert driver.open(f"/test/{theirs}{page}").status == 404
    for page in ("", "/certificate", "/certificate.pdf", "/card", "/card.pdf", "/card-sheet.pdf", "/contacts.vcf"):
        assert driver.open(f"/result/{theirs}{page}").status == 404
    driver.open("/test/start")
    assert driver.post(f"/test/{theirs}/1", choice="1").status == 404
    for deed in ("send", "pause", "resume"):
        driver.open("/test/start")
        assert driver.post(f"/test/{theirs}/{deed}").status == 404


def test_an_answer_that_is_not_on_the_page_is_refused_and_changes_nothing(
    driver: Browser, made: Made, make: Make
) -> None:
    attempt_id = begin(driver)
    for wrong in ("7", "0", "-1", "x", "1' OR 1=1", "²"):
        driver.open(f"/test/{attempt_id}/1")
        assert driver.press("Save and continue", choice=[wrong]).status == 409, wrong
    driver.open(f"/test/{attempt_id}/1")
    assert driver.post(f"/test/{attempt_id}/21", choice="1").status == 404
    with make.reading() as session:
        assert answers.said(session, attempt_id) == []


@pytest.mark.parametrize("place", ["9999999999", "9" * 30])
def test_a_place_that_no_paper_has_is_not_found(driver: Browser, place: str) -> None:
    attempt_id = begin(driver)
    assert driver.open(f"/test/{attempt_id}/{place}").status == 404
    assert driver.post(f"/test/{attempt_id}/{place}", choice="1").status == 404


def test_an_answer_after_time_is_refused_in_plain_words_and_changes_nothing(
    driver: Browser, made: Made, make: Make, clock: Clock
) -> None:
    attempt_id = begin(driver)
    clock.pass_by(minutes=45)
    late = driver.press("Save and continue", choice=["1"])
    assert (late.status, late.heading) == (409, "Your time ran out, so this answer was not saved")
    with make.reading() as session:
        assert answers.said(session, attempt_id) == []
    assert driver.open("/test").heading == "Your time is up"
    clock.pass_by(seconds=30)
    assert driver.open("/test").heading == "You did not pass this time"
    assert "Your time ran out" in driver.page.text
    with make.reading() as session:
        row = session.get_one(attempts.Attempt, attempt_id)
        assert row.finished_at == row.deadline == row.started_at + timedelta(minutes=45)


def test_the_last_moment_still_counts(driver: Browser, made: Made, make: Make, clock: Clock) -> None:
    attempt_id = begin(driver)
    clock.pass_by(minutes=44, seconds=59.9)
    assert driver.press("Save and continue", choice=["1"]).status == 200
    with make.reading() as session:
        assert len(answers.said(session, attempt_id)) == 1


def test_sending_in_twice_is_one_mark_and_one_certificate(driver: Browser, made: Made, make: Make) -> None:
    attempt_id = begin(driver)
    answer_all(driver, make, made, attempt_id)
    check = driver.open(f"/test/{attempt_id}/check")
    driver.press("Send in my answers")
    driver.page = check
    driver.press("Send in my answers")
    assert driver.page.heading == "You passed"
    driver.page = check
    assert driver.post(f"/test/{attempt_id}/1", choice="1").status == 409
    assert driver.open(f"/test/{attempt_id}/1").heading == "You passed"
    with make.reading() as session:
        assert len(certificates.of_person(session, made.person_id)) == 1
        assert marks.of_attempt(session, attempt_id).number == 1


def test_starting_in_two_tabs_is_one_attempt(driver: Browser, made: Made, make: Make) -> None:
    start = driver.page
    first = begin(driver)
    driver.page = start
    driver.press("Start the test", declared="y")
    assert str(first) in driver.page.path
    with make.reading() as session:
        assert len(attempts.of_person(session, made.person_id)) == 1


def test_the_declaration_must_be_ticked(driver: Browser, made: Made, make: Make) -> None:
    driver.press("Start the test")
    assert driver.page.errors and driver.page.title.startswith("Error: ")
    with make.reading() as session:
        assert attempts.of_person(session, made.person_id) == []


def test_a_form_left_open_for_two_hours(driver: Browser, made: Made, make: Make, clock: Clock) -> None:
    clock.pass_by(hours=2)
    begin(driver)
    clock.pass_by(hours=3)
    late = driver.press("Save and continue", choice=["1"])
    assert late.status == 403 and late.heading == "You have been signed out"
    assert late.button("Sign in again")["href"] == "/sign-in"


def test_sign_out_and_this_is_not_me(driver: Browser, made: Made) -> None:
    driver.press("This is not me")
    assert driver.page.heading == "This is not you"
    assert driver.open("/test").heading == "Sign in to the test"


def test_the_newest_test_that_ran_out_is_marked_when_the_driver_looks_at_the_result(
    driver: Browser, made: Made, make: Make, clock: Clock
) -> None:
    make.attempt(made, right=10)
    clock.pass_by(days=1)
    make.attempt(made, right=18, finished=False)
    driver.open("/sign-in")
    driver.press("Continue", licence=made.number, code=made.code)
    clock.pass_by(minutes=46)
    assert driver.open("/result").heading == "You passed"


def test_a_question_left_without_an_answer_is_said_on_the_next_page(driver: Browser) -> None:
    begin(driver)
    page = driver.press("Save and continue")
    assert page.heading == "Question 2 of 20"
    assert "You did not choose an answer to question 1. You can go back to it." in page.text
    page = driver.press("Save and continue", choice="1")
    assert "You did not choose" not in page.text
    page = driver.press("Save and continue", later="1")
    assert page.heading == "Question 4 of 20" and "You did not choose" not in page.text, "it was left on purpose"
    driver.open(page.path.rpartition("/")[0] + "/20")
    page = driver.press("Save and continue")
    assert page.heading == "Check your answers" and "You did not choose" not in page.text, "the list says it"
