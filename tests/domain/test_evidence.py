"""Evidence: what was altered is named, and what the council could not have changed unnoticed is worked out again."""

import json
from copy import deepcopy

import pytest

from quiz.domain import chain, evidence
from quiz.domain.errors import Refused
from quiz.domain.evidence import Document, Fault

SAID = {"number": 1, "session": "s", "sequence": None, "choice": "2", "later": False, "confirmed": True, "at": "09:00"}
TEXT = ["1 v 1,0", "1 s None 2 False True 09:00"]


def whole() -> dict[str, dict]:
    """The items of a small pack that holds together."""
    sealed = evidence.seal(TEXT)
    content = json.dumps({"event": "attempt.finished", "detail": {"answers": sealed}})
    return {
        "question/01": {"position": 1, "version_key": "v", "options": [{"option": 1}, {"option": 0}]},
        "answers/01": {"position": 1, "log": [SAID]},
        "seal": {"text": "\n".join(TEXT), "sha256": sealed},
        "audit/000000007": {"sequence": 7, "previous": "p", "content": content, "hash": chain.digest("p", content)},
    }


def document(items: dict[str, dict]) -> Document:
    return Document(evidence.manifest({"pack": "1"}, whole()), "key", "00", items)


def test_the_canonical_form_is_one_line_of_sorted_utf_8():
    assert evidence.canonical({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'.encode()


def test_a_whole_pack_has_no_finding():
    assert evidence.differences(document(whole())) == []
    assert list(evidence.contradictions(whole())) == []


@pytest.mark.parametrize("name", whole())
def test_an_altered_a_missing_and_an_added_item_are_each_named(name):
    altered, missing = whole(), whole()
    altered[name] = {**altered[name], "new": 1}
    del missing[name]
    added = {**whole(), name + "x": {}}
    found = [evidence.differences(document(items)) for items in (altered, missing, added)]
    assert [[(one.item, one.fault) for one in each] for each in found] == [
        [(name, Fault.ALTERED)], [(name, Fault.MISSING)], [(name + "x", Fault.ADDED)]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("seal", {"text": "1 v 0,1"}, ["does not follow from the text", "is not the one that follows"]),
        ("seal", {"sha256": "0" * 64}, ["does not follow from the text", "No audit entry"]),
        ("answers/01", {"log": [{**SAID, "choice": "1"}]}, ["is not the one that follows"]),
        ("answers/01", {"log": "nonsense"}, ["is not the one that follows"]),
        ("question/01", {"options": [{"option": 0}, {"option": 1}]}, ["is not the one that follows"]),
        ("audit/000000007", {"content": "{}"}, ["No audit entry", "The hash of audit entry 7 (audit/000000007)"]),
        ("audit/000000007", {"hash": "0"}, ["The hash of audit entry 7 (audit/000000007)"]),
    ],
)
def test_what_was_signed_though_it_contradicts_the_seal_or_the_audit_log_is_said(name, change, said):
    items = deepcopy(whole())
    items[name] |= change
    found = list(evidence.contradictions(items))
    assert len(found) == len(said)
    assert all(words in one for words, one in zip(said, found, strict=True))


def test_a_test_that_was_set_aside_before_its_end_has_no_seal_and_no_contradiction():
    assert list(evidence.contradictions({**whole(), "seal": {"text": "", "sha256": None}})) == []


@pytest.mark.parametrize(("reason", "recipient"), [("", "The court"), ("Appeal", " "), ("x" * 501, "The court")])
def test_a_pack_wants_a_reason_and_a_recipient(reason, recipient):
    with pytest.raises(Refused):
        evidence.must_have_grounds(reason, recipient)
