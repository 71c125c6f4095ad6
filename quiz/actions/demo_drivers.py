"""What a sample driver does: is added and invited, signs in, answers so that a mark comes of it, and sends in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import invitations, people, signing_in, sitting
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import calendar
from quiz.domain.blueprint import TEST, Reason
from quiz.domain.licence import Kind
from quiz.domain.question import Option
from quiz.records import attempts, bank
from quiz.records.attempts import Paper, Place

A_QUESTION = timedelta(seconds=70)
A_TEST = timedelta(minutes=25)
FROM = "192.0.2.1"  # an address for documentation (RFC 5737)
AUTHORITY = "SAMPLE Council"


@dataclass(frozen=True, slots=True)
class Driver:
    """Somebody who may sit: `number` and `code` are typed at the sign-in."""

    name: str
    number: str
    code: str
    person_id: UUID
    invitation_id: UUID


# What somebody did, and how long ago.
Deed: TypeAlias = tuple[timedelta, Callable[[Work], object]]


@dataclass(frozen=True, slots=True)
class Room:
    """What a test needs: who issues certificates, and the digest of the handbook."""

    issuer: Issuer
    handbook: str


def add(
    work: Work,
    name: str,
    number: str,
    kind: Kind = Kind.PRIVATE_HIRE,
    *,
    ends: date | None = None,
    email: str = "",
    supervised: bool = False,
) -> Driver:
    """A new driver, invited, with a code. The licence ends two months later, if nothing else is said."""
    reason = Reason.APPLICATION if kind is Kind.APPLICATION else Reason.RENEWAL
    if kind is not Kind.APPLICATION:
        ends = ends or calendar.add_months(calendar.day_of(work.now), 2)
    person = people.add_driver(
        work, name=f"SAMPLE {name}", kind=kind, number=number, authority=AUTHORITY, expires_on=ends, email=email
    )
    invitation = invitations.invite(work, person.id, test=TEST, reason=reason, supervised=supervised)
    return Driver(person.name, number, invitations.issue_code(work, invitation), person.id, invitation.id)


def sit(
    work: Work,
    driver: Driver,
    room: Room,
    *,
    right: int,
    unsafe: int = 0,
    answers: int | None = None,
    start_word: str = "",
) -> UUID:
    """Sign in at `work.now`, answer, and send in; with `answers`, stop after so many of them. Gives the attempt."""
    signed_in = signing_in.driver(work, FROM, driver.number, driver.code)
    if signed_in is None:
        raise LookupError("a sample driver cannot sign in")
    own = replace(work, actor=f"person:{driver.person_id}")
    attempt_id = sitting.start(own, signed_in.session_id, driver.invitation_id, room.handbook, start_word).id
    sheet = attempts.paper(work.session, driver.person_id, attempt_id)
    if sheet is None:
        raise LookupError("a sample driver has no paper")
    choices = sorted(_choices(work.session, sheet, right, unsafe), key=lambda choice: choice[0].position)
    for place, values, two in choices[:answers]:
        at = replace(own, now=work.now + place.position * A_QUESTION)
        sitting.answer(at, sheet, place, signed_in.session_id, values, two=two, later=False)
    if answers is None:
        sitting.send_in(replace(own, now=work.now + A_TEST), driver.person_id, attempt_id, room.issuer)
    return attempt_id


def _choices(session: Session, sheet: Paper, right: int, unsafe: int) -> Iterator[tuple[Place, list[str], bool]]:
    """What gives exactly that mark: place, displayed positions, whether two are asked for. Critical questions first."""
    texts = bank.drafts(session, [slot.version for slot in sheet.slots])
    places = sorted(sheet.slots, key=lambda slot: not texts[slot.version].critical)
    for number, place in enumerate(places):
        draft = texts[place.version]
        fits = _unsafe if number < unsafe else _right if number >= len(places) - right else _wrong
        shown = [str(at) for at, option in enumerate(place.order, 1) if fits(draft.options[option])]
        yield place, shown[: 2 if draft.two else 1], draft.two


def _unsafe(option: Option) -> bool:
    return option.unsafe


def _right(option: Option) -> bool:
    return option.right


def _wrong(option: Option) -> bool:
    return not option.right and not option.unsafe
