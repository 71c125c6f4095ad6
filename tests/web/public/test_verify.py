"""Checking a certificate: what a number tells, what the surname adds, and what is never told."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from quiz.actions.certificates import printed
from quiz.domain import numbers
from quiz.domain.signed import Statement
from quiz.formats import signing
from quiz.formats.signing import Signer
from quiz.keyring import Signing
from quiz.records import certificates
from quiz.web.parts import Parts
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


@pytest.fixture
def address(make: Make, number: str) -> str:
    """What the QR code on Sam Driver's certificate says."""
    with make.reading() as session:
        return printed(certificates.numbered(session, numbers.read(number))).verify_address


@pytest.fixture
def scanner(browse, instance, address):
    """Somebody who scanned the code and pastes it, at a service that holds the key which signed it."""
    visitor = browse()
    parts: Parts = visitor.client.application.extensions["quiz"]
    signer = Signer(bytes(range(32)))
    visitor.client.application.extensions["quiz"] = replace(parts, signing=lambda: Signing(signer, (signer.public(1),)))
    return visitor


def test_the_code_shows_all_that_was_printed(scanner, number, address):
    scanner.open(f"/verify/{number}")
    page = scanner.press("Check the code", code=address)
    assert (page.status, page.heading) == (200, "This certificate is from a trial")
    assert "The code in the QR picture is genuine." in page.text and "Sam Driver" in page.text


def test_a_code_that_was_changed_says_what_does_not_fit(scanner, number, address):
    scanner.open(f"/verify/{number}")
    page = scanner.press("Check the code", code=address.replace(".20291123.", ".20391123."))
    assert (page.status, page.heading) == (404, "This code is not genuine")
    assert "valid to the end of 23 November 2039. The signature does not fit this." in page.text
    assert "Sam Driver" not in page.text


def test_a_code_from_another_certificate_says_to_which_number_it_belongs(scanner, make, number, address):
    scanner.open(f"/verify/{numbers.show(numbers.make(make.chance))}")
    page = scanner.press("Check the code", code=address)
    assert page.heading == "This code is not genuine" and f"The code belongs to number {number}" in page.text


def test_a_certificate_that_a_restore_has_lost_is_still_known_as_ours(scanner, make):
    lost = numbers.make(make.chance)
    code = signing.sign(Signer(bytes(range(32))), Statement(lost, date(2026, 11, 23), date(2029, 11, 23), "PILOT"))
    scanner.open(f"/verify/{numbers.show(lost)}")
    page = scanner.press("Check the code", code=code.text())
    assert page.heading == "We do not have this certificate in our records"
    assert "we issued this certificate" in page.text


@pytest.mark.parametrize("typed", ["", "nonsense", "#" * 900, "x" * 1001])
def test_what_is_no_code_is_asked_for_again(scanner, number, typed):
    scanner.open(f"/verify/{number}")
    page = scanner.press("Check the code", code=typed)
    assert page.status == 400 and "This is not the whole code." in page.errors[0]


def test_a_code_by_a_key_that_is_not_ours_or_was_given_up(browse, make, number, address):
    visitor = browse()
    visitor.open(f"/verify/{number}")
    assert "did not sign this code" in visitor.press("Check the code", code=address).text
    signer, app = Signer(bytes(range(32))), visitor.client.application
    gone = replace(signer.public(1), given_up=make.clock.now)
    app.extensions["quiz"] = replace(app.extensions["quiz"], signing=lambda: Signing(signer, (gone,)))
    visitor.open(f"/verify/{number}")
    assert visitor.press("Check the code", code=address).heading == "Do not rely on this code"


def test_false_codes_are_slowed_down_like_false_numbers(scanner, number, address):
    for _ in range(12):
        scanner.open("/verify")
        page = scanner.post(f"/verify/{number}/code", code=address.replace(".P.", ".L."))
    assert page.status == 429


def test_the_public_keys_are_there_for_everybody(scanner):
    page = scanner.open("/.well-known/certificate-keys.json")
    assert [key.id for key in signing.read(page.text)] == [Signer(bytes(range(32))).key_id]
    assert "Set-Cookie" not in page.response.headers


def test_of_ten_thousand_guesses_almost_none_is_looked_at_and_none_is_found(browse, make, number):
    visitor, statuses = browse(), Counter()
    for _ in range(200):
        statuses[visitor.open(f"/verify/{numbers.show(numbers.make(make.chance))}").status] += 1
        make.clock.pass_by(seconds=1)
    # Waits grow to five minutes: 10,000 guesses from one line would take a month.
    assert statuses[404] < 25 and statuses[200] == 0 and statuses[404] + statuses[429] == 200
