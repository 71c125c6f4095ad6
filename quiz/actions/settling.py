"""Settling everything that ran out of time, in one transaction."""

from dataclasses import replace

from quiz.actions import sitting
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain.attempt import GRACE
from quiz.records import attempts, people


def settle_all(work: Work, issuer: Issuer) -> None:
    """Mark all that ran out of time, by nobody's hand.

    The first mark locks the head of the audit log, which comes last of all locks. So every person and every attempt is
    held before it: whoever waits for one of them while this goes on must not have what this still needs.
    """
    overdue = attempts.overdue(work.session, work.now - GRACE)
    people.lock_all(work.session, (one.person_id for one in overdue))
    for one in overdue:
        attempts.locked(work.session, one.id)
    own = replace(work, actor="service")
    for one in overdue:
        sitting.settle(own, one.id, issuer)
