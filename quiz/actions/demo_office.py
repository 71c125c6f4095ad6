"""What the sample office did in the last two weeks: lists, invitations, letters, a group, a plan, a report."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from quiz.actions import demo_drivers as drivers
from quiz.actions import (
    going_live,
    groups,
    import_reading,
    importing,
    inviting,
    letters,
    planning,
    reminding,
    reporting,
    telling,
    training,
)
from quiz.actions.demo_drivers import Deed, Driver, Room
from quiz.actions.demo_quarter import Desk
from quiz.actions.importing import Steps
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.domain import calendar, jobs, monitoring, posting
from quiz.domain import training as trainings
from quiz.domain.action_plan import Action, Status
from quiz.domain.blueprint import TEST, Blueprint, Reason
from quiz.domain.holders import Wanted
from quiz.domain.inviting import Terms
from quiz.domain.posting import Outcome, State
from quiz.domain.report import Version
from quiz.domain.standing import Status as Stands
from quiz.records import invitations as invitation_records
from quiz.records import inviting as inviting_records
from quiz.records import jobs as job_records
from quiz.records import letters as letter_records
from quiz.records import standing
from quiz.records import training as training_records
from quiz.records.people import Licence

HEADINGS = "Licence number,Licence type,Full name,E-mail,Licence expiry date"
# Number, kind, name, whether there is an e-mail address, and in how many days the licence ends.
LISTED = (
    ("SAMPLE50", "PH", "Alex Quill", True, -40), ("SAMPLE51", "PH", "Drew Ashby", False, -6),
    ("SAMPLE52", "HC", "Gale Norton", True, 4), ("SAMPLE53", "PH", "Hollis Wade", False, 19),
    ("SAMPLE54", "PH", "Indra Shaw", True, 26), ("SAMPLE55", "PH", "Joss Tully", True, 55),
    ("SAMPLE56", "HC", "Kerry Vance", True, 66), ("SAMPLE57", "PH", "Lane Usher", True, 70),
    ("SAMPLE58", "Dual", "Micah Yates", True, 74), ("SAMPLE59", "PH", "Nevin Zahn", False, 78),
    ("SAMPLE60", "PH", "Oakley Frost", True, 300), ("SAMPLE61", "HC", "Perry Lund", False, 640),
)  # fmt: skip
# A newer list that waits for answers: one new, one renewed, one perhaps known already, one that is there twice.
NEWER = (
    ("SAMPLE62", "PH", "Quinn Adler", True, 500), ("SAMPLE50", "PH", "Alex Quill", True, 1060),
    ("SAMPLE63", "HC", "Casey Dunn", True, 410), ("SAMPLE64", "PH", "Sasha Bright", True, 220),
    ("SAMPLE64", "PH", "Sasha Bright", True, 250),
)  # fmt: skip
PLAN = (
    ("Training", "Hold a safeguarding training session every three months", 80, Status.UNDER_WAY, ""),
    ("Testing", "Invite every driver whose licence ends within 90 days", 30, Status.UNDER_WAY, ""),
    ("Policy", "Put the test into the licensing policy", -10, Status.NOT_STARTED, ""),
    ("Partners", "Agree the unsafe answers with police and partnership", -60, Status.COMPLETED,
     "SAMPLE: agreement records in the question bank"),
    ("Members", "Yearly refresher for the licensing committee", 120, Status.NOT_STARTED, ""),
)  # fmt: skip
WAITING = 2  # letters that are left
MEMBERS = ("Ari Holt", "Bo Carver", "Cam Whitby")


def deeds(room: Room, desk: Desk, rules: Blueprint, house: Callable[[Work], House], instance: Path) -> Iterator[Deed]:
    """Each with how long ago it was. `rules` are those of a test for members."""

    def by_officer(do: Callable[[Work], object]) -> Callable[[Work], object]:
        return lambda work: do(replace(work, actor=desk.officer))

    days = partial(timedelta, hours=5)
    told: list[UUID] = []
    yield days(15), by_officer(_plan)
    yield days(13), by_officer(lambda work: _bring_in(work, instance))
    yield days(12), by_officer(lambda work: _invite(work, house(work)))
    yield days(11), _carry
    yield days(10), by_officer(lambda work: _members(work, rules, room))
    yield days(6), by_officer(lambda work: told.append(_training(work)))
    yield days(5), by_officer(lambda work: _tell(work, house(work), told[0]))
    yield days(3), lambda work: _remind(work, house(work))
    yield timedelta(hours=30), by_officer(lambda work: _newer(work, instance))
    yield timedelta(hours=20), by_officer(lambda work: _report(work, room, house(work)))


def _plan(work: Work) -> None:
    today = calendar.day_of(work.now)
    for area, words, due, status, evidence in PLAN:
        planning.add(work, Action(area, words, "Licensing manager", today + timedelta(days=due), status, evidence))


def _list(today: date, rows: tuple[tuple[str, str, str, bool, int], ...], wrong: str = "") -> bytes:
    lines = [HEADINGS]
    for number, kind, name, has_email, ends in rows:
        email = f"{name.lower().replace(' ', '.')}@sample.example" if has_email else ""
        lines.append(f"{number},{kind},SAMPLE {name},{email},{today + timedelta(days=ends):%d/%m/%Y}")
    return "\n".join([*lines, wrong]).encode()


def _received(work: Work, instance: Path, name: str, content: bytes) -> tuple[Steps, UUID]:
    """Received, read and compared, all in this transaction."""
    import_id = importing.fresh_id()
    digest, size = importing.keep(instance, import_id, name, BytesIO(content))
    importing.receive(work, import_id, name=name, digest=digest, size=size, authority=drivers.AUTHORITY)
    steps = Steps(
        lambda: nullcontext(work), lambda: nullcontext(work.session), lambda done, total=None, stage=None: None
    )
    import_reading.read(steps, import_id, importing.path(instance, import_id))
    return steps, import_id


def _bring_in(work: Work, instance: Path) -> None:
    """Twelve new drivers, one e-mail address for somebody known, and one row that is refused."""
    changed = "SAMPLE20,PH,SAMPLE Billie Marsh,billie.marsh@sample.example,"
    wrong = f"{changed}\nSAMPLE65,PH,SAMPLE Terry Vale,,31/02/{work.now.year + 1}"
    content = _list(calendar.day_of(work.now), LISTED, wrong)
    steps, import_id = _received(work, instance, "SAMPLE licence holders.csv", content)
    importing.apply(work, import_id, unlisted=False)
    importing.settle(steps, import_id)
    importing.path(instance, import_id).unlink()


def _newer(work: Work, instance: Path) -> None:
    _received(work, instance, "SAMPLE licence holders, newer.csv", _list(calendar.day_of(work.now), NEWER))


def _invite(work: Work, house: House) -> None:
    """Everybody who is due within 90 days and has no invitation, at once; as the worker does it."""
    standing.keep(work.session)
    today, wanted = calendar.day_of(work.now), Wanted(status=Stands.DUE_90)
    terms = Terms(TEST, Reason.RENEWAL, today + timedelta(days=60), supervised=False)
    shown = inviting_records.counted(work.session, wanted, TEST, work.now).invited
    batch = inviting.ask(work, wanted, terms, shown, "/staff/invitations")
    after: UUID | None = None
    while came := inviting.some(work, house, batch.id, after):
        after = came[0]
    if job := job_records.claim(work.session, work.now):
        job_records.end(work.session, job, work.now, jobs.Ending.DONE, f"Invited: {shown}.")


def _carry(work: Work) -> None:
    """The first letters on their way: most arrive, one is refused, and of one nobody knows."""
    outcomes = (
        Outcome(State.SENT), Outcome(State.REFUSED, "550 SAMPLE: there is no such mailbox"), Outcome(State.SENT),
        Outcome(State.UNKNOWN, "SAMPLE: the connection broke off behind the last line"),
    )  # fmt: skip
    for outcome in outcomes:
        if outgoing := letters.take(work):
            letters.settle(work, UUID(outgoing.reference), outcome)


def _members(work: Work, rules: Blueprint, room: Room) -> None:
    """A group of three: one has passed, one is invited, one is still to be invited."""
    going_live.adopt(
        work, rules, on=calendar.day_of(work.now), minute="SAMPLE minute 12", basis="SAMPLE report on training"
    )
    audience = groups.make(work, name="SAMPLE licensing committee", called="committee member", test=rules.test)
    rows = [groups.add(work, audience, name=f"SAMPLE {name}", email="") for name in MEMBERS]
    codes = [(row, groups.invite(work, audience, row)) for row in rows[:2]]
    row, code = codes[0]
    invitation = invitation_records.newest(work.session, row.person_id, rules.test)
    if invitation is not None:
        member = Driver(MEMBERS[0], row.reference, code, row.person_id, invitation.id)
        drivers.sit(replace(work, now=work.now + timedelta(hours=2)), member, room, right=19)


def _training(work: Work) -> UUID:
    """The next training session, with a list."""
    begins = calendar.start_of(calendar.day_of(work.now) + timedelta(days=26)) + timedelta(hours=10)
    plan = trainings.Plan(begins, "SAMPLE Town Hall, council chamber", "SAMPLE Police and partnership", 20)
    row = training.plan(work, plan)
    invited = select(Licence.person_id).where(Licence.number.in_([number for number, *_ in LISTED[4:10]]))
    training.invite(work, row.id, work.session.scalars(invited.order_by(Licence.number)))
    return row.id


def _tell(work: Work, house: House, training_id: UUID) -> None:
    places = {one.id for one in training_records.places(work.session, training_id)}
    telling.tell(work, house, training_id, places, seen=0)


def _remind(work: Work, house: House) -> None:
    """The reminders that are due, as every day; then one driver is rung, and nearly all letters go out."""
    standing.keep(work.session)
    for kind in posting.REMINDERS:
        reminding.remind(work, house, TEST, kind)
    for letter, _ in letter_records.listed(work.session, [State.PHONE], size=1):
        letters.rung(work, letter.id)
    while len(letter_records.listed(work.session, [State.WAITING])) > WAITING and (outgoing := letters.take(work)):
        letters.settle(work, UUID(outgoing.reference), Outcome(State.SENT))


def _report(work: Work, room: Room, house: House) -> None:
    """The internal report on the last quarter."""
    standing.keep(work.session)
    wanted = reporting.Wanted(
        TEST, monitoring.before(calendar.day_of(work.now + timedelta(hours=20))), Version.INTERNAL
    )
    reporting.issue(work, wanted, reporting.House(house.council, house.service), room.issuer.signer)
