"""Members of staff, their roles and their passwords (argon2 digests)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import roles as rules
from quiz.domain.roles import Permission, Role
from quiz.records.base import Record, new_id


class Staff(Record):
    """Somebody who works with the test at the council. Never deleted: the audit log names them."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]


class StaffRole(Record):
    """One role of one person; a change of roles ends that person's sign-ins."""

    __tablename__ = "staff_role"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]


def by_email(session: Session, typed: str) -> Staff | None:
    """The account of that address, in any case."""
    return session.scalars(select(Staff).where(Staff.email == typed.strip().casefold())).one_or_none()


def roles(session: Session, staff_id: UUID) -> frozenset[Role]:
    """What this person may be."""
    return frozenset(map(Role, session.scalars(select(StaffRole.role).where(StaffRole.staff_id == staff_id))))


def may(session: Session, actor: str, permission: Permission) -> bool:
    """Whether that actor of the audit log may do something now. Whoever is no member of staff uses the command line."""
    whose, _, key = actor.partition(":")
    if whose != "staff":
        return True
    active = session.scalar(select(Staff.id).where(Staff.id == UUID(key), Staff.deactivated_at.is_(None)))
    return active is not None and rules.may(roles(session, active), permission)


def everyone(session: Session) -> list[tuple[Staff, frozenset[Role]]]:
    """All accounts with their roles, by name, in two statements."""
    held: dict[UUID, set[Role]] = {}
    for staff_id, role in session.execute(select(StaffRole.staff_id, StaffRole.role)):
        held.setdefault(staff_id, set()).add(Role(role))
    people = session.scalars(select(Staff).order_by(Staff.name, Staff.id))
    return [(one, frozenset(held.get(one.id, ()))) for one in people]


def active_with(session: Session, role: Role) -> int:
    """How many active accounts hold a role. Nobody else makes them fewer before the end of this transaction."""
    query = select(StaffRole.staff_id).join(Staff, Staff.id == StaffRole.staff_id).order_by(StaffRole.staff_id)
    held = query.where(StaffRole.role == role, Staff.deactivated_at.is_(None)).with_for_update()
    return len(session.scalars(held).all())


def names(session: Session) -> dict[str, str]:
    """Names by audit key ("staff:…"), for pages that show who did something."""
    return {f"staff:{key}": name for key, name in session.execute(select(Staff.id, Staff.name))}
