"""quiz serve and quiz tick: the service itself, and what is done for it from time to time."""

from dataclasses import replace

import click

from quiz import serving, steady
from quiz.actions import sitting
from quiz.actions.certificates import Issuer
from quiz.commands import desk
from quiz.commands.desk import Desk
from quiz.domain.attempt import GRACE
from quiz.domain.contacts import ContactSet
from quiz.domain.errors import Refused
from quiz.keyring import signing_keys
from quiz.records import attempts, contacts, service
from quiz.setting_rules import LOOPBACK
from quiz.settings import Settings

PORTS = click.IntRange(1, 65535)


@click.command()
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=PORTS, help="Where to answer.")
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address of this machine.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="How many processes answer.")
@click.option("--access-log", metavar="FILE", help="Write a line for each request, without personal data (-: stdout).")
def serve(port: int, host: str, workers: int, access_log: str | None) -> None:
    """Serve the pages, until Ctrl-C or a signal.

    In front of it stands a proxy that does TLS: see the README of the instance folder. A demonstration is served
    to this computer only. A database of an older or a newer schema is refused.
    """
    with desk.at_desk() as at, at.reading() as session:
        _keep_time(at)
        facts = service.facts(session)
        _must_have_support(at.settings, contacts.load(session, facts.contacts_version))
    settings = _of_demo(at.settings, host, port) if facts.demo else at.settings
    with desk.in_company(at.instance):
        serving.serve(settings, host, port, workers, access_log, lambda: say_where(settings, facts.mark, host, port))


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
    """Finish what is out of time: for a timer, every few minutes.

    Tests whose time ran out are marked with what was saved. Pages do the same when somebody looks, so nothing
    depends on this command; to run it often, twice or never does no harm. If the machine's clock was moved, it counts
    again once nobody sits a test.
    """
    with desk.at_desk() as at:
        click.echo(f"Tests finished because their time was up: {_settle(at)}.")
        _keep_time(at)


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


def _settle(at: Desk) -> int:
    issuer = Issuer(at.settings.council.name, at.settings.service.base_url, signing_keys(at.instance).signer)
    with at.reading() as session:
        overdue = [attempt.id for attempt in attempts.overdue(session, at.now - GRACE)]
    for attempt_id in overdue:
        with at.work() as work:
            sitting.settle(work, attempt_id, issuer)
    return len(overdue)
