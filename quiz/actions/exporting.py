"""Results as rows of a file: in words that people understand, read from the database as they are written."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice

from sqlalchemy.orm import Session

from quiz.domain import calendar, results
from quiz.domain.blueprint import REASON_WORDS, Reason
from quiz.domain.results import Wanted
from quiz.records import filtered
from quiz.records import results as records
from quiz.records.results import Result

Cell = str | int | date | None

CHUNK = 500
HEADER = (
    "Date of test", "Time of start", "Time of end", "Name", "Licence number", "Reason for the test",
    "Supervised or not", "Result", "Right answers", "Questions", "Weak spots", "Counts for a licence",
)  # fmt: skip
MODES = {"live": "Yes", "pilot": "No (pilot)", "sample": "No (sample)"}


def rows(session: Session, wanted: Wanted, groups: Mapping[str, str], at: datetime) -> Iterator[tuple[Cell, ...]]:
    """Every test that fits, a line each; so few are held at a time that any number of them can be written."""
    found = filtered.all_of(session, wanted)
    while chunk := list(islice(found, CHUNK)):
        licences = records.licence_words(session, [one.person_id for one in chunk])
        for one in chunk:
            yield _cells(one, licences.get(one.person_id, ""), groups, at)


def _cells(one: Result, licences: str, groups: Mapping[str, str], at: datetime) -> tuple[Cell, ...]:
    return (
        calendar.day_of(one.started_at),
        _clock(one.started_at),
        _clock(one.finished_at),
        one.name,
        licences,
        REASON_WORDS[Reason(one.reason)],
        results.SUPERVISED_WORDS[one.supervised],
        results.said(one.state(at), one.outcome),
        one.score,
        one.of,
        "; ".join(groups.get(key, key) for key in results.unkept(one.weak)),
        MODES[one.mode],
    )


def _clock(at: datetime | None) -> str:
    """London time in a form that sorts."""
    return at.astimezone(calendar.LONDON).strftime("%H:%M") if at else ""
