"""Groups of other people: their lists, who is due, and inviting them to a test of their own."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from quiz.actions import deciding
from quiz.actions import groups as actions
from quiz.domain import attempt as attempt_rules
from quiz.domain import calendar, results
from quiz.domain import groups as rules
from quiz.domain.blueprint import TEST
from quiz.domain.decisions import Kind
from quiz.domain.groups import DUE_WORDS, Due
from quiz.domain.roles import Permission
from quiz.domain.tries import MODES
from quiz.records import decisions, groups, invitations, papers, staff
from quiz.records.groups import Audience, Member
from quiz.records.results import Sat
from quiz.web import service
from quiz.web.guard import needs
from quiz.web.request import now, session, work
from quiz.web.staff import record, shown, words
from quiz.web.staff.deciding import DecisionForm
from quiz.web.staff.desk import PAGE, refusals_at
from quiz.web.staff.group_forms import OF_GROUP, OF_LINES, OF_MEMBER, GroupForm, ManyForm, MemberForm

pages = Blueprint("groups", __name__, url_prefix="/staff")


def group(group_key: str) -> Audience:
    """The group of an address, or 404."""
    return groups.of_key(session(), group_key) or abort(404)


def mode() -> str:
    """The mode whose passes count now: those of a pilot count while it is one."""
    return MODES[service.facts().mark]


def member(audience: Audience, membership_id: UUID) -> Member:
    """Somebody of the group, or 404."""
    return groups.member(session(), audience, membership_id, mode()) or abort(404)


@pages.get("/groups")
@needs(Permission.MANAGE_GROUPS)
def listed() -> ResponseReturnValue:
    """The groups with their figures, and which tests there are for them."""
    today, tests = calendar.day_of(now()), papers.names(session())
    found = [(one, groups.counts(session(), one, mode(), today)) for one in groups.every(session())]
    return render_template("staff/groups/list.html", groups=found, tests=tests, words=DUE_WORDS, adopted=_tests())


@pages.route("/make-group", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def make() -> ResponseReturnValue:
    """A new group, for a test that was adopted."""
    tests = _tests()
    if not tests:
        return redirect(url_for(".listed"), 303)  # which says what has to come first
    form = GroupForm(tests)
    if form.validate_on_submit():
        with refusals_at(form, OF_GROUP):
            row = actions.make(work(), name=form.name.data or "", called=form.called.data or "", test=form.test.data)
            return redirect(url_for(".people", group_key=row.key), 303)
    return render_template("staff/groups/make.html", form=form)


def _tests() -> dict[str, str]:
    """The tests of other people that were adopted."""
    return {key: name for key, name in papers.names(session()).items() if key != TEST}


@pages.get("/groups/<group_key>")
@needs(Permission.MANAGE_GROUPS)
def people(group_key: str) -> ResponseReturnValue:
    """Who belongs to the group now, by name, a page at a time; all, or those who stand so."""
    audience, today = group(group_key), calendar.day_of(now())
    due = _due(request.args.get("due"))
    after = request.args.get("after", type=UUID)
    found = groups.page(session(), audience, mode(), today, due, after, PAGE + 1)
    return render_template(
        "staff/groups/people.html",
        group=audience,
        rules=papers.current(session(), audience.test),
        lines=[(one, _stands(one)) for one in found[:PAGE]],
        last=found[PAGE - 1].membership.id if len(found) > PAGE else None,
        first=after is None,
        counts=groups.counts(session(), audience, mode(), today),
        due=due,
        words=DUE_WORDS,
        reference=rules.shown,
    )


def _due(asked: str | None) -> Due | None:
    if not asked:
        return None
    return Due(asked) if asked in list(Due) else abort(400)


def _stands(one: Member) -> str:
    return DUE_WORDS[rules.due(one.passed_until, calendar.day_of(now()))]


@pages.route("/groups/<group_key>/add", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def add(group_key: str) -> ResponseReturnValue:
    """One person."""
    audience, form = group(group_key), MemberForm()
    if form.validate_on_submit():
        with refusals_at(form, OF_MEMBER):
            row = actions.add(work(), audience, **form.member())
            flash("Added to the group.")
            return redirect(url_for(".one", group_key=group_key, membership_id=row.id), 303)
    return render_template("staff/groups/add.html", form=form, group=audience)


@pages.route("/groups/<group_key>/add-many", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def add_many(group_key: str) -> ResponseReturnValue:
    """A pasted list: first shown with what would become of each line, then added."""
    audience, form = group(group_key), ManyForm()
    if form.validate_on_submit():
        with refusals_at(form, OF_LINES):
            if "sure" in request.form:
                number = actions.add_many(work(), audience, form.lines.data or "")
                flash(f"{number} {'person was' if number == 1 else 'people were'} added.")
                return redirect(url_for(".people", group_key=group_key), 303)
            checked = actions.check(session(), audience, form.lines.data or "")
            fine = sum(not one.problem for one in checked)
            return render_template("staff/groups/checked.html", form=form, group=audience, checked=checked, fine=fine)
    return render_template("staff/groups/many.html", form=form, group=audience)


@pages.get("/groups/<group_key>/people/<uuid:membership_id>")
@needs(Permission.MANAGE_GROUPS)
def one(group_key: str, membership_id: UUID) -> ResponseReturnValue:
    """Somebody of the group: how they stand, what they sat, their invitations. Opening it is on the record."""
    audience = group(group_key)
    found = member(audience, membership_id)
    record.opened(found.person.id)
    sat = [each for each in record.settled(found.person.id) if each.attempt.test == audience.test]
    found = member(audience, membership_id)  # what was just marked may be a pass
    invited = invitations.with_codes(session(), found.person.id)
    names = staff.names(session())
    decided = decisions.of_person(session(), found.person.id, audience.test)
    return render_template(
        "staff/groups/one.html",
        group=audience,
        member=found,
        reference=rules.shown(found.membership.reference),
        stands=_stands(found),
        sat=[_line(each) for each in sat],
        certificates=[shown.certificate(each.certificate, now()) for each in sat if each.certificate],
        decisions=[shown.decision(each, names) for each in decided],
        invited=[shown.invited(*each, sat, names, now()) for each in invited if each[0].test == audience.test],
    )


def _line(sat: Sat) -> tuple[Sat, str, str]:
    """An attempt, what came of it, and how many were right."""
    mark = sat.mark
    said = results.said(attempt_rules.state(sat.attempt, now()), mark.outcome if mark else None)
    mode_words = words.MODES[sat.attempt.mode]
    return sat, f"{said} ({mode_words.lower()})" if mode_words else said, f"{mark.score} of {mark.of}" if mark else ""


@pages.route("/groups/<group_key>/people/<uuid:membership_id>/another-try", methods=["GET", "POST"])
@needs(Permission.DECIDE)
def another_try(group_key: str, membership_id: UUID) -> ResponseReturnValue:
    """All tries at the test of the group afresh, from now on."""
    audience = group(group_key)
    found = member(audience, membership_id)
    form = DecisionForm(told="You can take the test again now.").about(Kind.ANOTHER_TRY)
    way = url_for(".one", group_key=group_key, membership_id=membership_id)
    if form.validate_on_submit():
        deciding.another_try(work(), found.person.id, audience.test, form.grounds())
        flash("The decision is recorded, and the person can read it.")
        return redirect(way, 303)
    back = (way, found.person.name)
    return render_template(
        "staff/record/decide.html", form=form, kind=Kind.ANOTHER_TRY, person=found.person, back=back, whom="person"
    )


@pages.route("/groups/<group_key>/people/<uuid:membership_id>/end", methods=["GET", "POST"])
@needs(Permission.MANAGE_GROUPS)
def end(group_key: str, membership_id: UUID) -> ResponseReturnValue:
    """Take somebody out of the group, after one more look."""
    audience, form = group(group_key), FlaskForm()
    found = member(audience, membership_id)
    if form.validate_on_submit():
        actions.end(work(), found.membership)
        flash("Taken out of the group.")
        return redirect(url_for(".people", group_key=group_key), 303)
    return render_template("staff/groups/end.html", form=form, group=audience, member=found)
