"""Sample people, so that everything can be tried. What they did comes about by the same actions as the real thing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import installing, invitations, people, signing_in, sitting, staff, supervising
from quiz.actions.bank import Folder
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import calendar
from quiz.domain.blueprint import TEST, Reason
from quiz.domain.licence import Kind
from quiz.domain.question import Option
from quiz.domain.roles import Role
from quiz.domain.sittings import Identity, Plan, Where
from quiz.records import attempts, bank
from quiz.records.attempts import Paper, Place

OPENED = timedelta(days=30)  # so long ago the sample service was set up
A_QUESTION = timedelta(seconds=70)
A_TEST = timedelta(minutes=25)
FROM = "192.0.2.1"  # an address for documentation (RFC 5737)

STAFF = (
    ("SAMPLE Licensing Officer", "officer@sample.example", Role.OFFICER),
    ("SAMPLE Invigilator", "invigilator@sample.example", Role.INVIGILATOR),
    ("SAMPLE First Editor", "editor@sample.example", Role.EDITOR),
    ("SAMPLE Second Editor", "second-editor@sample.example", Role.EDITOR),
    ("SAMPLE Safeguarding Lead", "lead@sample.example", Role.LEAD),
    ("SAMPLE Administrator", "administrator@sample.example", Role.ADMINISTRATOR),
    ("SAMPLE Auditor", "auditor@sample.example", Role.AUDITOR),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to be one of the sample people: `key` is an e-mail address or a licence number, `secret` goes with it."""

    name: str
    about: str
    key: str
    secret: str


@dataclass(frozen=True, slots=True)
class _Driver:
    name: str
    number: str
    code: str
    person_id: UUID
    invitation_id: UUID


def install(work: Work, folder: Folder, issuer: Issuer, handbook: str) -> tuple[list[SignIn], list[SignIn]]:
    """Fill an empty database with the bank and with sample people: the staff's sign-ins, and the drivers'.

    The times are made up, in the order of the log, and end with `work.now`. `handbook` is its digest.
    """
    opened = replace(work, now=work.now - OPENED)
    installing.install(opened, folder, demo=True)
    members = list(_staff(opened))
    return members, list(_drivers(work, issuer, handbook))


def _staff(work: Work) -> Iterator[SignIn]:
    for name, email, role in STAFF:
        password = staff.new_password(work)
        row = staff.add(work, email=email, name=name, roles=[role], password=password)
        row.must_change_password = False  # it is shown each time the demonstration is started
        yield SignIn(name, role, email, password)


def _drivers(work: Work, issuer: Issuer, handbook: str) -> Iterator[SignIn]:
    """Oldest deed first, so that the log reads as a real one does."""
    sits = partial(_sit, issuer=issuer, handbook=handbook)
    begun = work.now - timedelta(days=14)
    passed = _driver(replace(work, now=begun), "SAMPLE Robin Hughes", "SAMPLE6", Kind.DUAL)
    failed = _driver(replace(work, now=begun), "SAMPLE Jo Bennett", "SAMPLE4", Kind.PRIVATE_HIRE)
    sits(replace(work, now=work.now - timedelta(days=9)), passed, right=14)
    sits(replace(work, now=work.now - timedelta(days=8)), failed, right=11)
    sits(replace(work, now=work.now - timedelta(days=2)), passed, right=18)
    begun = work.now - timedelta(days=1)
    unsafe = _driver(replace(work, now=begun), "SAMPLE Chris Walker", "SAMPLE5", Kind.HACKNEY)
    under_way = _driver(replace(work, now=begun), "SAMPLE Sam Taylor", "SAMPLE3", Kind.PRIVATE_HIRE)
    applying = _driver(replace(work, now=begun), "SAMPLE Kim Foster", "SAMPLE2", Kind.APPLICATION)
    fresh = _driver(replace(work, now=begun), "SAMPLE Alex Morgan", "SAMPLE1", Kind.PRIVATE_HIRE)
    sits(replace(work, now=work.now - timedelta(minutes=90)), failed, right=12)
    sits(replace(work, now=work.now - timedelta(minutes=60)), unsafe, right=18, unsafe=1)
    held = _session(replace(work, now=work.now - timedelta(minutes=34, seconds=50)), issuer, handbook)
    sits(replace(work, now=work.now - 8 * A_QUESTION), under_way, right=20, answers=7)
    sits(replace(work, now=work.now - 6 * A_QUESTION), held.sitting, right=20, answers=5, start_word=held.word)
    yield _shown(fresh, "renewing, has not started")
    yield _shown(applying, "applying for a first licence, has not started")
    yield _shown(under_way, "in the middle of the test")
    yield _shown(failed, "did not pass twice, waits for the last try")
    yield _shown(unsafe, "did not pass because of an unsafe answer")
    yield _shown(held.let_in, f"in today’s test session, let in; start word: {held.word}")
    yield _shown(held.awaited, f"in today’s test session, not let in yet; start word: {held.word}")
    yield _shown(passed, "passed at the second try, has certificate and contact card")


