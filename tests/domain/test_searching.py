"""Words are found in any of their forms, the best section first, with the place around them."""

from quiz.domain import searching
from quiz.domain.searching import Page

NEVER = Page("what#never", "What to do", "What never to do", "Never promise to keep a secret. " * 3)
TELL = Page("what#tell", "What to do", "When a child tells you", "Do not promise. " + "Listen well. " * 40 + "End.")
DOGS = Page("dogs#law", "Equality", "Assistance dogs", "Take the dog. No charge. " + "Far on. " * 60 + "A dog's seat.")
PAGES = searching.index((NEVER, TELL, DOGS))


def found(query):
    return [hit.page for hit in searching.find(PAGES, query)]


def excerpt(query):
    return "".join(f"[{p.text}]" if p.found else p.text for p in searching.find(PAGES, query)[0].excerpt)


def test_sections_with_every_word_are_found_the_fullest_first():
    assert found("promise") == [NEVER, TELL]
    assert found("promise listening") == [TELL]
    assert found("promise dog") == []


def test_a_word_is_found_in_other_forms_and_letters():
    assert found("DOGS") == found("dog's") == found("dog") == [DOGS]
    assert found("promised") == [NEVER, TELL]


def test_a_heading_counts_more_than_the_text():
    assert found("never") == [NEVER]
    assert found("child") == [TELL]


def test_nothing_typed_finds_nothing():
    assert found("") == found(" ?! ") == []


def test_what_was_found_is_marked_in_its_surroundings():
    assert excerpt("dog").startswith("Take the [dog]. No charge. Far on.")
    assert excerpt("dog").endswith(" …")
    assert excerpt("seat").startswith("… ")
    assert excerpt("seat").endswith("A dog's [seat].")


def test_a_word_of_the_heading_alone_shows_how_the_section_begins():
    assert excerpt("assistance").startswith("Take the dog.")


def test_ten_words_are_enough():
    assert len(searching.words(" ".join(f"word{n}x" for n in range(30)))) == 10
