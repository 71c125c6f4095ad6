"""The evidence pack on paper: made from the signed file alone, with the recipient's name across every page."""

import pytest

from quiz.documents import evidence
from quiz.documents.evidence import Paper
from quiz.domain.evidence import Document, manifest
from tests.documents import reading

DIGEST = "0123abcd" * 8
AT = "2026-11-23T09:00:05+00:00"
OFFICER = {"role": "licensing officer", "key": "staff:1", "name": "Olive Officer"}
HEAD = {
    "pack": "p-1", "attempt": "a-1", "copy": "internal", "recipient": "Preston Court", "made_at": AT,
    "made_by": OFFICER, "council": "Chorley Council", "service": "Driver test", "mode": "live", "key": "k1",
    "reason": "Appeal 7",
}  # fmt: skip
QUESTION = {
    "position": 1, "question": "t07-made-up", "version": 3, "topic": "T7", "topic_words": "Responding",
    "critical": True, "choose_two": False, "text": "What do you do?", "why": "It is safe.",
    "sources": [{"key": "BEDS-MS", "title": "A page"}],
    "options": [
        {"place": 1, "option": 1, "text": "Follow the car", "right": False, "counted_as_unsafe": True,
         "marked_unsafe": True, "why": "It feels brave.", "harm": "A crash.", "source": "BEDS-MS"},
        {"place": 2, "option": 0, "text": "Ring 999", "right": True, "counted_as_unsafe": False,
         "marked_unsafe": False, "why": "",
         "harm": "", "source": ""},
    ],
    "approved": {"origin": "written", "at": AT, "author": OFFICER, "approver": OFFICER, "lead": None},
    "agreements": [{"body": "Police", "role": "Sergeant", "answer": "agree", "on": "2026-11-20", "withdrawn_at": None}],
}  # fmt: skip
SAID = {"number": 4, "session": "s-1", "sequence": 9, "choice": "1", "later": True, "confirmed": True, "at": AT}
COUNTS = {"places": [1], "right_by_the_key": False, "unsafe": True}
MARK = {"number": 1, "at": AT, "by": OFFICER, "right": 15, "of": 20, "outcome": "not-passed", "rule": ["So it is not."],
        "groups": [{"key": "act", "name": "What to do", "right": 3, "of": 6}], "topics": []}  # fmt: skip
ITEMS = {
    "person": {"name": "Zoë Driver", "licences": [{"words": "Private hire PH1", "ends": "2027-01-31"}]},
    "decision/01": {"kind": "another-try", "at": AT, "by": OFFICER, "told": "Try again.", "note": "Ask Pat"},
    "question/01": QUESTION,
    "answers/01": {"position": 1, "log": [SAID], "counts": COUNTS},
    "mark/01": MARK,
    "letters": {"sent": [], "words": "None are kept."},
    "seal": {"text": "1 v 1,0", "sha256": DIGEST},
    "audit/000000007": {"sequence": 7, "previous": "p", "hash": DIGEST, "content": '{"event":"attempt.finished"}'},
}
PAPER = Paper(Document(manifest(HEAD, ITEMS), "k1", "00", ITEMS), DIGEST)


@pytest.fixture(scope="module")
def said():
    return reading.spoken(evidence.pdf(PAPER))


@pytest.mark.parametrize(
    "words",
    [
        "For Preston Court", "Olive Officer (licensing officer)", "Appeal 7", DIGEST, "Zoë Driver",
        "Private hire PH1, ends 31 January 2027", "t07-made-up, version 3", "What do you do?",
        "1 Follow the car Unsafe chosen", "2 Ring 999 Right", "wrong by the key, and counts as unsafe",
        "Option 1, harm: A crash. Source: BEDS-MS.", "4 9:00:05am 1 yes yes 9 s-1", "BEDS-MS: A page",
        "Police (Sergeant) answered “agree” on 20 November 2026.", "What to do: 3 of 6", "So it is not.", "another try",
        "Ask Pat", "None are kept.", "1 v 1,0", '{"event":"attempt.finished"}', "audit/000000007",
    ],
)  # fmt: skip
def test_it_says_what_the_file_says(said, words):
    assert reading.squeezed(words) in said


def test_every_page_bears_the_name_of_whoever_has_it():
    document = evidence.pdf(PAPER)
    across = [run.page for run in reading.runs(document) if run.artifact and run.words.startswith("Preston Court")]
    with reading.opened(document) as pdf:
        assert set(across) == set(range(1, len(pdf.pages) + 1))
