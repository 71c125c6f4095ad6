"""quiz serve, as a process of its own with real workers; and quiz tick."""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from quiz import serving
from quiz.actions import scans, training
from quiz.commands import service
from quiz.domain.errors import Refused
from quiz.domain.training import Elsewhere
from quiz.records import attempts, audit, limits
from quiz.records.attempts import Attempt
from quiz.settings import ROOT
from tests.operations.conftest import Quiz

STARTS_WITHIN = 60.0  # seconds; on a quiet machine it is one


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


@dataclass
class Served:
    """A running service."""

    quiz: Quiz
    address: str
    port: int
    process: subprocess.Popen[str]
    log: Path
    home: Path

    def get(self, path: str) -> tuple[int, bytes]:
        return fetch(urllib.request.build_opener(), self.address + path)


def fetch(opener: urllib.request.OpenerDirector, url: str | urllib.request.Request, **sent: str) -> tuple[int, bytes]:
    """Status and content; with fields, a POST."""
    body = urlencode(sent).encode() if sent else None
    request = urllib.request.Request(url, body, {"Referer": url}) if isinstance(url, str) else url  # noqa: S310 (ours)
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def start(quiz: Quiz, environment: dict[str, str], folder: Path, *words: str) -> Served:
    port, home, log = free_port(), folder / "home", folder / "access.log"
    home.mkdir()
    ours = {**environment, "QUIZ_INSTANCE": str(quiz.folder), "HOME": str(home)}
    command = [sys.executable, "-c", "from quiz.cli import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen([*command, "--access-log", str(log), *words], cwd=ROOT, env=ours, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    served = Served(quiz, f"http://127.0.0.1:{port}", port, process, log, home)
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if served.get("/readyz")[0] == 200:
                return served
        except (URLError, ConnectionError):
            time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the service did not start: {process.communicate()}")


@pytest.fixture(scope="module")
def served(made_demo: Quiz, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, served by two workers."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(made_demo.folder, folder / "instance")
    environment = {k: v for k, v in os.environ.items() if k not in ("QUIZ_DATABASE_URL", "QUIZ_INSTANCE", "PORT")}
    running = start(Quiz(folder / "instance"), environment, folder)
    yield running
    running.process.send_signal(signal.SIGTERM)
    running.process.communicate(timeout=30)


def secret_of(served: Served, key: str) -> str:
    text = (served.quiz.folder / "demo-sign-ins.txt").read_text(encoding="utf-8")
    found = re.search(rf"^  {key}\s+(\S+)", text, re.MULTILINE)
    assert found is not None
    return found[1]


def signed_in(served: Served, licence: str) -> urllib.request.OpenerDirector:
    """A driver's browser, over the network."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = BeautifulSoup(fetch(opener, f"{served.address}/sign-in")[1], "html.parser")
    token = str(page.select_one("input[name=csrf_token]")["value"])
    code = secret_of(served, licence)
    status, _ = fetch(opener, f"{served.address}/sign-in", csrf_token=token, licence=licence, code=code)
    assert status == 200
    return opener


def test_it_says_where_it_is_once_it_answers(served):
    line = served.process.stdout.readline()
    assert line.startswith(f"Serving the demonstration at {served.address} (for browsers: {served.address}).")


def test_the_first_page_is_there(served):
    status, content = served.get("/")
    assert status == 200
    assert b"SAMPLE" in content


def test_many_at_once_are_answered(served):
    with ThreadPoolExecutor(16) as crowd:
        found = list(crowd.map(lambda _: served.get("/")[0], range(64)))
    assert set(found) == {200}


def test_a_certificate_is_printed_by_every_worker(served):
    """What the first process has opened before it forked must be of use in those after it."""
    opener = signed_in(served, "SAMPLE6")
    page = BeautifulSoup(fetch(opener, f"{served.address}/result")[1], "html.parser")
    path = page.select_one("a[href$='certificate.pdf']")["href"]
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _: fetch(opener, f"{served.address}{path}"), range(16)))
    assert {status for status, _ in found} == {200}
    assert all(content.startswith(b"%PDF-") for _, content in found)


def test_the_access_log_names_nobody(served):
    served.get("/verify/K38QTGHFDWXYNMC?surname=Hughes")
    served.get("/verify/k38qt-ghfdw-xynmc")
    lines = served.log.read_text(encoding="utf-8").splitlines()
    assert any(re.search(r" GET /verify \d+ \d+ \d+ms [0-9a-f]{12}$", line) for line in lines)
    assert [line for line in lines if re.search(r"K38QT|k38qt|Hughes|127\.0\.0\.1|Mozilla|Python", line)] == []


def test_requests_have_a_largest_size(served):
    assert served.get("/" + "a" * 3000)[0] == 414
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6000000\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 413"


def test_headers_of_a_proxy_that_is_not_there_mean_nothing(served):
    request = urllib.request.Request(served.address, headers={"SCRIPT_NAME": "/elsewhere"})  # noqa: S310 (our own)
    status, content = fetch(urllib.request.build_opener(), request)
    assert status == 200
    assert b"/elsewhere" not in content


def test_nothing_is_left_in_the_home_folder(served):
    assert list(served.home.iterdir()) == []


def test_a_taken_port_is_told_in_words(served):
    assert f"127.0.0.1:{served.port} cannot be used" in served.quiz.refused("serve", "--port", served.port)
    with pytest.raises(Refused, match="cannot be used"):
        serving.must_be_free("192.0.2.1", 80)


def test_while_it_runs_nobody_restores_over_it(served, saved_sqlite):
    served.quiz.environment["QUIZ_PASSPHRASE_FILE"] = str(saved_sqlite.keys.with_name("passphrase"))
    told = served.quiz.refused("restore", saved_sqlite.archive, "--keys", saved_sqlite.keys, "--replace")
    assert "the service or another command runs on it" in told
    assert served.get("/readyz")[0] == 200


def test_while_it_runs_the_demonstration_is_shown_again(served):
    assert "SAMPLE1" in served.quiz.done("demo")


def test_told_to_stop_it_stops_and_says_goodbye_with_0(quiz, environment, tmp_path):
    running = start(quiz, environment, tmp_path, "--workers", "1")
    running.process.send_signal(signal.SIGTERM)
    shown, told = running.process.communicate(timeout=30)
    assert (running.process.returncode, told) == (0, "")
    assert shown.startswith("Serving a pilot at ")
    serving.must_be_free("127.0.0.1", running.port)


def test_a_support_contact_that_is_not_there_is_refused(quiz):
    text = (quiz.folder / "settings.toml").read_text(encoding="utf-8")
    (quiz.folder / "settings.toml").write_text(
        text.replace('# contact = "licensing"', 'contact = "licencing"'), encoding="utf-8"
    )
    told = quiz.refused("serve", "--port", free_port())
    assert "[support] contact = “licencing” is not allowed" in told and "licensing" in told


def test_a_proxy_that_is_not_counted_is_pointed_out(quiz, capsys):
    settings = quiz.settings()
    over_https = replace(settings, service=replace(settings.service, base_url="https://test.example.org"))
    service.say_where(over_https, "", "127.0.0.1", 8000)
    shown, told = capsys.readouterr()
    assert shown.startswith(
        "Serving the live service at http://127.0.0.1:8000 (for browsers: https://test.example.org)"
    )
    assert "[server] trusted_proxies is 0" in told


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/", "/"),
        ("/verify/K38QT", "/verify"),
        ("/test/1f/3", "/test"),
        ("/go-live", "/go-live"),
        ("", ""),
        ("/A1", "/"),
    ],
)
def test_of_a_path_only_the_first_part_is_logged(path, part):
    assert serving.first_part(path) == part


def test_a_tick_erases_scans_of_which_no_row_tells_after_a_day(quiz, make):
    made = make.driver()
    with make.work() as work:
        row = training.accept(work, made.person_id, Elsewhere("Preston", "Theirs", work.now.date(), "The paper"))
        kept = scans.keep(work, quiz.folder, row, b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF\n", "scan.pdf").file
    uploads = quiz.folder / scans.FOLDER
    old, young = uploads / f"scan-{'a1' * 16}.pdf", uploads / f"scan-{'b2' * 16}.pdf"
    for path in (old, young):
        path.write_bytes(b"its request failed")
    yesterday = (datetime.now(UTC) - timedelta(hours=25)).timestamp()
    for path in (old, uploads / kept):
        os.utime(path, (yesterday, yesterday))
    assert "Files of scans erased because nothing was kept of them: 1." in quiz.done("tick")
    assert sorted(path.name for path in uploads.iterdir()) == sorted([kept, young.name])
    assert "Files of scans" not in quiz.done("tick")


@pytest.mark.both_engines
def test_a_tick_finishes_what_is_out_of_time(quiz, make, clock):
    clock.now = datetime.now(UTC) - timedelta(hours=2)
    out_of_time = make.attempt(make.driver(), finished=False)
    clock.now = datetime.now(UTC) - timedelta(minutes=5)
    running = make.attempt(make.driver(), finished=False)
    with make.work() as work:
        limits.count_wrong(work.session, {"old": None}, work.now - timedelta(days=3))
    assert quiz.done("tick") == "Tests finished because their time was up: 1.\n"
    assert quiz.done("tick") == "Tests finished because their time was up: 0.\n"
    with make.reading() as session:
        assert session.get(limits.WrongTries, "old") is None
        done, still = session.get(attempts.Attempt, out_of_time), session.get(attempts.Attempt, running)
        (entry,) = [one for one in audit.about(session, f"attempt:{out_of_time}") if one.event == "attempt.finished"]
    assert (done.finished_how, done.finished_at) == ("time", done.deadline)
    assert still.finished_at is None
    assert entry.actor.startswith("cli:")


def test_a_minute_of_grace_is_kept(quiz, make, clock):
    """A POST that was received in time may still be on its way."""
    clock.now = datetime.now(UTC) - timedelta(minutes=45, seconds=5)
    make.attempt(make.driver(), finished=False)
    assert quiz.done("tick") == "Tests finished because their time was up: 0.\n"


def test_a_clock_that_was_moved_is_believed_again_once_nobody_sits_a_test(quiz, make, engine):
    quiz.done("tick")
    file = quiz.folder / "clock.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["wall"] = (datetime.fromisoformat(kept["wall"]) - timedelta(hours=2)).isoformat()
    file.write_text(json.dumps(kept), encoding="utf-8")
    make.clock.now = datetime.now(UTC) - timedelta(hours=2)
    make.attempt(make.driver(), finished=False)
    assert "counts again" not in quiz.done("tick")
    make.clock.now -= timedelta(minutes=45, seconds=20)
    make.attempt(make.driver(), finished=False)  # out of time, and not yet marked: it must not be open again
    assert "counts again" not in quiz.done("tick")
    with make.work() as work:
        for attempt in work.session.scalars(select(Attempt).where(Attempt.finished_at.is_(None))):
            attempt.voided_at = work.now
    assert "Nobody sits a test, so it counts again." in quiz.done("tick")
    assert "counts again" not in quiz.done("tick")
