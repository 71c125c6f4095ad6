"""Checking a certificate: what a number tells, what the surname adds, and what is never told."""

import pytest

from quiz.domain import numbers
from quiz.records import certificates
from tests.make import Clock, Made, Make


@pytest.fixture
def number(make: Make, made: Made) -> str:
    """The number of Sam Driver's certificate, as it is printed."""
    attempt_id = make.attempt(made)
    with make.reading() as session:
        return numbers.show(certificates.of_attempt(session, attempt_id).number)


@pytest.mark.both_engines
def test_a_number_tells_status_dates_and_issuer_and_never_who(browse, number):
    visitor = browse()
    visitor.open("/verify")
    page = visitor.press("Check", number=number.lower().replace("-", " "))
    assert (page.heading, page.path) == ("This certificate is from a trial", f"/verify/{number}")
    assert "PILOT. This certificate does not count for a licence." in page.text
    assert "23 November 2026" in page.text and "23 November 2029" in page.text
    assert "Driver" not in page.text.replace("Taxi driver", "")


@pytest.mark.parametrize(("typed", "shown"), [("DRIVER", True), ("Sam", False), ("river", False)])
def test_the_name_is_shown_only_with_the_right_surname(browse, number, typed, shown):
    visitor = browse()
    visitor.open(f"/verify/{number}")
    page = visitor.press("Show the name", surname=typed)
    assert ("Sam Driver" in page.text) is shown
    assert ("That is not the surname on this certificate" in page.text) is not shown


def test_a_withdrawn_certificate_says_since_when_and_never_why(browse, make, number, clock: Clock):
    with make.work() as work:
        certificates.numbered(work.session, numbers.read(number)).withdrawn_at = clock.now
    clock.pass_by(days=3)
    page = browse().open(f"/verify/{number}")
    assert page.heading == "This certificate is not valid"
    assert "Not valid since 23 November 2026." in page.text and "ithdrawn" not in page.text


def test_an_expired_certificate_says_since_when(browse, number, clock: Clock):
    clock.pass_by(days=1097)
    page = browse().open(f"/verify/{number}")
    assert page.heading == "This certificate is not valid any more"
    assert "Not valid since 24 November 2029." in page.text


def test_a_mistyped_number_was_never_issued(browse):
    page = browse().open("/verify/33333-33333-33334")
    assert page.status == 404 and "did not issue this certificate" in page.text


def test_a_right_number_that_a_restore_may_have_lost_is_never_called_false(browse, make):
    page = browse().open(f"/verify/{numbers.show(numbers.make(make.chance))}")
    assert (page.status, page.heading) == (404, "We do not know this number")
    assert "Do not rely on the certificate before you have asked" in page.text
    assert "did not issue" not in page.text and "false" not in page.text


def test_guesses_from_many_addresses_of_one_line_are_slowed_down_together(browse):
    visitor = browse()
    for last in range(12):
        visitor.client.environ_base["REMOTE_ADDR"] = f"2001:db8::{last:x}"
        page = visitor.open("/verify/33333-33333-33334")
    assert page.status == 429
    visitor.client.environ_base["REMOTE_ADDR"] = "2001:db8:0:1::1"
    assert visitor.open("/verify/33333-33333-33334").status == 404
