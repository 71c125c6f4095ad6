"""The figures of the report against some months that were counted by hand; and what freezing means."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.actions import deciding, planning, reporting
from quiz.actions.reporting import House, Wanted
from quiz.domain import monitoring
from quiz.domain.action_plan import Action, Status
from quiz.domain.adjustments import Kind
from quiz.domain.decisions import Grounds
from quiz.domain.monitoring import Period
from quiz.domain.report import Rate, Version
from quiz.domain.signed import Finding
from quiz.formats import report_file
from quiz.records import attempts, audit
from quiz.records.reports import ReportRow
from quiz.records.training import AcceptedAttendance, TrainingPlace, TrainingSession
from tests.actions.monitored import PERIOD, april_to_september
from tests.actions.sitter import refused
from tests.make import ISSUER

HOUSE = House("Chorley Council", "Driver test")
WANTED = Wanted("driver", PERIOD, Version.INTERNAL)
BY_HAND = {
    "taken": 26, "passed": 15, "failed": 11, "void": 1,
    "quarter-1.taken": 14, "quarter-1.passed": 8, "quarter-1.failed": 6,
    "quarter-2.taken": 12, "quarter-2.passed": 7, "quarter-2.failed": 5,
    "with.taken": 7, "with.passed": 6, "with.failed": 1,
    "without.taken": 19, "without.passed": 9, "without.failed": 10,
    "first.taken": 20, "first.passed": 9, "first.failed": 11,
    "again.taken": 6, "again.passed": 6, "again.failed": 0,
    "later": 6, "later-other": 0, "in-the-end": 15, "not-yet": 5,
    "unsafe": 2, "score": 9, "upheld": 1, "waiting": 1, "withdrawn": 1, "found-wrong": 0, "changed": 1,
    "ever-unsafe": 3, "outright": 14,
    "sat": 3, "elsewhere": 23, "seats": 4, "came": 3, "came-only": 0, "absent": 1,
    "incidents": 2, "incident.technical": 2,
    "holders": 24, "valid": 16, "own": 15, "accepted": 1, "without-pass": 8, "overdue": 1, "due-soon": 1,
    "due-later": 6,
}  # fmt: skip


@pytest.fixture
def months(once):
    return once(april_to_september)


def issue(make, wanted=WANTED):
    with make.work("staff:officer") as work:
        row = reporting.issue(work, wanted, HOUSE, ISSUER.signer)
        work.session.expunge(row)
        return row


def cells(row, table):
    report = report_file.read(row.content)
    found = next(one for section in report.sections for one in section.tables if one.title.startswith(table))
    return {line[0]: line[1:] for line in found.rows}


def test_the_figures_are_those_that_were_counted_by_hand(make, months):
    with make.reading() as session:
        found = reporting.figures(session, "driver", PERIOD)
    nothing = {name: value for name, value in found.counts.items() if name not in BY_HAND}
    assert {name: found.counts[name] for name in BY_HAND} == BY_HAND
    assert set(nothing.values()) == {0} and all(name.startswith("incident.") for name in nothing)
    assert monitoring.network(found).values == found.counts  # every sum holds, or this is refused
    assert {kind: number for kind, number in found.kinds.items() if number} == {Kind.EXTRA_TIME: 7, Kind.READER: 1}
    # Eight with 20, six with 10 and then 20, three with 12, three with 18.
    assert sum(one.right for one in found.topics) == 8 * 20 + 6 * 10 + 6 * 20 + 3 * 12 + 3 * 18
    assert sum(one.asked for one in found.topics) == 26 * 20
    assert found.events == {
        "sessions": 4, "sessions-held": 3, "sessions-later": 1, "questions-new": 0, "questions-changed": 0,
        "questions-out": 0, "questions-still-out": 0, "questions-back": 0, "questions-wrong": 0,
    }  # fmt: skip


def test_training_is_counted_beside_the_test_and_both_apart(make, months):
    """Five of those who passed and two others came to a session; one who was on its list did not; one was elsewhere."""
    came = [*months.at_once[:5], *months.failed[:2]]
    with make.work("staff:officer") as work:
        begins = datetime(2026, 5, 5, 9, tzinfo=UTC)
        rows = [
            TrainingSession(
                starts_at=at, place="Town Hall", trainer="Police", capacity=40, notes="", made_at=begins,
                made_by="staff:officer", held_at=held, held_by="staff:officer" if held else None,
                cancelled_at=None, cancelled_by=None, cancelled_why="",
            )
            for at, held in ((begins, begins), (begins + timedelta(30), None), (begins + timedelta(300), None))
        ]  # fmt: skip
        work.session.add_all(rows)
        work.session.flush()
        for made in (*came, months.second[0]):
            there = made in came
            work.session.add(TrainingPlace(
                session_id=rows[0].id, person_id=made.person_id, invited_at=begins, invited_by="staff:officer",
                attended=there, valid_until=date(2029, 5, 5) if there else None, noted_at=begins,
                noted_by="staff:officer",
            ))  # fmt: skip
        work.session.add(AcceptedAttendance(
            person_id=months.second[1].person_id, body="Preston", course="Theirs", attended_on=date(2026, 3, 1),
            until=date(2028, 3, 1), seen="A certificate", at=begins, by="staff:officer", ended_at=None, ended_by=None,
            ended_why="",
        ))  # fmt: skip
    with make.reading() as session:
        found = reporting.figures(session, "driver", PERIOD)
        early = reporting.figures(session, "driver", Period(date(2026, 4, 1), date(2026, 5, 4))).counts
    by_hand = {
        "attended": 8, "not-attended": 16, "both": 6, "pass-only": 10, "attended-only": 2, "neither": 6,
        "places": 8, "attended-places": 7, "missed": 1, "valid": 16, "holders": 24,
    }  # fmt: skip
    assert {name: found.counts[name] for name in by_hand} == by_hand
    assert monitoring.network(found).values == found.counts
    assert {name: number for name, number in found.events.items() if name.startswith("trainings")} == {
        "trainings": 2, "trainings-held": 1, "trainings-later": 1,
    }  # fmt: skip
    assert (early["places"], early["holders"]) == (0, 0)
    row = issue(make)
    assert cells(row, "Licence holders on")["With a valid pass and attendance"] == (6, Rate(250))
    assert cells(row, "Attendance")["– attended"] == (7,)


def test_a_shorter_period_counts_only_what_ended_in_it(make, months):
    with make.reading() as session:
        spring = reporting.figures(session, "driver", Period(date(2026, 4, 1), date(2026, 6, 30))).counts
        before = reporting.figures(session, "driver", Period(date(2026, 1, 1), date(2026, 3, 31))).counts
    assert (spring["taken"], spring["passed"], spring["later"], spring["not-yet"]) == (14, 8, 0, 6)
    assert (spring["valid"], spring["accepted"], spring["overdue"], spring["void"]) == (9, 1, 0, 0)
    assert {name: value for name, value in before.items() if value} == {}


def test_another_mode_is_counted_apart(make, months):
    with make.reading() as session:
        scope = reporting._scope(session, "driver", PERIOD)
        assert scope.mode == "pilot"
        tests, _ = reporting.records.tests(session, replace(scope, mode="live"))
    assert set(tests.values()) == {0}


def test_an_issued_report_says_the_figures_with_rates_and_intervals(make, months):
    row = issue(make)
    assert (row.name, row.period, row.by) == ("2026-1", PERIOD, "staff:officer")
    assert cells(row, "Tests by quarter")["Whole period"] == (26, 15, 11, Rate(577), "38.9% to 74.5%")
    end = cells(row, "Passed in the end")
    assert end["Passed first time"] == (9, Rate(450), "25.8% to 65.8%")
    assert end["Passed in the end"] == (15, Rate(750), "53.1% to 88.8%")
    assert cells(row, "Licence holders on 30 September 2026")["With a valid pass"] == (16, Rate(667))
    assert cells(row, "Tests with and without")["Without"][:4] == (19, 9, 10, Rate(474))
    assert cells(row, "What the readings found")["– being read"] == (1,)


def test_a_public_version_leaves_out_what_is_small_and_what_would_tell_it(make, months):
    row = issue(make, replace(WANTED, version=Version.PUBLIC))
    tries = cells(row, "Tests with and without")
    assert tries["With adjustments"][2] is None and tries["With adjustments"].count(None) >= 2
    assert tries["All"][0] == 26
    assert set(cells(row, "What the readings found").values()) == {(None,), (0,)}
    assert {one[0] for one in cells(row, "Adjustments used").values()} == {None}
    assert "Robin" not in row.content and "staff:" not in row.content


def test_what_changes_later_changes_no_report(make, months):
    row = issue(make)
    with make.work("staff:officer") as work:
        (attempt, _), *_ = attempts.of_person(work.session, months.at_once[0].person_id)
        deciding.void(work, months.at_once[0].person_id, attempt.id, Grounds("technical", "It does not count."))
        planning.add(work, Action("Training", "Hold one", "Licensing", None, Status.UNDER_WAY, ""))
    with make.reading() as session:
        kept = session.get_one(ReportRow, row.id)
        assert (kept.content, kept.digest) == (row.content, report_file.digest(row.content))
        assert reporting.figures(session, "driver", PERIOD).counts["taken"] == 25
        assert reporting.follows_from_log(session, kept)
    assert cells(issue(make), "Tests by quarter")["Whole period"][0] == 25


def test_it_is_sealed_with_the_end_of_the_log_and_on_the_record(make, months):
    with make.reading() as session:
        end = audit.head(session)
    row = issue(make)
    assert (row.head_sequence, row.head_hash) == (end.sequence, end.hash)
    keys = [ISSUER.signer.public()]
    assert report_file.check(keys, row.seal) is Finding.GENUINE
    for changed in ({"digest": "0" * 64}, {"sequence": 1}, {"hash": "0" * 64}, {"number": "2026-2"}, {"at": "x"}):
        assert report_file.check(keys, replace(row.seal, **changed)) is Finding.ALTERED
    assert report_file.check(keys, replace(row.seal, signature="zz")) is Finding.ALTERED
    with make.reading() as session:
        (entry,) = audit.about(session, f"report:{row.id}")
    assert entry.event == "report.issued" and row.digest in entry.content


def test_reports_are_numbered_in_their_year_and_public_ones_never_overlap(make, clock):
    june = Wanted("driver", Period(date(2026, 4, 1), date(2026, 6, 30)), Version.PUBLIC)
    assert [issue(make, one).name for one in (june, replace(june, version=Version.INTERNAL))] == ["2026-1", "2026-2"]
    later = replace(june, period=Period(date(2026, 6, 30), date(2026, 9, 30)))
    assert "2026-1 (1 April 2026 to 30 June 2026)" in refused("report-overlap", issue, make, later)
    assert issue(make, replace(later, version=Version.INTERNAL)).name == "2026-3"
    clock.pass_by(days=60)
    assert issue(make, replace(june, period=Period(date(2026, 7, 1), date(2026, 9, 30)))).name == "2027-1"


def test_a_public_report_over_public_ones_is_added_up_from_them(make, months):
    """What was set aside after the first one does not show, so nobody can subtract. An internal one counts anew."""
    spring, summer = Period(date(2026, 4, 1), date(2026, 6, 30)), Period(date(2026, 7, 1), PERIOD.last)
    whole = replace(WANTED, version=Version.PUBLIC)
    first = issue(make, replace(whole, period=spring))
    assert "first issue a public report for 1 July 2026 to 30 September" in refused(
        "report-overlap", issue, make, whole
    )
    with make.work("staff:officer") as work:
        (attempt, _), *_ = attempts.of_person(work.session, months.at_once[0].person_id)
        deciding.void(work, months.at_once[0].person_id, attempt.id, Grounds("technical", "It does not count."))
    issue(make, replace(whole, period=summer))
    row = issue(make, whole)
    assert (row.name, row.version, row.period) == ("2026-3", "public", PERIOD)
    tests = cells(row, "Tests by quarter")
    assert tests["April to June 2026"] == cells(first, "Tests")["Whole period"]
    assert tests["Whole period"][0] == 26
    assert cells(issue(make), "Tests by quarter")["Whole period"][0] == 25
    with make.reading() as session:
        assert [one.name for one in reporting.parts(session, whole, date(2026, 10, 10))] == ["2026-1", "2026-2"]


def test_a_period_that_is_not_over_is_refused(make, clock):
    refused("report-last", issue, make, replace(WANTED, period=Period(date(2026, 1, 1), date(2027, 1, 1))))
