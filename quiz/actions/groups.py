"""Groups of other people: making one, who belongs to it, and inviting them to its test."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from quiz.actions import invitations, letters, people
from quiz.actions.letter_facts import House
from quiz.actions.work import Work
from quiz.domain import groups as rules
from quiz.domain import names
from quiz.domain.blueprint import TEST, Reason
from quiz.domain.errors import Refused
from quiz.domain.groups import Line
from quiz.records import groups, papers
from quiz.records import invitations as codes
from quiz.records import people as records
from quiz.records.groups import Audience, Membership
from quiz.records.invitations import Invitation
from quiz.records.letters import Letter
from quiz.records.people import Person

INVITED_AT_ONCE = 10  # in one transaction: whoever sits a test waits no longer than for these


def make(work: Work, *, name: str, called: str, test: str) -> Audience:
    """A new group for a test that the council has adopted."""
    tidy, one_of = rules.words(name, called)
    if test == TEST or test not in papers.names(work.session):
        raise Refused("group-test", "Choose a test that was adopted for other people than drivers")
    if groups.of_key(work.session, rules.key(tidy)) is not None:
        raise Refused("group-name", "There is a group of that name already. Choose another name")
    row = Audience(key=rules.key(tidy), name=tidy, called=one_of, test=test, made_at=work.now, made_by=work.actor)
    work.session.add(row)
    work.session.flush()
    work.record("group.made", f"group:{row.key}", test=test)
    return row


def add(work: Work, audience: Audience, *, name: str, email: str = "", number: str = "") -> Membership:
    """Put somebody into a group: a new person, or the driver who holds that licence number."""
    person = _driver(work.session, number) if number.strip() else people.add_person(work, name=name, email=email)
    records.lock(work.session, person.id)
    if groups.open_of(work.session, audience.key, [person.id]):
        raise Refused("member-already", "This person is in the group already")
    row = Membership(
        audience_key=audience.key, person_id=person.id, reference=_reference(work), added_at=work.now,
        added_by=work.actor,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.record("membership.added", f"person:{person.id}", group=audience.key, membership=row.id)
    return row


def _driver(session: Session, number: str) -> Person:
    found = records.numbered(session, number)
    if len(found) != 1:
        many = "More than one driver has that number" if found else "No driver has that licence number"
        raise Refused("member-number", f"{many}. Leave it empty to add a new person")
    return session.get_one(Person, found[0])


def _reference(work: Work) -> str:
    found = rules.reference(work.chance)
    while groups.taken(work.session, found) or records.numbered(work.session, found):
        found = rules.reference(work.chance)
    return found


@dataclass(frozen=True, slots=True)
class Checked:
    """One pasted line with what would become of it: `problem` keeps it out, `notice` is only to be looked at."""

    line: Line
    problem: str = ""
    notice: str = ""


def check(session: Session, audience: Audience, pasted: str) -> list[Checked]:
    """What adding these lines would do. Nothing is written."""
    lines = list(rules.lines(pasted))
    if not lines:
        raise Refused("member-lines", "Paste at least one line with a name")
    if len(lines) > rules.LINES_AT_ONCE:
        raise Refused("member-lines", f"Paste at most {rules.LINES_AT_ONCE} lines at once")
    keys = [names.key(one.name) for one in lines]
    known = groups.known_as(session, keys, [one.email.casefold() for one in lines if one.email])
    inside = groups.open_of(session, audience.key, [one.id for one in known])
    return list(_checked(lines, known, inside))


def _checked(lines: list[Line], known: list[Person], inside: set[UUID]) -> Iterator[Checked]:
    seen: set[tuple[str, str]] = set()
    for one in lines:
        key, email = names.key(one.name), one.email.casefold()
        alike = [each for each in known if each.name_key == key or (email and each.email.casefold() == email)]
        same = [each for each in alike if each.id in inside and (not email or each.email.casefold() in (email, ""))]
        problem = _refused(one)
        if not problem and same:
            problem = "Is in the group already"
        if not problem and (key, email) in seen:
            problem = "Stands in the list twice"
        seen.add((key, email))
        notice = "Somebody of that name or address is known already. This adds another person" if alike else ""
        yield Checked(one, problem, "" if problem else notice)


def _refused(line: Line) -> str:
    try:
        people.details(line.name, line.email, "")
    except Refused as refusal:
        return refusal.message
    return ""


def add_many(work: Work, audience: Audience, pasted: str) -> int:
    """Add every line that nothing stands against; how many there were."""
    fine = [one.line for one in check(work.session, audience, pasted) if not one.problem]
    for line in fine:
        add(work, audience, name=line.name, email=line.email)
    return len(fine)


def end(work: Work, membership: Membership) -> None:
    """Somebody leaves the group. Reference and codes stop working; results and certificates stay."""
    person = records.lock(work.session, membership.person_id)
    work.session.refresh(membership)
    if membership.ended_at is not None:
        raise Refused("member-ended", "This person has left the group already.")
    audience = work.session.get_one(Audience, membership.audience_key)
    membership.ended_at, membership.ended_by = work.now, work.actor
    work.session.flush()
    if not groups.of_person(work.session, person.id, audience.test):  # another group may have the same test
        for code in codes.working_codes(work.session, person.id, audience.test):
            code.withdrawn_at = work.now
    work.record("membership.ended", f"person:{person.id}", group=audience.key, membership=membership.id)


def invite(work: Work, audience: Audience, membership: Membership, deadline: date | None = None) -> str:
    """Invite to the test of the group, or again to the one that still counts; the plain code, shown once."""
    return _invited(work, audience, membership, deadline)[1]


def _invited(work: Work, audience: Audience, one: Membership, deadline: date | None) -> tuple[Invitation, str]:
    if one.ended_at is not None:
        raise Refused("member-ended", "This person has left the group. Add them again first.")
    row = invitations.invite(work, one.person_id, test=audience.test, reason=Reason.REFRESHER, deadline=deadline)
    return row, invitations.issue_code(work, row)


def invite_some(work: Work, house: House, audience: Audience, mode: str, deadline: date | None) -> list[Letter]:
    """Invite the first of those who are due and have no code: by e-mail, or on paper where there is no address.

    To be asked again until there is nobody. All of them are held before the first is written: the head of the audit
    log comes last of all locks.
    """
    found = [one.person.id for one in groups.to_invite(work.session, audience, mode, work.now)[:INVITED_AT_ONCE]]
    records.lock_all(work.session, found)
    written = []
    for one in groups.to_invite(work.session, audience, mode, work.now, found):
        row, code = _invited(work, audience, one.membership, deadline)
        written.append(letters.member_invitation(work, house, audience, (one.person, one.membership), row, code))
    work.session.flush()
    if written:
        work.record_all(letters.noted(written))
    return written
