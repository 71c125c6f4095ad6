"""Letters for people without e-mail: set in type in the words in force, then noted as printed, each once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import letter_facts, letters
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.documents import email
from quiz.domain import calendar
from quiz.domain.errors import Refused
from quiz.domain.letter_words import Wording
from quiz.domain.letters import LetterText
from quiz.domain.posting import Kind, State
from quiz.records import groups, people
from quiz.records import letters as rows
from quiz.records.groups import Audience
from quiz.records.letters import Letter
from quiz.records.people import Person

AT_ONCE = 500
Waiting = Sequence[tuple[Letter, Person]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as it goes on paper, and its words as they are kept: without the code."""

    letter_id: UUID
    text: LetterText
    words: Wording


def of_batch(session: Session, batch_id: UUID) -> Waiting:
    """Letters of a whole list that wait to be printed."""
    return rows.listed(session, [State.PAPER], size=AT_ONCE, batch=batch_id)


def of_group(session: Session, audience: Audience) -> Waiting:
    """Letters to people of a group that wait to be printed."""
    return groups.letters_of(session, audience.key, (State.PAPER,), AT_ONCE)


def to_drivers(work: Work, house: House, waiting: Waiting) -> list[Sheet]:
    """These letters to drivers. Those with a code that would not work any more are left out. Changes nothing."""
    found = list(_readable(work, waiting))
    held = people.licences_of(work.session, [person.id for _, person, _ in found])
    invited = rows.invitations_of(work.session, [row.id for row, _, _ in found])
    words, day, sheets = letter_facts.wording(work.session, Kind.PRINTED), calendar.day_of(work.now), []
    for row, person, code in found:
        licences = held[person.id]
        values = letter_facts.of_invitation(house, invited[row.id], (person, licences))
        known_by = [one.shown.words for one in licences]
        text = letter_facts.on_paper(Kind.PRINTED, words, values, house, code, known_by=known_by, day=day)
        sheets.append(Sheet(row.id, text, email.filled(Kind.PRINTED, words, values, house.mark)))
    return sheets


def to_members(work: Work, house: House, audience: Audience, waiting: Waiting) -> list[Sheet]:
    """The same for people of a group."""
    found = list(_readable(work, waiting))
    invited = rows.invitations_of(work.session, [row.id for row, _, _ in found])
    held = groups.memberships(work.session, audience.key, [person.id for _, person, _ in found])
    words, day, sheets = letter_facts.wording(work.session, Kind.MEMBER_PRINTED), calendar.day_of(work.now), []
    for row, person, code in found:
        if (one := held.get(person.id)) is None:
            continue
        values = letter_facts.of_member(work.session, house, audience, (person, one), invited[row.id].deadline)
        known_by = [letter_facts.reference_line(one)]
        text = letter_facts.on_paper(Kind.MEMBER_PRINTED, words, values, house, code, known_by=known_by, day=day)
        sheets.append(Sheet(row.id, text, email.filled(Kind.MEMBER_PRINTED, words, values, house.mark)))
    return sheets


def _readable(work: Work, waiting: Waiting) -> Iterator[tuple[Letter, Person, str]]:
    for letter, person in waiting:
        try:
            yield letter, person, letters.code_of(work, letter)
        except Refused:
            continue


def over(work: Work, waiting: Waiting) -> int:
    """Give up those that can be printed no more, because their codes do not work; how many.

    All are held before the first entry: the head of the audit log comes last of all locks.
    """
    count = 0
    for letter in rows.lock_all(work.session, [one.id for one, _ in waiting]):
        if letter.state != State.PAPER:
            continue
        try:
            letters.code_of(work, letter)
        except Refused as refusal:
            letters.end(work, letter, State.GIVEN_UP, refusal.message)
            count += 1
    return count


def printed(work: Work, sheets: Sequence[Sheet], waited: State = State.PAPER) -> None:
    """These letters are on paper now: their codes are erased. Refused if anybody else has printed one of them."""
    words = {one.letter_id: one.words for one in sheets}
    taken = rows.lock_all(work.session, list(words))
    if len(taken) != len(words) or any(one.state != waited for one in taken):
        raise Refused("letters-printed", "These letters were printed meanwhile. Nothing was made. Open the page again.")
    for letter in taken:
        letter.state, letter.sealed, letter.ended_at, letter.ended_by = State.PRINTED, None, work.now, work.actor
        letter.subject, letter.body = words[letter.id].subject, words[letter.id].body
    work.session.flush()
    work.record_all(
        ("letter.printed", f"person:{one.person_id}", {"letter": one.id, "kind": one.kind}) for one in taken
    )
