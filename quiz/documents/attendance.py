"""Certificates of attendance at training: one A4 page for each driver. They say "attended", and never "passed"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quiz.documents import typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar

TITLE = "Certificate of attendance"
MARKS = {
    "SAMPLE": "SAMPLE. This is not a real certificate.",
    "PILOT": "PILOT. The council is trying out this service.",
}


@dataclass(frozen=True, slots=True)
class Attended:
    """What is printed for one driver. `until` is the last day on which it counts; `mark` is "", "SAMPLE" or "PILOT"."""

    council: str
    name: str
    licences: tuple[str, ...]
    day: date
    place: str
    trainer: str
    until: date
    mark: str = ""


def pdf(people: Sequence[Attended], made_on: date) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a; a page for each, in the order given. There is at least one."""
    return typeset.pdf("attendance.typ", facts(people, made_on))


def facts(people: Sequence[Attended], made_on: date) -> dict[str, Fact]:
    """What the template prints."""
    mark = people[0].mark
    return typeset.head(TITLE, made_on, mark, MARKS.get(mark, mark)) | {
        "council": people[0].council,
        "people": [
            {
                "name": one.name,
                "licences": one.licences,
                "day": calendar.words(one.day),
                "place": one.place,
                "trainer": one.trainer,
                "until": calendar.words(one.until),
            }
            for one in people
        ],
    }
