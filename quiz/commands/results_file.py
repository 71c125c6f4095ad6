"""Long lists of results as files: made by the worker, fetched by whoever asked, erased after some days."""

import shutil
from uuid import UUID

from quiz.actions import exporting, jobs
from quiz.actions.exporting import KEPT_FOR, KIND
from quiz.commands.desk import Desk
from quiz.commands.working import Run
from quiz.domain.results import of_facts
from quiz.records import filtered
from quiz.records import jobs as records

EACH = 5000  # tests between two words of progress: each is a short transaction


def make(run: Run) -> str:
    """Write the file of one piece of work. It is there whole or not at all."""
    given = run.job.given
    wanted, file = of_facts(given["filter"]), str(given["file"])
    final = run.folder / exporting.file_name(wanted, file)
    begun = final.with_suffix(f".{run.job.tries}.part")  # two workers never write into the same
    with run.at.reading() as session:
        run.progress(0, filtered.count(session, wanted), "Writing the file")
        about = exporting.about(session, wanted, run.at.settings.council.name, str(given["roles"]), run.clock())

        def said(number: int) -> None:
            if number % EACH == 0:
                run.progress(number)

        with begun.open("wb") as target:
            number = exporting.write(target, file, session, about, said)
    begun.replace(final)
    with run.work() as work:
        work.record("results.exported", "results", job=run.job.id, file=file, rows=number, **given["filter"])
    return f"The file holds {number:,} {'test' if number == 1 else 'tests'}. It is kept for {KEPT_FOR.days} days."


def erase(at: Desk) -> int:
    """Erase the files that were kept long enough, whatever became of them."""
    with at.reading() as session:
        old = [one for one in records.ended_before(session, KIND, at.now - KEPT_FOR) if _there(at, one)]
    for job_id in old:
        shutil.rmtree(jobs.folder(at.instance, job_id))
        with at.work() as work:
            work.record("results.erased", f"job:{job_id}")
    return len(old)


def _there(at: Desk, job_id: UUID) -> bool:
    return jobs.folder(at.instance, job_id).is_dir()
