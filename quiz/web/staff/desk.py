"""What the pages of staff share: who sits at the desk, refusals shown at their field, and results settled by a look."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import abort
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from quiz.domain import calendar
from quiz.domain.attempt import GRACE
from quiz.domain.errors import Refused
from quiz.records import attempts, audit
from quiz.records.sessions import SignedInStaff
from quiz.web import people, settling
from quiz.web.parts import parts
from quiz.web.request import give_up, now, open_reading, separately, session, work_in

PAGE = 50
SETTLED_AT_ONCE = 20


def me() -> SignedInStaff:
    """The member of staff; the guard has seen to it that there is one."""
    return people.staff() or abort(403)


@contextmanager
def refusals_at(form: FlaskForm, fields: Mapping[str, str]) -> Iterator[None]:
    """A refusal inside becomes an error of the field that stands for its code, and nothing is kept.

    The form is then shown again as it was typed. A refusal with another code goes on to its own page.
    """
    try:
        yield
    except Refused as refusal:
        name = fields.get(refusal.code)
        if name is None:
            raise
        give_up()
        form[name].errors = [*form[name].errors, refusal.message.rstrip(".")]


def note_reading(subject: str, event: str) -> None:
    """The note that somebody read a list of people to ring: one a day for each reader, however often and long."""
    with open_reading() as first:
        if _is_noted(first, subject, event):
            return
    with separately() as own:
        if not _is_noted(own, subject, event):
            work_in(own).record(event, subject)


def _is_noted(held: Session, subject: str, event: str) -> bool:
    since, actor = calendar.start_of(calendar.day_of(now())), parts().actor()
    return any(one.event == event and one.actor == actor and one.at >= since for one in audit.about(held, subject))


def settle_overdue() -> None:
    """Mark attempts that ran out of time, the oldest first. What is left over is shown as "time is up"."""
    for attempt_id in [one.id for one in attempts.overdue(session(), now() - GRACE, SETTLED_AT_ONCE)]:
        settling.settle(attempt_id)
