"""Sign-ins as rows: the cookie holds a random token, the row only its digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain.roles import Role
from quiz.records.base import Record, new_id
from quiz.records.invitations import Invitation
from quiz.records.people import Person
from quiz.records.staff import Staff, StaffRole

AFTERWARDS = timedelta(hours=1)  # how long a sign-in outlasts the time of a test, to read the result


class DriverSession(Record):
    """One sign-in of a driver. Signing in elsewhere ends it, and says why. `look`: agreed text size and contrast."""

    __tablename__ = "driver_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey(Invitation.id))
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")
    look: Mapped[str | None]


class StaffSession(Record):
    """One sign-in of a member of staff."""

    __tablename__ = "staff_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), index=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, slots=True)
class SignedInDriver:
    """The driver who is asking. `ended_why` is set when this sign-in no longer counts."""

    session_id: UUID
    person_id: UUID
    name: str
    invitation_id: UUID
    expires_at: datetime
    ended_why: str
    look: str | None
    test: str


@dataclass(frozen=True, slots=True)
class SignedInStaff:
    """The member of staff who is asking."""

    session_id: UUID
    staff_id: UUID
    name: str
    email: str
    must_change_password: bool
    roles: frozenset[Role]
    expires_at: datetime
    ended_why: str


# Built once: every request of a driver begins with it.
DRIVER = (
    select(
        DriverSession.id,
        DriverSession.person_id,
        Person.name,
        DriverSession.invitation_id,
        DriverSession.expires_at,
        DriverSession.ended_why,
        DriverSession.look,
        Invitation.test,
    )
    .join(Person, Person.id == DriverSession.person_id)
    .join(Invitation, Invitation.id == DriverSession.invitation_id)
    .where(DriverSession.digest == bindparam("digest"))
)


def driver(session: Session, digest: str) -> SignedInDriver | None:
    """The sign-in of that token, ended or not, in one statement."""
    row = session.execute(DRIVER, {"digest": digest}).one_or_none()
    return None if row is None else SignedInDriver(*row)


def staff(session: Session, digest: str) -> SignedInStaff | None:
    """The sign-in of that token with today's roles, in one statement; None for somebody deactivated."""
    rows = session.execute(
        select(
            StaffSession.id,
            Staff.id,
            Staff.name,
            Staff.email,
            Staff.must_change_password,
            StaffSession.expires_at,
            StaffSession.ended_why,
            StaffRole.role,
        )
        .join(Staff, Staff.id == StaffSession.staff_id)
        .outerjoin(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffSession.digest == digest, Staff.deactivated_at.is_(None))
    ).all()
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(Role(row[7]) for row in rows if row[7])
    return SignedInStaff(first[0], first[1], first[2], first[3], first[4], roles, first[5], first[6])


def keep_driver(session: Session, person_id: UUID, until: datetime) -> None:
    """A sign-in lasts at least until then: a test that is given more time must not outlive it."""
    own = (DriverSession.person_id == person_id, DriverSession.ended_at.is_(None), DriverSession.expires_at < until)
    session.execute(update(DriverSession).where(*own).values(expires_at=until))


def end_driver(session: Session, person_id: UUID, at: datetime, why: str, only: UUID | None = None) -> None:
    """End one sign-in of a driver, or all of them."""
    query = update(DriverSession).where(DriverSession.person_id == person_id, DriverSession.ended_at.is_(None))
    session.execute(
        (query if only is None else query.where(DriverSession.id == only)).values(ended_at=at, ended_why=why)
    )


def end_staff(
    session: Session, staff_id: UUID, at: datetime, why: str, only: UUID | None = None, keep: UUID | None = None
) -> None:
    """End one sign-in of a member of staff (`only`), all of them, or all but one (`keep`)."""
    query = update(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
    if only is not None:
        query = query.where(StaffSession.id == only)
    if keep is not None:
        query = query.where(StaffSession.id != keep)
    session.execute(query.values(ended_at=at, ended_why=why))
