"""Telephone numbers: seen, changed, confirmed."""

import pytest

CHANGE = {"name": "Children’s services", "number": "01257 000 111", "purpose": "A child may be at risk"}


def test_what_nobody_confirmed_says_so_in_words(officer):
    assert "Not confirmed" in officer.open("/staff/contacts").text


def test_a_changed_number_is_on_the_public_help_page_at_once_and_counts_as_unchecked(officer, browse):
    officer.open("/staff/contacts/nspcc/change")
    page = officer.press("Save", name="NSPCC Helpline", number="0808 800 5001", purpose="Worried about a child")
    assert "The contact is changed." in page.text and "Not confirmed" in page.text
    assert "0808 800 5001" in browse().open("/help").text


def test_confirming_says_who_rang_when(officer):
    officer.open("/staff/contacts/children-services")
    page = officer.press("I rang this number and the right service answered")
    assert "23 November 2026 (Robin Officer)" in page.text and "is confirmed." in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"by": ""}, "Enter the name of whoever rang the number"),
        ({"on-day": "24"}, "The day of the check is in the future. Enter today or an earlier day"),
        ({"on-day": "", "on-month": "", "on-year": ""}, "Enter the day on which the number was rung"),
        ({"on-day": "99"}, "When was it rung? must be a real date, for example 21 11 2026"),
    ],
)
def test_a_confirmation_without_who_or_when_is_refused(officer, wrong, said):
    officer.open("/staff/contacts/children-services")
    page = officer.press("I rang this number and the right service answered", **wrong)
    assert page.errors == [said]
    assert "Not confirmed" in officer.open("/staff/contacts/children-services").text


def test_a_number_that_was_changed_meanwhile_is_not_confirmed(officer, lead):
    officer.open("/staff/contacts/children-services")
    lead.open("/staff/contacts/children-services/change")
    lead.press("Save", **CHANGE)
    page = officer.press("I rang this number and the right service answered")
    assert page.errors == ["The number was changed to 01257 000 111 meanwhile. Ring that one, then confirm it"]
    assert "is confirmed" in officer.press("I rang this number and the right service answered").text


def test_two_who_change_the_same_contact_hear_of_each_other(officer, lead):
    officer.open("/staff/contacts/children-services/change")
    lead.open("/staff/contacts/children-services/change")
    lead.press("Save", **CHANGE)
    page = officer.press("Save", note="Ask for the duty worker")
    assert page.errors[0].startswith("Somebody changed this contact while you were writing. It now reads:")
    assert "01257 000 111" in page.errors[0]
    assert "01257 000 111" in officer.open("/staff/contacts/children-services").text


def test_whoever_heard_of_the_other_change_may_put_their_words_in_its_place(officer, lead):
    officer.open("/staff/contacts/children-services/change")
    lead.open("/staff/contacts/children-services/change")
    lead.press("Save", **CHANGE)
    officer.press("Save", **CHANGE, note="Ask for the duty worker")
    assert "The contact is changed." in officer.press("Save").text


@pytest.mark.parametrize("seen", ["", "x", "9" * 30, "0"])
def test_a_form_that_does_not_say_what_it_was_written_from_is_shown_again(officer, seen):
    officer.open("/staff/contacts/children-services/change")
    assert "while you were writing" in officer.press("Save", **CHANGE, seen=seen).errors[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "ring us"}, "Enter a telephone number: digits and spaces only, for example 01632 960 001"),
        ({"name": ""}, "Enter the name that drivers will read"),
        ({"purpose": " "}, "Say in one line when to ring this number"),
        ({"name": "x" * 61}, "Use 60 characters or fewer for the name"),
        ({"email": "nobody"}, "Enter an e-mail address like name@example.com"),
        ({"note": "\N{CUNEIFORM SIGN A}"}, "The contact card cannot be printed with “\N{CUNEIFORM SIGN A}”. "
         "Use other words"),
    ],
)  # fmt: skip
def test_a_contact_that_cannot_be_shown_is_refused(officer, wrong, said):
    officer.open("/staff/contacts/children-services/change")
    assert officer.press("Save", **CHANGE | wrong).errors == [said]


def test_the_history_of_a_contact_leaves_out_the_changes_of_others(officer):
    officer.open("/staff/contacts/children-services/change")
    officer.press("Save", **CHANGE)
    officer.open("/staff/contacts/nspcc/change")
    officer.press("Save", name="NSPCC", number="0808 800 5000", purpose="Worried about a child")
    lines = officer.open("/staff/contacts/children-services").soup.select("main tbody tr")
    assert len(lines) == 2 and "Robin Officer" in lines[0].get_text()


def test_an_editor_sees_contacts_and_cannot_change_them(editor):
    page = editor.open("/staff/contacts/nspcc")
    assert page.status == 200 and "Change this contact" not in page.links
    assert editor.post("/staff/contacts/nspcc/confirm").status == 403
    assert editor.open("/staff/contacts/nspcc/change").status == 403


def test_a_contact_that_does_not_exist_is_not_found(officer):
    assert officer.open("/staff/contacts/nobody").status == 404


def test_contacts_take_at_most_12_statements(officer, cost):
    assert max(cost(officer, "/staff/contacts"), cost(officer, "/staff/contacts/nspcc")) <= 12
