"""A test session from the empty list to the last note, as the invigilator and three drivers go through it."""

from quiz.domain.roles import Role
from tests.conftest import signed_in


def test_three_drivers_and_an_invigilator(browse, make, clock):
    desk = signed_in(browse, make, Role.INVIGILATOR)
    ann, ben, cy = (
        make.driver(name=name, number=number, supervised=True)
        for name, number in (("Ann Able", "PH1001"), ("Ben Below", "PH1002"), ("Cy Careful", "PH1003"))
    )
    make.driver(name="Home Sitter", number="PH1004")

    assert "No session is planned for today." in desk.open("/staff/sessions").text
    desk.press("New session")
    page = desk.press("Open the session", place="Town Hall, room 2", at="nine")
    assert page.errors == ["Enter the time as hours and minutes, for example 9:30"]
    page = desk.press("Open the session", at="9.30")
    assert page.heading == "Session: Town Hall, room 2" and "Nobody is on the list yet" in page.text
    live = page.path
    word = page.soup.select_one(".quiz-start-word").get_text()
    assert word in desk.open(f"{live}/start-word").text

    for find in ("able", "PH 1002", "careful"):
        desk.open(live)
        desk.press("Find a driver to add", find=find)
        page = desk.press(next(b for b in buttons(desk) if b.startswith("Add: ")))
    assert rows(page) == ["Ann Able PH1001", "Ben Below PH1002", "Cy Careful PH1003"]
    assert "Nobody was found" in desk.press("Find a driver to add", find="home").text
    page = desk.press("Find a driver to add", find="")
    assert "Home Sitter" not in page.text and page.text.count("On the list") == 3

    phone = browse()
    phone.open("/sign-in")
    page = phone.press("Continue", licence="PH1001", code=ann.code)
    assert "At the office: you may not use the handbook or a phone" in page.text
    assert page.text.startswith("Before you start First show the person in charge a document with your photo.")
    page = phone.press("Start the test", declared="y", word=word)
    assert "You are not let in yet" in page.text or "You are not let in yet" in page.heading
    desk.open(live)
    assert "choose which document you saw" in desk.press("Let in: Ann Able").text
    page = desk.press("Let in: Ann Able", identity="passport")
    assert "Let in, not started" in page.text and "Seen: passport" in page.text
    phone.open("/test/start")
    page = phone.press("Start the test", declared="y", word="wrong words")
    assert page.errors and "That is not the start word" in page.errors[0]
    page = phone.press("Start the test", declared="y", word=word.upper())
    assert page.heading == "Question 1 of 20" or "Question 1 of 20" in page.text

    phone.press("Save and continue", choice="1")
    page = desk.open(live)
    assert "of 20 answered" in page.text and "On question 1" in page.text
    page = desk.press("Pause: Ann Able")
    assert "Paused" in page.text
    assert "Goes on by itself at 9:30am" in page.text
    page = phone.press("Save and continue", choice="2")
    assert page.heading == "The person in charge has stopped your clock, so nothing was saved"
    assert "Look again" in page.links and "Go back to my test" not in page.text
    page = phone.follow("Look again")
    assert "The person in charge has stopped your clock." in page.text
    assert "Go back to my test" not in page.text
    desk.press("Start the clock: Ann Able")
    assert "Goes on by itself" not in desk.page.text
    assert "Question" in phone.press("Look again").text
    page = desk.press("Close the session")
    assert page.path == live and "One test is still running. Wait, or end it first." in page.text
    assert "This session was closed" not in page.text

    other = browse()
    other.open("/sign-in")
    page = other.press("Continue", licence="PH1001", code=ann.code)
    assert "Your test is open on another machine" in page.heading
    desk.open(live)
    assert "May sign in elsewhere" in desk.press("Move to another machine: Ann Able").text
    other.open("/sign-in")
    assert "Question" in other.press("Continue", licence="PH1001", code=ann.code).text
    assert phone.open("/test").status == 403 or "signed out" in phone.page.text.lower()

    desk.open(live)
    desk.follow("More time: Ann Able")
    page = desk.press("Give more time", minutes="5", reason="technical")
    assert "Ann Able has 5 more minutes." in page.text
    desk.follow("End the test: Ann Able")
    assert "Choose what happened" in desk.press("End the test").errors
    page = desk.press("End the test", reason="illness", words="Unwell, went home.")
    assert "Finished: not passed" in page.text and "Unwell, went home." in page.text
    assert "The person in charge ended your test early." in other.open("/result").text

    desk.press("Let in: Ben Below", identity="badge")
    desk.press("Not let in after all: Ben Below")
    desk.press("Remove: Cy Careful")
    desk.follow("Note something about the whole session")
    desk.press("Write it down", reason="technical", words="The projector failed.")
    page = desk.press("Close the session")
    assert "This session was closed on" in page.text and "Did not start" in page.text
    assert "Let in" not in " ".join(buttons(desk))

    officer = signed_in(browse, make, Role.OFFICER)
    page = officer.open(f"/staff/drivers/{ann.person_id}")
    assert "Town Hall, room 2 (in a room)" in page.text and "who saw: passport" in page.text
    assert "Something technical" not in page.text, "what was noted of the whole session stays with the session"
    assert "The test was ended early. Illness or an emergency. Unwell, went home." in page.text
    assert "supervised" in page.text and cy.number and ben.number


