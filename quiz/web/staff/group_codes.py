"""Inviting people of groups: one code shown once with its letter, or letters for everybody who is due in one file."""

from collections import Counter
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import groups as actions
from quiz.actions import letter_facts, printing
from quiz.actions.letter_facts import House
from quiz.documents import letter
from quiz.domain import calendar, codes, numbers
from quiz.domain import groups as rules
from quiz.domain.errors import Refused
from quiz.domain.letters import LetterText
from quiz.domain.posting import Kind, State
from quiz.domain.roles import Permission
from quiz.records import groups as people
from quiz.records import invitations
from quiz.records.groups import Audience, Member
from quiz.web import downloads
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, separately, session, work, work_in
from quiz.web.staff import printed
from quiz.web.staff.desk import PAGE, refusals_at
from quiz.web.staff.group_forms import OF_DEADLINE, InviteForm
from quiz.web.staff.groups import group, member, mode
from quiz.web.staff.letter_texts import house
from quiz.web.staff.letters import shown

pages = Blueprint("group_codes", __name__, url_prefix="/staff/groups/<group_key>")


@pages.route("/letters", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def letters(group_key: str) -> ResponseReturnValue:
    """Everybody who is due and has no code that works is invited: by e-mail, or in a letter to be printed."""
    if request.method == "POST":
        give_up()  # what is written here is written some at a time, in transactions of their own
    audience, form, own = group(group_key), InviteForm(), house()
    found = people.to_invite(session(), audience, mode(), now())
    if form.validate_on_submit():
        with refusals_at(form, OF_DEADLINE):
            if not found:
                raise Refused("nobody-to-invite", "Nobody of this group is due without an access code that works.")
            states = _invite(audience, own, form.deadline.data)
            flash(_said(states[State.WAITING], states[State.PAPER]))
            return redirect(url_for(".letters", group_key=group_key), 303)
    by_email = sum(bool(one.person.email) for one in found) if own.by_email else 0
    made = people.letters_of(session(), audience.key, list(State), PAGE)
    return render_template(
        "staff/groups/letters.html", form=form, group=audience, found=len(found), by_email=by_email,
        sends=own.by_email, paper=len(printing.of_group(session(), audience)), rows=[shown(*one) for one in made],
    )  # fmt: skip


def _invite(audience: Audience, own: House, deadline: date | None) -> Counter[str]:
    """Some at a time, so that whoever sits a test does not wait for all of them."""
    states: Counter[str] = Counter()
    while True:
        with separately() as alone:
            here = alone.get_one(Audience, audience.key)
            written = actions.invite_some(work_in(alone), own, here, mode(), deadline)
            states.update(one.state for one in written)
        if not written:
            return states


def _said(by_email: int, on_paper: int) -> str:
    said = [f"{by_email} {'e-mail goes' if by_email == 1 else 'e-mails go'} out."] if by_email else []
    if on_paper:
        said.append(f"{on_paper} {'letter is' if on_paper == 1 else 'letters are'} to be printed.")
    return " ".join(said) or "Everybody was invited meanwhile."


@pages.post("/letters.pdf")
@needs(Permission.MANAGE_GROUPS)
def print_letters(group_key: str) -> Response:
    """The letters for people without e-mail, once: their codes are erased with it."""
    give_up()
    audience = group(group_key)
    sheets = printing.to_members(work_in(session()), house(), audience, printing.of_group(session(), audience))
    return printed.once(sheets, lambda alone: printing.of_group(alone, audience))


@pages.route("/people/<uuid:membership_id>/code", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def issue(group_key: str, membership_id: UUID) -> ResponseReturnValue:
    """Invite one person. The code is on the page that answers, and nowhere else."""
    audience, form = group(group_key), InviteForm()
    found = member(audience, membership_id)
    if form.validate_on_submit():
        with refusals_at(form, OF_DEADLINE):
            code = actions.invite(work(), audience, found.membership, form.deadline.data)
            reference = rules.shown(found.membership.reference)
            return render_template(
                "staff/groups/code.html", group=audience, member=found, code=code, reference=reference,
                address=_address(audience),
            )  # fmt: skip
    return render_template("staff/groups/invite.html", form=form, group=audience, member=found)


@pages.post("/people/<uuid:membership_id>/letter.pdf")
@needs(Permission.MANAGE_GROUPS)
def print_letter(group_key: str, membership_id: UUID) -> Response:
    """The letter for a code that the page before still shows. Only this person's working code is printed."""
    audience = group(group_key)
    found = member(audience, membership_id)
    code = numbers.read(request.form.get("code", ""))
    digest = codes.digest(parts().pepper, "code", code or "")
    held = invitations.held_by(session(), digest, [found.person.id])
    if code is None or held is None or held[0].withdrawn_at is not None or held[1].test != audience.test:
        raise Refused(
            "code-not-current",
            "This is not the present access code of this person. No letter was made. Issue a new access code first.",
        )
    work().record("letter.made", f"person:{found.person.id}", invitation=held[1].id)
    text = _text(audience, found, code, held[1].deadline)
    return downloads.pdf(letter.pdf([text]), "access-code-letter.pdf")


def _address(audience: Audience) -> str:
    return f"{parts().settings.service.base_url}/sign-in/{audience.key}"


def _text(audience: Audience, one: Member, code: str, deadline: date | None) -> LetterText:
    own, whom = house(), (one.person, one.membership)
    values = letter_facts.of_member(session(), own, audience, whom, deadline)
    return letter_facts.on_paper(
        Kind.MEMBER_PRINTED, letter_facts.wording(session(), Kind.MEMBER_PRINTED), values, own, code,
        known_by=[letter_facts.reference_line(one.membership)], day=calendar.day_of(now()),
    )  # fmt: skip
