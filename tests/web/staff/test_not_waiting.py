"""Whoever makes a file keeps nobody from writing: a driver's answer does not wait until it is set in type."""

from datetime import UTC, datetime

import pytest

from quiz.actions import groups, reporting, training
from quiz.documents import typeset
from quiz.domain.monitoring import Period
from quiz.domain.report import Version
from quiz.domain.training import Plan
from quiz.records import audit
from quiz.records import groups as known
from quiz.records import training as rows
from tests.make import ISSUER, Make

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def session(make: Make) -> str:
    """A training session to which somebody came."""
    made = make.driver()
    with make.work() as work:
        row = training.plan(work, Plan(NINE, "Room 1", "T. Rainer", 10))
        training.invite(work, row.id, [made.person_id])
        training.note(work, row.id, {one.id: True for one in rows.places(work.session, row.id)})
        return f"/staff/training/{row.id}"


def report(make: Make) -> str:
    days = Period(NINE.date(), NINE.date())
    with make.work() as work:
        wanted = reporting.Wanted("driver", days, Version.INTERNAL)
        return f"/staff/reports/{reporting.issue(work, wanted, reporting.House('C', 'T'), ISSUER.signer).id}"


def pack(make: Make) -> str:
    made = make.driver()
    return f"/staff/evidence/{make.pack(made, make.attempt(made))}"


def group(make: Make) -> str:
    """A group with somebody who was not invited yet."""
    key = make.group()
    with make.work() as work:
        audience = known.of_key(work.session, key)
        groups.add(work, audience, name="Morgan Member")
    return f"/staff/groups/{key}"


@pytest.mark.parametrize(
    ("thing", "file", "event"),
    [
        (session, "certificates.pdf", "training.printed"),
        (session, "sheet.pdf", "training.printed"),
        (report, "pdf", "report.taken"),
        (pack, "pdf", "evidence.taken"),
        (group, "letters.pdf", "letter.printed"),
    ],
)
def test_others_write_while_a_file_is_set_in_type(officer, make, monkeypatch, thing, file, event):
    path, set_in_type = thing(make), typeset.pdf
    officer.open("/staff")
    if thing is group:
        officer.post(f"{path}/letters")  # writes the letter that is to be printed

    def meanwhile(*given: object) -> bytes:
        with make.work("person:somebody") as work:  # waits for ten seconds, then fails, if anybody holds the place
            work.record("answer.given", "person:somebody")
        return set_in_type(*given)

    monkeypatch.setattr(typeset, "pdf", meanwhile)
    assert officer.post(f"{path}/{file}").response.data.startswith(b"%PDF")
    with make.reading() as reading:
        assert {"answer.given", event} <= {one.event for one in audit.page(reading)[:4]}