def test_pages_of_a_supervised_test_lead_to_no_handbook_and_no_practice(browse, make):
    made, at_home = make.driver(supervised=True), make.driver()
    _, word = make.seat(made)
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=made.number, code=made.code)
    page = phone.press("Start the test", declared="y", word=word)
    test = page.path.rpartition("/")[0]
    for path in (f"{test}/1", f"{test}/check", f"{test}/help"):
        assert footer(phone.open(path)) & {"/handbook", "/practice"} == set(), path
    phone.open(f"{test}/check")
    page = phone.press("Send in my answers")
    assert page.heading == "You have not finished every question"
    assert footer(page) & {"/handbook", "/practice"} == set()
    phone.press("Send in my answers anyway")
    assert {"/handbook", "/practice"} <= footer(phone.open("/result"))
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=at_home.number, code=at_home.code)
    assert {"/handbook", "/practice"} <= footer(phone.press("Start the test", declared="y"))


def test_a_session_has_one_primary_button(browse, make):
    desk = signed_in(browse, make, Role.INVIGILATOR)
    sitting_id = make.sitting()
    make.seat(make.driver(supervised=True), sitting_id, let_in=False)
    desk.open(f"/staff/sessions/{sitting_id}")
    shown = [
        one for one in desk.page.soup.select("main .govuk-button") if "govuk-button--secondary" not in one["class"]
    ]
    assert [one.get_text(strip=True) for one in shown] == ["Find a driver to add"]


def test_a_seat_of_another_session_and_a_made_up_document_are_refused(browse, make):
    desk = signed_in(browse, make, Role.INVIGILATOR)
    one, other = make.sitting(), make.sitting("Room 2")
    seat_id, _ = make.seat(make.driver(supervised=True), one, let_in=False)
    desk.open(f"/staff/sessions/{one}")
    assert desk.post(f"/staff/sessions/{other}/{seat_id}/let-in", identity="passport").status == 404
    desk.open(f"/staff/sessions/{one}")
    assert desk.post(f"/staff/sessions/{one}/{seat_id}/let-in", identity="library card").status == 400
    assert desk.open(f"/staff/drivers/{make.driver().person_id}").status == 403


def test_guessing_the_start_word_takes_longer_and_longer(browse, make):
    made = make.driver(supervised=True)
    make.seat(made)
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=made.number, code=made.code)
    for _ in range(5):
        page = phone.press("Start the test", declared="y", word="some words")
    assert "That is not the start word" in page.errors[0]
    page = phone.press("Start the test", declared="y", word="some words")
    assert page.errors[0].startswith("Wait ")


def buttons(browser) -> list[str]:
    return [" ".join(one.get_text().split()).replace(" :", ":") for one in browser.page.soup.select("button")]


def footer(page) -> set[str]:
    return {one["href"] for one in page.soup.select("footer a")}


def rows(page) -> list[str]:
    return [" ".join(one.get_text(" ").split()) for one in page.soup.select("#live tbody tr td:first-child > span")]
