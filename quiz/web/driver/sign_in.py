"""A driver's way in and out: licence number and access code. Nobody learns which of the two was wrong."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.actions import signing_in
from quiz.domain import licence, limits
from quiz.domain.blueprint import TEST
from quiz.domain.roles import Permission
from quiz.records import groups, papers
from quiz.web import people
from quiz.web.guard import needs, public
from quiz.web.parts import parts
from quiz.web.request import give_up, now, open_reading, session, work

pages = Blueprint("driver_sign_in", __name__)

WRONG = "The licence number and the access code do not belong together, or the code has ended. Check both"
WRONG_ONE = "The reference and the access code do not belong together, or the code has ended. Check both"


class SignInForm(FlaskForm):
    """What stands on the letter: the number in any spelling, the code with or without its dashes."""

    licence = StringField(
        "Licence or application number",
        [InputRequired("Enter your licence or application number"), Length(max=60, message=WRONG)],
    )
    code = StringField("Access code", [InputRequired("Enter your access code"), Length(max=60, message=WRONG)])


class ReferenceForm(SignInForm):
    """The same for somebody of a group, whose letter has a reference in place of a licence."""

    licence = StringField("Your reference", [InputRequired("Enter your reference"), Length(max=60, message=WRONG_ONE)])


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Number and code, then on to the test."""
    return _answered(SignInForm(), WRONG, "driver/sign_in.html")


@pages.route("/sign-in/<group_key>", methods=["GET", "POST"])
@public
def by_reference(group_key: str) -> ResponseReturnValue:
    """The way in for people of a group: their letter leads here, no page of drivers does."""
    with open_reading() as first:
        group = groups.of_key(first, group_key) or abort(404)
        name = papers.current(first, group.test).name
    return _answered(ReferenceForm(), WRONG_ONE, "driver/by_reference.html", service=name)


def _answered(form: SignInForm, wrong: str, page: str, **shown: str) -> ResponseReturnValue:
    if form.validate_on_submit():
        wait = _seconds_to_wait(form.licence.data or "") or _seconds_held(form.licence.data or "")
        if wait:
            give_up()  # somebody who has to wait must not hold the one place for writing
            form.form_errors.append(f"Wait {wait} seconds, then press “Continue” again. You are not locked out")
            return render_template(page, form=form, **shown), 429, {"Retry-After": str(wait)}
        if signed := signing_in.driver(work(), request.remote_addr or "", form.licence.data, form.code.data):
            people.remember("driver", signed.token)
            return redirect(url_for("sitting.test"), 303)
        form.form_errors.append(wrong)
    return render_template(page, form=form, **shown)


def _seconds_to_wait(typed: str) -> int:
    """Read in a transaction of its own, so that somebody who has to wait never holds the place for writing."""
    with open_reading() as session:
        number = licence.normalise(typed)
        until = signing_in.blocked_until(session, parts().pepper, request.remote_addr or "", number, now())
    return limits.seconds_left(until, now())


def _seconds_held(typed: str) -> int:
    """The same once more, in the transaction that counts: others may have tried meanwhile."""
    until = signing_in.hold(work(), request.remote_addr or "", licence.normalise(typed))
    return limits.seconds_left(until, now())


@pages.post("/sign-out")
@needs(Permission.SIT_TEST)
def sign_out() -> ResponseReturnValue:
    """Out, with a word on what becomes of the test."""
    who, group = people.driver(), None
    if who is not None:
        if who.test != TEST:
            group = next((one.key for _, one in groups.of_person(session(), who.person_id, who.test)), None)
        signing_in.driver_out(work(), who.person_id, who.session_id)
    people.forget("driver")
    why = "not-me" if request.form.get("reason") == "not-me" else None
    return redirect(url_for(".signed_out", why=why, group=group), 303)


@pages.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    """What happens now, and what somebody does who was shown another person's name."""
    group = groups.of_key(session(), request.args["group"]) if "group" in request.args else None
    way = url_for(".by_reference", group_key=group.key) if group else url_for(".sign_in")
    name = {"service": papers.current(session(), group.test).name} if group else {}
    not_me = request.args.get("why") == "not-me"
    return render_template("driver/signed_out.html", not_me=not_me, way=way, group=group, **name)
