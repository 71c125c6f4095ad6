"""The clock of the service: one for all processes of a boot, in a file of the instance folder."""

import logging
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from quiz.domain import steadiness
from quiz.domain.steadiness import Anchor

FILE = "clock.json"
NEVER = -2  # the age of a file that was not read
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
log = logging.getLogger("quiz.clock")


@dataclass(frozen=True)
class Machine:
    """Where time comes from: which boot this is, seconds since it, the machine's clock, and whoever is believed."""

    boot: str
    seconds: Callable[[], float]
    local: Callable[[], datetime]
    true: Callable[[], datetime]


class SteadyClock:
    """Gives the time, in UTC. What anybody does to the machine's clock meanwhile is told in the log, and no more."""

    def __init__(self, file: Path, machine: Machine) -> None:
        self.file, self.machine = file, machine
        self._anchor: Anchor | None = None
        self._read_at = NEVER
        self._told = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        anchor, seconds = self._held(), self.machine.seconds()
        found = steadiness.step(anchor, seconds, self.machine.local())
        if steadiness.is_news(found, self._told):
            self._told = found
            log.warning("The machine's clock was moved by %+.0f s. Tests go on by elapsed time.", found.total_seconds())
        return steadiness.now(anchor, seconds)

    def renew(self) -> None:
        """Believe the machine's clock, or the database's, from now on: for when nobody sits a test."""
        fresh = self._write(self._made())
        fresh.replace(self.file)
        self._read_at = NEVER

    @property
    def moved(self) -> bool:
        """Whether whoever is believed tells another time by now."""
        return steadiness.is_news(self.machine.true() - self(), timedelta())

    def _held(self) -> Anchor:
        """The anchor that all processes share. A file that another process has replaced is read again."""
        written = self._written()
        if self._anchor is None or written != self._read_at:
            read = self._read()
            self._read_at = written if read else NEVER
            found = read or self._first()
            if self._anchor is not None and found != self._anchor:
                self._told = timedelta()
            self._anchor = found
        return self._anchor

    def _read(self) -> Anchor | None:
        try:
            return steadiness.read(self.file.read_text("utf-8"), self.machine.boot)
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def _written(self) -> int:
        try:
            return os.stat(self.file).st_mtime_ns
        except FileNotFoundError:
            return -1

    def _first(self) -> Anchor:
        """An anchor for this boot; whoever comes first makes it for all. A file that was lost is written again."""
        own = self._anchor or self._made()
        fresh = self._write(own)
        try:
            if self._written() >= 0:  # of an earlier boot, or damaged
                fresh.replace(self.file)
            else:
                os.link(fresh, self.file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        return self._read() or own

    def _made(self) -> Anchor:
        machine = self.machine
        return Anchor(machine.boot, machine.seconds(), machine.true(), machine.local())

    def _write(self, anchor: Anchor) -> Path:
        fresh = self.file.with_name(f".{FILE}.{secrets.token_hex(4)}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(steadiness.write(anchor))
        return fresh


def of(instance: Path, engine: Engine) -> SteadyClock:
    """The clock of an instance. Where PostgreSQL keeps it, its clock is believed, for several machines may serve."""
    true = _local if engine.dialect.name == "sqlite" else lambda: _of_database(engine)
    return SteadyClock(instance / FILE, Machine(_boot(), _seconds, _local, true))


def _boot() -> str:
    """Which boot this is; "" where no such thing is told."""
    return BOOT_ID.read_text("ascii").strip() if BOOT_ID.is_file() else ""


def _seconds() -> float:
    """Since the boot, sleep counted. Where processes share no such clock, the machine's own has to do."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if BOOT_ID.is_file() else time.time()


def _local() -> datetime:
    return datetime.now(UTC)


def _of_database(engine: Engine) -> datetime:
    with engine.connect() as connection:
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return found.astimezone(UTC)
