"""The wiring: settings in, a Flask app out. No logic lives here."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random, SystemRandom
from types import TracebackType

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from quiz import steady
from quiz.keyring import keys, signing_keys
from quiz.records import database
from quiz.settings import Settings
from quiz.web import assets, errors, faults, guard, headers, layout, request
from quiz.web.driver import papers, result, sitting
from quiz.web.driver import sign_in as driver_sign_in
from quiz.web.editor import agreeing, listing, packing, question, rating, reviewing, suspending, writing
from quiz.web.ops import health
from quiz.web.parts import Parts
from quiz.web.public import brand, handbook, practice, start, verify
from quiz.web.staff import (
    account,
    action_plan,
    adjusting,
    attempts,
    attendance,
    audit,
    codes,
    contacts,
    deciding,
    details,
    drivers,
    elsewhere,
    evidence,
    exporting,
    go_live,
    group_codes,
    groups,
    importing,
    invigilating,
    inviting,
    letter_texts,
    letters,
    marking_again,
    record,
    reports,
    signals,
    sittings,
    staff_people,
    telling,
    training,
    unsafe,
    working,
)
from quiz.web.staff import sign_in as staff_sign_in
from quiz.web.staff import start as staff_start

PAGES = (
    start.pages,
    handbook.pages,
    practice.pages,
    brand.pages,
    verify.pages,
    driver_sign_in.pages,
    sitting.pages,
    result.pages,
    papers.pages,
    staff_sign_in.pages,
    account.pages,
    staff_start.pages,
    attempts.pages,
    drivers.pages,
    importing.pages,
    record.pages,
    details.pages,
    deciding.pages,
    adjusting.pages,
    unsafe.pages,
    marking_again.pages,
    elsewhere.pages,
    working.pages,
    evidence.pages,
    reports.pages,
    action_plan.pages,
    exporting.pages,
    codes.pages,
    letters.pages,
    inviting.pages,
    letter_texts.pages,
    signals.pages,
    sittings.pages,
    training.pages,
    telling.pages,
    attendance.pages,
    invigilating.pages,
    contacts.pages,
    staff_people.pages,
    go_live.pages,
    groups.pages,
    group_codes.pages,
    audit.pages,
    listing.pages,
    question.pages,
    writing.pages,
    reviewing.pages,
    agreeing.pages,
    packing.pages,
    suspending.pages,
    rating.pages,
    health.pages,
)
CHANCE = SystemRandom()
MEGABYTE = 1024 * 1024


class Service(Flask):
    """Flask, but a fault is written down our way."""

    def log_exception(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> None:
        """Flask's own words hold addresses and messages, and with them what people typed."""
        if exc_info[1] is not None:
            faults.log(exc_info[1])


def create_app(
    settings: Settings,
    engine: Engine | None = None,
    clock: Callable[[], datetime] | None = None,
    chance: Random = CHANCE,
) -> Flask:
    """The app for one instance. Engine, clock and chance are given by tests."""
    secret = keys(settings.instance)
    app = Service("quiz", static_folder=None, template_folder=None)
    app.config.update(_config(settings, secret.secret_key))
    signing = partial(signing_keys, settings.instance)
    signing()  # refuses to start without a key
    engine = engine or database.connect(settings.server.database_url)
    clock = clock or steady.of(settings.instance, engine)
    app.extensions["quiz"] = Parts(settings, engine, clock, chance, secret.pepper, guard.actor, signing)
    layout.init_app(app, settings)
    assets.init_app(app)
    if settings.server.trusted_proxies:
        hops = settings.server.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    for part in (faults, headers, errors):
        part.init_app(app)
    request.init_app(app)
    CSRFProtect(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    guard.init_app(app)
    return app


def _config(settings: Settings, secret_key: bytes) -> dict[str, object]:
    over_https = settings.service.over_https
    return {
        "SECRET_KEY": secret_key,
        # The prefix makes browsers refuse this cookie from any neighbour under the same domain.
        "SESSION_COOKIE_NAME": "__Host-quiz" if over_https else "quiz",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": over_https,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open during a test must still be taken
        "MAX_CONTENT_LENGTH": 4 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
    }
