"""Signing in and out: drivers with number and code, staff with e-mail and password. Never says which part was wrong."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import adjusting, passwords, supervising
from quiz.actions.work import Work
from quiz.domain import adjustments, codes, licence, numbers
from quiz.domain import limits as rules
from quiz.records import attempts, groups, invitations, limits, people, sessions, staff
from quiz.records.invitations import AccessCode, Invitation
from quiz.records.sessions import AFTERWARDS, DriverSession, StaffSession
from quiz.records.staff import Staff

DRIVER_SESSION = timedelta(hours=4)
STAFF_SESSION = timedelta(hours=10)
ELSEWHERE = "elsewhere"
SIGNED_OUT = "signed-out"
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class SignIn:
    """The token for the cookie; only its digest is stored."""

    token: str
    session_id: UUID


def buckets(pepper: bytes, address: str, number: str) -> tuple[str, str]:
    """Where wrong tries are counted: by address, and by number whether or not it exists."""
    return (
        codes.digest(pepper, "limit-address", rules.household(address)),
        codes.digest(pepper, "limit-number", number),
    )


def blocked_until(session: Session, pepper: bytes, address: str, number: str, now: datetime) -> datetime | None:
    """Until when this address or this number has to wait."""
    return limits.blocked_until(session, _free(pepper, address, number), now)


def hold(work: Work, address: str, number: str) -> datetime | None:
    """The same, just before a try is judged in this transaction: tries at the same moment take turns."""
    return limits.hold(work.session, _free(work.pepper, address, number), work.now)


def _free(pepper: bytes, address: str, number: str) -> dict[str, int]:
    by_address, by_number = buckets(pepper, address, number)
    return {by_address: rules.FREE_BY_ADDRESS, by_number: rules.FREE_BY_NUMBER}


def driver(work: Work, address: str, typed_number: str, typed_code: str) -> SignIn | None:
    """Sign a driver in, or somebody of a group by reference; or count a wrong try.

    Ends the other sign-ins of the same person: a test is open in one place.
    """
    number = licence.normalise(typed_number)
    by_address, by_number = buckets(work.pepper, address, number)
    holders = [*people.numbered(work.session, number), *groups.referenced(work.session, number)]
    code = numbers.read(typed_code) or ""
    held = invitations.held_by(work.session, codes.digest(work.pepper, "code", code), holders)
    works = _works(work, held)
    if held is None or not works:
        known = holders[0] if holders else None
        limits.count_wrong(work.session, {by_address: None, by_number: known}, work.now)
        return None
    limits.forget(work.session, by_number)
    person = people.lock(work.session, held[1].person_id)
    supervising.must_be_released(work.session, person.id, held[1].test, work.now)
    sessions.end_driver(work.session, person.id, work.now, ELSEWHERE)
    token = work.chance.randbytes(32).hex()
    row = DriverSession(
        digest=codes.digest(work.pepper, "session", token),
        person_id=person.id,
        invitation_id=held[1].id,
        started_at=work.now,
        expires_at=_driver_until(work, person.id, held[1].test),
        look=adjustments.look(adjusting.shown_now(work, person.id)),
    )
    work.session.add(row)
    work.session.flush()
    replace(work, actor=f"person:{person.id}").record("driver.signed-in", f"person:{person.id}", invitation=held[1].id)
    return SignIn(token, row.id)


def _works(work: Work, held: tuple[AccessCode, Invitation] | None) -> bool:
    """Looks the last result up even where no code was found: an ended code must not take longer than a wrong one."""
    ended, sitting = attempts.last_result(work.session, held[1].id if held else NOBODY)
    if held is None:
        return False
    code, invitation = held
    return codes.works(work.now, invitation.deadline, code.withdrawn_at, ended, sitting)


def _driver_until(work: Work, person_id: UUID, test: str) -> datetime:
    running = attempts.unfinished(work.session, person_id, test)
    until = work.now + DRIVER_SESSION
    return max(until, running.deadline + AFTERWARDS) if running else until


def driver_out(work: Work, person_id: UUID, session_id: UUID) -> None:
    """Sign out. A test that is open goes on by the clock and can be resumed."""
    sessions.end_driver(work.session, person_id, work.now, SIGNED_OUT, only=session_id)
    work.record("driver.signed-out", f"person:{person_id}")


def check_password(session: Session, email: str, password: str) -> Staff | None:
    """The account, if the password is right and the account is active. Slow on purpose: call it before writing."""
    account = staff.by_email(session, email)
    active = account is not None and account.deactivated_at is None
    right = passwords.fits(account.password if account else None, password)
    return account if right and active else None


def staff_in(work: Work, account: Staff, address: str) -> SignIn:
    """Open a sign-in for somebody whose password was right."""
    by_address, by_email = buckets(work.pepper, address, account.email)
    limits.give_back(work.session, by_address)
    limits.forget(work.session, by_email)
    token = work.chance.randbytes(32).hex()
    row = StaffSession(
        digest=codes.digest(work.pepper, "session", token),
        staff_id=account.id,
        started_at=work.now,
        expires_at=work.now + STAFF_SESSION,
    )
    work.session.add(row)
    work.session.flush()
    replace(work, actor=f"staff:{account.id}").record("staff.signed-in", f"staff:{account.id}")
    return SignIn(token, row.id)


def staff_try(session: Session, pepper: bytes, address: str, email: str, now: datetime) -> datetime | None:
    """Until when to wait; else the try is counted, whether or not the e-mail address is known.

    It is counted before the password is looked at, which takes long: whoever sends many at once gets no more tries.
    """
    until = limits.hold(session, _free(pepper, address, email), now)
    if until is None:
        limits.count_wrong(session, dict.fromkeys(buckets(pepper, address, email)), now)
    return until


def staff_out(work: Work, staff_id: UUID, session_id: UUID | None) -> None:
    """Sign out here (one session) or everywhere (None)."""
    sessions.end_staff(work.session, staff_id, work.now, SIGNED_OUT, only=session_id)
    work.record("staff.signed-out", f"staff:{staff_id}", everywhere=session_id is None)
