"""Correcting what is known of a driver."""

import pytest


def test_a_corrected_name_is_on_the_record_and_not_on_old_certificates(officer, make, made):
    make.attempt(made)
    officer.open(f"/staff/drivers/{made.person_id}/details")
    page = officer.press("Save", name="Samuel Driver", email="sam@example.com", phone="01632 960 001")
    assert page.heading == "Samuel Driver" and "The details are corrected." in page.text
    assert "Details corrected" in page.text


def test_details_that_cannot_be_kept_are_said_at_their_field(officer, made):
    officer.open(f"/staff/drivers/{made.person_id}/details")
    page = officer.press("Save", name="Samuel Driver", email="sam", phone="")
    assert page.errors == ["Enter an e-mail address like name@example.com"]
    assert page.field_for("Full name")["value"] == "Samuel Driver"


def test_one_more_licence_is_on_the_record_and_signs_in(officer, browse, made):
    officer.open(f"/staff/drivers/{made.person_id}/licences/add")
    page = officer.press("Save", kind="hackney", number="HC 77")
    assert "Hackney carriage HC 77, Chorley Council" in page.text
    driver = browse()
    driver.open("/sign-in")
    assert driver.press("Continue", licence="hc77", code=made.code).path == "/test/start"


def test_an_application_becomes_a_licence(officer, made):
    officer.open(f"/staff/drivers/{made.person_id}")
    officer.follow(f"Correct {made.number}")
    page = officer.press("Save", kind="dual", number="D 900", **{
        "expires-day": "1", "expires-month": "2", "expires-year": "2029"})  # fmt: skip
    assert "Hackney carriage and private hire D 900, Chorley Council" in page.text and "1 February 2029" in page.text


@pytest.mark.parametrize("way", ["licences/add", "licences/own"])
def test_a_number_that_somebody_else_holds_is_refused(officer, make, made, way):
    other = make.driver(name="Other Person", number="PH9999")
    officer.open(f"/staff/drivers/{made.person_id}")
    officer.follow(f"Correct {made.number}") if way == "licences/own" else officer.follow("Add a licence")
    page = officer.press("Save", kind="private-hire", number="ph 9999")
    assert page.errors == ["There is already a driver with the number PH 9999 (private hire). Find that driver instead"]
    assert other.number not in officer.open(f"/staff/drivers/{made.person_id}").text


def test_the_licence_of_another_driver_is_not_found(officer, make, made):
    other = make.driver(name="Other Person")
    way = next(w for w in officer.open(f"/staff/drivers/{made.person_id}").links.values() if "/licences/0" in w)
    assert officer.open(way.replace(str(made.person_id), str(other.person_id))).status == 404
