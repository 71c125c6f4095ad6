"""quiz worker: does what waits, alone or beside the service, and ends with it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from quiz.settings import ROOT
from tests.operations.test_service import STARTS_WITHIN, free_port


def test_a_worker_beside_the_service_does_long_work_and_ends_with_it(quiz, tmp_path):
    """Started by `quiz serve --worker`, found by its parent, gone when that is killed without a word."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("QUIZ_")}
    environment |= {"QUIZ_INSTANCE": str(quiz.folder), "PYTHONPATH": str(ROOT)}
    command = [
        Path(sys.executable).with_name("quiz"),
        "serve",
        "--port",
        str(free_port()),
        "--worker",
        "--workers",
        "1",
    ]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, env=environment, stderr=log, stdout=log) as one:
        until = time.monotonic() + STARTS_WITHIN
        while not (children := workers_of(one.pid)):
            assert time.monotonic() < until and one.poll() is None
            time.sleep(0.1)
        one.kill()
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < until
        time.sleep(0.1)


def workers_of(parent: int) -> list[int]:
    """The processes `quiz worker` that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            above = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if above == parent and b"worker" in command:
            found.append(int(stat.parent.name))
    return found


def test_a_worker_told_to_do_it_once_says_how_much_was_done(quiz):
    assert quiz.done("worker", "--once") == "Pieces of work done: 0.\n"
