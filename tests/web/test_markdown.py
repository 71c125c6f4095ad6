"""Markdown in our own style, and never any HTML but ours."""

from html import unescape

import pytest

from quiz.web import markdown


def test_words_get_the_classes_of_the_house():
    assert markdown.html("Ring **101**.") == '<p class="govuk-body">Ring <strong>101</strong>.</p>\n'
    assert 'class="govuk-list govuk-list--bullet"' in markdown.html("- one\n- two")


def test_raw_html_is_shown_as_text():
    assert "<script" not in markdown.html("<script>alert(1)</script>\n\n<b onclick='x'>bold</b>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_runs_something_is_no_link(address):
    assert "<a" not in markdown.html(f"[press]({address})")


def test_links_lead_where_the_page_says():
    html = markdown.html("[never](what-to-do#never)", link=lambda target: f"/handbook/{target}")
    assert 'href="/handbook/what-to-do#never"' in html


def test_a_number_to_ring_does_not_break():
    assert 'class="govuk-link quiz-phone"' in markdown.html("[01632 960 001](tel:01632960001)")


def test_headings_go_down_for_the_whole_handbook():
    assert markdown.html("### Now").startswith("<h3")
    assert markdown.html("### Now", 1) == '<h4 class="govuk-heading-s">Now</h4>\n'


def test_a_table_has_no_style_inside():
    html = markdown.html("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert "style=" not in html
    assert '<td class="govuk-table__cell">2</td>' in html


@pytest.mark.parametrize("words", ["St *Bee's* [Council]", "1. First", "a_b_c <d> `e` # f", "10-20 {x}"])
def test_words_from_elsewhere_show_as_they_are(words):
    assert unescape(markdown.html(markdown.escaped(words))) == f'<p class="govuk-body">{words}</p>\n'
