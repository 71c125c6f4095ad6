"""Asking for long work. It is written down in the transaction of whoever asks, and done by `quiz worker`."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from quiz.actions.work import Work
from quiz.domain.errors import Refused
from quiz.records import jobs
from quiz.records.base import new_id
from quiz.records.jobs import Job

MOST_WAITING = 20  # of one person: they are done one after the other, and colleagues wait behind them
FOLDER = "work"  # of the instance: one folder for each piece of work that makes files


def folder(instance: Path, job_id: UUID) -> Path:
    """Where the files of a piece of work lie."""
    return instance / FOLDER / str(job_id)


def ask(work: Work, kind: str, details: dict[str, Any] | None = None, total: int = 0) -> Job:
    """Ask for work of that kind. `details` is what JSON can hold, opaque keys and no personal data.

    `details["back"]` is the address to which its page leads when it is over; `details["title"]` what it is called.
    """
    if jobs.waiting(work.session, work.actor) >= MOST_WAITING:
        raise Refused(
            "work-much",
            f"You have asked for {MOST_WAITING} pieces of long work that are not done yet. Nothing was added. "
            "Wait until one of them is finished.",
        )
    text = json.dumps(details or {}, sort_keys=True)
    job = Job(id=new_id(), kind=kind, details=text, asked_by=work.actor, asked_at=work.now, total=total)
    work.session.add(job)
    work.session.flush()
    work.record("work.asked-for", f"job:{job.id}", kind=kind)
    return job
