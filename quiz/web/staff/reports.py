"""Monitoring reports for the committee: looked at, issued, and downloaded as PDF, spreadsheet and signed file."""

import json
from datetime import date
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quiz.actions import jobs, reporting
from quiz.actions.reporting import House, Wanted
from quiz.documents import report as document
from quiz.domain import calendar, monitoring, report_joint
from quiz.domain.blueprint import TEST
from quiz.domain.errors import Refused
from quiz.domain.evidence import grouped
from quiz.domain.monitoring import Period
from quiz.domain.report import Report, Version, shown
from quiz.domain.roles import Permission
from quiz.domain.signed import Finding
from quiz.formats import report_file, report_sheets, workbook
from quiz.records import reports, staff
from quiz.records.reports import ReportRow
from quiz.web import downloads, settling
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, open_reading, separately, session, work, work_in
from quiz.web.staff import words
from quiz.web.staff.desk import settle_overdue

pages = Blueprint("reports", __name__, url_prefix="/staff/reports")

VERSIONS = {
    Version.INTERNAL: "Internal: with all numbers, for the council only",
    Version.PUBLIC: "Public: numbers of people from 1 to 4 are left out, and whatever would tell them",
}
SHORT = {Version.INTERNAL: "Internal", Version.PUBLIC: "Public"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeriodForm(FlaskForm):
    """For which days, and for whom. It stands in the address: it names nobody."""

    class Meta:
        """A question is no change, so it needs no token."""

        csrf = False

    first = DayField("First day", [InputRequired("Enter the first day")], name="from")
    last = DayField("Last day", [InputRequired("Enter the last day")], name="to")
    version = RadioField(
        "For whom is it?",
        [InputRequired("Choose for whom it is")],
        choices=[SelectChoice(key.value, said) for key, said in VERSIONS.items()],
    )

    def wanted(self) -> Wanted:
        """What was typed."""
        return Wanted(TEST, Period(self.first.data, self.last.data), Version(self.version.data))


@pages.get("")
@needs(Permission.SEE_REPORTS)
def listed() -> ResponseReturnValue:
    """Every report that was issued, newest first, and the way to the next one."""
    names = staff.names(session())
    rows = [(one, words.actor(one.by, names)) for one in reports.listed(session())]
    return render_template("staff/reports/list.html", rows=rows, short=SHORT)


@pages.get("/new")
@needs(Permission.SEE_REPORTS)
def new() -> ResponseReturnValue:
    """What a report would say now. Nothing is kept; looking marks what ran out of time."""
    last = monitoring.before(calendar.day_of(now()))
    asked = bool(request.args)
    form = PeriodForm(request.args if asked else None, first=last.first, last=last.last, version=Version.INTERNAL)
    public = report_joint.runs(reporting.public(session(), TEST))
    if not asked or not form.validate():
        return render_template("staff/reports/new.html", form=form, public=public, report=None)
    settle_overdue()
    wanted, today = form.wanted(), calendar.day_of(now())
    try:
        made_of = reporting.parts(session(), wanted, today)
    except Refused as refusal:
        form.last.errors = [refusal.message.rstrip(".")]
        return render_template("staff/reports/new.html", form=form, public=public, report=None)
    facts = {"form": form, "public": public, "wanted": wanted, "made_of": made_of}
    if reporting.is_long(session(), wanted, today):
        return render_template("staff/reports/new.html", **facts, report=None, version=VERSIONS[wanted.version])
    report = reporting.preview(work(), wanted, _house())
    return render_template("staff/reports/new.html", **facts, **_shown(report))


@pages.post("")
@needs(Permission.ISSUE_REPORTS)
def issue() -> ResponseReturnValue:
    """Freeze it. Of very many tests the worker does it. Counting comes first, so that nobody waits to write."""
    wanted = _wanted()
    today = calendar.day_of(now())
    monitoring.must_be_period(wanted.period, today)
    with open_reading() as reading:
        long = reporting.is_long(reading, wanted, today)
        joint = bool(reporting.parts(reading, wanted, today))
        counted = None if long or joint else reporting.figures(reading, TEST, wanted.period)
    if long:
        return redirect(url_for("working.one", job_id=_ask(wanted)), 303)
    row = reporting.issue(work(), wanted, _house(), settling.issuer().signer, counted)
    flash(f"Report {row.name} is issued. Nothing that changes from now on changes it.")
    return redirect(url_for(".one", report_id=row.id), 303)


def _wanted() -> Wanted:
    """What the form of the preview sends: no page offers anything else."""
    try:
        days = Period(date.fromisoformat(request.form["first"]), date.fromisoformat(request.form["last"]))
        return Wanted(TEST, days, Version(request.form["version"]))
    except (KeyError, ValueError):
        abort(400)


def _ask(wanted: Wanted) -> UUID:
    days = {"first": wanted.period.first.isoformat(), "last": wanted.period.last.isoformat()}
    details = {"test": wanted.test, "version": str(wanted.version), **days}
    job = jobs.ask(work(), reporting.KIND, details)
    job.details = json.dumps(details | {"back": url_for(".one", report_id=job.id)}, sort_keys=True)
    return job.id


@pages.get("/<uuid:report_id>")
@needs(Permission.SEE_REPORTS)
def one(report_id: UUID) -> ResponseReturnValue:
    """A report as it was frozen, with what ties it to its moment."""
    row = _row(report_id)
    genuine = report_file.check(parts().signing().public, row.seal) is Finding.GENUINE
    whole = genuine and report_file.digest(row.content) == row.digest
    return render_template(
        "staff/reports/one.html",
        row=row,
        digest=grouped(row.digest),
        head=grouped(row.head_hash),
        sealed=whole and reporting.follows_from_log(session(), row),
        **_shown(report_file.read(row.content)),
    )


@pages.post("/<uuid:report_id>/pdf")
@needs(Permission.SEE_REPORTS)
def paper(report_id: UUID) -> Response:
    """On paper."""
    row = _apart(report_id)
    made = document.pdf(report_file.read(row.content), row.seal)
    _taken(row, "pdf")
    return downloads.attachment(made, "application/pdf", f"{_name(row)}.pdf")


@pages.post("/<uuid:report_id>/xlsx")
@needs(Permission.SEE_REPORTS)
def spreadsheet(report_id: UUID) -> Response:
    """For a spreadsheet."""
    row, made = _apart(report_id), BytesIO()
    workbook.write(made, report_sheets.sheets(report_file.read(row.content), row.seal))
    _taken(row, "xlsx")
    return downloads.attachment(made.getvalue(), XLSX, f"{_name(row)}.xlsx")


@pages.post("/<uuid:report_id>/json")
@needs(Permission.SEE_REPORTS)
def file(report_id: UUID) -> Response:
    """The signed file, for `quiz verify`."""
    row = _apart(report_id)
    _taken(row, "json")
    return downloads.attachment(
        report_file.write(row.content, row.seal).encode(), "application/json", f"{_name(row)}.json"
    )


def _row(report_id: UUID) -> ReportRow:
    return session().get(ReportRow, report_id) or abort(404)


def _apart(report_id: UUID) -> ReportRow:
    """To be made into a file first and put on the record then, so that whoever sits a test does not wait for it."""
    give_up()
    return _row(report_id)


def _taken(row: ReportRow, form: str) -> None:
    with separately() as own:
        reporting.take(work_in(own), row, form)


def _name(row: ReportRow) -> str:
    return f"monitoring-report-{row.name}-{row.version}"


def _house() -> House:
    settings = parts().settings
    return House(settings.council.name, settings.service.name)


def _shown(report: Report) -> dict[str, object]:
    """A report for the template: cells in words, charts drawn."""
    drawn = [[document.drawn(one) for one in section.charts] for section in report.sections]
    return {
        "report": report, "sections": list(zip(report.sections, drawn, strict=True)), "said": shown,
        "version": VERSIONS[report.head.version],
    }  # fmt: skip
