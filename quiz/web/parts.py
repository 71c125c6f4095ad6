"""What the pages are given when the app is made. Nothing else hangs on the app."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from flask import current_app
from sqlalchemy import Engine

from quiz.keyring import Signing
from quiz.settings import Settings


@dataclass(frozen=True)
class Parts:
    """The settings, the database, the clock, the source of chance and the instance's secret for digests (bytes).

    `actor` answers who is acting in the present request, as an opaque key; `signing` reads the keys that sign,
    anew each time, so that a key that was given up counts no more from that moment.
    """

    settings: Settings
    engine: Engine
    clock: Callable[[], datetime]
    chance: Random
    pepper: bytes
    actor: Callable[[], str]
    signing: Callable[[], Signing]


def parts() -> Parts:
    """The parts of the running app."""
    held: Parts = current_app.extensions["quiz"]
    return held
