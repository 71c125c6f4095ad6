"""When an access code works, and that only its digest can be kept."""

from datetime import UTC, date, datetime

import pytest

from quiz.domain import codes

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EARLIER, LATER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "withdrawn", "ended", "sitting", "works"),
    [
        (None, None, None, False, True),
        (date(2026, 11, 23), None, None, False, True),
        (date(2026, 11, 22), None, None, False, False),
        (date(2026, 11, 22), None, None, True, True),
        (date(2026, 11, 22), None, EARLIER, False, True),
        (None, EARLIER, None, False, False),
        (None, NOW, None, False, False),
        (None, LATER, None, False, True),
        (None, EARLIER, None, True, False),
        (None, EARLIER, NOW, False, False),
    ],
    ids=["new", "last day of the invitation", "the day after", "while sitting", "to see a result", "replaced",
         "replaced this moment", "replaced later", "replaced while sitting", "replaced after a result"],
)  # fmt: skip
def test_when_a_code_works(deadline, withdrawn, ended, sitting, works):
    assert codes.works(NOW, deadline, withdrawn, ended, sitting) is works


@pytest.mark.parametrize(
    ("ended", "now", "works"),
    [
        ("2026-11-01 10:00", "2026-12-01 23:59", True),
        ("2026-11-01 10:00", "2026-12-02 00:00", False),
        ("2026-06-01 23:30", "2026-07-02 22:59", True),
        ("2026-06-01 23:30", "2026-07-02 23:00", False),
        ("2026-10-01 10:00", "2026-10-31 23:59", True),
        ("2026-10-01 10:00", "2026-11-01 00:00", False),
    ],
    ids=[
        "last day",
        "the day after",
        "last day in summer",
        "midnight in summer",
        "over the change",
        "after the change",
    ],
)
def test_a_code_works_for_thirty_days_after_the_last_result(ended, now, works):
    assert codes.works(at(now), None, None, at(ended), False) is works


def test_a_digest_depends_on_pepper_purpose_and_secret():
    made = {codes.digest(p, use, s) for p in (b"one", b"two") for use in ("code", "session") for s in ("A", "B")}
    assert len(made) == 8
    assert all(len(digest) == 64 and set(digest) <= set("0123456789abcdef") for digest in made)


def test_purpose_and_secret_do_not_run_together():
    assert codes.digest(b"pepper", "code", "A") != codes.digest(b"pepper", "cod", "eA")


def test_digests_are_compared():
    assert codes.same("ab", "ab")
    assert not codes.same("ab", "ac")
