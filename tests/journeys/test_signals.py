"""A leap between tries: the driver sees it and answers, the officer reads both, and it stands in no list."""

from quiz.domain.roles import Role
from tests.conftest import signed_in


def test_a_driver_sees_what_was_noticed_and_answers_it(browse, make, clock):
    made = make.driver()
    make.attempt(made, right=9)
    clock.pass_by(days=2)
    attempt_id = make.attempt(made, right=20)
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=made.number, code=make.code(made))
    page = phone.open("/result")
    assert "11 more right answers than in the try 2 days before." in page.text
    assert "20 of 20 questions were answered in less time than it takes to read them" in page.text
    assert "It proves nothing" in page.text
    page = phone.press("Send my answer", words="I read the whole handbook.")
    assert "I read the whole handbook." in page.text
    page = phone.press("Send my answer", words="x" * 2001)
    assert page.errors == ["Write your answer, in 2,000 characters or fewer"]
    assert page.field_for("What would you like to say?").get_text().strip() == "x" * 2001

    officer = signed_in(browse, make, Role.OFFICER)
    officer.open(f"/staff/drivers/{made.person_id}")
    page = officer.follow(next(words for words in officer.page.links if words.startswith("What a computer noticed")))
    assert "A signal is not evidence." in page.text and "I read the whole handbook." in page.text
    assert "more right answers" not in officer.open("/staff/attempts").text
    stranger = make.driver()
    assert officer.open(f"/staff/drivers/{stranger.person_id}/attempts/{attempt_id}/signals").status == 404


def test_nothing_noticed_says_so_and_takes_no_answer(browse, make):
    made = make.driver()
    phone = browse()
    phone.open("/sign-in")
    phone.press("Continue", licence=made.number, code=made.code)
    phone.press("Start the test", declared="y")
    while not phone.page.path.endswith("/check"):
        make.clock.pass_by(minutes=1)
        phone.press("Save and continue", choice="1")
    phone.press("Send in my answers", anyway="1")
    page = phone.open("/result")
    assert "What our computer noticed" not in page.text
    assert phone.post(f"{page.path}/{made.person_id}/reply", words="Hello").status == 404
