"""Time that goes on evenly, whatever anybody does to the machine's clock.

An anchor holds the true time at one moment of a boot; from there the seconds since the boot are counted, which nobody
can set. So a clock that is put back gives no driver more time, and one that is put forward ends no test.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

NOTICED = timedelta(seconds=2)  # smaller steps are what keeping a clock right looks like


@dataclass(frozen=True, slots=True)
class Anchor:
    """At `seconds` since that boot the true time was `wall`, and the machine's own clock said `local` (both aware)."""

    boot: str
    seconds: float
    wall: datetime
    local: datetime


def now(anchor: Anchor, seconds: float) -> datetime:
    """The time so many seconds after the boot."""
    return anchor.wall + timedelta(seconds=seconds - anchor.seconds)


def step(anchor: Anchor, seconds: float, local: datetime) -> timedelta:
    """How far the machine's clock was moved since the anchor: forward is positive."""
    return (local - anchor.local) - timedelta(seconds=seconds - anchor.seconds)


def is_news(found: timedelta, told: timedelta) -> bool:
    """Whether a step is another one than that which was told of last."""
    return abs(found - told) > NOTICED


def write(anchor: Anchor) -> str:
    """As text."""
    return json.dumps(asdict(anchor), default=datetime.isoformat)


def read(text: str, boot: str) -> Anchor | None:
    """The anchor of that boot; None for one of another boot, and for what is damaged."""
    try:
        kept = json.loads(text)
        wall, local = (datetime.fromisoformat(kept[name]) for name in ("wall", "local"))
        found = Anchor(str(kept["boot"]), float(kept["seconds"]), wall, local)
    except (ValueError, KeyError, TypeError):
        return None
    return found if found.boot == boot and wall.tzinfo and local.tzinfo else None
