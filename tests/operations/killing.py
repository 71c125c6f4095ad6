"""A server that is killed again and again, and scripted drivers who will not be put off. Loopback only, all bounded."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode
from uuid import UUID

from bs4 import BeautifulSoup

from quiz.settings import ROOT
from tests.make import Made
from tests.operations.conftest import Quiz

PATIENCE = 240.0  # seconds in all for one driver, before the test fails
STARTS_WITHIN = 60.0
TWICE = 0.2  # share of answers that are sent again although they were acknowledged


class Server:
    """The real command in a process group of its own, always on the same port."""

    def __init__(self, quiz: Quiz, environment: dict[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as held:
            self.port: int = held.getsockname()[1]
        database = {key: value for key, value in quiz.environment.items() if value is not None}
        self.environment = {**environment, **database, "QUIZ_INSTANCE": str(quiz.folder)}
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "from quiz.cli import main; main()", "serve", "--port", str(self.port)]
        started = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and started.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return started
            time.sleep(0.05)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        """All of it at once, without a chance to tidy up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def again(self) -> None:
        """Killed, and begun anew."""
        self.kill()
        self.process = self._begin()


@dataclass
class Driver:
    """One scripted driver: what the server has acknowledged is kept, whatever happens to the server."""

    made: Made
    port: int
    seed: int
    cookies: dict[str, str] = field(default_factory=dict)
    acknowledged: list[tuple[int, int, str]] = field(default_factory=list)  # position, sequence, choice
    repeated: int = 0

    def sit(self) -> None:
        """From the sign-in to the result."""
        self.chance, self.until = Random(self.seed), time.monotonic() + PATIENCE
        token = self._token("/sign-in")
        status, _, body = self._ask("POST", "/sign-in", csrf_token=token, licence=self.made.number, code=self.made.code)
        assert status == 303, (status, BeautifulSoup(body, "html.parser").main)
        token = self._token("/test/start")
        address = self._start(token)
        self.attempt_id = UUID(address.split("/")[2])
        token = self._token(f"/test/{self.attempt_id}/1")
        for sequence in (1, 2, 3):
            for position in range(1, 21):
                self._answer(token, position, sequence)
        self._ask("POST", f"/test/{self.attempt_id}/send", csrf_token=token, anyway="1")

    def _start(self, token: str) -> str:
        """Press Start, and look where the test is if the server was killed between the commit and the answer.

        Whoever is shown another page presses again, as a person would.
        """
        while True:
            status, address, body = self._ask("POST", "/test/start", csrf_token=token, declared="y")
            address = address or self._ask("GET", "/test")[1]
            if address:
                return address
            assert time.monotonic() < self.until, (status, BeautifulSoup(body, "html.parser").main)

    def _answer(self, token: str, position: int, sequence: int) -> None:
        choice = str(self.chance.randint(1, 4))
        sent = {"csrf_token": token, "choice": choice, "sequence": sequence, "told": "1"}
        for _ in range(2 if self.chance.random() < TWICE else 1):
            status, _, _ = self._ask("POST", f"/test/{self.attempt_id}/{position}", **sent)
            assert status == 303, status
        self.acknowledged.append((position, sequence, choice))

    def _token(self, path: str) -> str:
        page = BeautifulSoup(self._ask("GET", path)[2], "html.parser")
        found = page.select_one("input[name=csrf_token]")
        assert found is not None, f"no form on {path}: {page.h1}"
        return str(found["value"])

    def _ask(self, method: str, path: str, **fields: object) -> tuple[int, str, bytes]:
        """Status, where it leads, body. Tries until an answer comes: the same request, byte for byte."""
        while time.monotonic() < self.until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                return self._once(connection, method, path, fields)
            except (OSError, http.client.HTTPException):
                self.repeated += 1
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError(f"no answer within {PATIENCE} s: {method} {path}")

    def _once(
        self, connection: http.client.HTTPConnection, method: str, path: str, fields: dict[str, object]
    ) -> tuple[int, str, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) if fields else None, headers)
        response = connection.getresponse()
        body = response.read()
        if response.status >= 500:
            raise ConnectionError(response.status)  # said not to be saved: send it again
        for cookie in response.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.getheader("Location", ""), body


def ordeal(server: Server, drivers: list[Driver], kills: int, chance: Random, threads: int) -> Callable[[], int]:
    """All drivers at once while the server is killed so many times at random moments; gives how often they repeated."""
    with ThreadPoolExecutor(threads) as crowd:
        sitting = [crowd.submit(driver.sit) for driver in drivers]
        for _ in range(kills):
            time.sleep(chance.uniform(0.3, 1.5))
            if all(one.done() for one in sitting):
                break
            server.again()
        for one in sitting:
            one.result()
    return lambda: sum(driver.repeated for driver in drivers)
