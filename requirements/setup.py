"""The set-up of a checkout, as the Makefile calls it: `python3 -m requirements.setup run` (or `test`, or `lock`).

A step that is already done costs milliseconds, so every `make run` and `make test` goes through here.
"""

import fcntl
import sys
import time
from collections.abc import Callable

from requirements.assets import vendor
from requirements.browser import browser
from requirements.environment import environment
from requirements.lock import lock
from requirements.steps import CACHE, Stopped, say

WORTH_TELLING = 1.0  # seconds


def for_run() -> None:
    environment("run")
    vendor()


def for_test() -> None:
    environment("dev")
    vendor()
    browser()


ERRANDS: dict[str, Callable[[], None]] = {"run": for_run, "test": for_test, "lock": lock}


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0] not in ERRANDS:
        say(f"Say one of: {', '.join(ERRANDS)}")
        return 2
    begun = time.monotonic()
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        try:
            ERRANDS[words[0]]()
        except Stopped as reason:
            say(f"The set-up stopped. {reason}")
            return 1
    if (took := time.monotonic() - begun) > WORTH_TELLING:
        say(f"Set up in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
