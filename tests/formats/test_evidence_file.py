"""The file of an evidence pack reads back as it was written; what could be read in two ways is refused."""

import json

import pytest

from quiz.domain.errors import Refused
from quiz.domain.evidence import Document, manifest
from quiz.formats import evidence_file

ITEMS = {"person": {"name": "Zoë “O’Neil”", "licences": []}}
WHOLE = Document(manifest({"pack": "1"}, ITEMS), "key-1", "ab", ITEMS)


def test_it_reads_back_as_it_was_written():
    text = evidence_file.write(WHOLE)
    assert evidence_file.read(text.encode()) == WHOLE
    assert evidence_file.is_one(text.encode()) and "Zoë" in text


def changed(**parts: object) -> str:
    return json.dumps({**json.loads(evidence_file.write(WHOLE)), **parts})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nonsense",
        "[" * 100_000,
        changed(more=1),
        changed(items={"person": "words"}),
        changed(manifest={"form": "quiz-evidence-9", "items": {}}),
        changed(manifest={"form": "quiz-evidence-1"}),
        changed(signature={"algorithm": "none", "key": "", "value": ""}),
        changed(items={"person": {"age": 1.5}}),
        changed(items={"person": {"name": "\ud800"}}),
        evidence_file.write(WHOLE).replace('"licences": []', '"licences": [],\n"name": "Other"'),
        evidence_file.write(WHOLE).replace('"licences": []', '"licences": [NaN]'),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_pack_or_could_be_read_in_two_ways_is_refused(text):
    with pytest.raises(Refused) as found:
        evidence_file.read(text.encode())
    assert found.value.code == "evidence-unreadable"
