"""Marking again after a decision: a further mark beside the first one, and a certificate where it is a pass now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quiz.actions import certificates, deciding
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import decisions
from quiz.domain import found_wrong as rules
from quiz.domain.decisions import Grounds, Kind
from quiz.domain.errors import Refused
from quiz.domain.found_wrong import Place
from quiz.domain.marking import Item, Mark, Outcome
from quiz.records import attempts, histories, marks, papers, people, questions
from quiz.records import certificates as issued
from quiz.records import found_wrong as records
from quiz.records.attempts import Attempt
from quiz.records.decisions import Decision
from quiz.records.found_wrong import FoundWrong, Held
from quiz.records.marks import Marking
from quiz.records.questions import Version

CERTIFICATES_AT_ONCE = 1000  # one costs some 4 ms, and everybody who writes waits meanwhile


@dataclass(frozen=True, slots=True)
class Change:
    """One test whose mark changes when the question counts as right."""

    held: Held
    new: Mark

    @property
    def passes_now(self) -> bool:
        """Whether it was a fail and is a pass."""
        return self.new.outcome is Outcome.PASSED and self.held.mark.outcome != Outcome.PASSED


@dataclass(frozen=True, slots=True)
class Effect:
    """What it would mean that a version was wrong: how many finished tests had it, and which marks change."""

    had: int
    changes: tuple[Change, ...]

    @property
    def passes(self) -> list[Change]:
        """The changed outcomes. There is one kind only: marking again may only help."""
        return [one for one in self.changes if one.passes_now]


def effect(session: Session, version: Version) -> Effect:
    """What would change, in a handful of statements however many tests had the version."""
    draft = version.draft
    item = Item(version.topic, frozenset(n for n, option in enumerate(draft.options) if option.right))
    had = records.held(session, version.id)
    changes = []
    for one in had:
        blueprint = papers.of(session, one.attempt.blueprint_id)
        new = rules.again(marks.read(one.mark), item, Place(one.position, one.order, one.said), blueprint)
        if new is not None:
            changes.append(Change(one, new))
    return Effect(len(had), tuple(changes))


def wrong_question(work: Work, version: Version, grounds: Grounds, shown: int, issuer: Issuer) -> Effect:
    """The version counts as right for everyone who had it, from now on and in tests that are over.

    One decision for each mark that changes. `shown` is how many changes the officer has seen. To do it again does only
    what is still to do. Gives what was done: no more than a portion, since others wait to write meanwhile.
    """
    decisions.must_have_grounds(Kind.MARK_AGAIN, grounds)
    # Whoever sends in at this moment is marked before, and stands in what follows, or after, and by the finding.
    people.lock_all(work.session, records.holders(work.session, version.id))
    questions.lock_question(work.session, version.question_id)
    must_be_out_of_use(work.session, version)
    found = effect(work.session, version)
    if len(found.changes) != shown:
        raise Refused("marking-changed", "The number of tests has changed since you opened the page. Look again.")
    done = Effect(found.had, tuple(_portion(found.changes)))
    if records.of(work.session, version.id) is None:
        work.session.add(
            FoundWrong(
                version_id=version.id, at=work.now, by=work.actor, reason=grounds.reason, told=grounds.told.strip(),
                note=grounds.note.strip(),
            )
        )  # fmt: skip
    detail: dict[str, object] = {"version": version.number, "had": found.had, "changed": len(done.changes)}
    entries = [("question.found-wrong", f"question:{version.question_id}", detail)]
    for one in done.changes:
        entries += _keep(work, one, grounds, version)
    work.session.flush()
    work.record_all(entries)
    for one in done.passes:
        _issue(work, one.held.attempt, issuer)
    return done


def _portion(changes: Iterable[Change]) -> Iterator[Change]:
    """So many that issuing the certificates takes a few seconds."""
    passed = 0
    for one in changes:
        passed += one.passes_now
        if passed > CERTIFICATES_AT_ONCE:
            return
        yield one


def must_be_out_of_use(session: Session, version: Version) -> None:
    """Refuses while new papers can hold the version."""
    live = next((one.version.id for one in histories.of(session, version.question_id) if one.live), None)
    suspended = questions.suspension(session, version.question_id) is not None
    rules.must_be_out_of_use(live == version.id, suspended)


def _keep(
    work: Work, change: Change, grounds: Grounds, version: Version
) -> Iterator[tuple[str, str, dict[str, object]]]:
    attempt, old = change.held.attempt, change.held.mark
    person = attempt.person_id
    row = deciding.written(work, Kind.MARK_AGAIN, grounds, person, attempt=attempt.id, detail=str(version.id))
    work.session.add(row)
    facts = {"kind": row.kind, "decision": row.id, "reason": row.reason}
    yield "decision.made", f"person:{person}", facts
    yield "attempt.marked-again", f"attempt:{attempt.id}", _add(work, attempt, old, change.new, row)


def further(work: Work, attempt: Attempt, old: Marking, new: Mark, because: Decision, issuer: Issuer) -> None:
    """Keep one further mark and the decision behind it."""
    facts = _add(work, attempt, old, new, because)
    work.session.flush()
    work.record_all([("attempt.marked-again", f"attempt:{attempt.id}", facts)])
    if new.outcome is Outcome.PASSED:
        _issue(work, attempt, issuer)


def _add(work: Work, attempt: Attempt, old: Marking, new: Mark, because: Decision) -> dict[str, object]:
    """A further mark; what the audit log says of it."""
    number = old.number + 1
    attempts.add_mark(work.session, attempt, number, new, work.now, work.actor, f"decision:{because.id}")
    return {"number": number, "decision": because.id, "score": new.score, "of": new.of, "outcome": new.outcome,
            "reasons": ",".join(new.reasons)}  # fmt: skip


def _issue(work: Work, attempt: Attempt, issuer: Issuer) -> None:
    if issued.of_attempt(work.session, attempt.id) is None:
        certificates.issue(work, attempt, papers.of(work.session, attempt.blueprint_id), issuer)
