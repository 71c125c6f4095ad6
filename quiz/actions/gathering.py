"""Gathers what stands about one attempt beside its paper, as plain facts: who, why, when, by which rules, and after."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quiz.domain import adjustments, blueprint
from quiz.domain.blueprint import REASON_WORDS, Reason
from quiz.domain.decisions import REASONS
from quiz.domain.evidence import AUDIT, Copy, Facts, Plain
from quiz.domain.posting import KIND_WORDS, STATE_WORDS, Kind, State
from quiz.domain.roles import Role
from quiz.domain.sittings import IDENTITY_WORDS, INCIDENT_WORDS, WHERE_WORDS, Identity, Incident, Where
from quiz.records import adjustments as agreed
from quiz.records import audit, evidence, invitations, letters, papers, pauses, people, replies, sittings, staff
from quiz.records.attempts import Attempt
from quiz.records.audit import AuditEntry
from quiz.records.certificates import Certificate
from quiz.records.decisions import Decision
from quiz.records.invitations import Invitation
from quiz.records.letters import Letter
from quiz.records.papers import BlueprintRow
from quiz.records.unsafe import UnsafeReading

ROLES = {
    Role.OFFICER: "licensing officer",
    Role.INVIGILATOR: "invigilator",
    Role.EDITOR: "question editor",
    Role.LEAD: "safeguarding lead",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}
OTHERS = {
    "person": "the driver",
    "cli": "the command line of the service",
    "service": "the service itself",
    "public": "somebody who was not signed in",
}
NO_IDENTITY = {
    True: "A supervised test was asked for. It was sat before there were test sessions: no record says who checked.",
    False: "Nobody checked identity: the test was taken without supervision, with licence number and access code.",
}
NO_LETTERS = "None were written by this service."
LETTERS = "All letters to this driver. Where an access code stood, the words keep its name only."


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who will read: the disclosed copy tells roles instead of names, and leaves out what stays in the office."""

    copy: Copy
    names: Mapping[str, str]
    roles: Mapping[str, str]

    @property
    def inside(self) -> bool:
        """Whether the copy stays in the office."""
        return self.copy is Copy.INTERNAL

    def who(self, key: str | None) -> Plain:
        """Who did something: always the role, in an internal copy the key and the name as well."""
        if key is None:
            return None
        role = self.roles.get(key) or OTHERS.get(key.partition(":")[0], "a member of staff")
        if not self.inside:
            return {"role": role}
        return {"role": role, "key": key, "name": self.names.get(key, "")}


def eyes(session: Session, copy: Copy) -> Eyes:
    """Names and roles of everybody on the staff, as they are now."""
    everyone = staff.everyone(session)
    return Eyes(
        copy,
        {f"staff:{one.id}": one.name for one, _ in everyone},
        {f"staff:{one.id}": _role_words(held) for one, held in everyone},
    )


def _role_words(held: Collection[Role]) -> str:
    return ", ".join(words for role, words in ROLES.items() if role in held)


def moment(at: datetime | None) -> str | None:
    """A time as a pack holds it: UTC, ISO 8601."""
    return at.isoformat() if at else None


def day(on: date | None) -> str | None:
    """A day as a pack holds it."""
    return on.isoformat() if on else None


