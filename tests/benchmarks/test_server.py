"""What the running service costs: server CPU and memory as the kernel counts them. Run by hand: make bench.

Prints figures and promises nothing: these go into quiz/DECISIONS.md with the machine they came from.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from quiz.records import attempts, database
from quiz.records.attempts import Attempt
from quiz.settings import ROOT
from tests.make import Clock, Make

pytestmark = pytest.mark.bench

QUIZ = Path(sys.executable).with_name("quiz")
TICK = os.sysconf("SC_CLK_TCK")
ANSWERS = 400
DOCUMENTS = 60


class Phone:
    """One keep-alive connection with a cookie, as cheap as a client can be."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def send(self, method: str, path: str, **fields: object) -> tuple[int, str, str, bytes]:
        """Status, where it leads, content type and body."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, urlencode(fields, doseq=True) if fields else None, headers)
        response = self.connection.getresponse()
        body = response.read()
        if cookie := response.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return response.status, response.getheader("Location", ""), response.getheader("Content-Type", ""), body

    def token(self, path: str) -> str:
        """The token of a page's form."""
        soup = BeautifulSoup(self.send("GET", path)[3], "html.parser")
        return str(soup.select_one("input[name=csrf_token]")["value"])


@contextmanager
def served(instance: Path) -> Iterator[tuple[int, int]]:
    """The real command with one worker; gives its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [QUIZ, "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env={**os.environ, "QUIZ_INSTANCE": str(instance)}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def workers(server: int) -> list[int]:
    """The children of the process that only watches."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def cpu(pids: list[int]) -> float:
    """Seconds of CPU, user and system together."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(f[11]) + int(f[12]) for f in fields) / TICK


def memory(pids: list[int]) -> float:
    """Resident megabytes of the largest worker."""
    sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in pids]
    return max(int(size[1]) for size in sizes if size) / 1024


def quiz(instance: Path, *arguments: str) -> str:
    """A command of ours; gives its last line."""
    done = subprocess.run(
        [QUIZ, *arguments],
        env={**os.environ, "QUIZ_INSTANCE": str(instance)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


def test_answers_and_documents(tmp_path: Path) -> None:
    quiz(tmp_path, "init")
    code = quiz(tmp_path, "drivers", "add", "--licence", "B1", "--kind", "hackney", "--name", "Sample Bench")
    with served(tmp_path) as (port, server):
        phone = Phone(port)
        phone.send("POST", "/sign-in", csrf_token=phone.token("/sign-in"), licence="B1", code=code)
        place = phone.send("POST", "/test/start", csrf_token=phone.token("/test/start"), declared="y")[1]
        attempt = place.rsplit("/", 1)[0]
        token = phone.token(place)
        pids = workers(server)
        print(f"\nworker before the first answer: {memory(pids):.0f} MB ({ROOT.name})")

        def answer(number: int) -> None:
            status, _, _, _ = phone.send("POST", f"{attempt}/{number}", csrf_token=token, choice="1")
            assert status == 303
            assert phone.send("GET", f"{attempt}/{number % 20 + 1}")[0] == 200

        for number in range(1, 41):
            answer((number - 1) % 20 + 1)
        before, began = cpu(pids), time.monotonic()
        for number in range(ANSWERS):
            answer(number % 20 + 1)
        used, passed = cpu(pids) - before, time.monotonic() - began
        print(f"one answer (POST and next page): {used / ANSWERS * 1000:.2f} ms of server CPU")
        print(f"                                 {passed / ANSWERS * 1000:.2f} ms on the clock")
        print(f"worker after {ANSWERS} answers: {memory(pids):.0f} MB")
        before = cpu(pids)
        for _ in range(2 * ANSWERS):
            phone.send("GET", "/healthz")
        print(f"a page that does nothing, to compare machines: {(cpu(pids) - before) / ANSWERS / 2 * 1000:.2f} ms")

        for number, values in right_answers(tmp_path, UUID(attempt.rsplit("/", 1)[1])):
            phone.send("POST", f"{attempt}/{number}", csrf_token=token, choice=values)
        result = phone.send("POST", f"{attempt}/send", csrf_token=token)[1]
        for name in ("certificate.pdf", "card.pdf", "card-sheet.pdf"):
            phone.send("GET", f"{result}/{name}")
            before = cpu(pids)
            for _ in range(DOCUMENTS):
                assert phone.send("GET", f"{result}/{name}")[2] == "application/pdf"
            print(f"{name}: {(cpu(pids) - before) / DOCUMENTS * 1000:.0f} ms of server CPU")
        print(f"worker after {3 * DOCUMENTS} documents: {memory(pids):.0f} MB")


def right_answers(instance: Path, attempt_id: UUID) -> list[tuple[int, list[str]]]:
    """What to choose to pass, read from the database behind the server."""
    engine = database.connect(f"sqlite:///{instance / 'quiz.db'}")
    with database.reading(engine) as session:
        person_id = session.get_one(Attempt, attempt_id).person_id
        sheet = attempts.paper(session, person_id, attempt_id)
        assert sheet is not None
        found = [(place, values) for place, values, _ in Make(engine, Clock()).choices(session, sheet, right=20)]
    engine.dispose()
    return found
