"""Attempts, newest first, by period; and the same as a file for a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quiz.actions import settling
from quiz.domain import calendar
from quiz.domain.blueprint import REASON_WORDS, Reason
from quiz.domain.roles import Permission
from quiz.formats import table
from quiz.records import results
from quiz.records.results import Result
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import now, open_reading, session, work
from quiz.web.settling import issuer
from quiz.web.staff import words
from quiz.web.staff.desk import PAGE, settle_overdue

pages = Blueprint("attempts", __name__, url_prefix="/staff")

CHUNK = 500
HEADER = (
    "Started", "Ended", "Name", "Licence numbers", "Reason for the test", "Supervised", "Result", "Right answers",
    "Questions", "Counts for a licence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt in words, for a line of a table."""

    result: Result
    licences: str
    reason: str
    came_of_it: str
    supervised: str
    mode: str

    @property
    def score(self) -> str:
        """ "17 of 20"; nothing while it is not marked."""
        return f"{self.result.score} of {self.result.of}" if self.result.score is not None else ""


class PeriodForm(FlaskForm):
    """From a day to a day, both included. It stands in the address: it names nobody."""

    class Meta:
        """A question is no change, so it needs no token."""

        csrf = False

    start = DayField("From", name="from")
    end = DayField("To", name="to")

    def validate(self, extra_validators: object = None) -> bool:
        """Also: the last day is not before the first."""
        fine = bool(super().validate(extra_validators))
        if fine and self.start.data and self.end.data and self.end.data < self.start.data:
            self.end.errors = ["The last day must be the same as the first day or after it"]
            return False
        return fine

    def period(self) -> tuple[datetime | None, datetime | None]:
        """The first moment, and the first moment after it; none where it is open."""
        start, end = self.start.data, self.end.data
        return calendar.start_of(start) if start else None, calendar.end_of(end) if end else None

    def address(self) -> dict[str, str]:
        """The period as it stands in an address."""
        return {f"{name}-{part}": typed for name, box in (("from", self.start), ("to", self.end))
                for part, _, typed in box.boxes if typed}  # fmt: skip


def rows(found: Sequence[Result]) -> list[Row]:
    """The attempts in words, their licence numbers read in one statement."""
    licences = results.licence_words(session(), [one.person_id for one in found])
    return [_row(one, licences, now()) for one in found]


def _row(one: Result, licences: dict[UUID, str], at: datetime) -> Row:
    return Row(
        result=one,
        licences=licences.get(one.person_id, ""),
        reason=REASON_WORDS[Reason(one.reason)],
        came_of_it=words.result(one.state(at), one.outcome),
        supervised=words.SUPERVISED[one.supervised],
        mode=words.MODES[one.mode],
    )


@pages.get("/attempts")
@needs(Permission.SEE_ATTEMPTS)
def newest() -> ResponseReturnValue:
    """A page of the list. Looking marks what ran out of time."""
    form = PeriodForm(request.args)
    before = request.args.get("before", type=UUID)
    fine = form.validate()
    if fine:
        settle_overdue()
    start, end = form.period()
    found = results.newest(session(), before, PAGE + 1, start, end) if fine else []
    return render_template(
        "staff/attempts/list.html",
        form=form,
        rows=rows(found[:PAGE]),
        older=found[PAGE - 1].attempt_id if len(found) > PAGE else None,
        first=before is None,
        period=form.address() if fine else {},
    )


@pages.post("/attempts.csv")
@needs(Permission.EXPORT_RESULTS)
def download() -> ResponseReturnValue:
    """The whole period as a file; who took it is on the record. What ran out of time is marked first, all of it."""
    form = PeriodForm(request.args)
    if not form.validate():
        abort(400)
    settling.settle_all(work(), issuer())
    start, end = form.period()
    days = {"first_day": form.start.data, "last_day": form.end.data}
    work().record("results.exported", "results", **{name: day for name, day in days.items() if day})
    lines = table.csv_lines(HEADER, _cells(start, end))
    name = _file_name(form.start.data, form.end.data)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _cells(start: datetime | None, end: datetime | None) -> Iterator[tuple[object, ...]]:
    """A session of its own: this runs while the answer is being sent, after the request's has ended."""
    at = now()
    with open_reading() as reading:
        found = results.between(reading, start, end)
        while chunk := list(islice(found, CHUNK)):
            licences = results.licence_words(reading, [one.person_id for one in chunk])
            for one in chunk:
                yield _line(_row(one, licences, at))


def _line(row: Row) -> tuple[object, ...]:
    one = row.result
    return (
        _moment(one.started_at), _moment(one.finished_at), one.name, row.licences, row.reason, row.supervised,
        row.came_of_it, one.score, one.of, "Yes" if one.mode == "live" else f"No ({row.mode.lower()})",
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    """London time as spreadsheets read it."""
    return at.astimezone(calendar.LONDON).strftime("%Y-%m-%d %H:%M") if at else ""


def _file_name(start: date | None, end: date | None) -> str:
    named = [f"from-{start}"] * bool(start) + [f"to-{end}"] * bool(end)
    return "-".join(["results", *named]) + ".csv"
