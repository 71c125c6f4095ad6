"""What a driver's record shows, worked out from its rows: plain values in the words of the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from quiz.actions import certificates as printing
from quiz.domain import adjustments, calendar, codes, eligibility, elsewhere, numbers, tries
from quiz.domain import attempt as rules
from quiz.domain import certificate as validity
from quiz.domain.attempt import State
from quiz.domain.blueprint import REASON_WORDS, Reason
from quiz.domain.certificate import Standing
from quiz.domain.decisions import REASONS, Kind
from quiz.domain.eligibility import NextTry
from quiz.records import papers
from quiz.records.adjustments import Adjustment
from quiz.records.audit import AuditEntry
from quiz.records.certificates import Certificate
from quiz.records.decisions import Decision, Known
from quiz.records.elsewhere import AcceptedPass
from quiz.records.invitations import AccessCode, Invitation
from quiz.records.papers import BlueprintRow
from quiz.records.results import Sat
from quiz.web.staff import words

Invited: TypeAlias = tuple[Invitation, list[AccessCode]]


@dataclass(frozen=True, slots=True)
class InvitedShown:
    """One invitation, and whether a code for it works."""

    reason: str
    deadline: date | None
    supervised: str
    made_at: datetime
    by: str
    works: bool
    code: str


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """One certificate as it stands today."""

    number: str
    issued_on: date
    expires_on: date
    use_by: date | None
    valid: bool
    stands: bool
    standing: str
    mode: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One line of the history."""

    at: datetime
    who: str
    what: str


def invited(invitation: Invitation, issued: Sequence[AccessCode], history: Sequence[Sat], names: Mapping[str, str],
            at: datetime) -> InvitedShown:  # fmt: skip
    """An invitation with its newest code; `history` is every attempt of the person."""
    works, code = _code(invitation, issued, history, at)
    return InvitedShown(
        reason=REASON_WORDS[Reason(invitation.reason)],
        deadline=invitation.deadline,
        supervised=words.ASKED[invitation.supervised],
        made_at=invitation.made_at,
        by=words.actor(invitation.made_by, names),
        works=works,
        code=code,
    )


def _code(
    invitation: Invitation, issued: Sequence[AccessCode], history: Sequence[Sat], at: datetime
) -> tuple[bool, str]:
    if not issued:
        return False, "No code was issued"
    own = [one for one, *_ in history if one.invitation_id == invitation.id]
    last = max((one.finished_at for one in own if one.finished_at), default=None)
    running = any(one.finished_at is None and one.voided_at is None for one in own)
    newest = issued[0]
    if codes.works(at, invitation.deadline, newest.withdrawn_at, last, running):
        return True, f"Issued on {calendar.moment(newest.issued_at)}"
    return False, "A newer code has replaced it" if newest.withdrawn_at else "The code has ended"


def certificate(row: Certificate, at: datetime) -> CertificateShown:
    """A certificate with its standing today."""
    standing = validity.standing(row, calendar.day_of(at))
    return CertificateShown(
        number=numbers.show(row.number),
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        use_by=printing.printed(row).use_by,
        valid=standing is Standing.CURRENT,
        stands=validity.stands(row),
        standing=words.STANDINGS[standing],
        mode=words.MODES[row.mode],
    )


@dataclass(frozen=True, slots=True)
class FollowingShown:
    """Whether and when the driver may sit next, as a sentence. `lapses`: when a licence ends before that day."""

    words: str
    lapses: date | None = None


