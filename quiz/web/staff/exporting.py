"""Results as files: exactly what the list shows as it is filtered. Short ones at once, long ones by the worker."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from quiz.actions import exporting, jobs, settling
from quiz.actions.exporting import CSV, KEPT_FOR, KIND, STRAIGHT, TYPES, XLSX, About
from quiz.domain import results
from quiz.domain.results import Wanted
from quiz.domain.roles import Permission
from quiz.formats import table
from quiz.records import database, filtered
from quiz.records.jobs import Job
from quiz.web import guard
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import now, session, work
from quiz.web.settling import issuer
from quiz.web.staff.attempts import asked
from quiz.web.staff.desk import me
from quiz.web.staff.result_form import address

pages = Blueprint("exporting", __name__, url_prefix="/staff")

PIECE = 64 * 1024


@pages.post("/attempts.csv")
@needs(Permission.EXPORT_RESULTS)
def as_csv() -> ResponseReturnValue:
    """One line a test."""
    return _file(CSV)


@pages.post("/attempts.xlsx")
@needs(Permission.EXPORT_RESULTS)
def as_xlsx() -> ResponseReturnValue:
    """The same, with a second sheet that says how it was filtered."""
    return _file(XLSX)


def _file(file: str) -> ResponseReturnValue:
    """Who took what is on the record. What ran out of time is marked first, all of it."""
    wanted = asked()
    settling.settle_all(work(), issuer())
    number = filtered.count(session(), wanted, STRAIGHT + 1)
    roles = ", ".join(sorted(me().roles))
    if number > STRAIGHT:
        return redirect(url_for("working.one", job_id=_ask(wanted, file, roles)), 303)
    work().record("results.exported", "results", file=file, rows=number, **results.as_facts(wanted))
    told = exporting.about(session(), wanted, parts().settings.council.name, roles, now())
    sent = _lines(parts().engine, told) if file == CSV else _workbook(parts().engine, told)
    return _attachment(sent, file, exporting.file_name(wanted, file))


def _ask(wanted: Wanted, file: str, roles: str) -> UUID:
    details = {"file": file, "filter": results.as_facts(wanted), "roles": roles}
    job = jobs.ask(work(), KIND, details)
    job.details = json.dumps(details | {"back": url_for("exporting.one", job_id=job.id)}, sort_keys=True)
    return job.id


# These run while the answer is being sent, after the request's own session has ended: each has one of its own.


def _lines(engine: Engine, told: About) -> Iterator[str]:
    with database.reading(engine) as reading:
        yield from table.csv_lines(exporting.HEADER, exporting.rows(reading, told))


def _workbook(engine: Engine, told: About) -> Iterator[bytes]:
    with database.reading(engine) as reading, TemporaryFile() as file:
        exporting.write(file, XLSX, reading, told)
        file.seek(0)
        yield from _pieces(file)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


@pages.get("/attempts/files/<uuid:job_id>")
@needs(Permission.EXPORT_RESULTS)
def one(job_id: UUID) -> ResponseReturnValue:
    """A file that was asked for: what it holds, and the way to fetch it."""
    job = _own(job_id)
    wanted = results.of_facts(job.given["filter"])
    return render_template(
        "staff/attempts/file.html",
        job=job,
        there=_path(job) is not None,
        file=job.given["file"].upper(),
        filters=exporting.filters(session(), wanted),
        address=address(wanted),
        kept=KEPT_FOR.days,
    )


@pages.post("/attempts/files/<uuid:job_id>")
@needs(Permission.EXPORT_RESULTS)
def fetch(job_id: UUID) -> ResponseReturnValue:
    """The file itself; that it was taken is on the record."""
    job = _own(job_id)
    path = _path(job) or abort(404)
    work().record("results.taken", f"job:{job.id}")
    return _attachment(_stored(path), job.given["file"], path.name)


def _own(job_id: UUID) -> Job:
    """A file is fetched by whoever asked for it and by nobody else."""
    found = session().get(Job, job_id)
    return found if found and found.kind == KIND and found.asked_by == guard.actor() else abort(404)


def _path(job: Job) -> Path | None:
    name = exporting.file_name(results.of_facts(job.given["filter"]), job.given["file"])
    path = jobs.folder(parts().settings.instance, job.id) / name
    return path if job.ended == "done" and path.is_file() else None


def _stored(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _pieces(file)


def _attachment(sent: Iterator[str] | Iterator[bytes], file: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sent, content_type=TYPES[file], headers=headers)
