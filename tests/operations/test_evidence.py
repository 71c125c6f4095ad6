"""quiz verify of an evidence pack, on another machine with the public keys: it says which item was altered."""

import json
from pathlib import Path

import pytest

from quiz import keyring
from quiz.actions import evidence
from quiz.actions.evidence import House, Wanted
from quiz.documents import evidence as document
from quiz.documents.evidence import Paper
from quiz.domain.evidence import Copy
from quiz.formats import evidence_file
from tests.make import COUNCIL, Make
from tests.operations.conftest import Quiz


@pytest.fixture
def pack(quiz: Quiz, make: Make) -> str:
    """The file of a pack that this instance signed."""
    made, officer = make.driver(), make.staff()
    attempt_id = make.attempt(made)
    with make.work(f"staff:{officer}") as work:
        signer = keyring.signing_keys(quiz.folder).signer
        wanted, house = Wanted(Copy.DISCLOSED, "Appeal", "The court"), House(COUNCIL, "Driver test", {})
        return evidence.make(work, made.person_id, attempt_id, wanted, house, signer).content


@pytest.fixture
def elsewhere(quiz: Quiz, tmp_path: Path) -> Quiz:
    """Another machine: no instance, only the public keys in a file."""
    (tmp_path / "keys.json").write_text(quiz.done("keys", "list", "--json"), encoding="utf-8")
    return Quiz(tmp_path / "nowhere")


def check(elsewhere: Quiz, pack: str, how: str = "refused") -> str:
    folder = elsewhere.folder.parent
    (folder / "evidence.json").write_text(pack, encoding="utf-8")
    return getattr(elsewhere, how)("verify", folder / "evidence.json", "--keys", folder / "keys.json")


def test_a_genuine_pack_is_genuine_on_another_machine(elsewhere, pack):
    told = check(elsewhere, pack, "done")
    assert told.startswith(f"Genuine: an evidence pack as {COUNCIL} signed it. PILOT")
    assert "Disclosed copy for The court, made on 23 November 2026 at 9:00am." in told
    assert "give the digest that was sealed" in told and "SHA-256 of this file" in told


def test_it_names_what_was_altered_missing_or_added(elsewhere, pack):
    plain = json.loads(pack)
    plain["items"]["answers/07"]["counts"]["right_by_the_key"] = False
    plain["items"]["decision/01"] = {"kind": "void"}
    del plain["items"]["pauses"]
    told = check(elsewhere, json.dumps(plain))
    assert told.splitlines()[:3] == [
        "NOT GENUINE. Altered after it was signed: the answers to question 7 (answers/07).",
        "NOT GENUINE. Added, and signed by nobody: decision 1 (decision/01).",
        "NOT GENUINE. Missing: the pauses (pauses).",
    ]


def test_an_altered_answer_or_audit_entry_also_breaks_what_was_sealed(elsewhere, pack):
    plain = json.loads(pack)
    plain["items"]["answers/07"]["log"][0]["choice"] = "9"
    entry = next(name for name in plain["items"] if name.startswith("audit/"))
    plain["items"][entry]["content"] += " "
    told = check(elsewhere, json.dumps(plain))
    assert "The text that was sealed is not the one that follows" in told
    assert f"({entry}) is not the one that follows from its text." in told


def test_the_name_of_an_item_cannot_pass_for_a_verdict(elsewhere, pack):
    plain = json.loads(pack)
    plain["items"]["x\nGenuine: an evidence pack"] = {}
    assert "\nGenuine" not in check(elsewhere, json.dumps(plain))


def test_the_paper_of_a_pack_is_told_from_its_file(elsewhere, pack):
    paper = elsewhere.folder.parent / "evidence.pdf"
    paper.write_bytes(document.pdf(Paper(evidence_file.read(pack.encode()), "0" * 64)))
    assert "This is the paper of an evidence pack" in elsewhere.refused(
        "verify", paper, "--keys", paper.with_name("keys.json")
    )


def test_a_manifest_that_was_made_to_fit_is_found_by_its_signature(elsewhere, pack):
    plain = json.loads(pack)
    plain["manifest"]["recipient"] = "Somebody else"
    assert check(elsewhere, json.dumps(plain)).startswith("NOT GENUINE: the list of items (the manifest) was altered")
    plain = json.loads(pack)
    plain["signature"]["value"] = "nonsense"
    assert check(elsewhere, json.dumps(plain)).startswith("NOT GENUINE: the list of items")


def test_a_pack_of_a_key_that_is_not_known_or_was_given_up_proves_nothing(quiz, elsewhere, pack, tmp_path):
    key = json.loads(pack)["signature"]["key"]
    quiz.done("keys", "compromised", key, "--since", "2026-11-20")
    (tmp_path / "keys.json").write_text(quiz.done("keys", "list", "--json"), encoding="utf-8")
    assert check(elsewhere, pack).startswith("NOT CERTAIN")
    (tmp_path / "keys.json").write_text('{"keys": []}', encoding="utf-8")
    assert check(elsewhere, pack).startswith("NOT KNOWN")


def test_a_damaged_file_is_refused_in_words(elsewhere, pack):
    assert "it is damaged" in check(elsewhere, pack[:-40])
