"""Lists of licence holders as long work: read and compared, brought in, and forgotten after some time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from quiz.actions import import_reading, importing
from quiz.actions.importing import FOLDER, Steps
from quiz.actions.work import Work
from quiz.commands.desk import Desk
from quiz.commands.working import Run
from quiz.domain.errors import Refused
from quiz.domain.importing import KEPT_FOR, said
from quiz.records import import_apply, imports
from quiz.records.import_apply import Done
from quiz.records.imports import ImportFile


def read(run: Run) -> str:
    """Read a list and compare it, for as long as nobody wants something else done with it."""
    import_id = UUID(run.job.given["import"])

    @contextmanager
    def work() -> Iterator[Work]:
        with run.work() as work:
            if not imports.is_wanted(work.session, import_id, run.job.id):
                raise Refused("import-overtaken", "Something else was asked for about this list meanwhile.")
            yield work

    steps = Steps(work, run.at.reading, run.progress)
    return import_reading.read(steps, import_id, importing.path(run.at.instance, import_id))


def apply(run: Run) -> str:
    """Bring a list in. Begun again after a crash, it only does what was not done."""
    import_id = UUID(run.job.given["import"])
    with run.at.reading() as session:
        applied = session.get_one(ImportFile, import_id).applied_at is not None
    if not applied:
        run.progress(0, stage="Bringing the list in")
        with run.work() as work:
            importing.apply(work, import_id, bool(run.job.given["unlisted"]), run.job.given.get("seen"))
    importing.settle(_steps(run), import_id)
    importing.path(run.at.instance, import_id).unlink(missing_ok=True)
    with run.at.reading() as session:
        return told(import_apply.done(session, import_id))


def discard(run: Run) -> str:
    """Forget a list."""
    import_id = UUID(run.job.given["import"])
    with run.at.reading() as session:
        if session.get_one(ImportFile, import_id).applied_at is not None:
            raise Refused(
                "import-applied", "The list was brought in before it could be discarded. Nothing was removed."
            )
    importing.clear(_steps(run), run.at.instance, import_id)
    return "The list and its rows have been removed. Nothing else was changed."


def told(done: Done) -> str:
    """What was brought in, in a sentence."""
    brought = said(done.people, done.licences, done.changed)
    return f"The list was brought in: {brought}, {done.unlisted:,} marked as no longer listed."


def quiet(at: Desk) -> Steps:
    """The steps of a command, which says nothing while it works."""
    return Steps(at.work, at.reading, lambda done, total=None, stage=None: None)


def tidy(at: Desk) -> int:
    """Forget lists that were kept long enough, files that belong to none, and finish what a crash left. How many."""
    with at.reading() as session:
        old, left = imports.to_clear(session, at.now - KEPT_FOR), imports.unsettled(session)
    for import_id in left:
        importing.settle(quiet(at), import_id)
    for import_id in old:
        importing.clear(quiet(at), at.instance, import_id, "import.cleared")
        reversal_file(at, import_id).unlink(missing_ok=True)
    _sweep(at)
    return len(old)


def reversal_file(at: Desk, import_id: UUID) -> Path:
    """Where a command leaves the file that undoes a list."""
    return at.instance / FOLDER / f"{import_id}-reversal.csv"


def _sweep(at: Desk) -> None:
    """No file outlives its list; an upload that was refused after it had been written belongs to none."""
    for one in (at.instance / FOLDER).glob("*"):
        if at.now.timestamp() - one.stat().st_mtime > KEPT_FOR.total_seconds():
            one.unlink(missing_ok=True)


def _steps(run: Run) -> Steps:
    return Steps(run.work, run.at.reading, run.progress)
