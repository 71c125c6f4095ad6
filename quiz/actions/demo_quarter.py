"""The last quarter of the sample council: tests, a test session, a training session and two readings to report on.

Deeds stand in the order of their times, so that the log reads as a real one does.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quiz.actions import adjusting, editing, supervising, training, unsafe
from quiz.actions import demo_drivers as drivers
from quiz.actions.demo_drivers import Driver, Room
from quiz.actions.work import Work
from quiz.domain import calendar, monitoring
from quiz.domain import training as trainings
from quiz.domain.adjustments import Kind as Adjusted
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import Grounds
from quiz.domain.licence import Kind
from quiz.domain.roles import Role
from quiz.domain.sittings import Identity, Incident, Plan, Where
from quiz.domain.unsafe import Capacity, Verdict
from quiz.records import bank
from quiz.records import training as records

# Whoever passed at once, at the second try, and not yet.
AT_ONCE = ("Billie Marsh", "Casey Dunn", "Ellis Grant", "Frankie Lowe", "Jude Farrow", "Mika Novak", "Noor Ahmed",
           "Remi Osei")  # fmt: skip
SECOND = ("Ashley Rowe", "Dana Kowal", "Toni Barnes")
NOT_YET = "Morgan Pike"
UPHELD, WITHDRAWN = "Jamie Stone", "Rowan Birch"
IN_A_ROOM = AT_ONCE[-2:]
HOURS = 2  # between two tests of a day


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works there, as opaque keys."""

    officer: str
    lead: str
    invigilator: str
    editor: str


def opened(now: datetime) -> datetime:
    """When the sample service was set up: some days before the last whole quarter began."""
    first = monitoring.before(calendar.day_of(now)).first
    return calendar.start_of(first - timedelta(days=5)) + timedelta(hours=9)


def play(work: Work, room: Room, desk: Desk) -> dict[str, Driver]:
    """Everything that happened in it, well before its last day; the drivers by name."""
    officer, start = replace(work, actor=desk.officer), work.now
    people = {
        name: drivers.add(
            officer, name, f"SAMPLE{20 + at}", Kind.HACKNEY if at % 3 else Kind.PRIVATE_HIRE,
            ends=calendar.add_months(calendar.day_of(start), 5 + at), supervised=name in IN_A_ROOM,
        )
        for at, name in enumerate((*AT_ONCE, *SECOND, NOT_YET, UPHELD, WITHDRAWN))
    }  # fmt: skip
    for name, kind, amount in ((AT_ONCE[0], Adjusted.EXTRA_TIME, "25"), (SECOND[0], Adjusted.READER, "")):
        adjusting.agree(officer, people[name].person_id, TEST, kind, amount, evidence_seen=True, until=None)

    def on(day: int, hour: int = 0) -> Work:
        return replace(work, now=start + timedelta(days=day, hours=hour))

    for at, name in enumerate(AT_ONCE[:-2]):
        drivers.sit(on(8 + at), people[name], room, right=20 - at % 4)
    doubted = next(one for one in bank.live_versions(work.session, TEST) if not one.critical)
    editing.suspend(replace(on(15), actor=desk.editor), doubted.question_id, "SAMPLE: two answers may be right.")
    for at, name in enumerate((*SECOND, NOT_YET)):
        drivers.sit(on(16, HOURS * at), people[name], room, right=11 + at)
    held = [drivers.sit(on(17, HOURS * at), people[name], room, right=18, unsafe=1)
            for at, name in enumerate((UPHELD, WITHDRAWN))]  # fmt: skip
    for attempt_id, verdict in zip(held, (Verdict.UPHELD, Verdict.WITHDRAWN), strict=True):
        for actor, role, capacity in (
            (desk.officer, Role.OFFICER, Capacity.OFFICER), (desk.lead, Role.LEAD, Capacity.LEAD),
        ):  # fmt: skip
            unsafe.read(replace(on(18), actor=actor), attempt_id, [role], capacity, verdict, "SAMPLE: read together.")
        reason = "harm" if verdict is Verdict.UPHELD else "unclear"
        grounds = Grounds(reason, "SAMPLE: two people have read your answer.")
        unsafe.answer(replace(on(18), actor=desk.officer), attempt_id, grounds, room.issuer)
    for at, name in enumerate(SECOND):
        drivers.sit(on(19, HOURS * at), people[name], room, right=17 + at)
    _in_a_room(on(30), [people[name] for name in IN_A_ROOM], room, desk)
    drivers.sit(on(31), people[UPHELD], room, right=19)
    _trained(replace(on(40), actor=desk.officer), list(people.values()))
    return people


def _in_a_room(work: Work, sitters: list[Driver], room: Room, desk: Desk) -> None:
    """A test session that was held: one passes, one does not, and the light goes out."""
    by = replace(work, actor=desk.invigilator)
    held = supervising.open_sitting(by, TEST, Plan(Where.PLACE, "SAMPLE Library, room 1", work.now))
    for at, driver in enumerate(sitters):
        seat = supervising.add(by, held.id, driver.person_id)
        supervising.let_in(by, held.id, seat.id, Identity.BADGE)
        own = replace(work, now=work.now + at * timedelta(minutes=30))
        drivers.sit(own, driver, room, right=18 - 6 * at, start_word=held.start_word)
        by = replace(by, now=own.now + drivers.A_TEST)
    supervising.note(by, held.id, None, Incident.TECHNICAL, "SAMPLE: the light went out for a minute.")
    supervising.close(by, held.id)


def _trained(work: Work, invited: list[Driver]) -> None:
    """A training session that was held: all but three of its list came."""
    plan = trainings.Plan(work.now, "SAMPLE Town Hall, council chamber", "SAMPLE Police and partnership", 20)
    row = training.plan(work, plan)
    training.invite(work, row.id, [one.person_id for one in invited[2:]])
    came = "\n".join(one.number for one in invited[2:-3])
    after = replace(work, now=work.now + timedelta(hours=3))
    training.note_list(after, row.id, came)
    left = {one.id: False for one in records.places(work.session, row.id) if one.attended is None}
    training.note(after, row.id, left)