def around(session: Session, attempt: Attempt, seen_by: Eyes) -> Iterator[tuple[str, Facts]]:
    """Every item but those of the paper, each with its name."""
    invitation = session.get_one(Invitation, attempt.invitation_id)
    yield "person", _person(session, attempt)
    yield "invitation", _invitation(session, invitation, seen_by)
    held = sittings.of_attempts(session, [attempt.id]).get(attempt.id)
    yield "identity", _identity(session, attempt, held, seen_by)
    yield "attempt", _attempt(attempt, seen_by)
    yield "adjustments", _adjustments(session, attempt, seen_by)
    yield "pauses", {"taken": [_pause(one, seen_by) for one in pauses.of_attempts(session, [attempt.id])[attempt.id]]}
    yield "blueprint", _blueprint(session.get_one(BlueprintRow, attempt.blueprint_id), seen_by)
    yield "readings", {"found": [_reading(one, seen_by) for one in evidence.readings(session, attempt.id)]}
    for number, decision in enumerate(evidence.decisions(session, attempt), 1):
        yield f"decision/{number:02}", _decision(decision, seen_by)
    for certificate in evidence.certificates(session, attempt.id):
        yield f"certificate/{certificate.issue:02}", _certificate(certificate)
    said = replies.of_attempt(session, attempt.id)
    yield "replies", {"said": [{"at": moment(one.at), "words": one.words} for one in said]}
    yield "letters", _letters(letters.of_person(session, attempt.person_id))
    subjects = [f"attempt:{attempt.id}", f"person:{attempt.person_id}", f"invitation:{invitation.id}"]
    for entry in evidence.entries(session, [*subjects, *([f"sitting:{held.sitting.id}"] if held else [])]):
        yield f"{AUDIT}{entry.sequence:09}", _entry(entry)
    end = audit.head(session)
    yield "log", {"entries": end.sequence, "hash": end.hash}


def _letters(found: list[Letter]) -> Facts:
    sent: list[Plain] = [
        {
            "what": KIND_WORDS[Kind(one.kind)],
            "written_at": moment(one.made_at),
            "came_of_it": STATE_WORDS[State(one.state)],
            "at": moment(one.ended_at),
            "subject": one.subject,
            "body": one.body,
        }
        for one in reversed(found)
    ]
    return {"sent": sent, "words": LETTERS if sent else NO_LETTERS}


def _person(session: Session, attempt: Attempt) -> Facts:
    person, licences = people.with_licences(session, attempt.person_id) or (None, [])
    return {
        "key": str(attempt.person_id),
        "name": person.name if person else "",
        "licences": [
            {"kind": one.kind, "number": one.number, "authority": one.authority, "words": one.shown.words,
             "ends": day(one.expires_on)}
            for one in licences
        ],
    }  # fmt: skip


def _invitation(session: Session, invitation: Invitation, seen_by: Eyes) -> Facts:
    issued = next(issued for one, issued in invitations.with_codes(session, invitation.person_id) if one is invitation)
    return {
        "key": str(invitation.id),
        "reason": invitation.reason,
        "reason_words": REASON_WORDS[Reason(invitation.reason)],
        "supervised": invitation.supervised,
        "last_day": day(invitation.deadline),
        "made_at": moment(invitation.made_at),
        "made_by": seen_by.who(invitation.made_by),
        "codes": [
            {"issued_at": moment(one.issued_at), "issued_by": seen_by.who(one.issued_by),
             "withdrawn_at": moment(one.withdrawn_at)}
            for one in reversed(issued)
        ],
    }  # fmt: skip


def _identity(session: Session, attempt: Attempt, held: sittings.Sat | None, seen_by: Eyes) -> Facts:
    return {
        "supervised": attempt.supervised,
        "words": _seen(held) if held else NO_IDENTITY[attempt.supervised],
        "session": _session(held, seen_by) if held else None,
        "sign_ins": [
            {"key": str(one.id), "from": moment(one.started_at), "to": moment(one.ended_at), "ended": one.ended_why}
            for one in evidence.sign_ins(session, attempt)
        ],
    }


def _seen(held: sittings.Sat) -> str:
    kind = IDENTITY_WORDS[Identity(held.seat.identity or Identity.OTHER)].lower()
    return f"The invigilator of the test session saw who the driver was, by this document: {kind}."


def _session(held: sittings.Sat, seen_by: Eyes) -> Facts:
    return {
        "key": str(held.sitting.id),
        "how": WHERE_WORDS[Where(held.sitting.where)],
        "place": held.sitting.place,
        "begins_at": moment(held.sitting.starts_at),
        "document": held.seat.identity,
        "let_in_at": moment(held.seat.let_in_at),
        "let_in_by": seen_by.who(held.seat.let_in_by),
        "notes": [
            {"at": moment(one.at), "by": seen_by.who(one.by), "what": INCIDENT_WORDS[Incident(one.reason)],
             "words": one.words}
            for one in held.incidents
        ],
    }  # fmt: skip


