"""One row for each licence holder with all that lists filter by, written in the transaction of the facts.

It can be made anew from the facts at any time (`refresh`). Objects that a session writes are noticed by themselves;
what writes rows in bulk calls `refresh` for the people concerned.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, delete, insert, select, text
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column
from sqlalchemy.orm.unitofwork import UOWTransaction

from quiz.domain import standing as rules
from quiz.domain.blueprint import TEST, Blueprint
from quiz.domain.standing import Standing
from quiz.domain.tries import MODES
from quiz.records import papers, people, service
from quiz.records.adjustments import Adjustment
from quiz.records.attempts import Attempt
from quiz.records.base import KEY, Record
from quiz.records.certificates import Certificate
from quiz.records.elsewhere import AcceptedPass
from quiz.records.invitations import Invitation
from quiz.records.marks import Marking
from quiz.records.people import Licence, Person

AT_ONCE = 500  # people
TOUCHED = "standing"  # where a session notes whose facts it has written


# Few people have such a day. An index that holds only them tells the database so.
FEW = (
    ("needs_on",),
    ("waiting_since", "invited_until"),
    ("retry_on", "stuck_until"),
    ("stuck_until",),
    ("lapses_on",),
    ("adjusted_until",),
)


def _index(column: str, *more: str) -> Index:
    there = text(f"{column} IS NOT NULL")
    return Index(f"ix_standing_{column}", column, "person_id", *more, sqlite_where=there, postgresql_where=there)


class StandingRow(Record):
    """Facts as of `domain.standing.Standing`, and what lists search and sort by. People without a licence have none."""

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_name", "name_key", "person_id"),
        Index("ix_standing_email", "email_key"),
        Index("ix_standing_due", "due_on", "person_id"),
        Index("ix_standing_covered", "covered_until", "person_id"),
        Index("ix_standing_tested", "tested_on", "person_id"),
        *(_index(*columns) for columns in FEW),
        Index(
            "ix_standing_unlisted",
            "person_id",
            sqlite_where=text("listed IS 0"),
            postgresql_where=text("listed IS false"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    name_key: Mapped[str] = mapped_column(KEY)
    email_key: Mapped[str] = mapped_column(KEY)
    listed: Mapped[bool]
    kinds: Mapped[str]
    due_on: Mapped[date | None]
    covered_until: Mapped[date | None]
    needs_on: Mapped[date | None]
    tested_on: Mapped[date | None]
    outcome: Mapped[str | None]
    waiting_since: Mapped[date | None]
    invited_until: Mapped[date | None]
    retry_on: Mapped[date | None]
    stuck_until: Mapped[date | None]
    lapses_on: Mapped[date | None]
    adjusted_until: Mapped[date | None]


# Whose facts these are stands in their column `person_id`; of a person it is the key itself, of a mark the attempt's.
FACTS = (Licence, Invitation, Attempt, Certificate, AcceptedPass, Adjustment)


def covered(session: Session, person_ids: list[UUID], day: date) -> dict[UUID, date]:
    """Which of these people have a pass of the driver test that holds on that day, and until when."""
    query = select(StandingRow.person_id, StandingRow.covered_until).where(
        StandingRow.person_id.in_(person_ids), StandingRow.covered_until >= day
    )
    return {person_id: until for person_id, until in session.execute(query) if until is not None}


def note(session: Session, _context: UOWTransaction | None = None) -> None:
    """Remember whose facts a flush is writing. Called after each flush, before the objects count as clean."""
    touched: set[UUID] = session.info.setdefault(TOUCHED, set())
    marked = []
    for one in (*session.new, *session.dirty, *session.deleted):
        if isinstance(one, FACTS):
            touched.add(one.person_id)
        elif isinstance(one, Person):
            touched.add(one.id)
        elif isinstance(one, Marking):
            marked.append(one.attempt_id)
    if marked:
        session.info.setdefault(TOUCHED + " of attempts", set()).update(marked)


def keep(session: Session) -> None:
    """Write the rows of everybody whose facts were written in this transaction. Called before each commit."""
    session.flush()
    touched: set[UUID] = session.info.pop(TOUCHED, set())
    attempts: set[UUID] = session.info.pop(TOUCHED + " of attempts", set())
    for some in _batches(attempts):
        touched.update(session.scalars(select(Attempt.person_id).where(Attempt.id.in_(some))))
    if touched:
        _write(session, touched)


def forget(session: Session) -> None:
    """What was rolled back was not written."""
    session.info.pop(TOUCHED, None)
    session.info.pop(TOUCHED + " of attempts", None)


def refresh(session: Session, person_ids: Iterable[UUID]) -> None:
    """Work the rows of these people out again from the facts, in the order of their keys.

    The people are held: nobody may change a fact between our look and our row. Whoever changed one holds them already.
    """
    keys = list(person_ids)
    people.lock_all(session, keys)
    _write(session, keys)


def _write(session: Session, person_ids: Iterable[UUID]) -> None:
    rules_now = papers.current(session, TEST)
    mode = MODES[service.facts(session).mark]
    for some in _batches(person_ids):
        found = derived(session, some, rules_now, mode)
        session.execute(delete(StandingRow).where(StandingRow.person_id.in_(some)))
        if found:
            session.execute(insert(StandingRow), found)


def refresh_all(session: Session) -> int:
    """The same for everybody; how many there are."""
    everybody = session.scalars(select(Person.id)).all()
    refresh(session, everybody)
    return len(everybody)


def derived(session: Session, person_ids: list[UUID], rules_now: Blueprint, mode: str) -> list[dict[str, Any]]:
    """The rows as they follow from the facts. Eight statements for any number of people."""
    names = session.execute(
        select(Person.id, Person.name_key, Person.email).where(Person.id.in_(person_ids)).order_by(Person.id)
    ).all()
    # Columns and `getattr`, not objects and `asdict`: of a first list of 50,000 this takes a third off.
    held = select(Licence.person_id, Licence.kind, Licence.expires_on, Licence.unlisted_since)
    licences = _by_person(session, held.where(Licence.person_id.in_(person_ids)))
    newest = {one.person_id: one for one in _invitations(session, person_ids)}
    history = _histories(session, person_ids)
    passes, withdrawn = _passes(session, person_ids, mode)
    other_passes = select(AcceptedPass.person_id, AcceptedPass.until, AcceptedPass.at).where(
        AcceptedPass.person_id.in_(person_ids), AcceptedPass.test == TEST, AcceptedPass.mode == mode,
        AcceptedPass.ended_at.is_(None),
    )  # fmt: skip
    accepted = _by_person(session, other_passes)
    adjusted = _by_person(
        session,
        select(Adjustment.person_id, Adjustment.until).where(
            Adjustment.person_id.in_(person_ids), Adjustment.ended_at.is_(None)
        ),
    )
    rows = []
    for key, name_key, email in names:
        if not licences[key]:
            continue
        invitation, past, other = newest.get(key), history[key], accepted[key]
        found = rules.derive(
            licences[key],
            invitation,
            any(invitation is not None and one.invitation_id == invitation.id for one, _ in past),
            past,
            [*passes[key], *(one.until for one in other)],
            withdrawn,
            max((one.at for one in other), default=None),
            [one.until for one in adjusted[key]],
            rules_now,
            mode,
        )
        rows.append({"person_id": key, "name_key": name_key, "email_key": email.casefold(), **as_columns(found)})
    return rows


def as_columns(found: Standing) -> dict[str, Any]:
    """The facts as a row keeps them."""
    return {name: getattr(found, name) for name in Standing.__slots__}


def plain(row: StandingRow) -> Standing:
    """The facts of a row, as the rules want them."""
    return Standing(**{name: getattr(row, name) for name in Standing.__slots__})


def _invitations(session: Session, person_ids: list[UUID]) -> Iterable[Invitation]:
    later = aliased(Invitation)
    newer = select(later.id).where(
        later.person_id == Invitation.person_id, later.test == Invitation.test, later.id > Invitation.id
    )
    wanted = select(Invitation).where(Invitation.person_id.in_(person_ids), Invitation.test == TEST)
    return session.scalars(wanted.where(~newer.exists()))


def _histories(session: Session, person_ids: list[UUID]) -> Mapping[UUID, list[tuple[Attempt, Marking | None]]]:
    mark, later = aliased(Marking), aliased(Marking)
    newer = select(later.number).where(later.attempt_id == mark.attempt_id, later.number > mark.number)
    rows = session.execute(
        select(Attempt, mark)
        .outerjoin(mark, (mark.attempt_id == Attempt.id) & ~newer.exists())
        .where(Attempt.person_id.in_(person_ids), Attempt.test == TEST)
        .order_by(Attempt.person_id, Attempt.id)
    )
    found: dict[UUID, list[tuple[Attempt, Marking | None]]] = defaultdict(list)
    for attempt, marked in rows:
        found[attempt.person_id].append((attempt, marked))
    return found


def _passes(session: Session, person_ids: list[UUID], mode: str) -> tuple[Mapping[UUID, list[date]], set[UUID]]:
    """The last days of certificates that stand, by person, and the attempts whose certificate was withdrawn."""
    rows = session.execute(
        select(Certificate.person_id, Certificate.expires_on, Certificate.attempt_id, Certificate.withdrawn_at).where(
            Certificate.person_id.in_(person_ids), Certificate.test == TEST, Certificate.mode == mode,
            Certificate.replaced_by.is_(None),
        )
    )  # fmt: skip
    found: dict[UUID, list[date]] = defaultdict(list)
    withdrawn: set[UUID] = set()
    for person_id, until, attempt_id, withdrawn_at in rows:
        if withdrawn_at is None:
            found[person_id].append(until)
        else:
            withdrawn.add(attempt_id)
    return found, withdrawn


def _by_person(session: Session, query: Any) -> Mapping[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for one in session.execute(query):
        found[one.person_id].append(one)
    return found


def _batches(keys: Iterable[UUID]) -> Iterable[list[UUID]]:
    wanted = sorted(set(keys))
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
