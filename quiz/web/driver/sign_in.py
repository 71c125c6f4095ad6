"""A driver's way in and out: licence number and access code. Nobody learns which of the two was wrong."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.actions import signing_in
from quiz.domain import licence, limits
from quiz.domain.roles import Permission
from quiz.web import people
from quiz.web.guard import needs, public
from quiz.web.parts import parts
from quiz.web.request import give_up, now, open_reading, work

pages = Blueprint("driver_sign_in", __name__)

WRONG = "The licence number and the access code do not belong together, or the code has ended. Check both"


class SignInForm(FlaskForm):
    """What stands on the letter: the number in any spelling, the code with or without its dashes."""

    licence = StringField(
        "Licence or application number",
        [InputRequired("Enter your licence or application number"), Length(max=60, message=WRONG)],
    )
    code = StringField("Access code", [InputRequired("Enter your access code"), Length(max=60, message=WRONG)])


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Number and code, then on to the test."""
    form = SignInForm()
    if form.validate_on_submit():
        wait = _seconds_to_wait(form.licence.data)
        if wait:
            give_up()  # somebody who has to wait must not hold the one place for writing
            form.form_errors.append(f"Wait {wait} seconds, then press “Continue” again. You are not locked out")
            return render_template("driver/sign_in.html", form=form), 429, {"Retry-After": str(wait)}
        if signed := signing_in.driver(work(), request.remote_addr or "", form.licence.data, form.code.data):
            people.remember("driver", signed.token)
            return redirect(url_for("sitting.test"), 303)
        form.form_errors.append(WRONG)
    return render_template("driver/sign_in.html", form=form)


def _seconds_to_wait(typed: str) -> int:
    """Read in a transaction of its own, so that somebody who has to wait never holds the place for writing."""
    with open_reading() as session:
        number = licence.normalise(typed)
        until = signing_in.blocked_until(session, parts().pepper, request.remote_addr or "", number, now())
    return limits.seconds_left(until, now())


@pages.post("/sign-out")
@needs(Permission.SIT_TEST)
def sign_out() -> ResponseReturnValue:
    """Out, with a word on what becomes of the test."""
    who = people.driver()
    if who is not None:
        signing_in.driver_out(work(), who.person_id, who.session_id)
    people.forget("driver")
    return redirect(url_for(".signed_out", why="not-me" if request.form.get("reason") == "not-me" else None), 303)


@pages.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    """What happens now, and what somebody does who was shown another person's name."""
    return render_template("driver/signed_out.html", not_me=request.args.get("why") == "not-me")
