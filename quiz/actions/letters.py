"""Writing letters, handing them over one by one, and what staff do about those that did not arrive."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from quiz.actions import invitations, letter_facts
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.documents import email
from quiz.domain import calendar, codes, letter_words, numbers, posting, telling
from quiz.domain.blueprint import TEST
from quiz.domain.errors import Refused
from quiz.domain.letter_words import Wording
from quiz.domain.posting import Kind, Outcome, Outgoing, State
from quiz.domain.tries import MODES
from quiz.formats import sealing
from quiz.records import invitations as known
from quiz.records import letters as rows
from quiz.records import reminding, service
from quiz.records import telling as trainings
from quiz.records.base import new_id
from quiz.records.groups import Audience, Membership
from quiz.records.invitations import AccessCode, Invitation
from quiz.records.letters import Letter
from quiz.records.people import Licence, Person

CODE_OVER = "The access code in it does not work any more: a newer one was issued, or its last day is over."
CODE_LOST = "The keys of this service were changed, so the access code cannot be read. Issue a new one."
NOT_NEEDED = "It is not needed any more: the driver has passed, or no licence ends on that day."
ENDS_NOT = "It is not needed any more: the person has passed again, or has left the group."
NO_ANSWER = "The service stopped while this letter was being sent."


def invitation(
    work: Work,
    house: House,
    invited: Invitation,
    code: str,
    whom: tuple[Person, Sequence[Licence]],
    batch_id: UUID | None = None,
) -> Letter:
    """The letter that brings a code: by e-mail, or on paper where there is no address."""
    values = letter_facts.of_invitation(house, invited, whom)
    letter = written(work, house, Kind.INVITATION, whom[0], str(invited.id), values, State.PAPER)
    letter.batch_id = batch_id
    return _with_code(work, letter, invited, code)


def member_invitation(
    work: Work, house: House, audience: Audience, whom: tuple[Person, Membership], invited: Invitation, code: str
) -> Letter:
    """The same for somebody of a group, with a reference in place of a licence."""
    values = letter_facts.of_member(work.session, house, audience, whom, invited.deadline)
    about = f"{audience.key}.{invited.id}"
    return _with_code(
        work, written(work, house, Kind.MEMBER_INVITATION, whom[0], about, values, State.PAPER), invited, code
    )


def _with_code(work: Work, letter: Letter, invited: Invitation, code: str) -> Letter:
    letter.invitation_id = invited.id
    seal(work, letter, code)
    work.session.add(letter)
    return letter


def seal(work: Work, letter: Letter, code: str) -> None:
    """Keep a code with its letter so that only this service can read it."""
    letter.sealed = sealing.seal(work.pepper, str(letter.id), code, work.chance.randbytes(sealing.NONCE_BYTES))


def reminder(work: Work, house: House, kind: Kind, whom: tuple[Person, Sequence[Licence]], expires_on: date) -> Letter:
    """A reminder that a licence ends: by e-mail, or by telephone where there is no address."""
    person, licences = whom
    ending = [one for one in licences if one.expires_on == expires_on]
    values = house.values | letter_facts.of_driver(person, ending, expires_on)
    letter = written(work, house, kind, person, expires_on.isoformat(), values, State.PHONE)
    work.session.add(letter)
    return letter


def written(
    work: Work, house: House, kind: Kind, person: Person, about: str, values: dict[str, str], otherwise: State,
    words: Wording | None = None,
) -> Letter:  # fmt: skip
    """A letter with its words filled in, by e-mail or in the state `otherwise`. `words` spare looking them up."""
    letter_id, by_email = new_id(), house.by_email and bool(person.email)
    text = kind if by_email else posting.ON_PAPER.get(kind, kind)
    words = email.filled(text, words or letter_facts.wording(work.session, text), values, house.mark)
    return Letter(
        id=letter_id, person_id=person.id, kind=kind, about=about, state=State.WAITING if by_email else otherwise,
        address=person.email if by_email else "", subject=words.subject, body=words.body,
        message_id=f"<{letter_id}@{house.domain}>", made_at=work.now, made_by=work.actor, tries=0,
        next_try_at=work.now if by_email else None, words="",
    )  # fmt: skip


def noted(letters_written: Iterable[Letter]) -> list[tuple[str, str, dict[str, object]]]:
    """The audit entries for letters that were written."""
    return [
        ("letter.written", f"person:{one.person_id}", {"letter": one.id, "kind": one.kind}) for one in letters_written
    ]


def take(work: Work) -> Outgoing | None:
    """Take up the letter that has waited longest, for this process alone; None where none is due.

    Letters that cannot be sent any more are given up on the way.
    """
    while (letter := rows.next_waiting(work.session, work.now)) is not None:
        if not _has_address(work, letter):
            continue
        try:
            outgoing = _outgoing(work, letter)
        except Refused as refusal:
            end(work, letter, State.GIVEN_UP, refusal.message)
            continue
        letter.state, letter.claimed_until, letter.next_try_at = State.CLAIMED, work.now + posting.LEASE, None
        letter.tries += 1
        work.session.flush()
        return outgoing
    return None


def _has_address(work: Work, letter: Letter) -> bool:
    """It goes to the address that the driver has now: the one of then may have been somebody else's. Where there is
    none any more, it is for the office.
    """
    person = work.session.get_one(Person, letter.person_id, populate_existing=True)
    letter.address = person.email
    if person.email:
        return True
    letter.state, letter.next_try_at = State.PAPER if letter.kind in posting.ON_PAPER else State.PHONE, None
    work.session.flush()
    _record(work, letter, f"letter.{letter.state}")
    return False


def _outgoing(work: Work, letter: Letter) -> Outgoing:
    body = letter.body
    if letter.kind in posting.REMINDERS:
        _must_be_needed(work, letter)
    if letter.kind == Kind.MEMBER_REMINDER and not reminding.member_is_due(
        work.session, letter.person_id, MODES[service.facts(work.session).mark], letter.about
    ):
        raise Refused("not-needed", ENDS_NOT)
    if letter.kind in posting.OF_TRAINING:
        session, listed = trainings.session_of(work.session, letter)
        telling.must_be_so(session, listed, letter, work.now)
    if letter.sealed is not None:
        body = letter_words.fill(body, {"code": code_of(work, letter)})
    return Outgoing(str(letter.id), letter.message_id, letter.address, letter.subject, body)


def _must_be_needed(work: Work, letter: Letter) -> None:
    """A reminder may have waited while the driver passed, or while the licence was renewed."""
    mode = MODES[service.facts(work.session).mark]
    if not reminding.is_due(work.session, letter.person_id, TEST, mode, date.fromisoformat(letter.about)):
        raise Refused("not-needed", NOT_NEEDED)


def code_of(work: Work, letter: Letter) -> str:
    """The plain code of a letter that was not sent yet. Refuses one that would not work any more."""
    try:
        code = sealing.unseal(work.pepper, str(letter.id), letter.sealed or "")
    except Refused as refusal:
        raise Refused("code-lost", CODE_LOST) from refusal
    held = work.session.get(AccessCode, codes.digest(work.pepper, "code", numbers.read(code) or ""))
    invited = work.session.get(Invitation, held.invitation_id) if held else None
    over = invited is None or (invited.deadline is not None and calendar.day_of(work.now) > invited.deadline)
    if held is None or held.withdrawn_at is not None or over:
        raise Refused("code-over", CODE_OVER)
    return code


def settle(work: Work, letter_id: UUID, outcome: Outcome) -> None:
    """What came of handing it over. A letter of which nobody knew is sent after all if the answer comes late."""
    letter = rows.locked(work.session, letter_id)
    if letter is None or letter.state not in (State.CLAIMED, State.UNKNOWN):
        return
    outcome = posting.after(outcome, letter.made_at, work.now)
    letter.claimed_until, letter.words = None, outcome.words
    if outcome.state is State.WAITING:
        letter.state, letter.next_try_at = State.WAITING, posting.next_try(work.now, letter.tries)
    elif outcome.state is State.SENT:
        letter.receipt = outcome.receipt or None
        end(work, letter, State.SENT, "")
    else:
        letter.state = outcome.state
        _record(work, letter, f"letter.{outcome.state}")


def put_back(work: Work, letter_id: UUID, words: str) -> None:
    """Nothing can be sent at present: this letter was not sent, and waits with the others, last of them."""
    letter = rows.locked(work.session, letter_id)
    if letter is not None and letter.state == State.CLAIMED:
        letter.state, letter.claimed_until, letter.words = State.WAITING, None, words
        letter.next_try_at = posting.next_try(work.now, letter.tries)


def put_off(work: Work, words: str) -> None:
    """Nothing can be sent at present: all letters wait, longer after each time."""
    waited = rows.longest_wait(work.session, work.now)
    rows.put_off(work.session, posting.next_try(work.now, waited + 1), words)


def nobody_knows(work: Work) -> int:
    """Letters that were taken up and never came back: nobody knows whether they were sent, so none is sent again."""
    found = rows.left_alone(work.session, work.now)
    for letter in found:
        letter.state, letter.claimed_until, letter.words = State.UNKNOWN, None, NO_ANSWER
        _record(work, letter, "letter.unknown")
    return len(found)


def again(work: Work, letter_id: UUID) -> Letter:
    """Send a letter once more, to the address that the driver has now.

    A code that was sent is erased here, and somebody else may have it: then the letter goes with a new one.
    """
    letter = _to_decide(work, letter_id, State.UNKNOWN, State.REFUSED)
    person = work.session.get_one(Person, letter.person_id)
    if not person.email:
        raise Refused("letter-address", "There is no e-mail address. Add one on the record, or ring.")
    if letter.sealed is not None:
        code_of(work, letter)
    elif letter.invitation_id is not None:
        seal(work, letter, _new_code(work, letter, letter.invitation_id))
    letter.state, letter.next_try_at, letter.address = State.WAITING, work.now, person.email
    letter.tries, letter.words, letter.made_at = 0, "", work.now
    _record(work, letter, "letter.again")
    return letter


def _new_code(work: Work, letter: Letter, invitation_id: UUID) -> str:
    """Another code for the invitation of a letter, unless that is over or somebody has issued one meanwhile."""
    invited = work.session.get_one(Invitation, invitation_id)
    present = invitations.present(work.session, letter.person_id, invited.test, work.now)
    held = known.working_codes(work.session, letter.person_id, invited.test)
    if present is None or present.id != invitation_id or any(one.issued_at > letter.made_at for one in held):
        raise Refused("code-over", CODE_OVER)
    return invitations.issue_code(work, invited)


def arrived(work: Work, letter_id: UUID) -> Letter:
    """Somebody found out that it arrived."""
    letter = _to_decide(work, letter_id, State.UNKNOWN)
    end(work, letter, State.SENT, "Staff found that it arrived.")
    return letter


def rung(work: Work, letter_id: UUID) -> Letter:
    """The driver was told by telephone instead. The code in the letter is not needed any more."""
    letter = _to_decide(work, letter_id, State.PHONE, State.UNKNOWN, State.REFUSED)
    end(work, letter, State.RUNG, letter.words)
    return letter


def give_up(work: Work, letter_id: UUID) -> Letter:
    """It is not to be sent."""
    letter = _to_decide(work, letter_id, State.WAITING, State.PHONE, State.UNKNOWN, State.REFUSED, State.PAPER)
    end(work, letter, State.GIVEN_UP, "Staff decided not to send it.")
    return letter


def _to_decide(work: Work, letter_id: UUID, *states: State) -> Letter:
    letter = rows.locked(work.session, letter_id)
    if letter is None:
        raise Refused("letter-unknown", "There is no such letter.")
    if letter.state not in states:
        now = posting.STATE_WORDS[State(letter.state)].lower()
        raise Refused("letter-changed", f"This letter has changed meanwhile ({now}). Nothing was done.")
    return letter


def end(work: Work, letter: Letter, state: State, words: str) -> None:
    """A letter is over, and its code is erased."""
    end_all(work, [letter], state, words)


def end_all(work: Work, ended: Sequence[Letter], state: State, words: str) -> None:
    """Several letters are over."""
    for one in ended:
        one.state, one.words, one.sealed = state, words, None
        one.next_try_at = one.claimed_until = None
        one.ended_at, one.ended_by = work.now, work.actor
    entries = ((f"letter.{state}", f"person:{one.person_id}", {"letter": one.id, "kind": one.kind}) for one in ended)
    if ended:
        work.record_all(entries)


def _record(work: Work, letter: Letter, event: str) -> None:
    work.record(event, f"person:{letter.person_id}", letter=letter.id, kind=letter.kind)
