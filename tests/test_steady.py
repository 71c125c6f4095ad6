"""The clock of the service goes on evenly, whatever anybody does to the machine's."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from quiz import steady
from quiz.domain import attempt as rules
from quiz.steady import Machine, SteadyClock
from tests.actions.sitter import begin, row_of

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Box:
    """A machine whose clock anybody can set."""

    def __init__(self, boot: str = "first") -> None:
        self.boot, self.seconds, self.local = boot, 1000.0, NINE

    def pass_by(self, minutes: float) -> None:
        self.seconds += minutes * 60
        self.local += timedelta(minutes=minutes)

    @property
    def machine(self) -> Machine:
        return Machine(self.boot, lambda: self.seconds, lambda: self.local, lambda: self.local)


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def even(tmp_path, box):
    return SteadyClock(tmp_path / steady.FILE, box.machine)


@pytest.mark.parametrize("moved", [-HOUR, HOUR, timedelta(days=-400)], ids=["back", "forward", "far back"])
def test_a_step_of_the_machines_clock_is_told_and_changes_nothing(box, even, caplog, moved):
    assert even() == NINE
    box.pass_by(5)
    box.local += moved
    with caplog.at_level(logging.WARNING):
        assert even() == even() == NINE + timedelta(minutes=5)
    assert [one.getMessage() for one in caplog.records] == [
        f"The machine's clock was moved by {moved.total_seconds():+.0f} s. Tests go on by elapsed time."
    ]


def test_keeping_a_clock_right_is_no_step(box, even, caplog):
    even()
    box.local += timedelta(seconds=1.5)
    even()
    assert not caplog.records and not even.moved


def test_all_processes_of_a_boot_share_one_clock_and_another_boot_has_its_own(tmp_path, box, even):
    even()
    box.local += HOUR
    other = SteadyClock(tmp_path / steady.FILE, box.machine)
    assert other() == even() == NINE
    box.boot, box.seconds = "second", 3.0
    assert SteadyClock(tmp_path / steady.FILE, box.machine)() == NINE + HOUR


def test_a_clock_that_is_believed_again_is_believed_by_all(tmp_path, box, even):
    other = SteadyClock(tmp_path / steady.FILE, box.machine)
    assert even() == other() == NINE
    box.local += HOUR
    assert even.moved
    even.renew()
    assert even() == other() == NINE + HOUR and not other.moved


@pytest.mark.parametrize("content", ["", "{}", '{"boot": "first", "seconds": "x"}', "\x00"])
def test_a_damaged_file_is_made_anew(tmp_path, box, even, content):
    (tmp_path / steady.FILE).write_text(content, encoding="utf-8")
    assert even() == NINE
    assert "first" in (tmp_path / steady.FILE).read_text(encoding="utf-8")


def test_the_real_clock_tells_the_time_and_leaves_nothing_beside_its_file(tmp_path, engine):
    even = steady.of(tmp_path, engine)
    assert abs(even() - datetime.now(UTC)) < timedelta(seconds=2)
    assert [path.name for path in tmp_path.iterdir() if "clock" in path.name] == [steady.FILE]


def test_a_driver_has_the_same_time_left_after_the_machines_clock_was_put_back(box, even, make, made):
    make.clock.now = even()
    attempt_id = begin(make, made)
    box.pass_by(10)
    box.local -= HOUR
    assert rules.time_left(row_of(make, attempt_id).deadline, even()) == timedelta(minutes=35)


def test_a_file_that_was_lost_is_written_again_as_it_was(tmp_path, box, even):
    even()
    box.local += HOUR
    (tmp_path / steady.FILE).unlink()
    assert even() == SteadyClock(tmp_path / steady.FILE, box.machine)() == NINE
