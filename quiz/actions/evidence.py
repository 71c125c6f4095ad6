"""Making an evidence pack: everything about one attempt, signed, kept, and written down. It holds live questions."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from quiz.actions import editing, gathering, gathering_paper, gathering_training
from quiz.actions.gathering import moment
from quiz.actions.work import Work
from quiz.documents import fonts
from quiz.domain import calendar, names
from quiz.domain import evidence as rules
from quiz.domain.errors import Refused
from quiz.domain.evidence import Copy, Document, Plain
from quiz.formats import evidence_file
from quiz.formats.signing import Signer
from quiz.records import attempts, evidence, questions
from quiz.records.attempts import Attempt
from quiz.records.base import new_id
from quiz.records.evidence import EvidencePack


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which copy is wanted, why, and for whom: the recipient stands on every page."""

    copy: Copy
    reason: str
    recipient: str


@dataclass(frozen=True, slots=True)
class House:
    """Who makes a pack: the council and the service by the settings, and the titles of sources by key."""

    council: str
    service: str
    sources: Mapping[str, str]


def make(work: Work, person_id: UUID, attempt_id: UUID, wanted: Wanted, house: House, signer: Signer) -> EvidencePack:
    """Gather, sign, keep and write down. A disclosed pack takes its questions out of use until an editor decides."""
    recipient = names.tidy(wanted.recipient)
    rules.must_have_grounds(wanted.reason, recipient)
    _must_be_printable(recipient)
    attempt = _attempt(work, person_id, attempt_id)
    pack_id = new_id()
    content = _content(work, attempt, pack_id, Wanted(wanted.copy, wanted.reason.strip(), recipient), house, signer)
    row = EvidencePack(
        id=pack_id, attempt_id=attempt.id, copy=wanted.copy, reason=wanted.reason.strip(), recipient=recipient,
        at=work.now, by=work.actor, digest=hashlib.sha256(content.encode()).hexdigest(), content=content,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("evidence.made", f"attempt:{attempt.id}", pack=row.id, copy=row.copy, digest=row.digest)
    if wanted.copy is Copy.DISCLOSED:
        _suspend(work, attempt)
    return row


def take(work: Work, row: EvidencePack, form: str) -> None:
    """Somebody downloads a pack: it is on the record, like every export."""
    work.record("evidence.taken", f"attempt:{row.attempt_id}", pack=row.id, form=form)


def _must_be_printable(recipient: str) -> None:
    problem = next(names.problems(recipient), "")
    if problem or fonts.unprintable(recipient):
        raise Refused("evidence-recipient", "Write who gets this copy in letters that can be printed, 100 at most.")


def _attempt(work: Work, person_id: UUID, attempt_id: UUID) -> Attempt:
    row = attempts.attempt(work.session, person_id, attempt_id)
    if row is None:
        raise Refused("attempt-unknown", "There is no such test.")
    if row.finished_at is None and row.voided_at is None:
        raise Refused("evidence-running", "This test is not over. A pack can be made when it has ended.")
    return row


def _content(work: Work, attempt: Attempt, pack_id: UUID, wanted: Wanted, house: House, signer: Signer) -> str:
    seen_by = gathering.eyes(work.session, wanted.copy)
    items = dict(gathering.around(work.session, attempt, seen_by))
    items["training"] = gathering_training.of_driver(work.session, attempt.person_id, seen_by)
    items |= gathering_paper.paper(work.session, attempt, house.sources, seen_by)
    head: dict[str, Plain] = {
        "pack": str(pack_id),
        "attempt": str(attempt.id),
        "copy": wanted.copy,
        "recipient": wanted.recipient,
        "made_at": moment(work.now),
        "made_by": seen_by.who(work.actor),
        "council": house.council,
        "service": house.service,
        "mode": attempt.mode,
        "key": signer.key_id,
    }
    if seen_by.inside:
        head["reason"] = wanted.reason
    manifest = rules.manifest(head, items)
    signature = signer.sign(rules.PURPOSE, rules.canonical(manifest)).hex()
    return evidence_file.write(Document(manifest, signer.key_id, signature, items))


def _suspend(work: Work, attempt: Attempt) -> None:
    """Those that are out of use already stay so, for the reason that they have."""
    asked = sorted(attempts.question_ids(work.session, attempt.id))
    for question_id in asked:
        questions.lock(work.session, question_id)
    out = evidence.suspended(work.session, asked)
    reason = (
        f"Shown to somebody outside in an evidence pack on {calendar.words(calendar.day_of(work.now))}. "
        "Decide whether it may be asked again."
    )
    for question_id in asked:
        if question_id not in out:
            editing.suspend(work, question_id, reason)
