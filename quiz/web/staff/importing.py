"""Lists of licence holders: uploaded, matched, looked through, decided about, brought in or discarded."""

from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from quiz.actions import importing, jobs
from quiz.domain import calendar
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.importing import CATEGORY_WORDS, KEPT_FOR, Category, Question, said
from quiz.domain.roles import Permission
from quiz.formats import table
from quiz.formats.holders_file import LARGEST
from quiz.records import database, import_apply, imports, people
from quiz.records.imports import ImportFile
from quiz.records.jobs import Job
from quiz.web import guard
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, session, takes, work
from quiz.web.staff.desk import PAGE
from quiz.web.staff.import_form import ApplyForm, UploadForm, columns_form, shown

pages = Blueprint("importing", __name__, url_prefix="/staff/drivers/imports")

AROUND = 1024 * 1024  # what a form sends besides the file
AT_ONCE = 20  # rows that are decided on one page


@pages.get("")
@needs(Permission.IMPORT_DRIVERS)
def listed() -> ResponseReturnValue:
    """Lists that were uploaded, the newest first."""
    return render_template("staff/imports/list.html", found=imports.listed(session()), days=KEPT_FOR.days)


@pages.route("/new", methods=["GET", "POST"])
@needs(Permission.IMPORT_DRIVERS)
@takes(LARGEST + AROUND)
def upload() -> ResponseReturnValue:
    """Send a file. It is kept under a name of its own and read by the worker."""
    form = UploadForm()
    if form.validate_on_submit():
        import_id, name = importing.fresh_id(), str(form.file.data.filename)
        held = parts().settings
        try:
            digest, size = importing.keep(held.instance, import_id, name, form.file.data.stream)
        except Refused as refusal:
            give_up()
            form.file.errors = [refusal.message.rstrip(".")]
        else:
            row = importing.receive(work(), import_id, name=name, digest=digest, size=size, authority=held.council.name)
            return _wait(row, importing.READ)
    return render_template("staff/imports/new.html", form=form, megabytes=LARGEST // 2**20, days=KEPT_FOR.days)


def _wait(row: ImportFile, kind: str, **details: object) -> ResponseReturnValue:
    back = url_for(".listed") if kind == importing.DISCARD else url_for(".one", import_id=row.id)
    job = jobs.ask(work(), kind, {"import": str(row.id), "back": back, **details})
    row.job_id = job.id
    return redirect(url_for("working.one", job_id=job.id), 303)


def _found(import_id: UUID) -> ImportFile:
    return session().get(ImportFile, import_id) or abort(404)


@pages.get("/<uuid:import_id>")
@needs(Permission.IMPORT_DRIVERS)
def one(import_id: UUID) -> ResponseReturnValue:
    """What a list would change, by category; how far it is; or what came of it."""
    row = _found(import_id)
    if row.compared_at is None and row.applied_at is None:
        job = session().get(Job, row.job_id) if row.job_id else None
        match = row.kept("match")
        lacking = matching.lacking(matching.stored(match)) if match and not row.cleared_at else []
        own = job is not None and job.asked_by == guard.actor()
        return render_template("staff/imports/waiting.html", row=row, job=job, own=own, lacking=lacking)
    counts = imports.counts(session(), import_id)
    chosen = request.args.get("show", "")
    show = (
        Category(chosen) if chosen in list(Category) else next((key for key in Category if counts[key]), Category.NEW)
    )
    size = AT_ONCE if show is Category.DECIDE else PAGE
    after = _after(request.args.get("after", ""))
    found = imports.page(session(), import_id, show, after, size + 1)
    done, beside = import_apply.done(session(), import_id), {}
    if show is Category.DECIDE:
        beside = imports.beside(session(), import_id, found[:size])
    return render_template(
        "staff/imports/one.html",
        form=ApplyForm(formdata=None, seen=importing.as_seen(session(), row)),
        row=row,
        counts=[(key, CATEGORY_WORDS[key], number) for key, number in counts.items()],
        undecided=imports.undecided(session(), import_id),
        brings=said(done.people, done.licences, done.changed),
        unlisted=done.unlisted,
        refused=counts[Category.REFUSED],
        show=show,
        words=CATEGORY_WORDS[show],
        rows=[shown(line) for line in found[:size]],
        beside={number: [shown(other) for other in others] for number, others in beside.items()},
        others=_others(
            import_id, [line.other_id for line in found if line.question == Question.PERSON and line.other_id]
        ),
        after=after,
        further=found[size - 1].number if len(found) > size else None,
        until=calendar.day_of(row.uploaded_at + KEPT_FOR),
    )


def _after(asked: str) -> int:
    """The row after which a page begins; -1 for the first page and for what no row can be."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else -1


def _others(import_id: UUID, keys: list[UUID]) -> dict[UUID, str]:
    """Names and licences of people who are known and may be the same."""
    found = people.licences_of(session(), keys)
    known = [(key, people.person(session(), key), held) for key, held in found.items()]
    return {
        key: f"{person.name}: " + ", ".join(one.shown.words for one in held) for key, person, held in known if person
    }


@pages.route("/<uuid:import_id>/columns", methods=["GET", "POST"])
@needs(Permission.IMPORT_DRIVERS)
def columns(import_id: UUID) -> ResponseReturnValue:
    """Which column is what. It is remembered for lists with the same headings."""
    row = _found(import_id)
    header, examples, match = row.kept("header"), row.kept("examples"), row.kept("match")
    form = columns_form(header, matching.stored(match) if match else None)
    if form.validate_on_submit():
        try:
            importing.match(work(), row, form.match(len(header)))
        except Refused as refusal:
            if refusal.code != "import-match":
                raise
            give_up()
            row = _found(import_id)
            form.form_errors = [refusal.message.rstrip(".")]
        else:
            return _wait(row, importing.READ)
    held = [
        (form[f"column_{place}"], ", ".join(cells[place] for cells in examples if place < len(cells) and cells[place]))
        for place in range(len(header))
    ]
    return render_template("staff/imports/columns.html", form=form, row=row, columns=held)


@pages.post("/<uuid:import_id>/decisions")
@needs(Permission.IMPORT_DRIVERS)
def decide(import_id: UUID) -> ResponseReturnValue:
    """Answer what is asked about the rows of one page."""
    row = _found(import_id)
    answers = {
        int(name.removeprefix("row-")): value
        for name, value in request.form.items()
        if name.startswith("row-") and name.removeprefix("row-").isdecimal() and len(name) < 14
    }
    number = importing.decide(work(), row, answers)
    left = imports.undecided(session(), import_id)
    flash(f"Saved: {number} new {'decision' if number == 1 else 'decisions'}. Rows still left out: {left:,}.")
    after = _after(request.form.get("after", ""))
    return redirect(url_for(".one", import_id=row.id, show=Category.DECIDE.value, after=after), 303)


@pages.post("/<uuid:import_id>/compare")
@needs(Permission.IMPORT_DRIVERS)
def compare(import_id: UUID) -> ResponseReturnValue:
    """Compare the list again with the records as they are now."""
    row = _found(import_id)
    importing.again(work(), row)
    return _wait(row, importing.READ)


@pages.post("/<uuid:import_id>/apply")
@needs(Permission.IMPORT_DRIVERS)
def apply(import_id: UUID) -> ResponseReturnValue:
    """Bring the list in. The worker does it, as a whole or not at all."""
    form, row = ApplyForm(), _found(import_id)
    seen = form.seen.data or ""
    importing.must_be_ready(session(), row, seen)
    return _wait(row, importing.APPLY, unlisted=bool(form.unlisted.data), seen=seen)


@pages.post("/<uuid:import_id>/discard")
@needs(Permission.IMPORT_DRIVERS)
def discard(import_id: UUID) -> ResponseReturnValue:
    """The list is not wanted."""
    row = _found(import_id)
    importing.discard(work(), row)
    return _wait(row, importing.DISCARD)


@pages.post("/<uuid:import_id>/reversal.csv")
@needs(Permission.IMPORT_DRIVERS)
def reversal(import_id: UUID) -> ResponseReturnValue:
    """The file that undoes a list that was brought in. That it was taken is on the record."""
    row = _found(import_id)
    if row.applied_at is None or row.cleared_at is not None:
        abort(404)
    work().record("import.reversal-taken", f"import:{row.id}")
    headers = {"Content-Disposition": f'attachment; filename="reversal-{calendar.day_of(now())}.csv"'}
    return Response(_lines(parts().engine, row.id), content_type="text/csv; charset=utf-8", headers=headers)


def _lines(engine: Engine, import_id: UUID) -> Iterator[str]:
    """Sent after the request's own session has ended."""
    with database.reading(engine) as reading:
        yield from table.csv_lines(importing.reversal_header(), importing.reversal(reading, import_id))
