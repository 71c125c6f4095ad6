"""Inviting people of groups: one code shown once with its letter, or letters for everybody who is due in one file."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from quiz.actions import groups as actions
from quiz.actions import letter_facts
from quiz.documents import letter
from quiz.domain import calendar, codes, numbers
from quiz.domain import groups as rules
from quiz.domain.errors import Refused
from quiz.domain.letters import LetterText
from quiz.domain.posting import Kind
from quiz.domain.roles import Permission
from quiz.records import groups, invitations
from quiz.records.groups import Audience, Member
from quiz.web import downloads
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import give_up, now, separately, session, work, work_in
from quiz.web.staff.desk import refusals_at
from quiz.web.staff.group_forms import OF_DEADLINE, InviteForm
from quiz.web.staff.groups import group, member, mode
from quiz.web.staff.letter_texts import house

NO_CODE = "XXXXX-XXXXX-XXXXX"

pages = Blueprint("group_codes", __name__, url_prefix="/staff/groups/<group_key>")


@pages.route("/letters", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def letters(group_key: str) -> ResponseReturnValue:
    """A letter with a new code for everybody who is due and has no code that works. Streamed once, kept nowhere."""
    if request.method == "POST":
        give_up()
    audience, form = group(group_key), InviteForm()
    found = groups.to_invite(session(), audience, mode(), now())
    if form.validate_on_submit():
        with refusals_at(form, OF_DEADLINE):
            if not found:
                raise actions.NOBODY
            return downloads.pdf(_many(audience, form.deadline.data), "access-code-letters.pdf")
    most = actions.LETTERS_AT_ONCE
    return render_template("staff/groups/letters.html", form=form, group=audience, found=len(found), most=most)


def _many(audience: Audience, deadline: date | None) -> bytes:
    """Set in type after the codes are kept, so that whoever sits a test does not wait for it; and once before with no
    codes, so that none is issued whose letter cannot be printed.
    """
    due = groups.to_invite(session(), audience, mode(), now())[: actions.LETTERS_AT_ONCE]
    letter.pdf([_text(audience, one, NO_CODE, deadline) for one in due])
    with separately() as own:
        issued = actions.invite_some(work_in(own), audience, mode(), deadline)
        texts = [_text(audience, one, code, deadline) for one, code in issued]
    return letter.pdf(texts)


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
