"""The outbox: letters on their way to people, and the words of letters as staff have changed them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, exists, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import calendar
from quiz.domain.posting import CODE_KEPT, OVER, State
from quiz.records.base import Record, new_id
from quiz.records.invitations import AccessCode, Invitation
from quiz.records.people import Person

ENDED = ", ".join(f"'{state}'" for state in OVER)


class Batch(Record):
    """Many who were invited together: which list, why, until when. `shown` is how many the page had counted."""

    __tablename__ = "invitation_batch"
    __table_args__ = (
        CheckConstraint("reason IN ('application', 'renewal', 'refresher', 'required')", name="known_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    test: Mapped[str]
    chosen: Mapped[str]
    reason: Mapped[str]
    supervised: Mapped[bool]
    deadline: Mapped[date]
    shown: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    job_id: Mapped[UUID | None]


class Letter(Record):
    """One letter to one person. The same thing about the same matter is one letter, however often it is asked for.

    `address` is the e-mail address as it was. `body` still has "{code}" where the access code stands: that is kept
    apart, sealed, until the letter is sent. `words` says what came of the last try, `receipt` under which number a
    service took it.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "about"),
        CheckConstraint(
            "state IN ('waiting', 'claimed', 'unknown', 'refused', 'paper', 'phone', 'sent', 'printed', 'rung', "
            "'given-up')",
            name="known_state",
        ),
        CheckConstraint(f"sealed IS NULL OR state NOT IN ({ENDED})", name="no_code_when_over"),
        CheckConstraint("(state = 'claimed') = (claimed_until IS NOT NULL)", name="claimed_until_some_time"),
        CheckConstraint("(state = 'waiting') = (next_try_at IS NOT NULL)", name="waiting_for_some_time"),
        Index("ix_letter_state_next_try_at", "state", "next_try_at"),
        Index("ix_letter_batch_id_state", "batch_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Invitation.id), index=True)
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey(Batch.id))
    kind: Mapped[str]
    about: Mapped[str]
    state: Mapped[str]
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    sealed: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    receipt: Mapped[str | None] = mapped_column(index=True)


class LetterText(Record):
    """The words of a kind of letter from some moment on. Written once; the newest counts."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    version: Mapped[int]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters need somebody, or wait."""

    waiting: int = 0
    unknown: int = 0
    refused: int = 0
    paper: int = 0
    phone: int = 0

    @property
    def owed(self) -> int:
        """Letters about which somebody in the office has to do something."""
        return self.unknown + self.refused + self.paper + self.phone


def texts(session: Session, kind: str) -> list[LetterText]:
    """All wordings that staff gave to a kind of letter, the newest first."""
    return list(session.scalars(select(LetterText).where(LetterText.kind == kind).order_by(LetterText.version.desc())))


def newest_text(session: Session, kind: str) -> LetterText | None:
    """The words that count; None while they are those that came with the program."""
    query = select(LetterText).where(LetterText.kind == kind).order_by(LetterText.version.desc())
    return session.scalars(query.limit(1)).one_or_none()


def counts(session: Session) -> Counts:
    """How many letters need somebody, or wait, in one statement."""
    states = (State.WAITING, State.CLAIMED, State.UNKNOWN, State.REFUSED, State.PAPER, State.PHONE)
    rows = session.execute(select(Letter.state, func.count()).where(Letter.state.in_(states)).group_by(Letter.state))
    found = {row[0]: int(row[1]) for row in rows}
    return Counts(
        waiting=found.get(State.WAITING, 0) + found.get(State.CLAIMED, 0),
        unknown=found.get(State.UNKNOWN, 0),
        refused=found.get(State.REFUSED, 0),
        paper=found.get(State.PAPER, 0),
        phone=found.get(State.PHONE, 0),
    )


