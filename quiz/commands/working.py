"""The worker: takes up long work, one piece after the other, and says how far it is."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import FrameType

from quiz.actions import jobs as actions
from quiz.actions.work import Work
from quiz.commands import posting
from quiz.commands.desk import Desk
from quiz.domain.errors import Refused
from quiz.domain.jobs import TRIES, Ending
from quiz.records import jobs
from quiz.records.jobs import Job

PAUSE = 1.0  # seconds between two looks, when there is nothing to do
FAULT = "Something went wrong in this service. Nothing is half done. Tell whoever looks after it, and try again."
log = logging.getLogger("quiz.worker")


class Interrupted(Exception):
    """The worker was told to stop, or another one holds this work by now."""


@dataclass(frozen=True)
class Run:
    """One piece of work while it is done. What it writes is written for whoever asked for it."""

    at: Desk
    clock: Callable[[], datetime]
    job: Job
    stopping: Callable[[], bool]

    @property
    def folder(self) -> Path:
        """For files of this work."""
        path = actions.folder(self.at.instance, self.job.id)
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction, in the name of whoever asked, at the time that it is now. Raises Interrupted."""
        with self.own() as work:
            if not jobs.is_held(work.session, self.job):
                raise Interrupted
            yield work

    @contextmanager
    def own(self) -> Iterator[Work]:
        """The same about this piece of work itself, whoever holds it."""
        with replace(self.at, now=self.clock(), acting=self.job.asked_by).work() as work:
            yield work

    def progress(self, done: int, total: int | None = None, stage: str | None = None) -> None:
        """Say how far it is, in a short transaction; to be called at least once in a minute. Raises Interrupted."""
        known: dict[str, int | str] = {"done": done}
        known |= {} if total is None else {"total": total}
        known |= {} if stage is None else {"stage": stage}
        with self.own() as work:
            held = jobs.keep(work.session, self.job, work.now, **known)
        if not held or self.stopping():
            raise Interrupted


# Gives a sentence for the reader. A piece of work may be begun again from the start after a crash, so it must do no
# harm when part of it was done before. Which function does which kind is told in commands/handlers.py.
Handler = Callable[[Run], str]


def run_next(at: Desk, clock: Callable[[], datetime], stopping: Callable[[], bool] = lambda: False, *,
             handlers: Mapping[str, Handler]) -> Job | None:  # fmt: skip
    """Do the oldest waiting work. Gives it as it was when it was taken up; None where there is none."""
    with replace(at, now=clock()).work() as work:
        found = jobs.claim(work.session, work.now)
        if found is not None:
            work.session.expunge(found)
    if found is not None:
        _do(Run(at, clock, found, stopping), handlers)
    return found


def _do(run: Run, handlers: Mapping[str, Handler]) -> None:
    try:
        ending, words = _outcome(run, handlers)
    except Interrupted:
        with run.own() as work:
            jobs.let_go(work.session, run.job)
        return
    with run.own() as work:
        if jobs.end(work.session, run.job, work.now, ending, words):
            work.record("work.ended", f"job:{run.job.id}", kind=run.job.kind, how=ending.value)


def _outcome(run: Run, handlers: Mapping[str, Handler]) -> tuple[Ending, str]:
    if run.job.tries > TRIES:
        return Ending.FAILED, FAULT
    try:
        return Ending.DONE, handlers[run.job.kind](run)
    except Interrupted:
        raise
    except Refused as refusal:
        return Ending.REFUSED, refusal.message
    except Exception as fault:
        # Only the kind of fault: its message may hold what people typed.
        log.error("Work of the kind %s failed: %s", run.job.kind, type(fault).__name__)
        return Ending.FAILED, FAULT


class Bell:
    """Rings once the process is told to stop, or its parent has gone."""

    def __init__(self, parent: int | None) -> None:
        self.rung, self.parent = False, parent
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ring)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        self.rung = True

    def __call__(self) -> bool:
        return self.rung or (self.parent is not None and os.getppid() != self.parent)


def loop(at: Desk, clock: Callable[[], datetime], stopping: Callable[[], bool], once: bool,
         handlers: Mapping[str, Handler]) -> int:  # fmt: skip
    """Work and send letters until told to stop, or (`once`) until nothing waits. Gives how much work was done."""
    count = 0
    while not stopping():
        done = run_next(at, clock, stopping, handlers=handlers) is not None
        count += done
        if not _sent(at, clock, stopping) and not done:
            if once:
                break
            time.sleep(PAUSE)
    return count


def _sent(at: Desk, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Letters that were handed over. A fault there must not keep other work from being done."""
    try:
        return posting.send_letters(at, clock, stopping)
    except Exception as fault:
        log.error("Sending letters failed: %s", type(fault).__name__)
        return 0
