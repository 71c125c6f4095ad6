"""Some months of a small council, through the real actions. Every figure of it is worked out by hand in the tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from quiz.actions import adjusting, deciding, elsewhere, supervising, unsafe
from quiz.domain.adjustments import Kind
from quiz.domain.decisions import Grounds
from quiz.domain.elsewhere import Pass
from quiz.domain.monitoring import Period
from quiz.domain.roles import Role
from quiz.domain.sittings import Incident
from quiz.domain.unsafe import Capacity, Verdict
from quiz.records import people
from tests.make import ISSUER, Clock, Made, Make

PERIOD = Period(date(2026, 4, 1), date(2026, 9, 30))
JUNE, JULY, OCTOBER = (datetime(2026, month, day, 9, 0, tzinfo=UTC) for month, day in ((6, 20), (7, 10), (10, 10)))


@dataclass(frozen=True)
class Months:
    """Who did what: eight passed at once, six at the second try, three failed, three chose an unsafe answer."""

    at_once: list[Made]
    second: list[Made]
    failed: list[Made]
    unsafe: list[Made]
    void: Made


def april_to_september(make: Make, clock: Clock) -> Months:
    """25 tests that count and one that does not, of 22 holders; one more has a pass from elsewhere."""
    clock.now = JUNE
    at_once, second, failed, alone = ([make.driver() for _ in range(n)] for n in (8, 6, 0, 3))
    failed = [make.driver(supervised=True) for _ in range(3)]
    void, never, other = make.driver(), make.driver(), make.driver()
    for made in (*at_once[:5], second[0]):
        _agree(make, made, Kind.EXTRA_TIME, "25")
    _agree(make, at_once[0], Kind.READER, "")
    for made in at_once:
        _sit(make, clock, made, right=20)
    for made in second:
        _sit(make, clock, made, right=10)
    _accept(make, other)
    clock.now = JULY
    for made in second:
        _sit(make, clock, made, right=20)
    for made in failed:
        _sit(make, clock, made, right=12)
    make.agree_everything()
    held = [_sit(make, clock, made, right=18, unsafe=1) for made in alone]
    _read(make, held[0], Verdict.UPHELD)
    _read(make, held[2], Verdict.WITHDRAWN)
    _set_aside(make, void)
    _session(make)
    _licence_ends(make, never, date(2026, 8, 31))
    _licence_ends(make, failed[0], date(2026, 11, 30))
    clock.now = OCTOBER
    make.sitting("Room 2", days=20)
    make.attempt(never, right=20)  # after the period
    return Months(at_once, second, failed, alone, void)


def _sit(make: Make, clock: Clock, made: Made, right: int, unsafe: int = 0) -> UUID:
    """Some minutes after the one before: so many sign-ins at once from one place would be held up."""
    clock.pass_by(minutes=15)
    return make.attempt(made, right=right, unsafe=unsafe)


def _agree(make: Make, made: Made, kind: Kind, amount: str) -> None:
    with make.work("staff:officer") as work:
        adjusting.agree(work, made.person_id, "driver", kind, amount, evidence_seen=True, until=None)


def _accept(make: Make, made: Made) -> None:
    with make.work("staff:officer") as work:
        found = Pass("Preston", "Their test", date(2026, 3, 1), date(2028, 3, 1), "The certificate")
        elsewhere.accept(work, made.person_id, "driver", found, Grounds("equivalent", "We accept it."))


def _read(make: Make, attempt_id: UUID, verdict: Verdict) -> None:
    for actor, role, capacity in (("one", Role.OFFICER, Capacity.OFFICER), ("two", Role.LEAD, Capacity.LEAD)):
        with make.work(f"staff:{actor}") as work:
            unsafe.read(work, attempt_id, [role], capacity, verdict, "It is so.")
    reason = "harm" if verdict is Verdict.UPHELD else "unclear"
    with make.work("staff:one") as work:
        unsafe.answer(work, attempt_id, Grounds(reason, "We read it."), ISSUER)


def _set_aside(make: Make, made: Made) -> None:
    attempt_id = make.attempt(made, right=20)
    with make.work("staff:officer") as work:
        deciding.void(work, made.person_id, attempt_id, Grounds("technical", "It does not count."))


def _session(make: Make) -> None:
    """Nobody came to it, and two things were noted."""
    sitting_id = make.sitting()
    make.seat(make.driver(supervised=True), sitting_id, let_in=False)
    with make.work("staff:invigilator") as work:
        supervising.note(work, sitting_id, None, Incident.TECHNICAL, "No light.")
        supervising.note(work, sitting_id, None, Incident.TECHNICAL, "No network.")


def _licence_ends(make: Make, made: Made, day: date) -> None:
    with make.work("staff:officer") as work:
        people.licences(work.session, made.person_id)[0].expires_on = day
