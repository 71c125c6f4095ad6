"""Handing letters over to whoever carries them, one by one: at most once each, whatever happens meanwhile."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import coming_back, letters
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.commands.desk import Desk
from quiz.domain.posting import Carrier, Outage, Send
from quiz.outside.mail import MailServer
from quiz.outside.notify import Notify
from quiz.records import contacts, service
from quiz.records import letters as rows
from quiz.settings import Settings

AT_ONCE = 20  # letters over one connection
ACTOR = "service"
Given = TypeVar("Given")
log = logging.getLogger("quiz.worker")


def carrier_of(settings: Settings) -> Carrier | None:
    """Who takes our letters; nobody where the settings name none. Raises Outage where a secret cannot be read."""
    mail = settings.mail
    if mail.by == "smtp":
        password = _secret(settings, mail.password_file) if mail.username else ""
        return MailServer(
            mail.host, mail.port, mail.security, mail.from_address, settings.council.name, mail.username, password
        )
    if mail.by == "notify":
        return Notify(_secret(settings, mail.notify_key_file), mail.notify_template, mail.notify_url)
    return None


def house(settings: Settings, session: Session) -> House:
    """Who writes our letters, from the settings and the contacts in force."""
    facts = service.facts(session)
    numbers = contacts.load(session, facts.contacts_version).contacts
    support = next((one for one in numbers if one.key == settings.support.contact), None)
    return House(
        council=settings.council.name,
        service=settings.service.name,
        address=settings.service.base_url,
        support=f"{support.name}, {support.number}" if support else settings.council.name,
        domain=settings.letter_domain,
        mark=facts.mark,
        by_email=settings.mail.by != "none" and not facts.demo,
    )


def send_letters(at: Desk, clock: Callable[[], datetime], stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what waits, some letters at a time. Gives how many were handed over, whatever came of it."""
    with replace(at, now=clock()).reading() as session:
        if not rows.something_to_send(session, clock()) or service.facts(session).demo:
            return 0
    _work(at, clock, letters.nobody_knows)
    try:
        carrier = carrier_of(at.settings)
        if carrier is None:
            return 0
        with carrier.opened() as send:
            return _send_some(at, clock, send, stopping)
    except Outage as outage:
        log.warning("No letters can be sent at present")
        _work(at, clock, partial(letters.put_off, words=outage.words))
        return 0


def _send_some(at: Desk, clock: Callable[[], datetime], send: Send, stopping: Callable[[], bool]) -> int:
    count = 0
    while count < AT_ONCE and not stopping():
        outgoing = _work(at, clock, letters.take)
        if outgoing is None:
            break
        letter_id = UUID(outgoing.reference)
        # What is not an Outage is not caught: the letter stays taken up, and is unknown when its time is over.
        with _put_back(at, clock, letter_id):
            outcome = send(outgoing)
        _work(at, clock, partial(letters.settle, letter_id=letter_id, outcome=outcome))
        count += 1
    return count


def came_back(at: Desk) -> int:
    """Ask GOV.UK Notify which of our last letters it could not deliver; how many are told to staff anew.

    Other mail servers tell it to the sender's mailbox, which is not ours to read.
    """
    with at.reading() as session:
        ask = at.settings.mail.by == "notify" and coming_back.to_ask(session, at.now)
    try:
        carrier = carrier_of(at.settings) if ask else None
        found = carrier.came_back() if isinstance(carrier, Notify) else {}
    except Outage as outage:
        log.warning("What came back is not known: %s", outage.words)
        return 0
    if not found:
        return 0
    with replace(at, acting=ACTOR).work() as work:
        return coming_back.note(work, found)


@contextmanager
def _put_back(at: Desk, clock: Callable[[], datetime], letter_id: UUID) -> Iterator[None]:
    """An outage in the middle says that this letter was certainly not sent."""
    try:
        yield
    except Outage as outage:
        _work(at, clock, partial(letters.put_back, letter_id=letter_id, words=outage.words))
        raise


def _work(at: Desk, clock: Callable[[], datetime], do: Callable[[Work], Given]) -> Given:
    """A transaction of its own, in the name of the service."""
    with replace(at, now=clock(), acting=ACTOR).work() as work:
        return do(work)


def _secret(settings: Settings, name: str) -> str:
    try:
        return (settings.instance / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Outage(f"The file {name} of the settings cannot be read.") from None
