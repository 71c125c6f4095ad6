"""The pages of groups of other people: made, filled, filtered, decided about, and kept apart from drivers."""

import pytest

from quiz.actions import groups as actions
from quiz.records import groups as records
from quiz.records.results import of_person
from tests.documents.reading import spoken, squeezed


@pytest.fixture
def group(make):
    return make.group()


def way(make, made, group):
    with make.reading() as session:
        return f"/staff/groups/{group}/people/{records.of_person(session, made.person_id)[0][0].id}"


def test_before_any_test_is_adopted_the_page_says_what_to_do(officer):
    page = officer.open("/staff/groups")
    assert "nobody but drivers is asked" in page.text and "Make a group" not in page.links
    assert officer.open("/staff/make-group").path == "/staff/groups"
    assert "Test" not in officer.open("/staff/attempts").labels


def test_a_name_that_is_taken_is_said_at_the_field(officer, group):
    officer.open("/staff/make-group")
    assert officer.press("Make the group", name="X", called="x").errors == ["Choose the test"]
    page = officer.press("Make the group", name="Elected members", called="member", test="members-and-officers")
    assert page.errors == ["There is a group of that name already. Choose another name"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"name": " "}, "Enter the name"), ({"number": "PH9999"},
     "No driver has that licence number. Leave it empty to add a new person"),
     ({"name": "Ann", "email": "x@"}, "Enter an e-mail address like name@example.com")],
)  # fmt: skip
def test_a_person_who_cannot_be_added_is_said_at_the_field(officer, group, typed, said):
    officer.open(f"/staff/groups/{group}/add")
    assert officer.press("Add to the group", **typed).errors == [said]


def test_a_list_is_checked_and_then_added(officer, group):
    officer.open(f"/staff/groups/{group}/add-many")
    page = officer.press("Check the list", lines="Ann Able, ann@example.com\r\nAnn Able, ann@example.com\r\nCy Cole")
    assert "2 of 3 lines can be added. Nothing has been added yet." in page.text
    assert "Ann Able" not in officer.open(f"/staff/groups/{group}").text
    officer.open(f"/staff/groups/{group}/add-many")
    officer.press("Check the list", lines="Ann Able, ann@example.com\r\nAnn Able, ann@example.com\r\nCy Cole")
    page = officer.press("Add 2 people")
    assert "2 people were added." in page.text and {"Ann Able", "Cy Cole"} <= page.links.keys()
    assert "Has not passed yet: 2" in page.links


def test_the_list_is_filtered_by_how_people_stand(officer, make, group):
    make.attempt(make.member(group, name="Pat Passed"))
    make.member(group, name="Nev Never")
    assert "Pat Passed" not in officer.open(f"/staff/groups/{group}?due=never").links
    assert "Nev Never" in officer.page.links
    assert "Nev Never" not in officer.open(f"/staff/groups/{group}?due=valid").links
    assert officer.open(f"/staff/groups/{group}?due=pizza").status == 400
    assert officer.open("/staff/groups/nobody").status == 404


def test_lists_and_the_start_page_of_drivers_show_nobody_of_a_group(officer, make, group):
    make.attempt(make.member(group))
    for path in ("/staff", "/staff/drivers", "/staff/attempts"):
        assert "Morgan Member" not in officer.open(path).text, path
    page = officer.open("/staff/attempts?test=members-and-officers")
    assert "Morgan Member" in page.text
    assert officer.follow("Morgan Member").path == way(make, records_made(make, group), group)
    assert officer.open("/staff/attempts?test=pizza").errors == ["Test: choose one of the list"]


def records_made(make, group):
    """The one person of the group, as `way` wants it."""
    with make.reading() as session:
        (one,) = records.page(session, records.of_key(session, group), "pilot", make.clock.now.date())
        return one.membership


def test_each_row_of_a_group_has_its_next_action(officer, make, group):
    made = make.member(group)
    links = officer.open(f"/staff/groups/{group}").links
    (said,) = [words for words in links if words.startswith("Invite, or send the code again: ")]
    assert links[said] == f"{way(make, made, group)}/code"


