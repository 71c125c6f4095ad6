"""Makers: each fills in what the test is not about, through the real actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quiz.actions import bank as folders
from quiz.actions import (
    editing,
    evidence,
    going_live,
    groups,
    invitations,
    people,
    signing_in,
    sitting,
    staff,
    supervising,
)
from quiz.actions.certificates import Issuer
from quiz.actions.evidence import House, Wanted
from quiz.actions.signing_in import SignIn
from quiz.actions.work import Work
from quiz.domain.blueprint import Reason
from quiz.domain.evidence import Copy
from quiz.domain.licence import Kind
from quiz.domain.question import Draft, Option
from quiz.domain.roles import Role
from quiz.domain.sittings import Identity, Plan, Where
from quiz.formats.signing import Signer
from quiz.records import attempts, bank, database
from quiz.records import groups as group_records
from quiz.records.attempts import Paper
from quiz.records.invitations import Invitation
from quiz.records.sittings import Sitting
from quiz.records.staff import Staff
from quiz.settings import ROOT

COUNCIL = "Chorley Council"
ISSUER = Issuer(COUNCIL, "http://127.0.0.1:8000", Signer(bytes(range(32))))
PASSWORD = "three made-up words"
CHEAP = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
PEPPER = b"pepper for tests, not for anyone"


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **units: float) -> None:
        self.now += timedelta(**units)


@dataclass(frozen=True)
class Made:
    """A driver with an invitation and its code."""

    person_id: UUID
    invitation_id: UUID
    number: str
    code: str


class Make:
    """Rows for a test, each with the least it needs."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock
        self.chance = Random(7)
        self.count = 0

    @contextmanager
    def work(self, actor: str = "cli:test") -> Iterator[Work]:
        """A piece of work in a transaction of its own."""
        with database.transaction(self.engine) as session:
            yield Work(session, actor, self.clock.now, self.chance, PEPPER)

    def reading(self) -> Session:
        """A session to look things up."""
        return database.reading(self.engine)

    def driver(
        self,
        name: str = "Sam Driver",
        number: str | None = None,
        kind: Kind = Kind.PRIVATE_HIRE,
        reason: Reason = Reason.RENEWAL,
        deadline: date | None = None,
        supervised: bool = False,
        email: str = "",
    ) -> Made:
        """Somebody who may sit."""
        self.count += 1
        number = number or f"PH{self.count:04}"
        with self.work() as work:
            person = people.add_driver(work, name=name, kind=kind, number=number, authority=COUNCIL, email=email)
            invitation = invitations.invite(
                work, person.id, test="driver", reason=reason, deadline=deadline, supervised=supervised
            )
            return Made(person.id, invitation.id, number, invitations.issue_code(work, invitation))

    def group(self, name: str = "Elected members", test: str = "members-and-officers") -> str:
        """A group of other people, whose test the council has adopted; its key."""
        with self.work() as work:
            rules = folders.other_tests(ROOT / "question_bank")[test]
            going_live.adopt(work, rules, on=self.clock.now.date(), minute="7", basis="Report")
            return groups.make(work, name=name, called="elected member", test=test).key

    def member(self, group_key: str, name: str = "Morgan Member", number: str = "", email: str = "") -> Made:
        """Somebody of that group who may sit its test; the driver of that number, where one is given."""
        with self.work() as work:
            audience = group_records.of_key(work.session, group_key)
            assert audience is not None
            row = groups.add(work, audience, name=name, number=number, email=email)
            invitation = invitations.invite(work, row.person_id, test=audience.test, reason=Reason.REFRESHER)
            return Made(row.person_id, invitation.id, row.reference, invitations.issue_code(work, invitation))

    def code(self, made: Made) -> str:
        """A newer code for the same invitation."""
        with self.work() as work:
            return invitations.issue_code(work, work.session.get_one(Invitation, made.invitation_id))

    def staff(self, *roles: Role, email: str | None = None, name: str = "Alex Staff") -> UUID:
        """An account that has chosen its password (PASSWORD)."""
        self.count += 1
        with self.work() as work:
            row = Staff(
                email=email or f"staff{self.count}@example.com",
                name=name,
                password=CHEAP,
                must_change_password=False,
                created_at=work.now,
            )
            work.session.add(row)
            work.session.flush()
            staff.change_roles(work, row.id, roles or (Role.OFFICER,))
            return row.id

    def staff_in(self, staff_id: UUID) -> SignIn:
        """A sign-in of that account."""
        with self.work() as work:
            return signing_in.staff_in(work, work.session.get_one(Staff, staff_id), "127.0.0.1")

    def driver_in(self, made: Made) -> SignIn:
        """A sign-in of that driver."""
        with self.work() as work:
            signed_in = signing_in.driver(work, "192.0.2.1", made.number, made.code)
            assert signed_in is not None
            return signed_in

    def session(self, made: Made) -> UUID:
        """The key of a sign-in of that driver."""
        return self.driver_in(made).session_id

    def attempt(self, made: Made, right: int = 20, finished: bool = True, unsafe: int = 0) -> UUID:
        """A sitting with so many right answers, the rest wrong but safe, `unsafe` of them unsafe."""
        session_id = self.session(made)
        word = self.seat(made)[1] if self._supervised(made) else ""
        with self.work(f"person:{made.person_id}") as work:
            attempt_id = sitting.start(work, session_id, made.invitation_id, "handbook", word).id
        with self.work(f"person:{made.person_id}") as work:
            sheet = attempts.paper(work.session, made.person_id, attempt_id, lock=True)
            assert sheet is not None
            for position, values, two in self.choices(work.session, sheet, right, unsafe):
                place = sheet.slots[position - 1]
                sitting.answer(work, sheet, place, session_id, values, two=two, later=False)
        if finished:
            with self.work(f"person:{made.person_id}") as work:
                sitting.send_in(work, made.person_id, attempt_id, ISSUER)
        return attempt_id

    def sitting(self, place: str = "Room 1", **later: float) -> UUID:
        """A supervised sitting, now or so much later."""
        with self.work("staff:invigilator") as work:
            plan = Plan(Where.PLACE, place, self.clock.now + timedelta(**later))
            return supervising.open_sitting(work, "driver", plan).id

    def seat(self, made: Made, sitting_id: UUID | None = None, let_in: bool = True) -> tuple[UUID, str]:
        """A driver on the list of a sitting (a new one by default), let in; the seat and the start word."""
        sitting_id = sitting_id or self.sitting()
        with self.work("staff:invigilator") as work:
            seat = supervising.add(work, sitting_id, made.person_id)
            if let_in:
                supervising.let_in(work, sitting_id, seat.id, Identity.PASSPORT)
            return seat.id, work.session.get_one(Sitting, sitting_id).start_word

    def _supervised(self, made: Made) -> bool:
        with self.reading() as session:
            return session.get_one(Invitation, made.invitation_id).supervised

    def choices(
        self, session: Session, sheet: Paper, right: int, unsafe: int = 0
    ) -> Iterator[tuple[int, list[str], bool]]:
        """What to choose to get exactly that mark: position, displayed values, and whether it is "choose two"."""
        texts = bank.drafts(session, [slot.version for slot in sheet.slots])
        slots = sorted(sheet.slots, key=lambda slot: not texts[slot.version].critical)
        for place, slot in enumerate(slots):
            draft = texts[slot.version]
            if place < unsafe:
                wanted = {n for n, option in enumerate(draft.options) if option.unsafe}
            elif place >= len(slots) - right:
                wanted = {n for n, option in enumerate(draft.options) if option.right}
            else:
                wanted = {n for n, option in enumerate(draft.options) if not option.right and not option.unsafe}
            shown = [str(p) for p, n in enumerate(slot.order, 1) if n in wanted]
            yield slot.position, shown[: 2 if draft.two else 1], draft.two

    def pack(self, made: Made, attempt_id: UUID) -> UUID:
        """An internal evidence pack of that attempt."""
        with self.work("staff:officer") as work:
            wanted = Wanted(Copy.INTERNAL, "Appeal 7", "The committee")
            house = House(COUNCIL, "Driver test", {})
            return evidence.make(work, made.person_id, attempt_id, wanted, house, ISSUER.signer).id

    def agree_everything(self) -> None:
        """Agreement records for every critical question, so that the unsafe rule is at work."""
        with self.work("staff:lead") as work:
            for version in bank.live_versions(work.session, "driver"):
                if version.critical:
                    editing.record_agreement(work, version, body="Police", role="Lead", agreed_on=work.now.date())


def draft(id: str = "t01-made-up", **changes: object) -> Draft:
    """A question with nothing wrong with it."""
    plain = Draft(
        id=id,
        topic="T1",
        stem="A passenger tells you something that worries you. What do you do?",
        options=(
            Option("Tell somebody who can help today", right=True),
            Option("Wait until you are sure about it", why="Waiting leaves the passenger alone."),
            Option("Ask the other drivers at the rank", why="They cannot help, and it spreads."),
            Option("Leave it, it is not your job", why="It is everyone's job."),
        ),
        why="You do not need proof.",
        sources=("RECOMMENDATION",),
        section="start-here#three-lines",
        review_by=date(2027, 11, 21),
    )
    return Draft(**{**{name: getattr(plain, name) for name in plain.__slots__}, **changes})
