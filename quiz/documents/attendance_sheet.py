"""The attendance sheet of a training session: who is on the list, and room for signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quiz.documents import typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar

TITLE = "Attendance sheet: safeguarding training"
MARKS = {"SAMPLE": "SAMPLE. This is not a real list.", "PILOT": "PILOT. The council is trying out this service."}
SPARE = 5  # lines for whoever comes without being on the list


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. `people` are pairs of a name and the last characters of the licences; `mark` as elsewhere."""

    council: str
    starts_at: datetime
    place: str
    trainer: str
    people: Sequence[tuple[str, str]]
    mark: str = ""


def pdf(sheet: Sheet, made_on: date) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a; the heading of the table stands on each page."""
    return typeset.pdf("attendance_sheet.typ", facts(sheet, made_on))


def facts(sheet: Sheet, made_on: date) -> dict[str, Fact]:
    """What the template prints."""
    day = calendar.weekday(calendar.day_of(sheet.starts_at))
    return typeset.head(TITLE, made_on, sheet.mark, MARKS.get(sheet.mark, sheet.mark)) | {
        "council": sheet.council,
        "session": [["Begins", f"{day}, {calendar.clock(sheet.starts_at)}"], ["Place", sheet.place],
                    ["Trainer", sheet.trainer], ["On the list", str(len(sheet.people))]],
        "foot": f"{day}, {sheet.place}",
        "people": [[str(number), *one] for number, one in enumerate(sheet.people, 1)],
        "spare": SPARE,
    }  # fmt: skip
