"""Sitting the test: start or resume, answer, send in, settle what ran out of time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from quiz.actions import adjusting, certificates, pausing, seating
from quiz.actions.certificates import Issuer
from quiz.actions.work import Work
from quiz.domain import adjustments, calendar, eligibility, evidence, marking, paper, tries
from quiz.domain import attempt as rules_of_attempt
from quiz.domain.attempt import Given, State
from quiz.domain.blueprint import Blueprint
from quiz.domain.errors import Refused
from quiz.domain.marking import Item, Mark, Outcome
from quiz.records import (
    answers,
    attempts,
    bank,
    found_wrong,
    levels,
    papers,
    people,
    questions,
    service,
    sessions,
)
from quiz.records import certificates as issued
from quiz.records.answers import Said
from quiz.records.attempts import Attempt, Leaf, Paper, PaperSlot, Place
from quiz.records.invitations import Invitation
from quiz.records.questions import Exposure
from quiz.records.sessions import AFTERWARDS

SENT_IN = "sent-in"
TIME = "time"


def start(work: Work, session_id: UUID, invitation_id: UUID, handbook: str, start_word: str = "") -> Attempt:
    """Begin a test, or go on with the one that is running: pressing Start twice resumes.

    Raises Refused when the driver may not sit now or the bank cannot fill a paper; a supervised test begins in an open
    sitting only, with its start word.
    """
    invitation = work.session.get_one(Invitation, invitation_id)
    person = people.lock(work.session, invitation.person_id)
    running = attempts.unfinished(work.session, person.id, invitation.test)
    if running is not None:
        return running
    facts = service.facts(work.session)
    must_be_allowed(work.session, invitation, facts.mark, work.now)
    seat = seating.seat_for(work, invitation, start_word) if invitation.supervised else None
    row = papers.newest(work.session, invitation.test)
    rules = papers.read(row.text)
    seen = attempts.questions_seen(work.session, person.id, invitation.test, rules.avoid_papers)
    drawn = paper.draw(bank.candidates(work.session, rules.draws_on), rules, work.chance, seen)
    held = adjusting.held(work.session, person.id, calendar.day_of(work.now))
    attempt = Attempt(
        person_id=person.id,
        invitation_id=invitation.id,
        test=invitation.test,
        blueprint_id=row.id,
        contacts_version=facts.contacts_version,
        handbook_digest=handbook,
        supervised=invitation.supervised,
        reason=invitation.reason,
        mode=tries.MODES[facts.mark],
        started_at=work.now,
        deadline=work.now + adjustments.time_allowed(rules.minutes, held),
        adjusted=adjustments.write(held),
        repeated=sum(slot.question in seen for slot in drawn),
    )
    work.session.add(attempt)
    work.session.flush()
    if seat is not None:
        seat.attempt_id = attempt.id
    _lay_out(work, attempt, drawn)
    sessions.keep_driver(work.session, person.id, attempt.deadline + AFTERWARDS)
    work.record(
        "attempt.started", f"attempt:{attempt.id}", person=person.id, blueprint=row.number, mode=attempt.mode,
        adjusted=attempt.adjusted, repeated=attempt.repeated,
    )  # fmt: skip
    return attempt


def must_be_allowed(session: Session, invitation: Invitation, mark: str, now: datetime) -> None:
    """Refuses a start that the blueprint or the invitation does not allow now. `mark` is "" when live."""
    mode = tries.MODES[mark]
    history = tries.without_withdrawn(
        attempts.of_person(session, invitation.person_id, invitation.test),
        issued.withdrawn(session, invitation.person_id),
    )
    if tries.has_passed(history, invitation.id, mode):
        raise Refused("already-passed", "You have passed this test. You do not need to take it again now.")
    if invitation.deadline is not None and calendar.day_of(now) > invitation.deadline:
        raise Refused(
            "invitation-ended",
            f"This invitation ended on {calendar.words(invitation.deadline)}. Please ring us for a new one.",
        )
    eligibility.must_be_allowed(tries.next_of(history, papers.current(session, invitation.test), mode, now), now)


def _lay_out(work: Work, attempt: Attempt, drawn: Sequence[paper.Slot]) -> None:
    for position, slot in enumerate(drawn, 1):
        work.session.add(
            PaperSlot(
                attempt_id=attempt.id,
                position=position,
                version_id=slot.version,
                question_id=slot.question,
                order=",".join(map(str, slot.order)),
            )
        )
    # One statement, in the database's own arithmetic: two starts at once must both be counted.
    shown = [slot.question for slot in drawn]
    questions.lock_exposure(work.session, shown)
    work.session.execute(
        update(Exposure).where(Exposure.question_id.in_(shown)).values(shown=Exposure.shown + 1)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def answer(
    work: Work,
    attempt: Paper | Leaf,
    place: Place,
    session_id: UUID,
    values: Sequence[str],
    *,
    two: bool,
    later: bool,
    sequence: int | None = None,
    confirmed: bool = True,
) -> None:
    """Add one answer to an open attempt: displayed positions as the page sent them. Nothing chosen is an answer too.

    The same answer again (`sequence` and content) is the one that is kept. Another one under a number that was used
    already is added without a number: it came later, and nothing acknowledged is lost.
    """
    pausing.must_be_open(work.session, attempt, work.now)
    choice = rules_of_attempt.read_choice(values, place.order, two)
    said = Said(place.position, session_id, sequence, choice, later, confirmed, work.now)
    if not answers.add_answer(work.session, attempt.id, said):
        same = answers.numbered(work.session, attempt.id, said)
        if (same.choice, same.later, same.confirmed) != (said.choice, said.later, said.confirmed):
            answers.add_answer(work.session, attempt.id, replace(said, sequence=None))


def given(session: Session, sheet: Paper) -> list[Given]:
    """The answer that counts at each position."""
    orders = {slot.position: slot.order for slot in sheet.slots}
    return list(rules_of_attempt.counting(answers.said(session, sheet.id), orders).values())


def given_at(session: Session, leaf: Leaf, session_id: UUID) -> tuple[Given, int]:
    """The answer that counts at one position, and the highest number that this sign-in has sent for it."""
    place = leaf.place
    rows = answers.said(session, leaf.id, place.position)
    counts = rules_of_attempt.counting(rows, {place.position: place.order})[place.position]
    return counts, rules_of_attempt.highest_sequence(rows, session_id)


def send_in(work: Work, person_id: UUID, attempt_id: UUID, issuer: Issuer) -> Attempt:
    """Finish and mark. Sending in twice is one mark; after the deadline it is refused and changes nothing."""
    people.lock(work.session, person_id)
    attempt = attempts.locked(work.session, attempt_id)
    if rules_of_attempt.state(attempt, work.now) is State.FINISHED:
        return attempt
    pausing.must_be_open(work.session, attempt, work.now)
    _finish(work, attempt, SENT_IN, work.now, issuer)
    return attempt


def stop(work: Work, attempt_id: UUID, issuer: Issuer) -> None:
    """The invigilator ends a running test: what was saved is marked as it stands, as when time runs out."""
    attempt = attempts.locked(work.session, attempt_id)
    if not rules_of_attempt.is_running(attempt, work.now):
        raise Refused("not-running", "This test is not running any more, so nothing was changed.")
    attempt.stopped_by = work.actor
    _finish(work, attempt, TIME, work.now, issuer)


def settle(work: Work, attempt_id: UUID, issuer: Issuer) -> None:
    """Mark what was saved when time ran out, as of the deadline. Idempotent: whoever looks first does it."""
    owner = work.session.get_one(Attempt, attempt_id).person_id
    people.lock(work.session, owner)
    attempt = attempts.locked(work.session, attempt_id)
    if rules_of_attempt.may_be_settled(attempt, work.now):
        _finish(work, attempt, TIME, attempt.deadline, issuer)


def _finish(work: Work, attempt: Attempt, how: str, at: datetime, issuer: Issuer) -> None:
    sheet = attempts.paper(work.session, attempt.person_id, attempt.id)
    if sheet is None:
        raise LookupError("an attempt without a paper")
    rules = papers.of(work.session, attempt.blueprint_id)
    items, told = _items(work.session, sheet), given(work.session, sheet)
    found = _mark(items, told, rules, sent_in=how == SENT_IN)
    attempt.finished_at, attempt.finished_how = at, how
    attempt.sealed = evidence.seal(sealed_text(work.session, sheet))
    attempts.add_mark(work.session, attempt, 1, found, work.now, work.actor)
    if rules.for_drivers:  # how hard a question is, is how hard it is for drivers
        levels.count(work.session, _right(sheet, items, told))
    work.session.flush()
    work.record(
        "attempt.finished", f"attempt:{attempt.id}", how=how, answers=attempt.sealed, score=found.score,
        of=found.of, outcome=found.outcome, reasons=",".join(found.reasons),
    )  # fmt: skip
    if found.outcome is Outcome.PASSED:
        certificates.issue(work, attempt, rules, issuer)


def mark(session: Session, sheet: Paper, rules: Blueprint, *, sent_in: bool) -> Mark:
    """Mark a paper from what is stored; the same paper gives the same mark.

    Whoever sends in has seen the words of every answer, and so confirms them all. When time ran out, a choice that was
    never confirmed by the button counts for the mark, but never as unsafe.
    """
    return _mark(_items(session, sheet), given(session, sheet), rules, sent_in=sent_in)


def _mark(items: Sequence[Item], told: Sequence[Given], rules: Blueprint, *, sent_in: bool) -> Mark:
    return marking.mark(items, [replace(one, confirmed=True) if sent_in else one for one in told], rules)


def answered_right(session: Session, sheet: Paper) -> dict[UUID, bool]:
    """Of each version on a paper, whether its answer is right."""
    return _right(sheet, _items(session, sheet), given(session, sheet))


def _right(sheet: Paper, items: Sequence[Item], told: Sequence[Given]) -> dict[UUID, bool]:
    found = marking.rights(items, told)
    return {slot.version: right for slot, right in zip(sheet.slots, found, strict=True)}


def _items(session: Session, sheet: Paper) -> list[Item]:
    versions = [slot.version for slot in sheet.slots]
    texts = bank.drafts(session, versions)
    agreed = bank.agreed(session, versions, sheet.started_at)
    wrong = found_wrong.among(session, versions)
    return [
        Item(
            texts[version].topic,
            frozenset(n for n, option in enumerate(texts[version].options) if option.right),
            frozenset(n for n, option in enumerate(texts[version].options) if option.unsafe and version in agreed),
            excused=version in wrong,
        )
        for version in versions
    ]


def sealed_text(session: Session, sheet: Paper) -> list[str]:
    """Paper and answers in order, a line each: the audit chain holds the digest of this text.

    It is spelled out, so that the digest can be worked out again whatever becomes of our classes.
    """
    lines = [evidence.slot_line(slot.position, slot.version, slot.order) for slot in sheet.slots]
    lines += [
        evidence.answer_line(
            one.position, one.session_id, one.sequence, one.choice, one.later, one.confirmed, one.at.isoformat()
        )
        for one in answers.said(session, sheet.id)
    ]
    return lines
