"""Accounts of staff: add, change roles, reset a password, deactivate."""

from collections.abc import Collection
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from quiz.actions import passwords
from quiz.actions.work import Work
from quiz.domain import names, numbers
from quiz.domain.errors import Refused
from quiz.domain.roles import STAFF_ROLES, Role
from quiz.records import sessions, staff
from quiz.records.staff import Staff, StaffRole

ROLE_CHANGED = "role-changed"
PASSWORD_CHANGED = "password-changed"  # noqa: S105 (why a sign-in ended, not a password)
DEACTIVATED = "deactivated"


def new_password(work: Work) -> str:
    """A password to hand over once; its owner must choose another at the first sign-in."""
    return numbers.show(numbers.make(work.chance))


def add(work: Work, *, email: str, name: str, roles: Collection[Role], password: str) -> Staff:
    """A new account that must change its password at the first sign-in."""
    address = _address(email)
    if staff.by_email(work.session, address) is not None:
        raise Refused("email-taken", "There is already an account with this e-mail address.")
    tidy = names.tidy(name)
    for problem in names.problems(tidy):
        raise Refused("name", problem)
    passwords.must_be_good(password, address)
    wanted = _known(roles)
    row = Staff(email=address, name=tidy, password=passwords.digest(password), created_at=work.now)
    work.session.add(row)
    work.session.flush()
    _set(work, row.id, wanted)
    work.record("staff.added", f"staff:{row.id}", roles=",".join(sorted(wanted)))
    return row


def change_roles(work: Work, staff_id: UUID, roles: Collection[Role]) -> None:
    """Other roles; ends that person's sign-ins so that they take effect at once."""
    wanted, held = _known(roles), staff.roles(work.session, staff_id)
    if Role.ADMINISTRATOR in held - wanted:
        _must_not_be_last(work)
    if wanted == held:
        return
    _set(work, staff_id, wanted)
    sessions.end_staff(work.session, staff_id, work.now, ROLE_CHANGED)
    work.record("staff.roles-changed", f"staff:{staff_id}", roles=",".join(sorted(wanted)))


def reset_password(work: Work, staff_id: UUID, password: str) -> None:
    """Set a password for somebody who lost theirs, and end their sign-ins."""
    row = work.session.get_one(Staff, staff_id)
    passwords.must_be_good(password, row.email)
    row.password, row.must_change_password = passwords.digest(password), True
    sessions.end_staff(work.session, staff_id, work.now, PASSWORD_CHANGED)
    work.record("staff.password-reset", f"staff:{staff_id}")


def change_password(work: Work, staff_id: UUID, session_id: UUID, old: str, new: str) -> None:
    """One's own password; other sign-ins of this account end."""
    row = work.session.get_one(Staff, staff_id)
    if not passwords.fits(row.password, old):
        raise Refused("password-wrong", "Your present password is not right.")
    if old == new:
        raise Refused("password-same", "Choose a new password that differs from the old one.")
    passwords.must_be_good(new, row.email)
    row.password, row.must_change_password = passwords.digest(new), False
    sessions.end_staff(work.session, staff_id, work.now, PASSWORD_CHANGED, keep=session_id)
    work.record("staff.password-changed", f"staff:{staff_id}")


def deactivate(work: Work, staff_id: UUID) -> None:
    """No more signing in; what the person did stays."""
    row = work.session.get_one(Staff, staff_id)
    if work.actor == f"staff:{staff_id}":
        raise Refused("own-account", "You cannot deactivate your own account. Ask another administrator.")
    if Role.ADMINISTRATOR in staff.roles(work.session, staff_id):
        _must_not_be_last(work)
    row.deactivated_at = work.now
    sessions.end_staff(work.session, staff_id, work.now, DEACTIVATED)
    work.record("staff.deactivated", f"staff:{staff_id}")


def reactivate(work: Work, staff_id: UUID) -> None:
    """Sign-in is possible again, with the roles that the account still has."""
    work.session.get_one(Staff, staff_id).deactivated_at = None
    work.record("staff.reactivated", f"staff:{staff_id}")


def _set(work: Work, staff_id: UUID, roles: Collection[Role]) -> None:
    held = staff.roles(work.session, staff_id)
    for role in held - set(roles):
        work.session.delete(work.session.get_one(StaffRole, (staff_id, role)))
    for role in sorted(set(roles) - held):
        work.session.add(StaffRole(staff_id=staff_id, role=role, granted_at=work.now, granted_by=work.actor))
    work.session.flush()


def _known(roles: Collection[Role]) -> frozenset[Role]:
    if not roles or not set(roles) <= set(STAFF_ROLES):
        raise Refused("roles", "Choose at least one role: " + ", ".join(STAFF_ROLES))
    return frozenset(roles)


def _must_not_be_last(work: Work) -> None:
    if staff.active_with(work.session, Role.ADMINISTRATOR) < 2:
        raise Refused("last-administrator", "This is the only administrator. Make another one first.")


def _address(typed: str) -> str:
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise Refused("email", "Enter an e-mail address like name@example.com") from error
