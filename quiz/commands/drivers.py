"""quiz drivers: add one, or give one a new access code."""

from datetime import date
from uuid import UUID

import click
from sqlalchemy.orm import Session

from quiz.actions import invitations, people
from quiz.actions.work import Work
from quiz.commands import desk
from quiz.commands.drivers_import import import_
from quiz.commands.words import DAY, KIND, REASON
from quiz.domain import licence
from quiz.domain.blueprint import TEST, Reason
from quiz.domain.errors import Refused
from quiz.domain.licence import Kind
from quiz.records import people as known
from quiz.records.invitations import Invitation


@click.group()
def drivers() -> None:
    """Add drivers, import lists of them, and issue access codes."""


drivers.add_command(import_)


@drivers.command()
@click.option("--licence", "number", required=True, metavar="NUMBER", help="Licence or application number.")
@click.option("--kind", required=True, type=KIND, help="What kind of licence it is.")
@click.option("--name", required=True, help="The driver's name, as on the licence.")
@click.option("--email", default="", help="The driver's e-mail address.")
@click.option("--phone", default="", help="The driver's telephone number.")
@click.option("--expires", type=DAY, help="When the licence ends.")
@click.option(
    "--reason", type=REASON, help="Why the driver takes the test.  [default: application or renewal, by kind]"
)
@click.option("--deadline", type=DAY, help="The last day to begin the test.")
@click.option("--supervised", is_flag=True, help="The test is taken under supervision, not at home.")
def add(
    number: str,
    kind: str,
    name: str,
    email: str,
    phone: str,
    expires: date | None,
    reason: str | None,
    deadline: date | None,
    supervised: bool,
) -> None:
    """Add a driver who may take the test.

    The access code stands alone on the last line. It is shown only this once and stored nowhere.
    """
    of_kind = Kind(kind)
    why = Reason(reason) if reason else Reason.APPLICATION if of_kind is Kind.APPLICATION else Reason.RENEWAL
    with desk.at_desk() as at, at.work() as work:
        person = people.add_driver(
            work,
            name=name,
            kind=of_kind,
            number=number,
            authority=at.settings.council.name,
            email=email,
            phone=phone,
            expires_on=expires,
        )
        invitation = invitations.invite(
            work, person.id, test=TEST, reason=why, deadline=deadline, supervised=supervised
        )
        code = invitations.issue_code(work, invitation)
    _hand_over(code)


@drivers.command()
@click.argument("number", metavar="LICENCE")
@click.option("--kind", type=KIND, help="Needed where drivers of different kinds hold the same number.")
@click.option("--reason", type=REASON, help="Invite the driver anew, for this reason.")
def code(number: str, kind: str | None, reason: str | None) -> None:
    """Issue a new access code; the older ones stop working.

    The code stands alone on the last line. It is shown only this once and stored nowhere.
    """
    with desk.at_desk() as at, at.work() as work:
        person_id = _holder(work.session, number, kind)
        if reason:
            invitation = invitations.invite(work, person_id, test=TEST, reason=Reason(reason))
        else:
            invitation = _present(work, person_id)
        new = invitations.issue_code(work, invitation)
    _hand_over(new)


def _holder(session: Session, number: str, kind: str | None) -> UUID:
    """Who holds that number, typed in any spelling."""
    key = licence.normalise(number)
    held = known.licences_of(session, known.numbered(session, number))
    found = {(person_id, one.kind) for person_id, of_one in held.items() for one in of_one if one.number_key == key}
    people_found = {person_id for person_id, of_kind in found if kind in (None, of_kind)}
    if not people_found:
        raise Refused("driver-unknown", "No driver has this licence number.")
    if len(people_found) > 1:
        kinds = ", ".join(sorted(of_kind for _, of_kind in found))
        raise Refused("several-drivers", f"Several drivers have this number. Say which with --kind: {kinds}.")
    return people_found.pop()


def _present(work: Work, person_id: UUID) -> Invitation:
    found = invitations.present(work.session, person_id, TEST, work.now)
    if found is None:
        raise Refused(
            "invitation-ended", "The driver's invitation has ended. Invite anew with --reason, for example renewal."
        )
    return found


def _hand_over(code: str) -> None:
    click.echo("The access code. Hand it to the driver now; it is not shown again:")
    click.echo(code)
