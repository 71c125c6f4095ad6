"""Results as files: exactly what the list shows as it is filtered."""

from collections.abc import Iterator

from flask import Blueprint, Response, stream_with_context
from flask.typing import ResponseReturnValue

from quiz.actions import exporting, settling
from quiz.domain import results
from quiz.domain.results import Wanted
from quiz.domain.roles import Permission
from quiz.formats import table
from quiz.records import filtered
from quiz.web.guard import needs
from quiz.web.request import now, open_reading, session, work
from quiz.web.settling import issuer
from quiz.web.staff import attempts

pages = Blueprint("exporting", __name__, url_prefix="/staff")

COUNTED = 1_000_000


@pages.post("/attempts.csv")
@needs(Permission.EXPORT_RESULTS)
def as_csv() -> ResponseReturnValue:
    """One line a test. Who took it is on the record. What ran out of time is marked first, all of it."""
    wanted = attempts.asked()
    settling.settle_all(work(), issuer())
    number = filtered.count(session(), wanted, COUNTED)
    work().record("results.exported", "results", file="csv", rows=number, **results.as_facts(wanted))
    lines = stream_with_context(_lines(wanted, attempts.groups()))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(wanted)}.csv"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _lines(wanted: Wanted, groups: dict[str, str]) -> Iterator[str]:
    """A session of its own: this runs while the answer is being sent, after the request's has ended."""
    with open_reading() as reading:
        yield from table.csv_lines(exporting.HEADER, exporting.rows(reading, wanted, groups, now()))


def file_name(wanted: Wanted) -> str:
    """Named for its period; what else was chosen stands in the file, or on the record."""
    named = [f"from-{wanted.first_day}"] * bool(wanted.first_day) + [f"to-{wanted.last_day}"] * bool(wanted.last_day)
    return "-".join(["results", *named])
