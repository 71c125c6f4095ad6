"""One's own account: what one may do, a new password, and signing out everywhere."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from quiz.actions import passwords, staff
from quiz.domain.roles import GRANTS, STAFF_ROLES, Permission
from quiz.web.guard import needs
from quiz.web.request import work
from quiz.web.staff.desk import me, refusals_at

pages = Blueprint("account", __name__, url_prefix="/staff")

NEW = ("password-same", "password-short", "password-long", "password-name", "password-simple")
FIELDS = {"password-wrong": "old", **dict.fromkeys(NEW, "new")}


class PasswordForm(FlaskForm):
    """The present password again, so that an unlocked computer is not enough."""

    old = PasswordField("Present password", [InputRequired("Enter your present password")])
    new = PasswordField("New password", [InputRequired("Enter a new password")])


@pages.get("/account")
@needs(Permission.OWN_ACCOUNT)
def own() -> ResponseReturnValue:
    """What this account may do, in words."""
    allowed = [(role, [one for one in Permission if one in GRANTS[role]]) for role in STAFF_ROLES if role in me().roles]
    return render_template("staff/account.html", me=me(), allowed=allowed)


@pages.route("/password", methods=["GET", "POST"])
@needs(Permission.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    """Choose a new password; whoever was given one is led here first."""
    form = PasswordForm()
    if form.validate_on_submit():
        with refusals_at(form, FIELDS):
            staff.change_password(work(), me().staff_id, me().session_id, form.old.data, form.new.data)
            flash("Your password is changed. You are signed out everywhere else.")
            return redirect(url_for(".own"), 303)
    return render_template("staff/password.html", form=form, first=me().must_change_password, least=passwords.SHORTEST)
