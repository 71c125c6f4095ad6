"""Reminding drivers that a licence ends: each reminder once, however often and by how many this is asked for."""

from sqlalchemy import select

from quiz.actions import letter_facts, letters
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.domain import calendar
from quiz.domain.posting import Kind, State
from quiz.domain.tries import MODES
from quiz.records import people, reminding
from quiz.records.people import Person

AT_ONCE = 100


def remind(work: Work, house: House, test: str, kind: Kind) -> int:
    """Write some of the reminders of that kind that are due today; how many. To be asked again until none is left."""
    mode, today = MODES[house.mark], calendar.day_of(work.now)
    found = reminding.to_remind(work.session, test, mode, kind, today, AT_ONCE)
    ids = {person_id for person_id, _ in found}
    if not ids:
        return 0
    people.lock_all(work.session, ids)
    # Somebody else may have written them while we waited for the rows.
    due = reminding.to_remind(work.session, test, mode, kind, today, len(found), ids)
    whom = {one.id: one for one in work.session.scalars(select(Person).where(Person.id.in_(ids)))}
    licences = people.licences_of(work.session, list(ids))
    written = [
        letters.reminder(work, house, kind, (whom[person_id], licences[person_id]), ends) for person_id, ends in due
    ]
    work.session.flush()
    work.record_all(letters.noted(written))
    return len(written)


def remind_members(work: Work, house: House) -> int:
    """The same for people of groups: once, when a pass ends within 30 days; how many."""
    mode, today = MODES[house.mark], calendar.day_of(work.now)
    found = reminding.members_to_remind(work.session, mode, today, AT_ONCE)
    if not found:
        return 0
    people.lock_all(work.session, {person.id for _, _, person, _ in found})
    due = reminding.members_to_remind(work.session, mode, today, AT_ONCE, {one.id for one, *_ in found})
    written = []
    for membership, audience, person, until in due:
        values = letter_facts.of_member(work.session, house, audience, (person, membership))
        values |= {"pass_end": calendar.words(until)}
        about = f"{audience.key}.{until.isoformat()}"
        written.append(letters.written(work, house, Kind.MEMBER_REMINDER, person, about, values, State.PHONE))
    work.session.add_all(written)
    work.session.flush()
    work.record_all(letters.noted(written))
    return len(written)
