"""Help inside a test: names and numbers only, and a clock that stops at the press of a button."""

from tests.make import Clock, Made
from tests.page import Browser


def begin(driver: Browser) -> str:
    """Start the test; where it stands."""
    driver.press("Start the test", declared="y")
    return driver.page.path.rsplit("/", 1)[0]


def test_help_shows_names_and_numbers_only(driver: Browser, made: Made) -> None:
    here = begin(driver)
    driver.follow("Get help or report a concern")
    assert driver.page.path == f"{here}/help"
    assert "999" in driver.page.text and "You do not need proof" not in driver.page.text
    driver.press("Go back to my test")
    assert driver.page.heading == "Question 1 of 20"


def test_the_clock_stops_when_the_server_has_kept_it(driver: Browser, clock: Clock) -> None:
    here = begin(driver)
    clock.pass_by(minutes=15)
    page = driver.open(f"{here}/help")
    assert "Your time goes on until you press “Stop my clock”" in page.text
    assert "3 more times, for 20 minutes in all" in page.text
    page = driver.press("Stop my clock")
    assert "Your clock has stopped. It starts when you press “Go back to my test”" in page.text
    assert "999" in page.text
    clock.pass_by(minutes=6)
    driver.press("Go back to my test")
    assert driver.page.heading == "Question 1 of 20"
    assert "30 minutes" in driver.page.text
    assert "2 more times, for 14 minutes in all" in driver.open(f"{here}/help").text


def test_a_pause_hides_the_question_on_every_device(driver: Browser, made: Made, browse: object) -> None:
    here = begin(driver)
    driver.open(f"{here}/help")
    driver.press("Stop my clock")
    for page in ("/1", "/check"):
        assert driver.open(here + page).path == f"{here}/help"
    other = browse()
    other.open("/sign-in")
    other.press("Continue", licence=made.number, code=made.code)
    assert other.open("/test").path == f"{here}/help"
    assert other.press("Go back to my test").heading == "Question 1 of 20"


def test_an_answer_that_a_tab_sends_during_a_pause_is_refused_in_words(driver: Browser) -> None:
    here = begin(driver)
    question = driver.page
    driver.open(f"{here}/help")
    driver.press("Stop my clock")
    driver.page = question
    late = driver.press("Save and continue", choice=["1"])
    assert (late.status, late.heading) == (409, "Your clock has stopped, so nothing was saved")


def test_when_all_pauses_are_used_the_numbers_are_still_there(driver: Browser, clock: Clock) -> None:
    here = begin(driver)
    for _ in range(3):
        driver.open(f"{here}/help")
        driver.press("Stop my clock")
        clock.pass_by(minutes=1)
        driver.press("Go back to my test")
    driver.open(f"{here}/1")
    page = driver.post(f"{here}/pause")  # from a page that was open before the last one
    assert "You have used all your pauses, so your time goes on." in page.text and "999" in page.text
