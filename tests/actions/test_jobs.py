"""Long work is done once, in the name of whoever asked, survives a killed worker, and says how it ended."""

import threading
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from quiz.actions import jobs
from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.commands.working import Interrupted, Run
from quiz.domain.errors import Refused
from quiz.domain.jobs import LEASE, TRIES
from quiz.records import audit
from quiz.records import jobs as rows
from quiz.records.jobs import Job
from quiz.settings import Settings
from tests.make import PEPPER, Clock, Make


@pytest.fixture
def at(make: Make, clock: Clock, tmp_path: Path) -> Desk:
    (tmp_path / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    return Desk(Settings.load(tmp_path), make.engine, PEPPER, clock.now)


def asked(make: Make, kind: str = "count") -> Job:
    with make.work("staff:ann") as work:
        job = jobs.ask(work, kind, {"back": "/staff"})
        work.session.expunge(job)
        return job


def found(make: Make, job: Job) -> Job:
    with make.reading() as session:
        return session.get_one(Job, job.id)


def test_work_is_done_in_the_name_of_whoever_asked(make, at, clock):
    job = asked(make)

    def count(run: Run) -> str:
        run.progress(1, total=2, stage="Counting")
        assert (found(make, job).done, found(make, job).total, found(make, job).stage) == (1, 2, "Counting")
        with run.work() as work:
            work.record("person.added", "person:somebody")
        return "Two were counted."

    working.run_next(at, clock, handlers={"count": count})
    after = found(make, job)
    assert (after.ended, after.words, after.leased_until) == ("done", "Two were counted.", None)
    with make.reading() as session:
        assert {one.actor for one in audit.about(session, "person:somebody")} == {"staff:ann"}
        assert [one.event for one in audit.about(session, f"job:{job.id}")] == ["work.ended", "work.asked-for"]
    assert working.run_next(at, clock, handlers={"count": count}) is None


def test_nobody_asks_for_so_much_that_colleagues_wait_for_ever(make, at, clock):
    for _ in range(jobs.MOST_WAITING):
        asked(make)
    with pytest.raises(Refused, match="not done yet"):
        asked(make)
    with make.work("staff:bob") as work:
        jobs.ask(work, "count")
    working.run_next(at, clock, handlers={"count": lambda run: "Done."})
    assert asked(make)


def test_a_refusal_is_told_to_the_reader(make, at, clock):
    job = asked(make)

    def refuse(run: Run) -> str:
        raise Refused("no", "The file has no rows.")

    working.run_next(at, clock, handlers={"count": refuse})
    assert (found(make, job).ended, found(make, job).words) == ("refused", "The file has no rows.")


def test_a_fault_says_nothing_of_its_insides(make, at, clock, caplog):
    job = asked(make)

    def fail(run: Run) -> str:
        raise ValueError("Sam Driver, PH0001")

    working.run_next(at, clock, handlers={"count": fail})
    assert (found(make, job).ended, found(make, job).words) == ("failed", working.FAULT)
    assert "Sam" not in caplog.text and "ValueError" in caplog.text


def test_what_a_killed_worker_left_is_taken_up_by_the_next(make, at, clock):
    job = asked(make)
    with make.work("cli:killed") as work:
        assert rows.claim(work.session, work.now).id == job.id
    assert working.run_next(at, clock, handlers={"count": lambda run: "Done."}) is None  # still within its lease
    clock.now += LEASE + timedelta(seconds=1)
    working.run_next(at, clock, handlers={"count": lambda run: "Done."})
    assert (found(make, job).ended, found(make, job).tries) == ("done", 2)


def test_work_that_kills_its_worker_again_and_again_is_given_up(make, at, clock):
    job = asked(make)
    for _ in range(TRIES):
        with make.work() as work:
            rows.claim(work.session, work.now)
        clock.now += LEASE + timedelta(seconds=1)
    working.run_next(at, clock, handlers={"count": lambda run: "Never reached."})
    assert (found(make, job).ended, found(make, job).words) == ("failed", working.FAULT)


def test_a_worker_that_is_told_to_stop_leaves_its_work_to_the_next(make, at, clock):
    job = asked(make)

    def count(run: Run) -> str:
        run.progress(1, total=2)
        return "All."

    working.run_next(at, clock, stopping=lambda: True, handlers={"count": count})
    assert (found(make, job).ended, found(make, job).tries) == (None, 0)
    working.run_next(at, clock, handlers={"count": count})
    assert found(make, job).words == "All."


def test_a_worker_that_was_overtaken_goes_no_further(make, at, clock):
    job = asked(make)

    def slow(run: Run) -> str:
        with make.work() as work:
            rows.end(work.session, run.job, work.now, working.Ending.DONE, "By another one.")
        with pytest.raises(Interrupted):
            run.progress(1)
        raise Interrupted

    working.run_next(at, clock, handlers={"count": slow})
    assert found(make, job).words == "By another one."


def test_a_worker_that_wakes_up_after_another_took_its_work_writes_nothing_more(make, at, clock):
    job = asked(make)

    def sleep(run: Run) -> str:
        clock.now += LEASE + timedelta(seconds=1)
        with make.work() as work:
            other = rows.claim(work.session, work.now)
            assert (other.id, other.tries) == (job.id, 2)
        for go_on in (run.work, lambda: nullcontext(run.progress(1))):
            with pytest.raises(Interrupted), go_on():
                pass
        return "Done by the one that slept."

    working.run_next(at, clock, handlers={"count": sleep})
    after = found(make, job)
    assert (after.ended, after.tries, after.leased_until is None) == (None, 2, False)


def test_two_workers_never_do_the_same(make, at, clock):
    wanted = [asked(make).id for _ in range(12)]
    done: list[object] = []

    def note(run: Run) -> str:
        done.append(run.job.id)
        return ""

    def work_all() -> None:
        while working.run_next(at, clock, handlers={"count": note}):
            pass

    both = [threading.Thread(target=work_all) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(done) == sorted(wanted)