def _attempt(attempt: Attempt, seen_by: Eyes) -> Facts:
    return {
        "key": str(attempt.id),
        "test": attempt.test,
        "mode": attempt.mode,
        "started_at": moment(attempt.started_at),
        "deadline": moment(attempt.deadline),
        "finished_at": moment(attempt.finished_at),
        "finished_how": attempt.finished_how,
        "ended_early_by": seen_by.who(attempt.stopped_by),
        "set_aside_at": moment(attempt.voided_at),
        "not_counted_since": moment(attempt.uncounted_at),
        "questions_seen_before": attempt.repeated,
        "contacts_version": attempt.contacts_version,
        "handbook_sha256": attempt.handbook_digest,
    }


def _adjustments(session: Session, attempt: Attempt, seen_by: Eyes) -> Facts:
    """What the attempt was sat with, and every agreement with the driver. The condition behind one is kept nowhere."""
    return {
        "applied": [adjustments.WORDS[pair] for pair in adjustments.read(attempt.adjusted).items()],
        "agreed": [
            {"what": adjustments.WORDS[adjustments.Kind(one.kind), one.amount], "at": moment(one.agreed_at),
             "by": seen_by.who(one.agreed_by), "evidence_seen": one.evidence_seen, "until": day(one.until),
             "ended_at": moment(one.ended_at), "ended_by": seen_by.who(one.ended_by)}
            for one in agreed.of_person(session, attempt.person_id)
        ],
    }  # fmt: skip


def _pause(one: pauses.Pause, seen_by: Eyes) -> Facts:
    return {
        "from": moment(one.began_at),
        "to": moment(one.ended_at or one.until),
        "returned": one.ended_at is not None,
        "for": one.kind or "help",
        "stopped_by": seen_by.who(one.by),
    }


def _blueprint(row: BlueprintRow, seen_by: Eyes) -> Facts:
    return {
        "number": row.number,
        "made_at": moment(row.made_at),
        "made_by": seen_by.who(row.made_by),
        "adopted_on": day(row.adopted_on),
        "minute": row.minute,
        "basis": row.basis,
        "rules": blueprint.as_table(papers.read(row.text)),
    }


def _reading(one: UnsafeReading, seen_by: Eyes) -> Facts:
    """What one person found about the unsafe answers. Why is a note of the office; the decision tells the driver."""
    found: dict[str, Plain] = {
        "capacity": one.capacity,
        "verdict": one.verdict,
        "at": moment(one.at),
        "by": seen_by.who(one.by),
    }
    return found | {"why": one.why} if seen_by.inside else found


def _decision(one: Decision, seen_by: Eyes) -> Facts:
    reasons = {str(kind): reasons for kind, reasons in REASONS.items()}
    told: dict[str, Plain] = {
        "key": str(one.id),
        "kind": one.kind,
        "about_this_test": one.attempt_id is not None,
        "reason": one.reason,
        "reason_words": reasons.get(one.kind, {}).get(one.reason, one.reason),
        "told": one.told,
        "detail": one.detail,
        "certificate": one.certificate,
        "at": moment(one.at),
        "by": seen_by.who(one.by),
    }
    return told | {"note": one.note} if seen_by.inside else told


def _certificate(row: Certificate) -> Facts:
    return {
        "number": row.number,
        "issue": row.issue,
        "issued_at": moment(row.issued_at),
        "printed": json.loads(row.printed),
        "withdrawn_at": moment(row.withdrawn_at),
        "replaced_by": row.replaced_by,
    }


def _entry(one: AuditEntry) -> Facts:
    return {"sequence": one.sequence, "previous": one.previous, "content": one.content, "hash": one.hash}
