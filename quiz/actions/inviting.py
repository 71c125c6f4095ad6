"""Inviting a whole list: each driver gets an invitation with a code, and a letter by e-mail or on paper."""

import json
from uuid import UUID

from sqlalchemy import select

from quiz.actions import invitations, jobs, letters
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.domain.blueprint import Reason
from quiz.domain.errors import Refused
from quiz.domain.holders import Wanted
from quiz.domain.inviting import Terms, as_facts, of_facts
from quiz.records import inviting, people
from quiz.records.base import new_id
from quiz.records.letters import Batch
from quiz.records.people import Person

KIND = "invitations"
AT_ONCE = 10  # people in one transaction: whoever sits a test waits no longer than for these


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
