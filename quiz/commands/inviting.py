"""Inviting a whole list: the worker does it some drivers at a time."""

from uuid import UUID

from quiz.actions import inviting
from quiz.commands import posting
from quiz.commands.working import Run
from quiz.domain.posting import State
from quiz.records import letters


def invite(run: Run) -> str:
    """Invite everybody on the list that was asked for; how many got a letter in which way."""
    batch_id = UUID(str(run.job.given["batch"]))
    with run.at.reading() as session:
        house = posting.house(run.at.settings, session)
        done = sum(letters.of_batch(session, batch_id).values())  # by a worker that was stopped
    run.progress(done, run.job.total, "Inviting drivers")
    after: UUID | None = None
    while True:
        with run.work() as work:
            came = inviting.some(work, house, batch_id, after)
        if came is None:
            break
        after, count = came
        done += count
        run.progress(done)
    with run.at.reading() as session:
        found = letters.of_batch(session, batch_id)
    paper = found.get(State.PAPER, 0)
    return f"Invited: {done:,}. Letters by e-mail: {done - paper:,}. Letters to be printed: {paper:,}."
