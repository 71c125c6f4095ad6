"""The handbook is open to everybody, carries today's numbers, and its addresses last."""

import pytest

from quiz.web import book
from tests.documents import reading


def test_the_contents_name_every_chapter_and_section(browse):
    page = browse().open("/handbook")
    for chapter in book.chapters():
        assert f"{chapter.number}. {chapter.title}" in page.links


@pytest.mark.parametrize("chapter", book.chapters(), ids=lambda chapter: chapter.slug)
def test_a_chapter_has_all_its_anchors_and_nothing_left_to_fill_in(browse, chapter):
    page = browse().open(f"/handbook/{chapter.slug}")
    assert page.heading == chapter.title
    assert [section.anchor for section in chapter.sections] == [tag["id"] for tag in page.soup.select("main h2[id]")]
    assert "{" not in page.text


def test_every_link_inside_the_handbook_lands(browse):
    browser = browse()
    anchors = {f"/handbook/{chapter.slug}" for chapter in book.chapters()}
    anchors |= {f"/handbook/{c.slug}#{section.anchor}" for c in book.chapters() for section in c.sections}
    for chapter in book.chapters():
        for address in browser.open(f"/handbook/{chapter.slug}").links.values():
            assert not address.startswith("/handbook/") or address in anchors


def test_a_number_in_a_chapter_rings(browse):
    page = browse().open("/handbook/who-to-tell")
    assert page.links["0800 1111"] == "tel:08001111"


def test_the_number_for_texts_does_not_ring(browse):
    assert "tel:999" not in browse().open("/handbook/who-to-tell").links.values()


def test_the_rules_of_the_test_are_filled_in(browse):
    text = browse().open("/handbook/about-the-test").text
    assert "There are 20 questions. You have 45 minutes. You need 16 right answers to pass." in text


def test_chapters_lead_to_their_neighbours(browse):
    first, second, *_, last = book.chapters()
    browser = browse()
    assert f"/handbook/{second.slug}" in browser.open(f"/handbook/{first.slug}").links.values()
    assert not browser.open(f"/handbook/{last.slug}").soup.select("[rel=next]")


def test_the_whole_handbook_is_one_page_to_print(browse):
    page = browse().open("/handbook/print")
    assert [tag["id"] for tag in page.soup.select("main h2[id]")] == [chapter.slug for chapter in book.chapters()]
    assert page.soup.select_one("#what-to-do--never")


def test_a_chapter_that_is_not_there_is_not_found(browse):
    assert browse().open("/handbook/no-such-chapter").status == 404


def test_the_handbook_asks_for_no_sign_in_and_sets_no_cookie(browse):
    assert "Set-Cookie" not in browse().open("/handbook/what-to-do").response.headers


def test_words_are_looked_for_in_every_section(browse):
    browser = browse()
    browser.open("/handbook")
    page = browser.press("Search", words="promise")
    assert "sections found for “promise”" in page.text
    assert all(address in page.links.values() for address in ["/handbook/what-to-do#when-someone-tells-you"])
    assert page.soup.mark


def test_a_number_is_found_as_it_stands_today(browse):
    page = browse().open("/handbook/search?words=0800+1111")
    assert "/handbook/who-to-tell#helplines" in page.links.values()


@pytest.mark.parametrize("query", ["", "+", "%3Cb%3E", "xyzzy"])
def test_nothing_found_says_what_to_do_next(browse, query):
    page = browse().open(f"/handbook/search?words={query}")
    assert page.status == 200
    assert page.soup.select_one("[role=status]")


def test_the_whole_handbook_is_one_document_that_a_browser_opens(browse):
    browser = browse()
    browser.open("/handbook")
    page = browser.follow("The handbook as a PDF, to keep")
    assert page.response.content_type == "application/pdf"
    said = reading.spoken(page.response.data)
    for chapter in book.chapters():
        assert reading.squeezed(f"{chapter.number}. ") in said
    assert "{" not in said
    assert reading.squeezed("Chorley Council") in said