def test_another_try_is_allowed_and_the_test_set_aside_from_the_page_of_the_person(officer, make, group):
    made = make.member(group)
    make.attempt(made, right=3)
    here = way(make, made, group)
    officer.open(here)
    officer.press("Allow another try")
    page = officer.press("Record the decision", reason="learned", told="You can try again now.")
    assert page.path == here and "Another try allowed" in page.text and "You can try again now." in page.text
    assert "driver" not in officer.follow("Set this test aside").text.lower()
    page = officer.press("Record the decision", reason="technical", told="We have set it aside.")
    assert page.path == here and "Set aside" in page.text
    with make.reading() as session:
        (sat,) = of_person(session, made.person_id)
        assert sat.attempt.voided_at is not None and sat.attempt.uncounted_at is not None


def test_taking_somebody_out_ends_it_and_opening_a_page_is_on_the_record(officer, make, group, events):
    made = make.member(group)
    here = way(make, made, group)
    officer.open(here)
    officer.press("Take out of the group")
    assert "Taken out of the group." in officer.press("Take out of the group").text
    assert "Morgan Member" not in officer.page.links
    assert "Left the group on" in officer.open(here).text
    assert {"person.read", "membership.added", "membership.ended"} <= set(events(f"person:{made.person_id}"))
    officer.open(f"{here}/code")
    assert "has left the group" in officer.press("Invite and issue a code").text


def test_a_letter_is_printed_for_the_present_code_of_that_person_alone(officer, make, group):
    first, second = make.member(group), make.member(group, name="Bea Second")
    driver = make.driver()
    here = way(make, first, group)
    for code in (second.code, driver.code, "x"):
        officer.open(f"{here}/code")
        assert "No letter was made" in officer.post(f"{here}/letter.pdf", code=code).text
    officer.open(f"{here}/code")
    assert officer.post(f"{here}/letter.pdf", code=first.code).response.content_type == "application/pdf"


def test_letters_for_nobody_are_not_made(officer, make, group):
    make.member(group)
    assert "Nobody of this group is due without" in officer.open(f"/staff/groups/{group}/letters").text
    assert officer.post(f"/staff/groups/{group}/letters.pdf").heading == "There is no letter to print"


def test_who_is_due_is_invited_and_the_letters_of_those_without_email_are_printed_once(officer, make, group):
    with make.work() as work:
        audience = records.of_key(work.session, group)
        for name in ("Ann First", "Bea Second"):
            actions.add(work, audience, name=name)
    page = officer.open(f"/staff/groups/{group}/letters")
    assert "2 people are due" in page.text and "This service sends no e-mail" in page.text
    page = officer.press("Invite them", **{"deadline-day": "1", "deadline-month": "1", "deadline-year": "2026"})
    assert page.errors == ["The last day to take the test is in the past. Choose today or later"]
    page = officer.press("Invite them", **{"deadline-year": "2027"})
    assert "2 letters are to be printed." in page.text and "Letters to be printed: 2" in page.text
    assert officer.open("/staff/letters").links["Print the letters: Ann First"] == f"/staff/groups/{group}/letters"
    officer.open(f"/staff/groups/{group}/letters")
    said = spoken(officer.press("Download the letters").response.data)
    for words in ("Ann First", "Bea Second", "Please pass the test by 1 January 2027."):
        assert squeezed(words) in said
    page = officer.open(f"/staff/groups/{group}/letters")
    assert "Letters to be printed" not in page.text and "Printed on 23 November 2026" in page.text
    assert officer.post(f"/staff/groups/{group}/letters.pdf").heading == "There is no letter to print"


def test_a_list_of_a_hundred_costs_no_more_than_a_list_of_one(officer, make, group, cost):
    pages = [f"/staff/groups/{group}", f"/staff/groups/{group}/letters", "/staff/groups"]
    make.member(group)
    officer.open("/staff")  # the contacts in force are read once for all
    alone = [cost(officer, page) for page in pages]
    for number in range(20):
        make.member(group, name=f"Member {number}")
    assert [cost(officer, page) for page in pages] == alone and max(alone) <= 12
