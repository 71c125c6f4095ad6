"""Issuing a report of very many tests: counted by the worker, then frozen in a short transaction."""

from datetime import date

from quiz import keyring
from quiz.actions import reporting
from quiz.actions.reporting import House, Wanted
from quiz.commands.working import Run
from quiz.domain.monitoring import Period
from quiz.domain.report import Version
from quiz.records.reports import ReportRow


def issue(run: Run) -> str:
    """The report has the key of its work, so that beginning again after a crash issues no second one."""
    given, council = run.job.given, run.at.settings.council.name
    period = Period(date.fromisoformat(given["first"]), date.fromisoformat(given["last"]))
    wanted = Wanted(str(given["test"]), period, Version(given["version"]))
    house = House(council, run.at.settings.service.name)
    with run.at.reading() as session:
        known = session.get(ReportRow, run.job.id)
        if known is not None:
            return _said(known)
        run.progress(0, stage="Counting")
        counted = reporting.figures(session, wanted.test, period)
    run.progress(0, stage="Issuing")
    with run.work() as work:
        signer = keyring.signing_keys(run.at.instance).signer
        return _said(reporting.issue(work, wanted, house, signer, counted, report_id=run.job.id))


def _said(row: ReportRow) -> str:
    return f"Report {row.name} is issued."
