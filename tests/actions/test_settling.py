"""All that ran out of time is marked at once, and nobody who does something else meanwhile is refused."""

from quiz.actions import settling
from tests.actions.sitter import at_once, begin, mark_of, settle
from tests.make import ISSUER


def test_marking_all_and_marking_one_do_not_wait_for_each_other_in_a_circle(make, clock):
    running = [begin(make, make.driver()) for _ in range(6)]
    clock.pass_by(minutes=46)

    def look(n):
        if n % 2:
            settle(make, running[-1 - n // 2])
            return
        with make.work("staff:officer") as work:
            settling.settle_all(work, ISSUER)

    at_once(8, look)
    assert [mark_of(make, one).number for one in running] == [1] * 6