def following(
    invitations: Sequence[Invited],
    history: Sequence[Sat],
    versions: Sequence[BlueprintRow],
    mark: str,
    known: Known,
    at: datetime,
) -> FollowingShown:
    """The driver's next try. `history` is newest first; `mark` is the service's."""
    today = calendar.day_of(at)
    holds = elsewhere.in_force(known.accepted, tries.MODES[mark], today)
    if holds and elsewhere.answers(holds.at, invitations[0][0].made_at if invitations else None):
        until = calendar.words(holds.until)
        return FollowingShown(f"No test is needed until {until}. A certificate of {holds.body} is accepted.")
    if not invitations:
        return FollowingShown("This driver has no invitation. Issue an access code to invite them.")
    newest = invitations[0][0]
    states = [rules.state(one, at) for one, *_ in history]
    if State.OPEN in states or State.OUT_OF_TIME in states:
        return FollowingShown("The driver is taking the test now.")
    mode = tries.MODES[mark]
    withdrawn = {one.attempt.id for one in history if one.certificate and one.certificate.withdrawn_at}
    pairs = tries.without_withdrawn([(one.attempt, one.mark) for one in reversed(history)], withdrawn)
    if tries.has_passed(pairs, newest.id, mode):
        return FollowingShown("No further try is needed. The driver passed under the newest invitation.")
    if newest.deadline is not None and today > newest.deadline:
        ended = calendar.words(newest.deadline)
        return FollowingShown(f"The invitation ended on {ended}. Issue an access code to invite them again.")
    found = tries.next_of(pairs, papers.read(versions[0].text), mode, at)
    return FollowingShown(
        next_words(found, at), eligibility.lapsing(found, [one.expires_on for one in known.licences], today)
    )


def next_words(found: NextTry, at: datetime) -> str:
    """From when a driver may try again, with how many tries, as a sentence."""
    if found.officer:
        return f"All tries are used until {calendar.words(found.day)}. A licensing officer decides what happens next."
    when = "Now" if found.day <= calendar.day_of(at) else f"From {calendar.weekday(found.day)}"
    return f"{when}. {found.left} {'try is' if found.left == 1 else 'tries are'} left."


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """One decision: what, why, what the driver was told, and by whom."""

    at: datetime
    what: str
    reason: str
    told: str
    note: str
    who: str


def decision(one: Decision, names: Mapping[str, str]) -> DecisionShown:
    """A decision in the words of the office."""
    kind = Kind(one.kind)
    detail = {Kind.EXTEND: f", {one.detail} minutes"}.get(kind, "")
    return DecisionShown(
        at=one.at,
        what=words.DECISIONS[kind] + detail,
        reason=REASONS[kind][one.reason],
        told=one.told,
        note=one.note,
        who=words.actor(one.by, names),
    )


@dataclass(frozen=True, slots=True)
class AdjustmentShown:
    """One adjustment: what, who agreed, until when."""

    id: UUID
    what: str
    at: datetime
    who: str
    evidence_seen: bool
    until: date | None
    ended: datetime | None


def adjustment(one: Adjustment, names: Mapping[str, str]) -> AdjustmentShown:
    """An adjustment in words."""
    what = adjustments.WORDS[adjustments.Kind(one.kind), one.amount]
    who = words.actor(one.agreed_by, names)
    return AdjustmentShown(one.id, what, one.agreed_at, who, one.evidence_seen, one.until, one.ended_at)


@dataclass(frozen=True, slots=True)
class AcceptedShown:
    """One accepted pass as it stands today."""

    row: AcceptedPass
    who: str
    holds: bool
    standing: str
    mode: str


def accepted(one: AcceptedPass, names: Mapping[str, str], mark: str, at: datetime) -> AcceptedShown:
    """An accepted pass in words."""
    holds = elsewhere.in_force([one], tries.MODES[mark], calendar.day_of(at)) is not None
    standing = "Counts as a pass" if holds else "Ended" if one.ended_at else "Counts no longer"
    return AcceptedShown(one, words.actor(one.by, names), holds, standing, words.MODES[one.mode])


def entry(one: AuditEntry, names: Mapping[str, str]) -> EntryShown:
    """An audit entry about this driver."""
    who = "The driver" if one.actor == one.subject else words.actor(one.actor, names)
    return EntryShown(one.at, who, words.event(one.event))
