"""Who is signed in: a driver, a member of staff, both or nobody. Cookies hold random tokens; the rows say the rest."""

from datetime import datetime, timedelta
from typing import TypeVar

from flask import g
from flask import session as cookie

from quiz.domain import codes
from quiz.domain.roles import Role
from quiz.records import sessions
from quiz.records.sessions import SignedInDriver, SignedInStaff
from quiz.web.parts import parts
from quiz.web.request import now, session

SignedIn = TypeVar("SignedIn", SignedInDriver, SignedInStaff)

STAFF_IDLE = timedelta(minutes=60)
EXPIRED = "expired"
IDLE = "idle"


def driver() -> SignedInDriver | None:
    """The driver who is asking."""
    if "driver" not in g:
        g.driver = _of(sessions.driver(session(), _digest("driver"))) if "driver" in cookie else None
    found: SignedInDriver | None = g.driver
    return found


def staff() -> SignedInStaff | None:
    """The member of staff who is asking. Their cookie keeps when they last asked, so that looking costs no write."""
    if "staff" not in g:
        g.staff = _present_staff() if "staff" in cookie else None
    found: SignedInStaff | None = g.staff
    return found


def must_change_password() -> bool:
    """Whether the member of staff who is asking still has a password that somebody else made."""
    member = staff()
    return member is not None and member.must_change_password


def ended() -> str:
    """Why a sign-in that this browser still remembers no longer counts ("" when nothing is known)."""
    return str(g.get("ended", ""))


def roles() -> frozenset[Role]:
    """Everything that whoever is asking may be."""
    member = staff() if "staff" in cookie else None
    held = member.roles if member else frozenset()
    return held | {Role.DRIVER} if "driver" in cookie and driver() else held


def remember(whose: str, token: str) -> None:
    """Keep a token in the signed cookie ("driver" or "staff") and forget what this request knew."""
    cookie[whose] = token
    if whose == "staff":
        cookie["seen"] = int(now().timestamp())
    g.pop(whose, None)


def forget(whose: str) -> None:
    """Drop the token from the cookie."""
    cookie.pop(whose, None)
    g.pop(whose, None)


def _digest(whose: str) -> str:
    return codes.digest(parts().pepper, "session", str(cookie[whose]))


def _of(found: SignedIn | None) -> SignedIn | None:
    if found is None:
        return None
    why = found.ended_why or (EXPIRED if now() >= found.expires_at else "")
    if why:
        g.ended = why
        return None
    return found


def _present_staff() -> SignedInStaff | None:
    found = _of(sessions.staff(session(), _digest("staff")))
    seen = int(cookie.get("seen", 0))
    if found and now() - datetime.fromtimestamp(seen, now().tzinfo) > STAFF_IDLE:
        g.ended = IDLE
        return None
    if found and int(now().timestamp()) - seen >= 60:
        cookie["seen"] = int(now().timestamp())
    return found
