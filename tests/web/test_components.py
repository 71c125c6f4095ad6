"""Our macros: a field becomes a label, a hint, an error and an input that belong together."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as LongField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quiz.app import create_app
from quiz.documents import chart
from quiz.documents.chart import Series
from quiz.settings import Settings
from quiz.web.fields import DayField, error_links
from tests.promises import broken, words

KINDS = [SelectChoice("hackney", "Hackney carriage"), SelectChoice("private-hire", "Private hire <b>vehicle</b>")]

PAGE = """
{% extends "base.html" %}
{% set bare = true %}
{% set heading = "Every component" %}
{% from "components/fields.html" import password, select, text_field, textarea %}
{% from "components/choices.html" import checkbox, checkboxes, date, radios %}
{% from "components/buttons.html" import back_link, button, link_button, print_button %}
{% from "components/notices.html" import banner, inset, summary_list, tag, time_left, warning %}
{% from "components/table.html" import pagination, table %}
{% from "components/chart.html" import chart %}
{% block before_content %}{{ back_link("/staff") }}{% endblock %}
{% block content %}
<h1>{{ heading }}</h1>
<form method="post">
<input type="hidden" name="csrf_token" value="x">
{{ text_field(form.name, hint="As on the licence", autocomplete="name", classes="govuk-input--width-20") }}
{{ password(form.secret) }}
{{ textarea(form.note, hint="Optional") }}
{{ select(form.authority) }}
{{ radios(form.kind, hint="Choose one") }}
{{ checkboxes(form.more) }}
{{ checkbox(form.sure) }}
{{ date(form.born) }}
{{ button("Save", name="then", value="stay") }}
</form>
{{ link_button("Add", "/staff/add", "secondary") }}{{ print_button() }}
{{ warning("Careful") }}{{ tag("Due", "red") }}{{ time_left(form.left, "/test/time") }}
{% call inset() %}Inset{% endcall %}
{% call banner("Done", "success") %}<p>Saved</p>{% endcall %}
{{ summary_list([("Name", "Sam <i>"), ("Licence", "PH1", ("/change", "Change", "licence"))]) }}
{{ table("Drivers", ("Name", "Tries"), [("Sam <i>", 2)], numbers=[1]) }}
{{ table("Nobody", ("Name",), []) }}
{{ chart(form.bars) }}{{ chart(form.lines) }}
{{ pagination(("/p/1", "1 of 3"), ("/p/3", "3 of 3")) }}
{% endblock %}
"""


class EveryForm(Form):
    """One field of each kind."""

    name = StringField("Name", [InputRequired("Enter a name")])
    secret = PasswordField("Password", [InputRequired("Enter a password")])
    note = LongField("Note", [InputRequired("Enter a note")])
    authority = SelectField("Authority", choices=KINDS, default="private-hire")
    kind = RadioField("Kind", [InputRequired("Choose a kind")], choices=KINDS)
    more = SelectMultipleField("More", [InputRequired("Choose at least one")], choices=KINDS)
    sure = BooleanField("I am sure", [InputRequired("Tick the box")])
    born = DayField("Licence ends", [InputRequired("Enter a date")])


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory, instance: Path) -> Flask:
    """An app for templates only."""
    return create_app(Settings.load(instance, {}))


def shown(kit: Flask, form: Form) -> BeautifulSoup:
    with kit.test_request_context("/"):
        form.left = timedelta(minutes=12)
        form.bars = chart.bars("Taken <i>", "Few", ["2026"], [Series("Taken", (7,))])
        form.lines = chart.lines("Passed", "Most", ["2026"], [Series("Passed", (7,))])
        return BeautifulSoup(render_template_string(PAGE, form=form), "html.parser")


def test_a_page_of_every_component_keeps_the_promises(kit):
    assert list(broken(shown(kit, EveryForm()))) == []


def test_a_page_of_every_error_keeps_the_promises(kit):
    form = EveryForm(MultiDict())
    form.validate()
    page = shown(kit, form)
    assert list(broken(page)) == []
    assert [link["href"] for link in page.select(".govuk-error-summary a")] == [
        "#name",
        "#secret",
        "#note",
        "#kind-0",
        "#more-0",
        "#sure",
        "#born-day",
    ]


def test_what_was_typed_is_shown_again_and_never_as_markup(kit):
    sent = {"name": '"><script>', "note": "\n<b>", "kind": "hackney", "more": ["private-hire"], "sure": "y"}
    page = shown(kit, EveryForm(MultiDict(sent | {"born-day": "31", "born-month": "2", "born-year": "2027"})))
    assert page.select_one("#name")["value"] == '"><script>'
    assert not page.select("main b, main i, main script")
    assert len(page.select("main figure svg[role=img] title")) == 2
    assert [field["id"] for field in page.select("[checked]")] == ["kind-0", "more-1", "sure"]
    assert [field["value"] for field in page.select("[name^=born]")] == ["31", "2", "2027"]


def test_a_password_is_never_shown_again(kit):
    page = shown(kit, EveryForm(MultiDict({"secret": "three made-up words"})))
    assert "three made-up words" not in str(page)


def test_hint_and_error_are_read_with_the_field(kit):
    form = EveryForm(MultiDict())
    form.validate()
    page = shown(kit, form)
    assert page.select_one("#name")["aria-describedby"] == "name-hint name-error"
    assert words(page.select_one("#name-error")) == "Error: Enter a name"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("21", "11", "2026"), date(2026, 11, 21)),
        ((" 1 ", "02", "2027"), date(2027, 2, 1)),
        (("", "", ""), None),
    ],
)
def test_three_boxes_make_a_day(typed, expected):
    sent = MultiDict(zip(("born-day", "born-month", "born-year"), typed, strict=True))
    assert EveryForm(sent).born.data == expected


@pytest.mark.parametrize("typed", [("31", "2", "2027"), ("x", "1", "2027"), ("1", "", "2027"), ("1", "1", "99999")])
def test_a_day_that_does_not_exist_is_told_in_words(typed):
    form = EveryForm(MultiDict(zip(("born-day", "born-month", "born-year"), typed, strict=True)))
    form.validate()
    assert form.born.errors == ["Licence ends must be a real date, for example 21 11 2026"]


def test_a_day_that_is_known_fills_the_boxes():
    assert [typed for _, _, typed in EveryForm(born=date(2026, 11, 21)).born.boxes] == ["21", "11", "2026"]


def test_an_error_of_the_whole_form_has_no_link():
    form = EveryForm()
    form.form_errors.append("These do not belong together")
    assert list(error_links(form)) == [("", "These do not belong together")]
