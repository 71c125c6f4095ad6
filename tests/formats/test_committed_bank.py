"""The question bank that is committed: complete, checked, and large enough to be drawn from."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import groupby
from random import Random
from uuid import UUID

import pytest

from quiz.actions import bank
from quiz.domain import contacts, paper, reading, simulation
from quiz.domain.bank import shortages
from quiz.domain.paper import Candidate
from quiz.formats import sources_file
from quiz.settings import ROOT

PAPERS = 2000
# Telephone numbers that Ofcom sets aside for drama, and national short ones.
HARMLESS = re.compile(r"01632 ?960 ?\d{3}|07700 ?900 ?\d{3}")


@pytest.fixture(scope="module")
def papers(folder):
    """So many papers drawn one after the other, each counting as shown for the next; by question how often."""
    pool = {
        n: Candidate(UUID(int=n), one.id, one.topic, one.critical, len(one.options), 0, frozenset(one.foes))
        for n, one in enumerate(folder.drafts)
    }
    chance = Random(7)
    for _ in range(PAPERS):
        for slot in paper.draw(list(pool.values()), folder.blueprint, chance):
            shown = pool[slot.version.int]
            pool[slot.version.int] = replace(shown, shown=shown.shown + 1)
    return list(pool.values())


def texts(draft):
    yield from (draft.stem, draft.why)
    for option in draft.options:
        yield from (option.text, option.why, option.harm)


def test_the_checker_finds_nothing_wrong(folder):
    assert list(map(str, folder.wrong)) == []


def test_the_checker_warns_of_nothing_either(folder):
    assert list(map(str, bank.warnings(folder, date(2026, 11, 26)))) == []


def test_the_everyday_words_are_words_and_not_names(folder):
    """First names, and words that learners of English need not know, were once let in to quiet a warning."""
    names = {"jess", "lee", "sam"}
    hard = "affair drag ease frail giggles grips hum lads limp lodging lone quarrel sober split sway tease tense uneasy"
    assert folder.known.everyday & (names | set(hard.split())) == set()


def test_every_file_is_byte_for_byte_as_an_export_writes_it(folder):
    for pool, place in ((folder.files, "topics"), (folder.practice, "")):
        for name, drafts in pool.items():
            committed = (ROOT / "question_bank" / place / name).read_text(encoding="utf-8")
            assert bank.write(folder.blueprint, drafts[0].topic, drafts) == committed


def test_no_question_rests_on_a_hint_alone(folder):
    sources = sources_file.read((ROOT / "question_bank" / "sources.toml").read_text(encoding="utf-8"))
    assert [draft.id for draft in folder.drafts if all(sources[key].weak for key in draft.sources)] == []


def test_each_topic_has_its_own_file(folder):
    found = {name: {draft.topic for draft in drafts} for name, drafts in folder.files.items()}
    assert found == {bank.file_name(topic.code): {topic.code} for topic in folder.blueprint.topics}


def test_there_are_at_least_264_questions_and_45_to_practise(folder):
    assert sum(draft.topic != "T15" for draft in folder.drafts) >= 264
    assert sum(map(len, folder.practice.values())) == 45


def test_twelve_papers_could_be_drawn_without_repeating_a_question(folder):
    assert list(shortages(folder.drafts, folder.blueprint, papers=12)) == []


def test_every_place_has_twelve_times_its_quota(folder):
    found = Counter(draft.topic for draft in folder.drafts)
    short = {p.topics: p.count for p in folder.blueprint.places if sum(found[t] for t in p.topics) < 12 * p.count}
    assert short == {}


@pytest.mark.parametrize("topic", ["T13", "T14", "T15"])
def test_there_are_at_least_six_questions_of_the_topics_at_the_edge(folder, topic):
    assert sum(draft.topic == topic for draft in folder.drafts) >= 6


def test_there_are_at_least_60_critical_questions(folder):
    assert sum(draft.critical for draft in folder.drafts) >= 60


def test_some_one_in_ten_questions_ask_for_two(folder):
    two = sum(draft.two for draft in folder.drafts)
    assert 0.07 <= two / len(folder.drafts) <= 0.13


def test_a_sixth_grader_can_read_every_question(folder):
    grades = {one.id: reading.grade([one.stem, *(o.text for o in one.options)]) for one in folder.drafts}
    assert {name: found for name, found in grades.items() if found > reading.GRADE} == {}


def test_nobody_who_only_guesses_can_pass(folder):
    """Fewer papers than the command draws, with a margin: the intervals of its ten thousand are in the decisions."""
    scorers = simulation.guessers(folder.drafts)
    placed = {topic for place in folder.blueprint.places for topic in place.topics}
    live = [one for one in folder.drafts if one.topic in placed]
    drawn = list(simulation.papers(live, folder.blueprint, Random(7), 1500))
    results = {n: simulation.sit(live, folder.blueprint, drawn, s, Random(7)) for n, s in scorers.items()}
    assert list(simulation.findings(live, results, scorers)) == []


def test_the_right_option_is_not_always_in_the_same_place(folder):
    places = Counter(n for draft in folder.drafts if not draft.two for n, o in enumerate(draft.options) if o.right)
    assert max(places.values()) <= 0.5 * sum(places.values())


def test_every_question_has_a_day_of_review_ahead_and_not_too_far(folder):
    days = [draft.review_by for draft in folder.drafts]
    assert date(2027, 1, 1) <= min(days) and max(days) <= date(2029, 12, 31)


def test_questions_hold_no_real_looking_personal_data(folder):
    person = re.compile(r"[\w.]+@[\w.]+|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|\b(?:Mr|Mrs|Ms|Miss|Dr) [A-Z]")
    found = [text for draft in folder.drafts for text in texts(draft) if person.search(text)]
    numbers = [t for draft in folder.drafts for t in texts(draft) if contacts.TYPED_NUMBER.search(HARMLESS.sub("", t))]
    assert found + numbers == []


AREA = re.compile(r"Chorley|Lancashire|Preston|Blackpool|Blackburn|South Ribble")


def test_no_question_names_the_council_or_its_county(folder):
    drafts = (*folder.drafts, *(draft for drafts in folder.practice.values() for draft in drafts))
    assert [draft.id for draft in drafts for t in texts(draft) if AREA.search(t)] == []


def test_no_chapter_names_a_council_but_the_list_of_sources():
    """Whose area it is stands in the settings and contacts, so that another council takes the handbook as it is."""
    chapters = sorted((ROOT / "question_bank" / "handbook").glob("*.md"))
    assert [one.stem for one in chapters if AREA.search(one.read_text("utf-8"))] == ["18-sources"]


def test_local_numbers_are_samples_that_nobody_has_confirmed(folder):
    local = [contact for contact in folder.contacts if contact.scope == "local"]
    assert local and not [contact.key for contact in local if contact.confirmed]


def test_national_numbers_say_when_and_by_whom_they_were_checked(folder):
    national = [contact for contact in folder.contacts if contact.scope == "national"]
    assert [one.key for one in national if not (one.confirmed and one.checked_by and one.source)] == []


def test_the_card_has_each_place_once(folder):
    places = sorted(contact.card_order for contact in folder.contacts if contact.card_order)
    assert places == list(range(1, len(places) + 1))


def test_every_contact_that_a_page_may_name_is_there(folder):
    keys = {
        "emergency", "emergency-text", "relay", "police", "crimestoppers", "modern-slavery", "nspcc", "childline",
        "domestic-abuse", "children-services", "children-out-of-hours", "adult-services", "adult-out-of-hours",
        "licensing",
    }  # fmt: skip
    assert keys <= {contact.key for contact in folder.contacts}


def test_no_question_is_shown_much_more_often_than_its_neighbours(papers):
    drawn = sorted((one for one in papers if one.topic != "T15"), key=lambda one: (one.topic, one.critical))
    uneven = {
        kind: (min(shown), max(shown))
        for kind, those in groupby(drawn, key=lambda one: (one.topic, one.critical))
        if (shown := [one.shown for one in those]) and max(shown) > 1.5 * min(shown)
    }
    assert uneven == {}


def test_papers_are_full_to_the_last(papers):
    assert sum(one.shown for one in papers) == PAPERS * 20
