"""Passwords: long ones are good ones, and a check takes the same work for nobody."""

import pytest

from quiz.actions import passwords
from quiz.domain.errors import Refused
from tests.make import CHEAP, PASSWORD


def test_a_right_password_fits_its_digest_only():
    assert passwords.fits(CHEAP, PASSWORD)
    assert not passwords.fits(CHEAP, PASSWORD + " ")
    assert not passwords.fits(CHEAP, "")


@pytest.mark.parametrize("stored", [None, "", "not a digest"])
def test_nobodys_password_never_fits(stored):
    assert not passwords.fits(stored, "nobody has this password")


def test_the_digest_costs_what_owasp_asks_for():
    assert passwords.digest(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("password", ["three made-up words", "x" * 8 + "abcd", "pässwörter sind lang", "a1b2c" * 40])
def test_long_passwords_are_good(password):
    assert passwords.must_be_good(password, "kim@example.com") is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("only eleven", "password-short"),
        ("a1b2c" * 40 + "!", "password-long"),
        ("my KIMBERLEY password", "password-name"),
        ("aaaabbbbccccdddd", "password-simple"),
        ("AAAAaaaaBBBBbbbbCCcc", "password-simple"),
    ],
)
def test_bad_passwords_are_refused(password, code):
    with pytest.raises(Refused) as refused:
        passwords.must_be_good(password, "kimberley@example.com")
    assert refused.value.code == code


def test_a_short_e_mail_name_may_be_part_of_a_password():
    assert passwords.must_be_good("a kim in the password", "kim@example.com") is None
