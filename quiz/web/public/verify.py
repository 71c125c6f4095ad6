"""Is this certificate genuine and current? A number tells status, dates and issuer; the surname as well tells who.

The code in the QR picture does the same as the surname: only the paper has it. It stands in the address behind the #,
which browsers send nowhere; a script posts it, or somebody pastes it.
"""

from datetime import datetime, timedelta

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.exceptions import TooManyRequests
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quiz.actions import certificates
from quiz.domain import calendar, codes, names, numbers, signed
from quiz.domain import certificate as rules
from quiz.domain import limits as waits
from quiz.domain.signed import Finding
from quiz.formats import signing
from quiz.records import certificates as records
from quiz.records import limits
from quiz.records.certificates import Certificate
from quiz.web.guard import public
from quiz.web.parts import parts
from quiz.web.request import now, open_reading, separately

pages = Blueprint("verify", __name__)

FREE_LOOKUPS = 10
NOT_A_NUMBER = "Enter the number on the certificate: 15 letters and numbers"
NOT_A_CODE = "This is not the whole code. Scan the QR code again and paste all of the address, with what follows the #"
NOT_THE_SURNAME = "That is not the surname on this certificate"
KEYS_SECONDS = 300


class NumberForm(FlaskForm):
    """The number as it is printed."""

    number = StringField("Certificate number", [InputRequired(NOT_A_NUMBER), Length(max=60, message=NOT_A_NUMBER)])


class SurnameForm(FlaskForm):
    """Only somebody who has the person or the paper before them knows both."""

    surname = StringField(
        "Surname on the certificate", [InputRequired("Enter the surname on the certificate"), Length(max=100)]
    )


class CodeForm(FlaskForm):
    """Only the paper has the code."""

    code = StringField("Code from the QR picture", [InputRequired(NOT_A_CODE), Length(max=1000, message=NOT_A_CODE)])


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
        _must_be_free(right=False)
        return _unknown(number)
    form = SurnameForm()
    if not form.is_submitted():
        return _known(row, form, matched=False)
    matched = form.validate() and _is_surname(row, form.surname.data)
    _must_be_free(right=matched)
    if not matched:
        form.surname.errors = form.surname.errors or [NOT_THE_SURNAME]
    return _known(row, form, matched)


@pages.route("/verify/<number>/code", methods=["GET", "POST"])
@public
def scan(number: str) -> ResponseReturnValue:
    """Whether the code on the paper is ours and belongs to that number; then it shows all that was printed."""
    if request.method == "GET":
        return redirect(url_for(".answer", number=number), 303)
    row, form = _looked_up(number), CodeForm()
    given = signed.read(form.code.data or "") if form.validate() else None
    if given is None:
        form.code.errors = [NOT_A_CODE]
        return render_template("public/verify_code.html", form=form, number=number[:40]), 400
    finding = signing.check(parts().signing().public, given)
    if given.statement.number != numbers.read(number):
        finding = Finding.ALTERED
    right = row is not None and finding is Finding.GENUINE
    _must_be_free(right=right)
    if row is not None and right:
        return _known(row, SurnameForm({}), matched=True, by_code=True)
    return render_template("public/verify_scanned.html", said=given.statement, finding=finding, row=row,
                           asked=numbers.read(number)), 404  # fmt: skip


def _unknown(number: str) -> ResponseReturnValue:
    well_formed = numbers.read(number) is not None
    page = "public/verify_unknown.html"
    return render_template(page, shown=number[:40], well_formed=well_formed, code_form=CodeForm({})), 404


def _known(row: Certificate, form: SurnameForm, matched: bool, by_code: bool = False) -> str:
    return render_template(
        "public/verify_answer.html",
        text=certificates.printed(row),
        standing=rules.standing(row, calendar.day_of(now())),
        since=_since(row),
        form=form,
        code_form=CodeForm({}),
        matched=matched,
        by_code=by_code,
    )


@pages.get("/.well-known/certificate-keys.json")
@public
def keys() -> Response:
    """The public keys, with which anybody can check a code: `quiz verify --keys`."""
    response = current_app.response_class(signing.write(parts().signing().public), mimetype="application/json")
    response.cache_control.public, response.cache_control.max_age = True, KEYS_SECONDS
    return response


def _looked_up(number: str) -> Certificate | None:
    """The certificate of that number, unless this address has to wait. Whoever has to wait takes no turn to write."""
    with open_reading() as opened:
        _must_not_wait(limits.blocked_until(opened, {_bucket(): FREE_LOOKUPS}, now()))
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


def _must_be_free(*, right: bool) -> None:
    """Asked once it is known whether a guess is right and before that is told: guesses at the same moment take turns,
    and right ones wait as wrong ones do. A wrong one is counted whatever becomes of the page.
    """
    with separately() as opened:
        _must_not_wait(limits.hold(opened, {_bucket(): FREE_LOOKUPS}, now()))
        if not right:
            limits.count_wrong(opened, {_bucket(): None}, now())


def _must_not_wait(until: datetime | None) -> None:
    if until is not None:
        raise TooManyRequests(retry_after=waits.seconds_left(until, now()))
