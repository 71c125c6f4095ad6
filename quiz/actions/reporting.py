"""The committee's report: counted, looked at, and issued, which freezes it. What changes later changes no report."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.work import Work
from quiz.domain import calendar, monitoring, report_joint
from quiz.domain.monitoring import Figures, Period, Topic
from quiz.domain.report import Head, Report, Version
from quiz.domain.report_sections import sections
from quiz.domain.tries import MODES
from quiz.formats import report_file
from quiz.formats.signing import Signer
from quiz.records import action_plan, audit, coverage, papers, reports, service, staff, trained, training
from quiz.records import monitoring as records
from quiz.records.base import new_id
from quiz.records.monitoring import Scope
from quiz.records.people import Person
from quiz.records.reports import ReportRow
from quiz.records.service import Service

KIND = "report"
STRAIGHT = 20_000  # tests that are counted while somebody waits; more are counted by the worker


@dataclass(frozen=True, slots=True)
class House:
    """Who reports, by the settings."""

    council: str
    service: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: of what test, for which days, for whom."""

    test: str
    period: Period
    version: Version


def figures(session: Session, test: str, period: Period) -> Figures:
    """Everything that the report counts, as it is recorded now."""
    scope = _scope(session, test, period)
    tests, kinds = records.tests(session, scope)
    events, drivers = records.sessions(session, scope)
    is_trained, attended = trained.is_recorded(session), training.attended_on(Person.id, period.last)
    trainings, places = trained.sessions(session, scope) if is_trained else ({}, {})
    holders = coverage.holders(session, scope, attended if is_trained else None)
    counts = {
        **tests, **drivers, **holders, **places, "void": records.set_aside(session, scope),
        "came-only": drivers["came"] - tests["sat"],
    }  # fmt: skip
    return Figures(
        period=period,
        counts=counts,
        topics=_topics(session, scope),
        kinds=kinds,
        events={**events, **trainings, **records.questions(session, scope)},
        trained=is_trained,
    )


def _scope(session: Session, test: str, period: Period) -> Scope:
    mode = MODES[service.facts(session).mark]
    row = session.get_one(Service, 1)
    return Scope(test, mode, period, since=row.live_at)


def _topics(session: Session, scope: Scope) -> list[Topic]:
    """In the order of the rules; then topics that only older rules know."""
    found = records.topics(session, scope)
    rules = papers.current(session, scope.test)
    names = {one.code: one.name for one in rules.topics}
    codes = [one.code for one in rules.topics if one.code in rules.placed or one.code in found]
    codes += sorted(found.keys() - set(codes))
    return [Topic(code, names.get(code, ""), *found.get(code, (0, 0))) for code in codes]


def preview(work: Work, wanted: Wanted, house: House) -> Report:
    """The report as it would be issued now. Nothing is kept."""
    return _report(work, wanted, house, "", parts(work.session, wanted, calendar.day_of(work.now)), None)


def parts(session: Session, wanted: Wanted, today: date) -> list[ReportRow]:
    """The public reports that this one is added up from; none for one that counts.

    Refuses a period that makes no sense, and a public version for days of which some are public already.
    """
    monitoring.must_be_period(wanted.period, today)
    if wanted.version is not Version.PUBLIC:
        return []
    found = report_joint.parts(wanted.period, public(session, wanted.test))
    monitoring.must_be_long_enough(wanted.period)
    return found


def public(session: Session, test: str) -> list[ReportRow]:
    """The public reports of a test, in the order of their numbers."""
    return reports.published(session, test, MODES[service.facts(session).mark])


def is_long(session: Session, wanted: Wanted, today: date) -> bool:
    """Whether making it takes longer than anybody wants to wait. Refuses what `parts` refuses."""
    if parts(session, wanted, today):
        return False
    return records.count(session, _scope(session, wanted.test, wanted.period)) > STRAIGHT


def issue(
    work: Work,
    wanted: Wanted,
    house: House,
    signer: Signer,
    counted: Figures | None = None,
    report_id: UUID | None = None,
) -> ReportRow:
    """Freeze it: number, text, digest, and the signed end of the audit log.

    `counted` is given by whoever has counted already, so that nobody waits for a place to write meanwhile; a report
    that is added up from others needs it not. `report_id` is given by whoever must know it before.
    """
    service.row(work.session)  # held, so that two reports come in turn
    today = calendar.day_of(work.now)
    made_of, year = parts(work.session, wanted, today), today.year
    number = reports.next_number(work.session, year)
    report = _report(work, wanted, house, f"{year}-{number}", made_of, counted)
    content, head = report_file.freeze(report), audit.head(work.session)
    seal = report_file.sign(signer, report.head.number, content, head.sequence, head.hash, work.now.isoformat())
    row = ReportRow(
        id=report_id or new_id(), year=year, number=number, version=wanted.version, test=wanted.test,
        mode=report.head.mode, first_day=wanted.period.first, last_day=wanted.period.last, at=work.now,
        by=work.actor, content=content, digest=seal.digest, head_sequence=seal.sequence, head_hash=seal.hash,
        key=seal.key, signature=seal.signature,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("report.issued", f"report:{row.id}", number=row.name, version=row.version, digest=row.digest)
    return row


def take(work: Work, row: ReportRow, form: str) -> None:
    """Somebody downloads a report: it is on the record, like every export."""
    work.record("report.taken", f"report:{row.id}", form=form)


def follows_from_log(session: Session, row: ReportRow) -> bool:
    """Whether the audit log still holds the entry at whose end the report was issued."""
    return audit.hash_of(session, row.head_sequence) == row.head_hash or row.head_sequence == 0


def _report(
    work: Work, wanted: Wanted, house: House, number: str, made_of: list[ReportRow], counted: Figures | None
) -> Report:
    today = calendar.day_of(work.now)
    plan = [one.said.row(today) for one in action_plan.plan(work.session)]
    inside = wanted.version is Version.INTERNAL
    by = staff.names(work.session).get(work.actor, "") if inside else ""
    head = Head(
        number=number, version=wanted.version, first=wanted.period.first, last=wanted.period.last,
        council=house.council, service=house.service, mode=MODES[service.facts(work.session).mark],
        made_at=work.now, made_by=by or "Licensing officer",
    )  # fmt: skip
    if made_of:
        return Report(head, report_joint.sections([report_file.read(one.content) for one in made_of], plan))
    counted = counted or figures(work.session, wanted.test, wanted.period)
    return Report(head, sections(counted, wanted.version, plan))
