"""Sample people, so that everything can be tried. What they did comes about by the same actions as the real thing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from quiz.actions import demo_drivers as drivers
from quiz.actions import demo_office as office
from quiz.actions import demo_quarter as quarter
from quiz.actions import installing, staff, supervising
from quiz.actions.bank import Folder
from quiz.actions.demo_drivers import A_QUESTION, Deed, Driver, Room
from quiz.actions.demo_quarter import Desk
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.domain import calendar
from quiz.domain.blueprint import TEST, Blueprint
from quiz.domain.licence import Kind
from quiz.domain.roles import Role
from quiz.domain.sittings import Identity, Plan, Where

MEMBERS = "members-and-officers"  # the test of the sample group
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


# Drivers of the last days: when they were added, and who.
ADDED = (
    (14, ("Robin Hughes", "SAMPLE6", Kind.DUAL)), (14, ("Jo Bennett", "SAMPLE4", Kind.PRIVATE_HIRE)),
    (14, ("Val Hurst", "SAMPLE41", Kind.PRIVATE_HIRE)), (14, ("Nic Doyle", "SAMPLE42", Kind.HACKNEY)),
    (1, ("Chris Walker", "SAMPLE5", Kind.HACKNEY)), (1, ("Sam Taylor", "SAMPLE3", Kind.PRIVATE_HIRE)),
    (1, ("Kim Foster", "SAMPLE2", Kind.APPLICATION)), (1, ("Alex Morgan", "SAMPLE1", Kind.PRIVATE_HIRE)),
)  # fmt: skip
ENDS_SOON = ("Bo Lindon", "SAMPLE43", Kind.PRIVATE_HIRE)
IN_A_ROOM = (("Ali Carter", "SAMPLE7"), ("Pat Ellis", "SAMPLE8"), ("Lou Price", "SAMPLE9"), ("Max Reid", "SAMPLE10"))
# Tests of the last days: how long ago, whose, and how many right answers.
SAT = (
    (timedelta(days=13, hours=1), "SAMPLE41", 9), (timedelta(days=11, hours=1), "SAMPLE41", 11),
    (timedelta(days=9), "SAMPLE6", 14), (timedelta(days=8), "SAMPLE4", 11), (timedelta(days=6), "SAMPLE42", 12),
    (timedelta(days=5), "SAMPLE43", 10), (timedelta(days=3), "SAMPLE41", 13), (timedelta(days=2), "SAMPLE6", 18),
    (timedelta(hours=27), "SAMPLE43", 14), (timedelta(minutes=90), "SAMPLE4", 12),
)  # fmt: skip


def install(
    work: Work, folder: Folder, room: Room, house: Callable[[Work], House], instance: Path
) -> tuple[list[SignIn], list[SignIn]]:
    """Fill an empty database with the bank and with sample people: the staff's sign-ins, and the drivers'.

    The times are made up, in the order of the log, and end with `work.now`. `house` says who writes letters, once there
    is a service; `instance` is the folder in which uploaded lists lie.
    """
    opened = replace(work, now=quarter.opened(work.now))
    installing.install(opened, folder, demo=True)
    members, keys = _staff(opened)
    desk = Desk(*(keys[role] for role in (Role.OFFICER, Role.LEAD, Role.INVIGILATOR, Role.EDITOR)))
    quarter.play(opened, room, desk)
    kept: dict[str, Driver] = {}
    words: list[str] = []
    deeds = [*_deeds(room, kept, words), *office.deeds(room, desk, _of_members(folder), house, instance)]
    for before, do in sorted(deeds, key=lambda deed: deed[0], reverse=True):
        do(replace(work, now=work.now - before))
    return members, list(_told(kept, words[0]))


def _of_members(folder: Folder) -> Blueprint:
    return next(one for one in folder.tests if one.test == MEMBERS)


def _staff(work: Work) -> tuple[list[SignIn], dict[Role, str]]:
    """Their sign-ins, and for each role the key of one of them."""
    shown: list[SignIn] = []
    keys: dict[Role, str] = {}
    for name, email, role in STAFF:
        password = staff.new_password(work)
        row = staff.add(work, email=email, name=name, roles=[role], password=password)
        row.must_change_password = False  # it is shown each time the demonstration is started
        shown.append(SignIn(name, role, email, password))
        keys.setdefault(role, f"staff:{row.id}")
    return shown, keys


def _deeds(room: Room, kept: dict[str, Driver], words: list[str]) -> Iterator[Deed]:
    """What drivers did in the last two weeks. Who was added stands in `kept` by number, the start word in `words`."""

    def added(work: Work, name: str, number: str, kind: Kind, ends: date | None = None) -> None:
        kept[number] = drivers.add(work, name, number, kind, ends=ends)

    def sat(work: Work, number: str, **how: int) -> None:
        drivers.sit(work, kept[number], room, start_word=words[0] if words else "", **how)

    for days, (name, number, kind) in ADDED:
        yield timedelta(days=days), partial(added, name=name, number=number, kind=kind)
    yield timedelta(days=13), lambda work: added(work, *ENDS_SOON, ends=calendar.day_of(work.now) + timedelta(days=16))
    for before, number, right in SAT:
        yield before, partial(sat, number=number, right=right)
    yield timedelta(minutes=60), lambda work: sat(work, "SAMPLE5", right=18, unsafe=1)
    yield timedelta(minutes=34, seconds=50), lambda work: words.append(_session(work, room, kept))
    yield 8 * A_QUESTION, lambda work: sat(work, "SAMPLE3", right=20, answers=7)
    yield 6 * A_QUESTION, lambda work: sat(work, "SAMPLE9", right=20, answers=5)


def _session(work: Work, room: Room, kept: dict[str, Driver]) -> str:
    """A test session today: one driver is let in, one has not come yet, one is to begin, one passes; its start word."""
    opened = supervising.open_sitting(work, TEST, Plan(Where.PLACE, "SAMPLE Town Hall, room 2", work.now))
    for name, number in IN_A_ROOM:
        kept[number] = drivers.add(work, name, number, supervised=True)
        seat = supervising.add(work, opened.id, kept[number].person_id)
        if number != "SAMPLE8":
            supervising.let_in(work, opened.id, seat.id, Identity.BADGE)
    drivers.sit(work, kept["SAMPLE10"], room, right=17, start_word=opened.start_word)
    return opened.start_word


def _told(kept: dict[str, Driver], word: str) -> Iterator[SignIn]:
    for number, about in (
        ("SAMPLE1", "renewing, has not started"),
        ("SAMPLE2", "applying for a first licence, has not started"),
        ("SAMPLE3", "in the middle of the test"),
        ("SAMPLE4", "did not pass twice, waits for the last try"),
        ("SAMPLE5", "did not pass because of an unsafe answer"),
        ("SAMPLE7", f"in today’s test session, let in; start word: {word}"),
        ("SAMPLE8", f"in today’s test session, not let in yet; start word: {word}"),
        ("SAMPLE6", "passed at the second try, has certificate and contact card"),
    ):
        yield SignIn(kept[number].name, about, number, kept[number].code)
