"""Inviting a whole list: each driver gets an invitation with a code, and a letter by e-mail or on paper."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from quiz.actions import invitations, jobs, letters
from quiz.actions.letters import House
from quiz.actions.work import Work
from quiz.domain.blueprint import Reason
from quiz.domain.errors import Refused
from quiz.domain.holders import Wanted
from quiz.domain.inviting import Terms, as_facts, of_facts
from quiz.domain.posting import State
from quiz.records import inviting, people
from quiz.records import letters as rows
from quiz.records.base import new_id
from quiz.records.letters import Batch, Letter
from quiz.records.people import Person

KIND = "invitations"
AT_ONCE = 10  # people in one transaction: whoever sits a test waits no longer than for these
PRINTED_AT_ONCE = 500


def ask(work: Work, wanted: Wanted, terms: Terms, shown: int, page: str) -> Batch:
    """Write down what is asked for, and leave it to the worker. `page` is where the result will be found.

    `shown` is how many the officer has seen: another number means that the list has changed meanwhile.
    """
    invitations.must_be_allowed(work, terms.test, terms.reason, terms.deadline, terms.supervised)
    found = inviting.counted(work.session, wanted, terms.test, work.now).invited
    if not found:
        raise Refused("nobody", "Nobody on this list can be invited.")
    if found != shown:
        raise Refused("list-changed", f"The list has changed meanwhile: {found} drivers would be invited.")
    batch = Batch(
        id=new_id(), test=terms.test, chosen=json.dumps(as_facts(wanted), sort_keys=True), reason=terms.reason,
        supervised=terms.supervised, deadline=terms.deadline, shown=shown, made_at=work.now, made_by=work.actor,
        job_id=None,
    )  # fmt: skip
    work.session.add(batch)
    work.session.flush()
    batch.job_id = jobs.ask(work, KIND, {"batch": str(batch.id), "back": f"{page}/{batch.id}"}, total=shown).id
    work.record("invitations.asked-for", f"batch:{batch.id}", drivers=shown, reason=terms.reason)
    return batch


def some(work: Work, house: House, batch_id: UUID, after: UUID | None) -> tuple[UUID, int] | None:
    """Invite the next few of the list; the last key that was looked at and how many. None at its end.

    Whoever has an open invitation by now is passed over, so to begin again from the start does no harm.
    """
    batch = work.session.get_one(Batch, batch_id)
    wanted = of_facts(json.loads(batch.chosen))
    found = inviting.some(work.session, wanted, batch.test, work.now, after, AT_ONCE)
    if not found:
        return None
    people.lock_all(work.session, found)
    still = inviting.some(work.session, wanted, batch.test, work.now, None, AT_ONCE, found)
    whom = {one.id: one for one in work.session.scalars(select(Person).where(Person.id.in_(still)))}
    licences = people.licences_of(work.session, still)
    written = []
    for person_id in still:
        row = invitations.invite(
            work, person_id, test=batch.test, reason=Reason(batch.reason), deadline=batch.deadline,
            supervised=batch.supervised,
        )  # fmt: skip
        code = invitations.issue_code(work, row)
        written.append(letters.invitation(work, house, row, code, (whom[person_id], licences[person_id]), batch.id))
    work.session.flush()
    work.record_all(letters.noted(written))
    return found[-1], len(written)


def to_print(work: Work, batch_id: UUID) -> list[tuple[Letter, Person, str]]:
    """Letters of a batch that were not printed yet, each with its driver and its plain code. Changes nothing.

    Those with a code that would not work any more are left out.
    """
    found = []
    for letter, person in rows.listed(work.session, [State.PAPER], size=PRINTED_AT_ONCE, batch=batch_id):
        try:
            found.append((letter, person, letters.code_of(work, letter)))
        except Refused:
            continue
    return found


def printed(work: Work, batch_id: UUID, letter_ids: Sequence[UUID]) -> None:
    """These letters are on paper now: their codes are erased. Refused if anybody else has printed one of them."""
    taken = rows.lock_all(work.session, letter_ids)
    if len(taken) != len(letter_ids) or any(one.state != State.PAPER for one in taken):
        raise Refused("letters-printed", "These letters were printed meanwhile. Nothing was made. Open the page again.")
    for letter in taken:
        letter.state, letter.sealed, letter.ended_at, letter.ended_by = State.PRINTED, None, work.now, work.actor
    work.session.flush()
    work.record_all(
        ("letter.printed", f"person:{one.person_id}", {"letter": one.id, "batch": batch_id}) for one in taken
    )


def over(work: Work, batch_id: UUID) -> int:
    """Give up the letters of a batch that can be printed no more, because their codes do not work; how many."""
    count = 0
    for letter, _ in rows.listed(work.session, [State.PAPER], size=PRINTED_AT_ONCE, batch=batch_id):
        try:
            letters.code_of(work, letter)
        except Refused as refusal:
            letters.end(work, letter, State.GIVEN_UP, refusal.message)
            count += 1
    return count
