"""The audit log's chain: whatever is changed in it is found, and where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from quiz.domain import chain
from quiz.domain.chain import START, Link

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def made(length=6):
    links, before = [], START
    for number in range(1, length + 1):
        text = chain.content(number, NINE, "staff:1", "code.issued", f"person:{number}", {"n": number})
        links.append(Link(number, before, text, chain.digest(before, text)))
        before = links[-1].hash
    return links


def test_a_whole_chain_holds():
    assert made()[0].previous == "0" * 64
    assert chain.first_break(made()) is None
    assert chain.first_break([]) is None


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("field", ["sequence", "previous", "content", "hash"])
def test_any_change_is_found_at_its_entry(place, field):
    links = made()
    old = getattr(links[place], field)
    links[place] = replace(links[place], **{field: old + 1 if field == "sequence" else old.replace(old[-1], "x")})
    assert chain.first_break(links) == place + 1


@pytest.mark.parametrize("place", range(5))
def test_an_entry_that_was_taken_out_is_found(place):
    links = made()
    del links[place]
    assert chain.first_break(links) == place + 1


def test_entries_that_changed_places_are_found():
    links = made()
    links[2], links[3] = links[3], links[2]
    assert chain.first_break(links) == 3


def test_an_entry_that_was_put_in_is_found():
    links = made()
    links.insert(3, links[2])
    assert chain.first_break(links) == 4


def test_a_chain_rewritten_from_the_middle_is_found_by_what_was_noted_before():
    links = made()
    assert chain.first_break(links[3:], before=links[2].hash, start=4) is None
    assert chain.first_break(links[3:], before=START, start=4) == 4


def test_the_text_that_is_hashed_has_one_form():
    summer = NINE.astimezone(timezone(timedelta(hours=5)))
    detail = {"b": UUID(int=1), "a": "Zoë"}
    assert chain.content(1, summer, "cli:root", "x", "y", detail) == (
        '{"actor":"cli:root","at":"2026-11-23T09:00:00.000000+00:00",'
        '"detail":{"a":"Zoë","b":"00000000-0000-0000-0000-000000000001"},"event":"x","n":1,"subject":"y"}'
    )
