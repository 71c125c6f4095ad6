"""Telephone numbers: see them, change one, and confirm that the right service answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from quiz.actions import contacts as actions
from quiz.domain import calendar
from quiz.domain import contacts as rules
from quiz.domain.contacts import Contact
from quiz.domain.roles import Permission
from quiz.records import contacts, staff
from quiz.web import service
from quiz.web.fields import DayField
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.staff import words
from quiz.web.staff.desk import me, refusals_at

pages = Blueprint("contacts", __name__, url_prefix="/staff/contacts")

KEPT = ("name", "number", "purpose", "note", "email", "checked_on", "checked_by")


class ContactForm(FlaskForm):
    """What drivers read. The lengths are what the contact card has room for. `seen` is the version that was open."""

    name = StringField("Name", [Length(max=60, message="Use 60 characters or fewer for the name")])
    number = StringField("Telephone number")
    purpose = StringField("When to ring", [Length(max=100, message="Say in 100 characters or fewer when to ring")])
    note = TextAreaField("Note (optional)", [Length(max=200, message="Use 200 characters or fewer for the note")])
    email = StringField(
        "E-mail address (optional)", [MayBeEmpty(), Email("Enter an e-mail address like name@example.com")]
    )
    seen = HiddenField()

    def words(self) -> dict[str, str]:
        """The five texts."""
        return {name: self[name].data or "" for name in ("name", "number", "purpose", "note", "email")}

    def version(self) -> int:
        """From which version of the contacts this was written; 0 for none of ours."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def validate(self, extra_validators: object = None) -> bool:
        """Also what the rules say of a contact, each at its field."""
        fine = bool(super().validate(extra_validators))
        name, number, purpose = (" ".join((self[field].data or "").split()) for field in ("name", "number", "purpose"))
        for field, problem in rules.problems(Contact("", name, number, "", purpose)):
            self[field].errors = [*self[field].errors, problem]
            fine = False
        return fine


class ConfirmForm(FlaskForm):
    """`number` is what the page showed: a number that was changed meanwhile has not been rung."""

    on = DayField("When was it rung?")
    by = StringField("Who rang it?", [InputRequired("Enter the name of whoever rang the number")])
    number = HiddenField()


@dataclass(frozen=True, slots=True)
class Past:
    """One wording of a contact: from when, by whom."""

    at: datetime
    by: str
    contact: Any


@pages.get("")
@needs(Permission.SEE_CONTACTS)
def everything() -> ResponseReturnValue:
    """All contacts, in the order of the pages that drivers see; or only those that nobody has checked for long."""
    found, late = service.contacts(), "late" in request.args
    rows = found.stale(calendar.day_of(now())) if late else found.contacts
    return render_template("staff/contacts/list.html", all=found, rows=rows, late=late)


@pages.get("/<key>")
@needs(Permission.SEE_CONTACTS)
def one(key: str) -> ResponseReturnValue:
    """One contact, the way to confirm it, and what it was before."""
    contact = _found(key)
    return _shown(contact, ConfirmForm(on=calendar.day_of(now()), by=me().name, number=contact.number))


@pages.route("/<key>/change", methods=["GET", "POST"])
@needs(Permission.EDIT_CONTACTS)
def change(key: str) -> ResponseReturnValue:
    """New words or a new number; on every page, card and question at once."""
    contact, present = _found(key), str(service.contacts().version)
    form = ContactForm(obj=contact, seen=present)
    if form.validate_on_submit():
        seen, form.seen.data = form.version(), present  # shown again, it stands beside a colleague's words
        with refusals_at(form, {"contact": "name", "changed-meanwhile": "name"}):
            actions.change(work(), key, **form.words(), seen=seen)
            flash("The contact is changed.")
            return redirect(url_for(".one", key=key), 303)
    return render_template("staff/contacts/change.html", form=form, contact=contact)


@pages.post("/<key>/confirm")
@needs(Permission.EDIT_CONTACTS)
def confirm(key: str) -> ResponseReturnValue:
    """Somebody rang the number and the right service answered."""
    contact, form = _found(key), ConfirmForm()
    if form.validate_on_submit() and _says_when(form) and _is_what_was_shown(form, contact):
        with refusals_at(form, {"checked-on": "on", "checked-by": "by"}):
            actions.confirm(work(), key, on=form.on.data, by=form.by.data, number=contact.number)
            flash(f"{contact.name} is confirmed.")
            return redirect(url_for(".one", key=key), 303)
    return _shown(contact, form)


def _says_when(form: ConfirmForm) -> bool:
    if form.on.data is None:
        form.on.errors = ["Enter the day on which the number was rung"]
    return isinstance(form.on.data, date)


def _is_what_was_shown(form: ConfirmForm, contact: Contact) -> bool:
    if form.number.data == contact.number:
        return True
    form.form_errors.append(f"The number was changed to {contact.number} meanwhile. Ring that one, then confirm it")
    form.number.data = contact.number
    return False


def _found(key: str) -> Contact:
    return next((one for one in service.contacts().contacts if one.key == key), None) or abort(404)


def _shown(contact: Contact, form: ConfirmForm) -> ResponseReturnValue:
    return render_template("staff/contacts/one.html", contact=contact, form=form, past=_past(contact.key))


def _past(key: str) -> list[Past]:
    """Every wording, newest first; versions in which only other contacts changed are left out."""
    found, names = contacts.history(session(), key), staff.names(session())
    older = [row for _, row in found[1:]] + [None]
    return [
        Past(made.at, words.actor(made.by, names), row)
        for (made, row), before in zip(found, older, strict=True)
        if before is None or any(getattr(row, name) != getattr(before, name) for name in KEPT)
    ]