@dataclass(frozen=True, slots=True)
class _Session:
    """A test session today: one driver is let in, one has not come yet, one is to begin, and one has passed."""

    let_in: _Driver
    awaited: _Driver
    sitting: _Driver
    word: str


def _session(work: Work, issuer: Issuer, handbook: str) -> _Session:
    """Opened, with its list, at `work.now`; the first driver finishes a test later."""
    drivers = [
        _driver(work, f"SAMPLE {name}", number, Kind.PRIVATE_HIRE, supervised=True)
        for name, number in (
            ("Ali Carter", "SAMPLE7"), ("Pat Ellis", "SAMPLE8"), ("Lou Price", "SAMPLE9"), ("Max Reid", "SAMPLE10")
        )
    ]  # fmt: skip
    let_in, awaited, sitting_now, passed = drivers
    opened = supervising.open_sitting(work, TEST, Plan(Where.PLACE, "SAMPLE Town Hall, room 2", work.now))
    for driver in drivers:
        seat = supervising.add(work, opened.id, driver.person_id)
        if driver is not awaited:
            supervising.let_in(work, opened.id, seat.id, Identity.BADGE)
    _sit(work, passed, issuer=issuer, handbook=handbook, right=17, start_word=opened.start_word)
    return _Session(let_in, awaited, sitting_now, opened.start_word)


def _shown(driver: _Driver, about: str) -> SignIn:
    return SignIn(driver.name, about, driver.number, driver.code)


def _driver(work: Work, name: str, number: str, kind: Kind, supervised: bool = False) -> _Driver:
    reason = Reason.APPLICATION if kind is Kind.APPLICATION else Reason.RENEWAL
    expires_on = None if kind is Kind.APPLICATION else calendar.add_months(calendar.day_of(work.now), 2)
    person = people.add_driver(
        work, name=name, kind=kind, number=number, authority="SAMPLE Council", expires_on=expires_on
    )
    invitation = invitations.invite(work, person.id, test=TEST, reason=reason, supervised=supervised)
    return _Driver(name, number, invitations.issue_code(work, invitation), person.id, invitation.id)


def _sit(
    work: Work,
    driver: _Driver,
    *,
    issuer: Issuer,
    handbook: str,
    right: int,
    unsafe: int = 0,
    answers: int | None = None,
    start_word: str = "",
) -> None:
    """Sign in at `work.now`, answer, and send in; with `answers`, stop after so many of them."""
    signed_in = signing_in.driver(work, FROM, driver.number, driver.code)
    if signed_in is None:
        raise LookupError("a sample driver cannot sign in")
    own = replace(work, actor=f"person:{driver.person_id}")
    attempt_id = sitting.start(own, signed_in.session_id, driver.invitation_id, handbook, start_word).id
    sheet = attempts.paper(work.session, driver.person_id, attempt_id)
    if sheet is None:
        raise LookupError("a sample driver has no paper")
    choices = sorted(_choices(work.session, sheet, right, unsafe), key=lambda choice: choice[0].position)
    for place, values, two in choices[:answers]:
        at = replace(own, now=work.now + place.position * A_QUESTION)
        sitting.answer(at, sheet, place, signed_in.session_id, values, two=two, later=False)
    if answers is None:
        sitting.send_in(replace(own, now=work.now + A_TEST), driver.person_id, attempt_id, issuer)


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
