"""Passwords of staff: argon2id with the memory and time that OWASP's password storage page names as a minimum."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from quiz.domain.errors import Refused

SHORTEST = 12
LONGEST = 200
HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)

# Checked when an address is unknown, so that the answer takes as long as for a known one.
_NOBODY = HASHER.hash("nobody has this password")


def digest(password: str) -> str:
    """The digest to store."""
    return HASHER.hash(password)


def fits(stored: str | None, typed: str) -> bool:
    """Whether the password is right; always does the work of one check."""
    try:
        return HASHER.verify(stored or _NOBODY, typed[:LONGEST]) and bool(stored)
    except (VerifyMismatchError, InvalidHashError):
        return False


def must_be_good(password: str, email: str) -> None:
    """Long beats complicated: three words are fine (NCSC advice). Refuses short ones and the address itself."""
    if len(password) < SHORTEST:
        raise Refused("password-short", f"Choose a password of at least {SHORTEST} characters. Three words are good.")
    if len(password) > LONGEST:
        raise Refused("password-long", f"Choose a password of at most {LONGEST} characters.")
    if email.split("@")[0].casefold() in password.casefold() and len(email.split("@")[0]) > 3:
        raise Refused("password-name", "Choose a password that does not contain your e-mail name.")
    if len(set(password.casefold())) < 5:
        raise Refused("password-simple", "Choose a password with more different characters.")
