"""What the committee's report counts of training: sessions, and places on their lists."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from quiz.records.monitoring import Scope
from quiz.records.training import AcceptedAttendance, TrainingPlace, TrainingSession


def is_recorded(session: Session) -> bool:
    """Whether this service keeps attendance at all: without any, "nobody attended" would be wrong."""
    ours, other = select(TrainingSession.id).limit(1), select(AcceptedAttendance.id).limit(1)
    return session.scalar(ours) is not None or session.scalar(other) is not None


def sessions(session: Session, scope: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """Training sessions by name, and the places on the lists of those that were held, by name.

    One that was cancelled was planned all the same, if it was to begin in the period.
    """
    within = (TrainingSession.starts_at >= scope.start, TrainingSession.starts_at < scope.end)
    held = func.sum(case((TrainingSession.held_at.is_not(None), 1), else_=0))
    planned, took_place = session.execute(select(func.count(), held).where(*within)).one()
    later = select(func.count()).where(TrainingSession.starts_at >= scope.end, TrainingSession.cancelled_at.is_(None))
    came = func.sum(case((TrainingPlace.attended.is_(True), 1), else_=0))
    lists = select(func.count(), came).join(TrainingSession, TrainingSession.id == TrainingPlace.session_id)
    places, there = session.execute(lists.where(*within, TrainingSession.held_at.is_not(None))).one()
    events = {
        "trainings": planned, "trainings-held": took_place or 0, "trainings-later": session.scalar(later) or 0
    }  # fmt: skip
    return events, {"places": places, "attended-places": there or 0, "missed": places - (there or 0)}
