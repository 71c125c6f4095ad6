"""What a list of 50,000 licence holders costs, and what a driver notices who sits a test meanwhile. Run by hand.

Prints figures for quiz/DECISIONS.md: the whole command, its longest writing transaction, the slowest answer.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from quiz.cli import cli
from quiz.records import database
from tests.benchmarks.test_server import Phone, quiz, served

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

ROWS = int(os.environ.get("QUIZ_BENCH_ROWS", "50000"))
HEADER = ("Licence number", "Licence type", "Name", "E-mail", "Mobile", "Expiry date")


def row(number: int, year: int) -> tuple[str, ...]:
    """A licence holder. Names repeat; the first is the driver who sits the test."""
    ends = date(year, 1, 1) + timedelta(days=number % 900)
    return (f"B{number + 1}", "Hackney carriage", f"Sample {'ABCDEFGHIJ'[number % 10]} Person{number % 30011}",
            f"driver{number}@example.org", f"07700 9{number % 100000:05}", f"{ends:%d/%m/%Y}")  # fmt: skip


def written(path: Path, year: int) -> Path:
    """The list as a file."""
    rows = (HEADER, *(row(number, year) for number in range(ROWS)))
    if path.suffix == ".csv":
        path.write_text("".join(",".join(cells) + "\r\n" for cells in rows), encoding="utf-8")
        return path
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in rows:
        sheet.append(cells)
    book.save(path)
    return path


def bring_in(instance: str, url: str, path: str, longest: "multiprocessing.Queue[list[float]]") -> None:
    """The command, in a process of its own, with its writing transactions timed."""
    os.environ.update(QUIZ_INSTANCE=instance, QUIZ_DATABASE_URL=url)
    lasted: list[float] = []
    inner = database.transaction

    @contextmanager
    def timed(engine: database.Engine) -> Iterator[Session]:
        began = time.perf_counter()
        with inner(engine) as session:
            yield session
        lasted.append(time.perf_counter() - began)

    database.transaction = timed
    cli.main(["drivers", "import", path, "--apply"], standalone_mode=False)
    longest.put(sorted(lasted, reverse=True)[:3])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_list_while_somebody_sits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, where: str, kind: str
) -> None:
    url = f"sqlite:///{tmp_path / 'quiz.db'}"
    if where == "postgresql":
        url = request.getfixturevalue("new_database")()
    monkeypatch.setenv("QUIZ_DATABASE_URL", url)
    quiz(tmp_path, "init")
    code = quiz(tmp_path, "drivers", "add", "--licence", "B1", "--kind", "hackney", "--name", "Sample A Person0")
    with served(tmp_path) as (port, _server):
        phone = Phone(port)
        phone.send("POST", "/sign-in", csrf_token=phone.token("/sign-in"), licence="B1", code=code)
        place = phone.send("POST", "/test/start", csrf_token=phone.token("/test/start"), declared="y")[1]
        attempt, token = place.rsplit("/", 1)[0], phone.token(place)

        def answer(number: int) -> float:
            began = time.perf_counter()
            assert phone.send("POST", f"{attempt}/{number % 20 + 1}", csrf_token=token, choice="1")[0] == 303
            return time.perf_counter() - began

        for what, year in (("all new", 2027), ("all changed", 2028)):
            path = written(tmp_path / f"list.{kind}", year)
            noticed = meanwhile(answer, tmp_path, url, path)
            print(f"\n{where}, {kind}, {ROWS:,} rows, {what}: {noticed}")


def meanwhile(answer: Callable[[int], float], instance: Path, url: str, path: Path) -> str:
    """Answer about every 50 ms until the list is in. Gives what that was like."""
    spawn = multiprocessing.get_context("spawn")
    longest = spawn.Queue()
    work = spawn.Process(target=bring_in, args=(str(instance), url, str(path), longest))
    began, took = time.perf_counter(), []
    work.start()
    while work.is_alive():
        took.append(answer(len(took)))
        time.sleep(0.05)
    work.join()
    assert work.exitcode == 0
    passed, took = time.perf_counter() - began, sorted(took)
    held = ", ".join(f"{one:.2f}" for one in longest.get())
    return (
        f"{passed:.1f} s; longest transactions {held} s; {len(took)} answers meanwhile, the middle one "
        f"{1000 * took[len(took) // 2]:.0f} ms, 99 of 100 {1000 * took[len(took) * 99 // 100]:.0f} ms, "
        f"the slowest {1000 * took[-1]:.0f} ms"
    )
