"""A certificate from elsewhere counts as a pass on the record until its last day, or until it is ended."""

import io

import pytest

from quiz.actions import elsewhere
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from tests.formats.test_scan_file import PDF

DAYS = {"passed_on-day": "1", "passed_on-month": "11", "passed_on-year": "2026", "until-day": "1", "until-month": "11"}


@pytest.mark.both_engines
def test_it_is_accepted_shown_and_ended(officer, made, browse, clock):
    officer.open(f"/staff/drivers/{made.person_id}")
    officer.follow("Accept a certificate from elsewhere")
    typed = {"body": "Preston Council", "course": "Safeguarding test", "seen": "The paper", "reason": "equivalent"}
    page = officer.press("Accept it", **typed, **DAYS, **{"until-year": "2030"})
    assert page.errors == ["The last day must be 1 November 2029 or earlier, as for our test"]
    page = officer.press("Accept it", **typed, **DAYS, **{"until-year": "2029"})
    assert "Next try: No test is needed until 1 November 2029." in page.text and "Counts as a pass" in page.text
    assert "No certificate has been issued." in page.text
    officer.follow("End it: Safeguarding test, Preston Council")
    page = officer.press("Record the decision", reason="error")
    assert "Next try: Now." in page.text and "Counts as a pass" not in page.text
    driver = browse()
    driver.open("/sign-in")
    page = driver.press("Continue", licence=made.number, code=made.code)
    assert "does not count any more" in page.text and "We accept your certificate." in page.text


def test_a_newer_invitation_asks_for_a_test_all_the_same(officer, make, made, clock):
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", clock.now.date(), clock.now.date(), "The paper")
        elsewhere.accept(work, made.person_id, "driver", found, Grounds("equivalent", "We accept it."))
    clock.pass_by(minutes=1)
    officer.open(f"/staff/drivers/{made.person_id}")
    officer.press("Issue a new access code")
    officer.press("Issue code", which="new", reason="required", supervised="no")
    assert "Next try: Now." in officer.open(f"/staff/drivers/{made.person_id}").text


def test_whoever_failed_before_is_named_no_next_try_beside_it(officer, make, made, browse, clock):
    make.attempt(made, right=3)
    clock.pass_by(minutes=1)
    with make.work("staff:officer") as work:
        found = Pass("Preston Council", "Test", clock.now.date(), clock.now.date(), "The paper")
        elsewhere.accept(work, made.person_id, "driver", found, Grounds("equivalent", "We accept it."))
    for days, told in ((0, "certificate of Preston Council"), (1, "You can try again now.")):
        clock.pass_by(days=days)
        driver = browse()
        driver.open("/sign-in")
        page = driver.press("Continue", licence=made.number, code=made.code)
        assert page.heading == "You did not pass this time" and told in page.text
        assert ("try again now" in page.text) == (days > 0) and "Your next try: from" not in page.text


@pytest.mark.parametrize("address", ["accept", "01a2194c-70ae-70cb-b88c-06bd02dfac45/end"])
def test_nothing_of_nobody_is_found(officer, address):
    assert officer.open(f"/staff/drivers/01a2194c-70ae-70cb-b88c-06bd02dfac45/elsewhere/{address}").status == 404


TYPED = {"body": "Preston Council", "course": "Test", "seen": "The paper", "reason": "equivalent", **DAYS}


def sent(content: bytes, name: str) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), name)]


def test_a_scan_is_kept_and_comes_back_as_a_download_only(officer, made, app):
    settings = app.extensions["quiz"].settings
    officer.open(f"/staff/drivers/{made.person_id}/elsewhere/accept")
    page = officer.press("Accept it", **TYPED, **{"until-year": "2029"}, scan=sent(b"GIF89a", "scan.pdf"))
    assert page.errors == ["This is no PDF, JPEG or PNG file, or it is damaged. Nothing else can be kept"]
    assert page.field_for("Who issued the certificate?")["value"] == "Preston Council"
    page = officer.press("Accept it", **TYPED, **{"until-year": "2029"}, scan=sent(PDF, "scan.pdf"))
    assert "Counts as a pass" in page.text
    taken = officer.press("Download the scan: Test, Preston Council").response
    assert taken.data == PDF and taken.headers["Content-Disposition"].startswith("attachment")
    assert (
        taken.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in taken.headers["Content-Security-Policy"]
    )
    kept = list((settings.instance / "uploads").glob("scan-*.pdf"))
    assert [one.read_bytes() for one in kept] == [PDF]
    kept[0].write_bytes(b"changed")
    officer.open(f"/staff/drivers/{made.person_id}")
    assert "it is not what was kept" in officer.press("Download the scan: Test, Preston Council").text
    kept[0].unlink()
