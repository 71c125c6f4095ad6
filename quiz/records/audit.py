"""The audit log: append-only entries in one hash chain. The head row is locked last, so the chain never forks."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from quiz.domain import chain
from quiz.records.base import Record


class AuditEntry(Record):
    """Who did what, when, to what. `content` is the canonical text that was hashed; the columns repeat it to search."""

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(index=True)
    event: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    content: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str]


class AuditHead(Record):
    """One row: the last entry's number and hash."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str]


def append(
    session: Session, at: datetime, actor: str, event: str, subject: str, detail: Mapping[str, object]
) -> AuditEntry:
    """Add one entry at the end of the chain, in the caller's transaction."""
    return append_all(session, at, actor, [(event, subject, detail)])[0]


def append_all(
    session: Session, at: datetime, actor: str, entries: Iterable[tuple[str, str, Mapping[str, object]]]
) -> list[AuditEntry]:
    """Many entries (event, subject, detail) at once: the head is locked once, and they are sent together."""
    session.flush()
    head = session.scalars(
        select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    ).one()
    added = []
    for event, subject, detail in entries:
        number = head.sequence + 1
        text = chain.content(number, at, actor, event, subject, detail)
        entry = AuditEntry(
            sequence=number, at=at, actor=actor, event=event, subject=subject, content=text, previous=head.hash,
            hash=chain.digest(head.hash, text),
        )  # fmt: skip
        added.append(entry)
        head.sequence, head.hash = number, entry.hash
    session.add_all(added)
    session.flush()
    return added


def links(session: Session) -> Iterator[chain.Link]:
    """The whole chain, oldest first, a thousand rows at a time."""
    rows = session.execute(
        select(AuditEntry.sequence, AuditEntry.previous, AuditEntry.content, AuditEntry.hash)
        .order_by(AuditEntry.sequence)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield chain.Link(*row)


def head(session: Session) -> AuditHead:
    """The end of the chain."""
    return session.scalars(select(AuditHead).where(AuditHead.id == 1)).one()


def first_break(session: Session) -> int | None:
    """At which entry the chain does not hold, its end included; None when it is whole."""
    end = head(session)  # first, so that what is appended meanwhile is no break
    broken = chain.first_break(links(session))
    if broken is not None:
        return broken
    return None if hash_of(session, end.sequence) == end.hash else max(end.sequence, 1)


def hash_of(session: Session, sequence: int) -> str | None:
    """The hash of the entry of that number."""
    return session.scalar(select(AuditEntry.hash).where(AuditEntry.sequence == sequence))


def about(session: Session, subject: str, limit: int = 200) -> list[AuditEntry]:
    """What happened to one subject, newest first."""
    return list(
        session.scalars(
            select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.sequence.desc()).limit(limit)
        )
    )


def page(session: Session, before: int | None = None, size: int = 100) -> list[AuditEntry]:
    """Entries newest first, from just before a sequence number."""
    query = select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(size)
    return list(session.scalars(query if before is None else query.where(AuditEntry.sequence < before)))
