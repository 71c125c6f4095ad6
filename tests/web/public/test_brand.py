"""The council's colours and logo come from its settings."""

from pathlib import Path

import pytest
from flask import Flask

from quiz.app import create_app
from quiz.keyring import make_keys
from quiz.settings import Settings
from quiz.web.brand import darker
from tests.page import Browser

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def own_app(tmp_path: Path, engine, clock) -> Flask:
    """The app of a council with a name, a colour and a logo of its own."""
    text = Settings.default_text().replace("Chorley Council", "St Bee's <District> Council")
    text = text.replace('# brand_colour = "#1b5e4b"', 'brand_colour = "#5b2482"').replace("# logo =", "logo =")
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    (tmp_path / "logo.svg").write_text(LOGO)
    make_keys(tmp_path)
    return create_app(Settings.load(tmp_path, {}), engine, clock)


def test_the_name_of_the_council_is_in_title_and_header(own_app):
    page = Browser(own_app).open("/help")
    assert page.title.endswith(" – St Bee's <District> Council")
    assert "St Bee's <District> Council" in page.soup.header.get_text()


def test_the_logo_is_served_from_the_instance(own_app):
    browser = Browser(own_app)
    address = str(browser.open("/").soup.select_one("header img")["src"])
    response = browser.open(address).response
    assert (response.mimetype, response.get_data(as_text=True)) == ("image/svg+xml", LOGO)


def test_the_colour_reaches_the_style_sheet(own_app):
    assert "--govuk-brand-colour:#5b2482;" in Browser(own_app).open("/brand.css").text


def test_without_a_logo_there_is_none(browse):
    assert browse().open("/logo").status == 404


def test_a_link_gets_darker_under_the_pointer():
    assert darker("#1a5a96") == "#0f365a"
