"""Holding training sessions: planned, changed, cancelled, their lists made, and who came noted down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from quiz.actions import telling
from quiz.actions.work import Work
from quiz.domain import calendar
from quiz.domain import telling as told
from quiz.domain import training as rules
from quiz.domain.errors import Refused
from quiz.domain.training import Elsewhere, Plan
from quiz.records import people, training
from quiz.records.training import AcceptedAttendance, AttendanceNote, TrainingPlace, TrainingSession


@dataclass(frozen=True, slots=True)
class Read:
    """What a list of numbers came to: how many were noted as having come, and lines that are still to be looked at."""

    noted: int
    known: int
    unknown: list[str]
    several: list[str]


def plan(work: Work, planned: Plan) -> TrainingSession:
    """A session with an empty list."""
    rules.must_make_sense(planned)
    row = TrainingSession(made_at=work.now, made_by=work.actor, cancelled_why="", edition=0, **_facts(planned))
    work.session.add(row)
    work.session.flush()
    work.record("training.planned", f"training:{row.id}", starts_at=row.starts_at, capacity=row.capacity)
    return row


def change(work: Work, training_id: UUID, planned: Plan) -> None:
    """Put the plan, or what was written down of a session that was held, right."""
    row = _locked(work, training_id)
    listed = training.places(work.session, row.id)
    rules.must_make_sense(planned, len(listed) if planned.capacity < row.capacity else 0)
    if row.cancelled_at is not None:
        raise Refused("training-cancelled", "This session was cancelled. Plan a new one.")
    if row.held_at is not None and planned.day > calendar.day_of(work.now):
        raise Refused("training-day", "People have come to this session, so its day must be today or earlier.")
    was = {"starts_at": row.starts_at, "capacity": row.capacity}
    if (planned.starts_at, planned.place.strip()) != (row.starts_at, row.place):
        telling.take_back(work, row, told.MOVED)
        row.edition += 1
    for name, value in _facts(planned).items():
        setattr(row, name, value)
    for one in listed:
        one.valid_until = rules.valid_until(row.day) if one.attended else None
    work.session.flush()
    work.record("training.changed", f"training:{row.id}", was=was, starts_at=row.starts_at, capacity=row.capacity)


def _facts(planned: Plan) -> dict[str, object]:
    return {
        "starts_at": planned.starts_at,
        "place": planned.place.strip(),
        "trainer": planned.trainer.strip(),
        "capacity": planned.capacity,
        "notes": planned.notes.strip(),
    }


def cancel(work: Work, training_id: UUID, why: str) -> None:
    """It does not take place. Its list stays, so that everybody on it can be told."""
    rules.must_say_why(why)
    row = _locked(work, training_id)
    rules.must_be_planned(row)
    telling.take_back(work, row, told.CANCELLED)
    row.cancelled_at, row.cancelled_by, row.cancelled_why = work.now, work.actor, why.strip()
    work.session.flush()
    work.record("training.cancelled", f"training:{row.id}")


def invite(work: Work, training_id: UUID, person_ids: Iterable[UUID]) -> int:
    """Put people on the list who are not on it yet; how many these are. Refuses more than there are places."""
    row = _locked(work, training_id)
    listed = training.places(work.session, row.id)
    known = {one.person_id for one in listed}
    wanted = [one for one in dict.fromkeys(person_ids) if one not in known]
    rules.must_have_room(row, row.capacity, len(listed), len(wanted))
    _add(work, row, wanted)
    return len(wanted)


def _add(work: Work, row: TrainingSession, person_ids: list[UUID]) -> list[TrainingPlace]:
    added = [
        TrainingPlace(session_id=row.id, person_id=one, invited_at=work.now, invited_by=work.actor)
        for one in person_ids
    ]
    work.session.add_all(added)
    work.session.flush()
    work.record_all(("training.listed", f"person:{one}", {"training": row.id}) for one in person_ids)
    return added


def remove(work: Work, training_id: UUID, place_id: UUID) -> None:
    """Take somebody off the list of whom nothing was noted."""
    row = _locked(work, training_id)
    place = next((one for one in training.places(work.session, row.id) if one.id == place_id), None)
    if place is None:
        raise Refused("training-unlisted", "This driver is not on the list.")
    if training.was_noted(work.session, place.id):
        raise Refused("training-noted", "Something was noted about this driver, so the driver stays on the list.")
    telling.take_back(work, row, told.UNLISTED, place.person_id)
    work.session.delete(place)
    work.session.flush()
    work.record("training.unlisted", f"person:{place.person_id}", training=row.id)


def note(work: Work, training_id: UUID, came: Mapping[UUID, bool], why: str = "") -> int:
    """Note who came, by place, for as many as are given; how many notes that made. Others stay as they are."""
    row = _locked(work, training_id)
    rules.must_be_notable(row, calendar.day_of(work.now))
    listed = training.places(work.session, row.id)
    return _note(work, row, listed, {one: came[one.id] for one in listed if one.id in came}, why)


def note_list(work: Work, training_id: UUID, text: str, why: str = "") -> Read:
    """Note as having come whoever holds a number of a list. Whoever was not invited is put on the list: they came."""
    found = rules.lines(text)
    row = _locked(work, training_id)
    rules.must_be_notable(row, calendar.day_of(work.now))
    sorted_ = rules.sort(found, people.holders(work.session, {key for line in found for key in line.keys}))
    listed = training.places(work.session, row.id)
    known = {one.person_id for one in listed}
    meant = [one for one in sorted_.people if isinstance(one, UUID)]
    added = _add(work, row, [one for one in meant if one not in known])
    came = {one: True for one in (*listed, *added) if one.person_id in set(meant)}
    noted = _note(work, row, [*listed, *added], came, why)
    return Read(noted, len(meant), sorted_.unknown, sorted_.several)


def _note(
    work: Work, row: TrainingSession, listed: list[TrainingPlace], came: Mapping[TrainingPlace, bool], why: str
) -> int:
    changed = rules.changes(listed, came, why)
    entries = []
    for one in changed:
        corrected, attended = one.attended is not None, came[one]
        one.attended, one.noted_at, one.noted_by = attended, work.now, work.actor
        one.valid_until = rules.valid_until(row.day) if attended else None
        said = why.strip() if corrected else ""
        work.session.add(AttendanceNote(place_id=one.id, attended=attended, why=said, at=work.now, by=work.actor))
        detail = {"training": row.id, "attended": attended, "corrected": corrected}
        entries.append(("training.noted", f"person:{one.person_id}", detail))
    if row.held_at is None and any(one.attended for one in listed):
        row.held_at, row.held_by = work.now, work.actor
    work.session.flush()
    if entries:
        work.record_all(entries)
    return len(entries)


def accept(work: Work, person_id: UUID, found: Elsewhere) -> AcceptedAttendance:
    """Training elsewhere counts as attendance, for as long as ours would."""
    rules.must_be_believed(found, calendar.day_of(work.now))
    row = AcceptedAttendance(
        person_id=person_id, body=found.body.strip(), course=found.course.strip(), attended_on=found.attended_on,
        until=rules.valid_until(found.attended_on), seen=found.seen.strip(), at=work.now, by=work.actor, ended_why="",
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("training.accepted", f"person:{person_id}", attendance=row.id, until=row.until)
    return row


def end(work: Work, person_id: UUID, attendance_id: UUID, why: str) -> None:
    """It counts no longer, from now on."""
    rules.must_say_why(why)
    people.lock(work.session, person_id)
    row = work.session.get(AcceptedAttendance, attendance_id, populate_existing=True)
    if row is None or row.person_id != person_id or row.ended_at is not None:
        raise Refused("attendance-unknown", "There is no such attendance, or it was ended before.")
    row.ended_at, row.ended_by, row.ended_why = work.now, work.actor, why.strip()
    work.session.flush()
    work.record("training.ended", f"person:{person_id}", attendance=row.id)


def _locked(work: Work, training_id: UUID) -> TrainingSession:
    row = training.locked(work.session, training_id)
    if row is None:
        raise Refused("training-unknown", "There is no such session.")
    return row
