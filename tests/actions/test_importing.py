"""A list of licence holders from the file to the records and back, on both engines."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from quiz.actions import import_reading, importing, jobs, people
from quiz.commands import importing as lists
from quiz.commands import working
from quiz.commands.desk import Desk
from quiz.domain import import_match as matching
from quiz.domain.errors import Refused
from quiz.domain.importing import KEPT_FOR
from quiz.domain.licence import Kind
from quiz.formats import table
from quiz.records import audit, imports, standing
from quiz.records.imports import UNLISTED_FROM, ImportFile, ImportRow
from quiz.records.jobs import Job
from quiz.records.people import Licence, Person
from quiz.records.standing import StandingRow
from quiz.settings import Settings
from tests.make import COUNCIL, PEPPER, Make

HEADER = "Licence No;Licence Type;Name;Email;Mobile;Expiry Date"


@pytest.fixture
def at(make: Make, tmp_path: Path) -> Desk:
    (tmp_path / "settings.toml").write_text(Settings.default_text(), encoding="utf-8")
    (tmp_path / importing.FOLDER).mkdir()
    return Desk(Settings.load(tmp_path), make.engine, PEPPER, make.clock.now, "staff:ann")


def received(at: Desk, text: str, name: str = "list.csv") -> UUID:
    import_id = importing.fresh_id()
    importing.path(at.instance, import_id).write_bytes(text.encode())
    with at.work() as work:
        importing.receive(work, import_id, name=name, digest=hashlib.sha256(text.encode()).hexdigest(),
                          size=len(text), authority=COUNCIL)  # fmt: skip
    return import_id


def read(at: Desk, import_id: UUID) -> str:
    return import_reading.read(lists.quiet(at), import_id, importing.path(at.instance, import_id))


def compared(at: Desk, *rows: str, header: str = HEADER) -> UUID:
    import_id = received(at, "\n".join([header, *rows]) + "\n")
    read(at, import_id)
    return import_id


def counted(at: Desk, import_id: UUID) -> dict[str, int]:
    with at.reading() as session:
        return {one.value: number for one, number in imports.counts(session, import_id).items() if number}


def applied(at: Desk, import_id: UUID, unlisted: bool = False):
    with at.work() as work:
        done = importing.apply(work, import_id, unlisted)
    importing.settle(lists.quiet(at), import_id)
    return done


def decide(at: Desk, import_id: UUID, **answers: str) -> None:
    with at.work() as work:
        given = {int(number.removeprefix("row")): answer for number, answer in answers.items()}
        importing.decide(work, work.session.get_one(ImportFile, import_id), given)


def undone(at: Desk, import_id: UUID) -> UUID:
    """The reversal file, imported by the same importer."""
    with at.reading() as session:
        text = "".join(table.csv_lines(importing.reversal_header(), importing.reversal(session, import_id)))
    back = received(at, text, "reversal.csv")
    read(at, back)
    return back


def state(at: Desk) -> list[tuple[object, ...]]:
    """Every licence with its holder, as far as an import can change them."""
    with at.reading() as session:
        rows = session.execute(
            select(Licence.kind, Licence.number, Licence.expires_on, Licence.unlisted_since, Person.id, Person.name,
                   Person.name_key, Person.email, Person.phone)
            .join(Person).order_by(Licence.kind, Licence.number)
        )  # fmt: skip
        return [tuple(one) for one in rows]


def must_stand_as_derived(at: Desk) -> None:
    with at.work() as work:
        before = {one.person_id: standing.plain(one) for one in work.session.scalars(select(StandingRow))}
        work.session.expire_all()
        standing.refresh_all(work.session)
        after = {one.person_id: standing.plain(one) for one in work.session.scalars(select(StandingRow))}
        assert before == after


def test_a_list_is_compared_then_brought_in_and_taken_back(at, make):
    with make.work() as work:
        sam = people.add_driver(work, name="Sam Driver", kind=Kind.PRIVATE_HIRE, number="PH1", authority=COUNCIL,
                                email="sam@example.com", expires_on=date(2027, 1, 31)).id  # fmt: skip
        for number in ("PH2", "PH3"):
            people.add_driver(work, name=f"Known {number}", kind=Kind.PRIVATE_HIRE, number=number, authority=COUNCIL)
    before = state(at)
    import_id = compared(
        at,
        "ph 1;PH;Sam Driver;;'+44 7700 900123;31/12/2029",
        "PH2;Private Hire;KNOWN PH2;;;",
        "00123;Hackney Carriage;Zoë O’Neil;zoe@example.com;7700900124;31 Dec 2028",
        "PH9;PH;Sam Driver;SAM@example.com;;",
        "PH10;PH;;;;1/1/1900",
    )
    assert counted(at, import_id) == {"new": 1, "changed": 1, "decide": 1, "refused": 1, "unlisted": 1, "unchanged": 1}
    assert state(at) == before
    decide(at, import_id, row5="same")
    done = applied(at, import_id, unlisted=True)
    assert (done.people, done.licences, done.changed, done.unlisted) == (1, 2, 1, 1)
    after = {(one[0], one[1]): one for one in state(at)}
    assert after["hackney", "00123"][2:4] == (date(2028, 12, 31), None)
    assert after["hackney", "00123"][5:] == ("Zoë O’Neil", "zoe o'neil", "zoe@example.com", "07700900124")
    assert after["private-hire", "PH1"][2:] == (
        date(2029, 12, 31), None, sam, "Sam Driver", "sam driver", "sam@example.com", "+44 7700 900123",
    )  # fmt: skip
    assert after["private-hire", "PH9"][4] == sam
    assert after["private-hire", "PH3"][3] == at.now.date()
    must_stand_as_derived(at)

    back = undone(at, import_id)
    assert counted(at, back) == {"changed": 4, "unlisted": 1}  # PH2, which a reversal does not name, is never taken
    applied(at, back)
    found = state(at)
    assert [one for one in found if one[1] in ("PH1", "PH2", "PH3")] == before
    assert [one[3] for one in found if one[1] in ("00123", "PH9")] == [at.now.date()] * 2  # marked, not deleted
    must_stand_as_derived(at)


def test_it_is_one_entry_in_the_audit_log_without_anybody_in_it(at, make):
    import_id = compared(at, "PH1;PH;Sam Driver;sam@example.com;;", "PH2;PH;Bea Bold;;;")
    applied(at, import_id)
    with at.reading() as session:
        (entry,) = [one for one in audit.about(session, f"import:{import_id}") if one.event == "drivers.imported"]
        detail = json.loads(entry.content)["detail"]
        text = " ".join(one.content for one in audit.about(session, f"import:{import_id}"))
        assert (detail["people"], detail["licences"], len(detail["sha256"])) == (2, 2, 64)
    assert "Sam" not in text and "PH1" not in text and "example.com" not in text


def test_nothing_is_applied_where_the_records_changed_meanwhile(at, make):
    made = make.driver(name="Sam Driver", number="PH1")
    import_id = compared(at, "PH1;PH;Sam Driver;sam@example.com;;", "PH2;PH;Bea Bold;;;")
    with make.work() as work:
        people.correct(work, made.person_id, name="Sam Driver", email="", phone="01632 960001")
    before = state(at)
    with pytest.raises(Refused, match=r"1 row was compared with records that have changed"):
        applied(at, import_id)
    assert state(at) == before
    read(at, import_id)
    assert applied(at, import_id).changed == 1
    assert [one[8] for one in state(at) if one[1] == "PH1"] == ["01632 960001"]


def test_nothing_is_applied_where_somebody_added_the_licence_meanwhile(at, make):
    import_id = compared(at, "PH1;PH;Sam Driver;;;", "PH2;PH;Bea Bold;;;")
    make.driver(name="Sam Driver", number="PH 1")
    with pytest.raises(Refused, match="1 row was compared"):
        applied(at, import_id)
    assert [one[1] for one in state(at)] == ["PH 1"]


def test_a_list_is_applied_once(at):
    import_id = compared(at, "PH1;PH;Sam Driver;;;")
    applied(at, import_id)
    with pytest.raises(Refused, match="brought in already"):
        applied(at, import_id)
    again = compared(at, "PH1;PH;Sam Driver;;;")
    with pytest.raises(Refused, match="nothing to change"):
        applied(at, again)


def test_a_colleague_who_looked_before_a_list_was_brought_in_changes_nothing_of_it(at):
    import_id = compared(at, "PH1;PH;Sam Driver;;;")
    with at.reading() as session:
        looked_at = session.get_one(ImportFile, import_id)
        session.expunge(looked_at)
    applied(at, import_id)
    match = matching.Match((matching.Field.NUMBER, None, matching.Field.NAME, None, None, None), "dual")
    for late in (importing.again, importing.discard, lambda w, row: importing.match(w, row, match),
                 lambda w, row: importing.decide(w, row, {})):  # fmt: skip
        with pytest.raises(Refused, match="brought in already"), at.work() as work:
            late(work, looked_at)


def test_only_what_the_officer_has_seen_is_brought_in(at, make):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    import_id = compared(at, "PH2;PH;Sam Driver;sam@example.com;;", "PH3;PH;Bea Bold;;;")
    with at.reading() as session:
        seen = importing.as_seen(session, session.get_one(ImportFile, import_id))
    decide(at, import_id, row2="same")
    with pytest.raises(Refused, match="has changed since you looked at it"), at.work() as work:
        importing.apply(work, import_id, False, seen)
    assert [one[1] for one in state(at)] == ["PH1"]


def test_of_two_readings_only_the_one_that_was_asked_for_last_writes(at):
    import_id = received(at, f"{HEADER}\nPH1;PH;Sam Driver;;;\n")
    with at.work() as work:
        first, second = (jobs.ask(work, importing.READ, {"import": str(import_id)}) for _ in range(2))
        work.session.get_one(ImportFile, import_id).job_id = second.id
        work.session.flush()
        work.session.expunge_all()
    for _ in range(2):
        working.run_next(at, lambda: at.now, handlers={importing.READ: lists.read})
    with at.reading() as session:
        ended = [session.get_one(Job, one.id) for one in (first, second)]
        assert [one.ended for one in ended] == ["refused", "done"]
    assert counted(at, import_id) == {"new": 1}


def test_of_two_rows_for_one_licence_one_is_used(at):
    import_id = compared(at, "PH1;PH;Sam Driver;;;1/1/2027", "PH1;PH;Sam Driver;;;1/1/2030", "PH2;PH;Bea Bold;;;")
    assert counted(at, import_id) == {"new": 1, "decide": 2}
    decide(at, import_id, row2="use")
    decide(at, import_id, row3="use")
    applied(at, import_id)
    assert [one[1:3] for one in state(at)] == [("PH1", date(2030, 1, 1)), ("PH2", None)]


def test_one_new_person_with_two_licences_in_the_list_and_one_who_only_seems_so(at):
    rows = ("PH1;PH;Sam Driver;;07700 900123;", "HC1;HC;Sam Driver;;07700 900123;", "HC2;HC;Sam Driver;;07700 900123;")
    import_id = compared(at, *rows)
    decide(at, import_id, row3="same", row4="other")
    assert applied(at, import_id).people == 2
    by_number = {one[1]: one[4] for one in state(at)}
    assert by_number["PH1"] == by_number["HC1"] != by_number["HC2"]


def test_answers_stay_when_the_list_is_compared_again(at, make):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    import_id = compared(at, "PH2;PH;Sam Driver;sam@example.com;;")
    decide(at, import_id, row2="other")
    with at.work() as work:
        importing.again(work, work.session.get_one(ImportFile, import_id))
    read(at, import_id)
    with at.reading() as session:
        one = session.get_one(ImportRow, (import_id, 2))
        assert (one.choice, one.taken, one.adds_person) == ("other", True, True)


@pytest.mark.parametrize(("number", "answer"), [(2, "same"), (3, "maybe"), (3, "use"), (99, "same")])
def test_an_answer_to_nothing_is_refused(at, make, number, answer):
    make.driver(name="Sam Driver", number="PH1", email="sam@example.com")
    import_id = compared(at, "PH2;PH;Bea Bold;;;", "PH3;PH;Sam Driver;sam@example.com;;")
    with pytest.raises(Refused):
        decide(at, import_id, **{f"row{number}": answer})


def test_columns_that_are_not_clear_are_asked_for_and_remembered(at):
    header = "Ref;What;Who;When"
    import_id = received(at, f"{header}\nPH1;ignored;Sam Driver;1/2/2027\n")
    assert "not clear yet" in read(at, import_id)
    fields = (matching.Field.NUMBER, None, matching.Field.NAME, matching.Field.EXPIRES)
    with at.work() as work:
        importing.match(work, work.session.get_one(ImportFile, import_id), matching.Match(fields, "dual"))
    with at.reading() as session:
        assert "ignored" in session.get_one(ImportFile, import_id).examples
    read(at, import_id)
    with at.reading() as session:
        assert session.get_one(ImportFile, import_id).kept("examples") == [["PH1", "", "Sam Driver", "1/2/2027"]]
    assert counted(at, import_id) == {"new": 1}
    assert counted(at, compared(at, "PH2;ignored;Bea Bold;", header=header)) == {"new": 1}
    with at.work() as work, pytest.raises(Refused, match="Say which column"):
        importing.match(work, work.session.get_one(ImportFile, import_id), matching.Match((None,) * 4))


def test_a_reader_that_was_killed_begins_again(at, monkeypatch):
    monkeypatch.setattr(import_reading, "EACH", 500)
    import_id = received(at, HEADER + "\n" + "".join(f"PH{n};PH;Sam {n};;;\n" for n in range(700)))

    def dies(done: int, total: int | None = None, stage: str | None = None) -> None:
        if stage == "Keeping what came of it" and done > 700:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_reading.read(replace(lists.quiet(at), progress=dies), import_id, importing.path(at.instance, import_id))
    with at.reading() as session:
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 500
    with pytest.raises(Refused, match="not been compared"):
        applied(at, import_id)
    read(at, import_id)
    assert counted(at, import_id) == {"new": 700}


def test_what_a_crash_left_undone_after_applying_is_finished_by_the_tick(at):
    import_id = compared(at, "PH1;PH;Sam Driver;;;1/1/2027")
    with at.work() as work:
        importing.apply(work, import_id, False)
    with at.reading() as session:
        assert session.scalars(select(StandingRow)).all() == []
    lists.tidy(at)
    must_stand_as_derived(at)
    with at.reading() as session:
        assert session.get_one(ImportFile, import_id).settled_at is not None


def test_rows_and_files_are_forgotten_after_thirty_days_or_when_discarded(at, make):
    first, second = compared(at, "PH1;PH;Sam Driver;;;"), compared(at, "PH2;PH;Bea Bold;;;")
    importing.clear(lists.quiet(at), at.instance, second)
    later = Desk(at.settings, at.engine, at.pepper, at.now + KEPT_FOR + timedelta(minutes=1))
    assert (lists.tidy(at), lists.tidy(later), lists.tidy(later)) == (0, 1, 0)
    with at.reading() as session:
        assert session.scalars(select(ImportRow)).all() == []
        assert [one.examples for one in session.scalars(select(ImportFile))] == ["[]", "[]"]
        assert audit.about(session, f"import:{first}")[0].event == "import.cleared"
    assert not any(importing.path(at.instance, one).exists() for one in (first, second))
    with pytest.raises(Refused):
        applied(at, second)


def test_four_and_a_half_thousand_rows_with_the_usual_mess(at, make):
    chance = Random(11)
    with make.work() as work:
        for n in range(40):
            people.add_driver(work, name=f"Amir Khan {n}", kind=Kind.HACKNEY, number=f"HC{n:04}", authority=COUNCIL,
                              email=f"amir{n}@example.com")  # fmt: skip
    rows, bad = [], 0
    for n in range(4500):
        kind, number = ("HC", f"hc {n:04}") if n < 40 else ("Private Hire", f"{n:05}")
        name = f"Amir Khan {n}" if n < 40 else chance.choice((f"KHAN {n}, Amir", f"Zoë  O'Neil {n}", f"Ján Őri {n}"))
        day = chance.choice(("31/12/2027", "1 Jan 2028", "2028-02-29", "01-03-28", ""))
        phone = chance.choice(("'+44 7700 900123", "7700900123", "n/a", "01632 960001"))
        if n % 90 == 50:
            bad += 1
            number, day = chance.choice(((f"{n:05} / HC{n}", day), (number, "1/1/1900"), ("", day), ("=A1", day)))
        rows.append(f"{number};{kind};{name};;{phone};{day}")
    import_id = compared(at, *rows)
    assert counted(at, import_id) == {"new": 4460 - bad, "changed": 40, "refused": bad}
    assert applied(at, import_id).people == 4460 - bad
    with at.reading() as session:
        assert session.scalar(select(func.count()).select_from(StandingRow)) == 4500 - bad
        assert session.scalar(select(func.count()).where(ImportRow.number >= UNLISTED_FROM)) == 0
        notes = session.get_one(ImportFile, import_id).kept("notes")
    assert any("surname first" in one for one in notes) and any("mended" in one for one in notes)
