"""Accounts of staff. A password is shown once, to whoever hands it over, and must be changed at the first sign-in."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quiz.actions import staff as actions
from quiz.domain.roles import STAFF_ROLES, Permission, Role
from quiz.records import staff
from quiz.records.staff import Staff
from quiz.web.guard import needs
from quiz.web.request import session, work
from quiz.web.staff.desk import me, refusals_at

pages = Blueprint("staff_people", __name__, url_prefix="/staff/people")


class RolesForm(FlaskForm):
    """One role or more."""

    roles = SelectMultipleField(
        "Roles", choices=[SelectChoice(role.value, role.value.capitalize()) for role in STAFF_ROLES]
    )

    def chosen(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(map(Role, self.roles.data or ()))


class PersonForm(FlaskForm):
    """Who it is."""

    name = StringField("Full name", [InputRequired("Enter the name")])
    email = StringField("E-mail address", [InputRequired("Enter the e-mail address")])


class AddForm(PersonForm, RolesForm):
    """A new account."""


@pages.get("")
@needs(Permission.MANAGE_STAFF)
def everyone() -> ResponseReturnValue:
    """All accounts, those that are switched off too: the audit log names them."""
    return render_template("staff/people/list.html", people=staff.everyone(session()))


@pages.route("/add", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def add() -> ResponseReturnValue:
    """An account with a first password."""
    form = AddForm()
    if form.validate_on_submit():
        with refusals_at(form, {"name": "name", "email": "email", "email-taken": "email", "roles": "roles"}):
            password = actions.new_password(work())
            row = actions.add(
                work(), email=form.email.data, name=form.name.data, roles=form.chosen(), password=password
            )
            return _shown_once(row, password, added=True)
    return render_template("staff/people/add.html", form=form)


@pages.route("/<uuid:staff_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def one(staff_id: UUID) -> ResponseReturnValue:
    """One account and its roles. A change of roles ends that person's sign-ins."""
    row = _found(staff_id)
    form = RolesForm(roles=sorted(staff.roles(session(), staff_id)))
    if form.validate_on_submit():
        with refusals_at(form, {"roles": "roles", "last-administrator": "roles"}):
            actions.change_roles(work(), staff_id, form.chosen())
            return _back(staff_id, "The roles are changed.")
    return render_template("staff/people/one.html", form=form, row=row, own=me().staff_id == staff_id)


@pages.post("/<uuid:staff_id>/password")
@needs(Permission.MANAGE_STAFF)
def reset_password(staff_id: UUID) -> ResponseReturnValue:
    """A new first password for somebody who lost theirs."""
    row = _found(staff_id)
    password = actions.new_password(work())
    actions.reset_password(work(), staff_id, password)
    return _shown_once(row, password)


@pages.post("/<uuid:staff_id>/deactivate")
@needs(Permission.MANAGE_STAFF)
def deactivate(staff_id: UUID) -> ResponseReturnValue:
    """No more signing in."""
    _found(staff_id)
    actions.deactivate(work(), staff_id)
    return _back(staff_id, "The account is switched off.")


@pages.post("/<uuid:staff_id>/reactivate")
@needs(Permission.MANAGE_STAFF)
def reactivate(staff_id: UUID) -> ResponseReturnValue:
    """Signing in is possible again."""
    _found(staff_id)
    actions.reactivate(work(), staff_id)
    return _back(staff_id, "The account is switched on again.")


def _found(staff_id: UUID) -> Staff:
    return session().get(Staff, staff_id) or abort(404)


def _shown_once(row: Staff, password: str, added: bool = False) -> ResponseReturnValue:
    return render_template("staff/people/password.html", row=row, password=password, added=added)


def _back(staff_id: UUID, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for(".one", staff_id=staff_id), 303)
