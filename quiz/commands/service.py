"""quiz serve, worker and tick: the service itself, long work, and what is done for it from time to time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from quiz import serving, steady
from quiz.actions import forgetting, reminding, scans, sitting
from quiz.actions.certificates import Issuer
from quiz.commands import desk, importing, posting, results_file, working
from quiz.commands.desk import Desk
from quiz.commands.handlers import HANDLERS
from quiz.domain.attempt import GRACE
from quiz.domain.blueprint import TEST
from quiz.domain.contacts import ContactSet
from quiz.domain.errors import Refused
from quiz.domain.posting import REMINDERS
from quiz.keyring import signing_keys
from quiz.records import attempts, contacts, database, limits, service
from quiz.setting_rules import LOOPBACK
from quiz.settings import Settings

PORTS = click.IntRange(1, 65535)


@click.command()
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=PORTS, help="Where to answer.")
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address of this machine.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="How many processes answer.")
@click.option("--access-log", metavar="FILE", help="Write a line for each request, without personal data (-: stdout).")
@click.option("--worker", is_flag=True, help="Also start a “quiz worker”, which ends when this command ends.")
def serve(port: int, host: str, workers: int, access_log: str | None, worker: bool) -> None:
    """Serve the pages, until Ctrl-C or a signal.

    In front of it stands a proxy that does TLS: see the README of the instance folder. A demonstration is served
    to this computer only. A database of an older or a newer schema is refused.
    """
    with desk.at_desk() as at, at.reading() as session:
        _keep_time(at)
        facts = service.facts(session)
        _must_have_support(at.settings, contacts.load(session, facts.contacts_version))
    settings = _of_demo(at.settings, host, port) if facts.demo else at.settings
    with desk.in_company(at.instance), _helped(worker):
        serving.serve(settings, host, port, workers, access_log, lambda: say_where(settings, facts.mark, host, port))


@contextmanager
def _helped(wanted: bool) -> Iterator[None]:
    """A worker beside the service, for as long as that runs."""
    if not wanted:
        yield
        return
    with subprocess.Popen([sys.argv[0], "worker", f"--with-parent={os.getpid()}"]) as process:  # noqa: S603 (our own name)
        try:
            yield
        finally:
            process.terminate()


@click.command()
@click.option("--once", is_flag=True, help="End when nothing waits any more.")
@click.option("--with-parent", type=int, hidden=True, help="The process that started it: end when that ends.")
def worker(once: bool, with_parent: int | None) -> None:
    """Do the long work that staff ask for on the pages, one piece after the other, until told to stop.

    Several may run. One that is stopped or killed leaves its work to the next.
    """
    stopping = working.Bell(with_parent)
    with desk.at_desk() as at, desk.in_company(at.instance):
        done = working.loop(at, steady.of(at.instance, at.engine), stopping, once, HANDLERS)
    if once:
        click.echo(f"Pieces of work done: {done}.")


def _must_have_support(settings: Settings, numbers: ContactSet) -> None:
    """Without that contact, every sentence that says whom to ring would be left out in silence."""
    keys, wanted = [one.key for one in numbers.contacts], settings.support.contact
    if wanted not in keys:
        raise Refused(
            "support-contact", f"[support] contact = “{wanted}” is not allowed. Allowed: one of {', '.join(keys)}."
        )


def _of_demo(settings: Settings, host: str, port: int) -> Settings:
    """Its addresses follow the port, since nobody else knows it by another one."""
    if host not in LOOPBACK:
        raise Refused("demo", "This is a demonstration with made-up people: it is served to this computer only.")
    return replace(settings, service=replace(settings.service, base_url=f"http://127.0.0.1:{port}"))


def say_where(settings: Settings, mark: str, host: str, port: int) -> None:
    """Told once it answers."""
    kind = {"SAMPLE": "the demonstration", "PILOT": "a pilot"}.get(mark, "the live service")
    click.echo(f"Serving {kind} at http://{host}:{port} (for browsers: {settings.service.base_url}). Ctrl-C stops it.")
    if settings.service.over_https and not settings.server.trusted_proxies:
        click.echo(
            "base_url begins with https:, but [server] trusted_proxies is 0: every driver would seem to come from the "
            "proxy, and wrong tries of one would slow down all. Set it to the number of your proxies.",
            err=True,
        )


@click.command()
def tick() -> None:
    """Finish what is out of time and write reminders: for a timer, every few minutes.

    Tests whose time ran out are marked with what was saved. Pages do the same when somebody looks, so no test depends
    on this command; to run it often or twice does no harm. Drivers whose licence ends in 90, 30 or 7 days, without a
    pass for the time after it, are reminded once each time, unless the settings switch reminders off.
    GOV.UK Notify, where it sends our letters, is asked which it could not deliver. Access codes of letters that nobody
    printed or sent go after 30 days, files of results after seven days, lists of licence holders after thirty, the file
    of a scan that was not kept after all after a day, and counts of wrong tries after two. If the machine's clock was
    moved, it counts again once nobody sits a test.
    """
    with desk.at_desk() as at:
        click.echo(f"Tests finished because their time was up: {_settle(at)}.")
        if cleared := importing.tidy(at):
            click.echo(f"Lists of licence holders forgotten because they were old: {cleared}.")
        if erased := results_file.erase(at):
            click.echo(f"Files of results erased because they were old: {erased}.")
        if swept := _sweep(at):
            click.echo(f"Files of scans erased because nothing was kept of them: {swept}.")
        if written := _remind(at):
            click.echo(f"Reminders written because a licence or a pass ends soon: {written}.")
        if forgotten := _forget(at):
            click.echo(f"Letters ended because nobody printed or sent them and their access code was old: {forgotten}.")
        with at.work() as work:
            limits.erase_old(work.session, at.now)
        _keep_time(at)
        database.count_up(at.engine)
        if returned := posting.came_back(at):
            click.echo(f"Letters that GOV.UK Notify could not deliver: {returned}.")


def _keep_time(at: Desk) -> None:
    """A clock that was moved is believed again as soon as nobody sits a test; until then elapsed time counts."""
    clock = steady.of(at.instance, at.engine)
    with at.reading() as session:
        sitting_now = attempts.any_open(session)  # one that is out of time would be open again
    if clock.moved and not sitting_now:
        clock.renew()
        with at.work() as work:
            work.record("clock.renewed", "service")
        click.echo("The machine's clock was moved. Nobody sits a test, so it counts again.")


def _remind(at: Desk) -> int:
    """In small transactions, so that nobody who sits a test waits for them; none where the settings switch them off."""
    if not at.settings.reminders.on:
        return 0
    with at.reading() as session:
        house = posting.house(at.settings, session)
    count = 0
    for kind in REMINDERS:
        while True:
            with at.work() as work:
                written = reminding.remind(work, house, TEST, kind)
            count += written
            if not written:
                break
    written = 1
    while written:
        with at.work() as work:
            written = reminding.remind_members(work, house)
        count += written
    return count


def _sweep(at: Desk) -> int:
    with at.reading() as session:
        left = scans.left_over(session, at.instance, at.now)
    if left:
        with at.work() as work:
            scans.sweep(work, left)
    return len(left)


def _forget(at: Desk) -> int:
    count = 0
    while True:
        with at.work() as work:
            ended = forgetting.some(work)
        count += ended
        if not ended:
            return count


def _settle(at: Desk) -> int:
    issuer = Issuer(at.settings.council.name, at.settings.service.base_url, signing_keys(at.instance).signer)
    with at.reading() as session:
        overdue = [attempt.id for attempt in attempts.overdue(session, at.now - GRACE)]
    for attempt_id in overdue:
        with at.work() as work:
            sitting.settle(work, attempt_id, issuer)
    return len(overdue)
