"""Is this certificate genuine and current? A number tells status, dates and issuer; the surname as well tells who."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.exceptions import TooManyRequests
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.actions import certificates
from quiz.domain import calendar, codes, names, numbers
from quiz.domain import certificate as rules
from quiz.domain import limits as waits
from quiz.records import certificates as records
from quiz.records import limits
from quiz.records.certificates import Certificate
from quiz.web.guard import public
from quiz.web.parts import parts
from quiz.web.request import now, open_reading, separately

pages = Blueprint("verify", __name__)

FREE_LOOKUPS = 10
NOT_A_NUMBER = "Enter the number on the certificate: 15 letters and numbers"


class NumberForm(FlaskForm):
    """The number as it is printed."""

    number = StringField("Certificate number", [InputRequired(NOT_A_NUMBER), Length(max=60, message=NOT_A_NUMBER)])


class SurnameForm(FlaskForm):
    """Only somebody who has the person or the paper before them knows both."""

    surname = StringField(
        "Surname on the certificate", [InputRequired("Enter the surname on the certificate"), Length(max=100)]
    )


@pages.route("/verify", methods=["GET", "POST"])
@public
def ask() -> ResponseReturnValue:
    """Type a number."""
    form = NumberForm()
    if form.validate_on_submit():
        number = numbers.read(form.number.data)
        if number:
            return redirect(url_for(".answer", number=numbers.show(number)), 303)
        form.number.errors = [*form.number.errors, f"{NOT_A_NUMBER}. Check each one: a letter or number is wrong"]
    return render_template("public/verify.html", form=form)


@pages.route("/verify/<number>", methods=["GET", "POST"])
@public
def answer(number: str) -> ResponseReturnValue:
    """What we know of that number."""
    row = _looked_up(number)
    if row is None:
        _count_wrong()
        well_formed = numbers.read(number) is not None
        return render_template("public/verify_unknown.html", shown=number[:40], well_formed=well_formed), 404
    form = SurnameForm()
    matched = form.validate_on_submit() and _is_surname(row, form.surname.data)
    if form.is_submitted() and not matched:
        form.surname.errors = form.surname.errors or ["That is not the surname on this certificate"]
        _count_wrong()
    return render_template(
        "public/verify_answer.html",
        text=certificates.printed(row),
        standing=rules.standing(row, calendar.day_of(now())),
        since=_since(row),
        form=form,
        matched=matched,
    )


def _looked_up(number: str) -> Certificate | None:
    """The certificate of that number, unless this address has to wait. Read apart: a wrong try is counted next."""
    with open_reading() as opened:
        until = limits.blocked_until(opened, {_bucket(): FREE_LOOKUPS}, now())
        if until:
            raise TooManyRequests(retry_after=waits.seconds_left(until, now()))
        read = numbers.read(number)
        return records.numbered(opened, read) if read else None


def _since(row: Certificate) -> str:
    """The first day on which it was no longer valid; the reason is nobody's business."""
    if row.withdrawn_at is not None:
        return calendar.words(calendar.day_of(row.withdrawn_at))
    return calendar.words(row.expires_on + timedelta(days=1))


def _is_surname(row: Certificate, typed: str) -> bool:
    """The last word, or the last words, of the printed name."""
    wanted, name = names.key(typed), names.key(certificates.printed(row).name)
    return bool(wanted) and (name == wanted or name.endswith(f" {wanted}"))


def _bucket() -> str:
    return codes.digest(parts().pepper, "limit-verify", waits.household(request.remote_addr or ""))


def _count_wrong() -> None:
    """Kept whatever becomes of the page: a guesser must not get a fresh start from an error."""
    with separately() as opened:
        limits.count_wrong(opened, {_bucket(): None}, now())
