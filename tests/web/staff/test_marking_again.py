"""An officer sees what marking again would change before deciding, and every driver is told."""

from quiz.actions import editing
from quiz.records import attempts, bank
from quiz.records.questions import Version


def suspended(make, made, attempt_id):
    """A question that this driver answered wrongly, taken out of use."""
    with make.work("staff:editor") as work:
        sheet = attempts.paper(work.session, made.person_id, attempt_id)
        position = next(make.choices(work.session, sheet, 15))[0]
        version = work.session.get_one(Version, sheet.slots[position - 1].version)
        editing.suspend(work, version.question_id, "The key is wrong")
        return version.question_id


def test_a_wrong_question_is_marked_again_and_the_driver_reads_of_the_pass(officer, make, made, browse):
    question = suspended(make, made, make.attempt(made, right=15))
    officer.open("/staff")
    page = officer.follow("A question was wrong? Mark its tests again")
    assert "The key is wrong" in page.text
    page = officer.follow(f"See what would change for {question}, version 1")
    assert "Sam Driver, 23 November 2026 at 9:00am" in page.links and "15 of 20 becomes 16, passed" in page.text
    assert officer.press("Mark these tests again", shown="5", reason="unclear").errors == [
        "The number of tests has changed since you opened the page. Look again"
    ]
    page = officer.press("Mark these tests again", reason="unclear")
    assert "1 mark has changed, and 1 driver has passed" in page.text and "Nothing is left to do." in page.text
    driver = browse()
    driver.open("/sign-in")
    driver.press("Continue", licence=made.number, code=made.code)
    page = driver.open("/result")
    assert page.heading == "You passed" and "A question in your test was wrong." in page.text


def test_a_question_that_can_still_be_asked_is_not_shown_to_officers(officer, make):
    with make.reading() as session:
        version = bank.live_versions(session, "driver")[0]
    page = officer.open(f"/staff/questions/{version.question_id}/{version.number}/mark-again")
    assert "suspends it first" in page.text and version.draft.options[0].text not in page.text
