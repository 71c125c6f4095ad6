"""Staff come in and go out. The page never says which part was wrong, and whether an account exists or was closed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from quiz.actions import signing_in
from quiz.domain import limits
from quiz.domain.roles import Permission
from quiz.records.staff import Staff
from quiz.web import people
from quiz.web.guard import local_path, needs, public
from quiz.web.parts import parts
from quiz.web.request import give_up, now, open_reading, separately, work
from quiz.web.staff.desk import me

pages = Blueprint("staff_sign_in", __name__, url_prefix="/staff")

WRONG = "The e-mail address or the password is not right. Check both"


class SignInForm(FlaskForm):
    """`next` is the page that somebody asked for before signing in."""

    email = StringField("E-mail address", [InputRequired("Enter your e-mail address")])
    password = PasswordField("Password", [InputRequired("Enter your password")])
    next = HiddenField()


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """E-mail and password, then on to where they were going."""
    form = SignInForm(next=request.args.get("next"))
    if request.method == "GET" and people.staff():
        return redirect(_onwards(form))
    if not form.validate_on_submit():
        return render_template("staff/sign_in.html", form=form, out="out" in request.args)
    wait, account = _checked(form.email.data, form.password.data)
    if wait:
        give_up()  # somebody who has to wait must not hold the one place for writing
        form.form_errors.append(f"Wait {wait} seconds, then press “Sign in” again. You are not locked out")
        return render_template("staff/sign_in.html", form=form), 429, {"Retry-After": str(wait)}
    if account is None:
        form.form_errors.append(WRONG)
        return render_template("staff/sign_in.html", form=form)
    people.remember("staff", signing_in.staff_in(work(), account, _address()).token)
    return redirect(_onwards(form), 303)


@pages.post("/sign-out")
@needs(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """Out here, and only here."""
    signing_in.staff_out(work(), me().staff_id, me().session_id)
    return _out()


@pages.post("/sign-out-everywhere")
@needs(Permission.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    """Out on every computer."""
    signing_in.staff_out(work(), me().staff_id, None)
    return _out()


def _checked(email: str, password: str) -> tuple[int, Staff | None]:
    """Seconds to wait, or the account whose password this is. Slow by design, so nothing is held open to write."""
    tried = (parts().pepper, _address(), email.strip().casefold(), now())
    with open_reading() as session:
        until = signing_in.blocked_until(session, *tried)
    if until is None:
        with separately() as own:
            until = signing_in.staff_try(own, *tried)
    if until is not None:
        return limits.seconds_left(until, now()), None
    with open_reading() as session:
        return 0, signing_in.check_password(session, email, password)


def _address() -> str:
    return request.remote_addr or ""


def _onwards(form: SignInForm) -> str:
    return local_path(form.next.data) or "/staff"


def _out() -> ResponseReturnValue:
    people.forget("staff")
    return redirect(url_for(".sign_in", out=1), 303)
