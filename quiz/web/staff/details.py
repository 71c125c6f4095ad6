"""Correcting what is known of a driver. Certificates keep what was printed on them."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quiz.actions import people as actions
from quiz.domain.roles import Permission
from quiz.records import people
from quiz.records.people import Licence, Person
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import session, work
from quiz.web.staff.desk import refusals_at
from quiz.web.staff.forms import OF_LICENCE, OF_PERSON, LicenceForm, PersonForm

pages = Blueprint("details", __name__, url_prefix="/staff/drivers/<uuid:person_id>")


@pages.route("/details", methods=["GET", "POST"])
@needs(Permission.ADD_DRIVERS)
def correct(person_id: UUID) -> ResponseReturnValue:
    """Name, e-mail and telephone."""
    person, _ = _found(person_id)
    form = PersonForm(name=person.name, email=person.email, phone=person.phone)
    if form.validate_on_submit():
        with refusals_at(form, OF_PERSON):
            actions.correct(work(), person_id, **form.person())
            return _back(person_id, "The details are corrected.")
    return render_template("staff/drivers/correct.html", form=form, person_id=person_id)


@pages.route("/licences/add", methods=["GET", "POST"])
@needs(Permission.ADD_DRIVERS)
def add_licence(person_id: UUID) -> ResponseReturnValue:
    """One more licence or application of the same driver."""
    _found(person_id)
    form = LicenceForm()
    if form.validate_on_submit():
        with refusals_at(form, OF_LICENCE):
            actions.add_licence(work(), person_id, authority=parts().settings.council.name, **form.licence())
            return _back(person_id, "The licence is added.")
    return render_template("staff/drivers/licence.html", form=form, person_id=person_id, heading="Add a licence")


@pages.route("/licences/<uuid:licence_id>", methods=["GET", "POST"])
@needs(Permission.ADD_DRIVERS)
def correct_licence(person_id: UUID, licence_id: UUID) -> ResponseReturnValue:
    """A wrong number, or an application that has become a licence."""
    held = next((one for one in _found(person_id)[1] if one.id == licence_id), None) or abort(404)
    form = LicenceForm(kind=held.kind, number=held.number, expires=held.expires_on)
    if form.validate_on_submit():
        with refusals_at(form, OF_LICENCE):
            actions.correct_licence(work(), person_id, licence_id, **form.licence())
            return _back(person_id, "The licence is corrected.")
    return render_template("staff/drivers/licence.html", form=form, person_id=person_id, heading="Correct a licence")


def _found(person_id: UUID) -> tuple[Person, list[Licence]]:
    return people.with_licences(session(), person_id) or abort(404)


def _back(person_id: UUID, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("record.record", person_id=person_id), 303)
