"""Where staff arrive: what is to be done today, each with its list, a search, and the latest tests."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from quiz.actions import going_live
from quiz.domain import calendar
from quiz.domain.blueprint import TEST
from quiz.domain.posting import State
from quiz.domain.roles import Permission
from quiz.domain.standing import DUE, NEXT, WORDS, Status
from quiz.records import bank, counting, holders, letters, limits, results, sittings, unsafe
from quiz.web import service
from quiz.web.guard import may, needs
from quiz.web.parts import parts
from quiz.web.request import now, session
from quiz.web.staff import attempts
from quiz.web.staff.forms import FindForm

pages = Blueprint("staff", __name__, url_prefix="/staff")

LATEST = 5
ALERTS_FOR = timedelta(hours=24)
# Behind what is due, in the order in which an officer would take them on a Monday.
FOLLOW_UP = (Status.LAPSING, Status.OUT_OF_TRIES, Status.MAY_RETRY, Status.INVITED)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the day: how many of what, what is done about it, and the list behind the number."""

    number: int
    words: str
    next: str
    address: str

    @property
    def shown(self) -> str:
        """A number that stops counting somewhere says so."""
        return f"{holders.COUNTED:,}+" if self.number > holders.COUNTED else f"{self.number:,}"


@pages.get("")
@needs(Permission.OWN_ACCOUNT)
def start() -> ResponseReturnValue:
    """Everybody sees what they may act on."""
    finds, sees = may(Permission.FIND_DRIVERS), may(Permission.SEE_ATTEMPTS)
    tasks = [*_of_drivers(), *_of_letters(), *_counted(), *_of_the_service()]
    return render_template(
        "staff/start.html",
        alerts=limits.alerts(session(), now() - ALERTS_FOR) if finds else [],
        latest=attempts.rows(results.newest(session(), size=LATEST)) if sees else None,
        find=FindForm() if finds else None,
        tasks=[one for one in tasks if one.number],
        nothing=[one for one in tasks if not one.number],
        today=calendar.day_of(now()),
        no_reminders=finds and not parts().settings.reminders.on,
    )


def _of_drivers() -> list[Task]:
    if not may(Permission.FIND_DRIVERS):
        return []
    found = holders.counts(session(), (*DUE, *FOLLOW_UP), calendar.day_of(now()))
    return [Task(found[one], WORDS[one], NEXT[one], url_for("drivers.listed", status=str(one))) for one in found]


def _of_letters() -> list[Task]:
    """What needs somebody; letters that wait go by themselves, but the number tells of a mail server that is away."""
    if not may(Permission.FIND_DRIVERS):
        return []
    found = letters.counts(session())
    return [
        Task(number, words, next_, url_for("letters.outbox", state=str(state)))
        for state, number, words, next_ in (
            (State.UNKNOWN, found.unknown, "Letters of which nobody knows whether they were sent", "Ring and ask"),
            (State.REFUSED, found.refused, "Letters that were refused", "Correct the address, or ring"),
            (State.PHONE, found.phone, "Drivers to be told by telephone", "Ring each one"),
            (State.PAPER, found.paper, "Letters to be printed", "Print them"),
            (State.WAITING, found.waiting, "Letters waiting to be sent", "Nothing, unless they wait for long"),
        )
    ]


def _counted() -> list[Task]:
    """What is counted alike: one statement for all that this person may act on."""
    today = calendar.day_of(now())
    found: list[tuple[Select[UUID], str, str, str]] = []
    if may(Permission.READ_UNSAFE):
        words = "Results with an unsafe answer to read"
        found.append((unsafe.waiting(), words, "Read them within five working days", url_for("unsafe.waiting")))
    if may(Permission.SUPERVISE):
        day = sittings.between(calendar.start_of(today), calendar.end_of(today))
        found.append((day, "Test sessions today", "Open the session", url_for("sittings.listed")))
    if may(Permission.SEE_QUESTIONS):
        late, address = bank.past_review(TEST, today), url_for("editor_list.questions", status="overdue")
        found.append((late, "Questions past their review date", "Check each against its source", address))
    numbers = counting.numbers(session(), [query for query, *_ in found])
    return [Task(number, *told) for number, (_, *told) in zip(numbers, found, strict=True)]


def _of_the_service() -> list[Task]:
    found, today = [], calendar.day_of(now())
    if may(Permission.EDIT_CONTACTS):
        stale = service.contacts().stale(today)
        words = "Contacts that nobody has checked for six months"
        found.append(
            Task(len(stale), words, "Ring each number and confirm it", url_for("contacts.everything", late="y"))
        )
    if missing := _missing():
        found.append(Task(missing, "Missing for going live", "See what is missing", url_for("go_live.readiness")))
    return found


def _missing() -> int:
    """How many lines of the go-live list are open; none for a demo, a live service, or whoever may not see it."""
    facts = service.facts()
    if facts.demo or facts.live or not may(Permission.SEE_READINESS):
        return 0
    items = going_live.checklist(session(), TEST, facts, service.contacts(), parts().settings.privacy.missing)
    return sum(not item.done for item in items)
