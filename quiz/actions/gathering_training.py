"""Gathers what stands about a driver's training for an evidence pack. It is no part of the test, and says so."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions.gathering import Eyes, day, moment
from quiz.domain import training as rules
from quiz.domain.evidence import Facts, Plain
from quiz.records import training
from quiz.records.scans import Scan
from quiz.records.training import AcceptedAttendance, AttendanceNote, TrainingPlace, TrainingSession

WORDS = "Training stands beside the test: attendance is no pass, and a pass is no attendance."
NONE = "The driver was on the list of no training session, and no training elsewhere was accepted."


def of_driver(session: Session, person_id: UUID, seen_by: Eyes) -> Facts:
    """Sessions on whose list the driver is, what was noted, and what was accepted of others; the oldest first."""
    found = training.of_person(session, person_id)
    notes = training.notes_of(session, [place.id for place, _ in found.places])
    sessions = [_session(place, held, notes.get(place.id, ()), seen_by) for place, held in reversed(found.places)]
    elsewhere = [_elsewhere(one, found.scans, seen_by) for one in reversed(found.elsewhere)]
    return {"sessions": sessions, "elsewhere": elsewhere, "words": WORDS if sessions or elsewhere else NONE}


def _session(place: TrainingPlace, held: TrainingSession, notes: Sequence[AttendanceNote], seen_by: Eyes) -> Facts:
    return {
        "key": str(held.id),
        "begins_at": moment(held.starts_at),
        "place": held.place,
        "trainer": held.trainer,
        "standing": rules.STATE_WORDS[rules.state(held)],
        "listed_at": moment(place.invited_at),
        "listed_by": seen_by.who(place.invited_by),
        "attended": place.attended,
        "counts_until": day(place.valid_until),
        "notes": [_note(one, seen_by) for one in notes],
    }


def _note(one: AttendanceNote, seen_by: Eyes) -> Facts:
    """Why a note was put right is a note of the office."""
    found: dict[str, Plain] = {"attended": one.attended, "at": moment(one.at), "by": seen_by.who(one.by)}
    return found | {"why": one.why} if seen_by.inside else found


def _elsewhere(one: AcceptedAttendance, scans: Mapping[UUID, Scan], seen_by: Eyes) -> Facts:
    scan = scans.get(one.id)
    found: dict[str, Plain] = {
        "key": str(one.id),
        "body": one.body,
        "course": one.course,
        "attended_on": day(one.attended_on),
        "counts_until": day(one.until),
        "seen": one.seen,
        "scan_sha256": scan.sha256 if scan else None,
        "accepted_at": moment(one.at),
        "accepted_by": seen_by.who(one.by),
        "ended_at": moment(one.ended_at),
        "ended_by": seen_by.who(one.ended_by),
    }
    return found | {"ended_why": one.ended_why} if seen_by.inside else found