def locked(session: Session, letter_id: UUID) -> Letter | None:
    """One letter as it is now, held until the end of the transaction."""
    query = select(Letter).where(Letter.id == letter_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lock_all(session: Session, letter_ids: Sequence[UUID]) -> list[Letter]:
    """These letters as they are now, held in the order of their keys."""
    query = select(Letter).where(Letter.id.in_(letter_ids)).order_by(Letter.id).with_for_update()
    return list(session.scalars(query.execution_options(populate_existing=True)))


def of_batch(session: Session, batch_id: UUID) -> dict[str, int]:
    """How many letters of a batch are in which state."""
    rows = session.execute(select(Letter.state, func.count()).where(Letter.batch_id == batch_id).group_by(Letter.state))
    return {row[0]: int(row[1]) for row in rows}


def invitations_of(session: Session, letter_ids: Sequence[UUID]) -> dict[UUID, Invitation]:
    """The invitations that letters bring, by the keys of the letters."""
    rows = session.execute(
        select(Letter.id, Invitation)
        .join(Invitation, Invitation.id == Letter.invitation_id)
        .where(Letter.id.in_(letter_ids))
    )
    return {row[0]: row[1] for row in rows}


def of_person(session: Session, person_id: UUID) -> list[Letter]:
    """A person's letters, the newest first."""
    return list(session.scalars(select(Letter).where(Letter.person_id == person_id).order_by(Letter.id.desc())))


def listed(
    session: Session, states: Sequence[str], before: UUID | None = None, size: int = 50, batch: UUID | None = None
) -> list[tuple[Letter, Person]]:
    """Letters in one of these states with whom they are for, the newest first."""
    query = (
        select(Letter, Person)
        .join(Person, Person.id == Letter.person_id)
        .where(Letter.state.in_(states))
        .order_by(Letter.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(Letter.id < before)
    if batch is not None:
        query = query.where(Letter.batch_id == batch)
    return [(row[0], row[1]) for row in session.execute(query)]


def something_to_send(session: Session, now: datetime) -> bool:
    """Whether a letter is to be tried, or was taken up and left."""
    waits = (Letter.state == State.WAITING) & (Letter.next_try_at <= now)
    left = (Letter.state == State.CLAIMED) & (Letter.claimed_until <= now)
    return session.scalar(select(Letter.id).where(waits | left).limit(1)) is not None


def left_alone(session: Session, now: datetime) -> list[Letter]:
    """Letters that somebody took up and never came back to, locked."""
    query = select(Letter).where(Letter.state == State.CLAIMED, Letter.claimed_until <= now).order_by(Letter.id)
    return list(session.scalars(query.limit(100).with_for_update(skip_locked=True)))


def next_waiting(session: Session, now: datetime) -> Letter | None:
    """The letter that has waited longest, locked. Two processes never get the same one."""
    query = select(Letter).where(Letter.state == State.WAITING, Letter.next_try_at <= now)
    return session.scalars(
        query.order_by(Letter.next_try_at, Letter.id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()


def last_with_receipt(session: Session) -> Letter | None:
    """The letter written last among those that a service took under a number."""
    query = select(Letter).where(Letter.receipt.is_not(None)).order_by(Letter.id.desc())
    return session.scalars(query.limit(1)).one_or_none()


def taken_as(session: Session, receipts: Collection[str]) -> list[Letter]:
    """Letters that were sent under these numbers, held until the end of the transaction."""
    query = select(Letter).where(Letter.receipt.in_(receipts), Letter.state == State.SENT).order_by(Letter.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def with_old_codes(session: Session, now: datetime, size: int) -> list[Letter]:
    """Letters that wait for somebody in the office with a code that is old, or that cannot work any more; locked."""
    works = exists().where(AccessCode.invitation_id == Letter.invitation_id, AccessCode.withdrawn_at.is_(None))
    query = (
        select(Letter)
        .join(Invitation, Invitation.id == Letter.invitation_id)
        .where(
            Letter.state.in_((State.PAPER, State.REFUSED, State.UNKNOWN)),
            Letter.sealed.is_not(None),
            (Letter.made_at <= now - CODE_KEPT) | (Invitation.deadline < calendar.day_of(now)) | ~works,
        )
        .order_by(Letter.id)
        .limit(size)
    )
    return list(session.scalars(query.with_for_update(of=Letter, skip_locked=True)))


def put_off(session: Session, until: datetime, words: str) -> None:
    """Nothing can be sent at present: every letter that would be tried before waits until then."""
    session.execute(
        update(Letter)
        .where(Letter.state == State.WAITING, Letter.next_try_at < until)
        .values(next_try_at=until, tries=Letter.tries + 1, words=words)
    )


def longest_wait(session: Session, now: datetime) -> int:
    """How often the letter that is due next was tried: the measure of an outage."""
    query = select(func.max(Letter.tries)).where(Letter.state == State.WAITING, Letter.next_try_at <= now)
    return session.scalar(query) or 0
