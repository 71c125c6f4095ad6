"""Marking again after a decision: a further mark beside the first one, and a certificate where it is a pass now."""

from quiz.actions import certificates
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain.marking import Mark, Outcome
from quiz.records import certificates as issued
from quiz.records import marks, papers
from quiz.records.attempts import Attempt
from quiz.records.decisions import Decision
from quiz.records.marks import Marking


def further(work: Work, attempt: Attempt, old: Marking, new: Mark, because: Decision, issuer: Issuer) -> None:
    """Keep a further mark and the decision behind it."""
    marks.add(work.session, attempt.id, old.number + 1, new, work.now, work.actor, f"decision:{because.id}")
    work.session.flush()
    work.record(
        "attempt.marked-again", f"attempt:{attempt.id}", number=old.number + 1, decision=because.id, score=new.score,
        of=new.of, outcome=new.outcome, reasons=",".join(new.reasons),
    )  # fmt: skip
    if new.outcome is Outcome.PASSED and issued.of_attempt(work.session, attempt.id) is None:
        certificates.issue(work, attempt, papers.of(work.session, attempt.blueprint_id), issuer)
