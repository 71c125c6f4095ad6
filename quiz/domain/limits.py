"""How long to wait after wrong codes or passwords: growing delays, never a lock-out."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address
from math import ceil

FREE_BY_NUMBER = 4
FREE_BY_ADDRESS = 20  # a whole office may share one address
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)
ALERT_FROM = 10
KEPT_FOR = timedelta(days=2)  # officers are told of the last day


def wait_after(failures: int, free: int) -> timedelta:
    """Nothing for the free tries, then 2, 4, 8 ... seconds, at most five minutes."""
    if failures <= free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free, 10)), LONGEST_WAIT)


def household(address: str) -> str:
    """What the addresses of one line have in common: of IPv6 everybody has more than could ever be counted singly."""
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def still_counts(last_at: datetime, now: datetime) -> bool:
    """Wrong tries are forgotten after an hour without one."""
    return now - last_at < FORGOTTEN_AFTER


def seconds_left(until: datetime | None, now: datetime) -> int:
    """Whole seconds to wait, rounded up; 0 when there is no wait."""
    return ceil((until - now).total_seconds()) if until else 0
