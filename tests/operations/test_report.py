"""quiz verify of a report: on any machine, from the signed file and the public keys."""

import json
from datetime import UTC, date, datetime

import pytest

from quiz.commands import verify_report
from quiz.domain.errors import Refused
from quiz.domain.report import Head, Report, Section, Table, Version
from quiz.formats import report_file
from quiz.formats.signing import Signer

SIGNER = Signer(bytes(range(32)))
KEYS = [SIGNER.public()]
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEAD = Head("2026-1", Version.PUBLIC, date(2026, 1, 1), date(2026, 3, 31), "Chorley Council", "Driver test", "pilot",
            AT, "Licensing officer")  # fmt: skip
REPORT = Report(HEAD, (Section("Tests", ("Words.",), (Table("Tests", ("What", "Tests"), (("All", 12),)),)),))


@pytest.fixture
def file():
    text = report_file.freeze(REPORT)
    return report_file.write(text, report_file.sign(SIGNER, "2026-1", text, 7, "ab" * 32, AT.isoformat()))


def changed(file, **changes):
    plain = json.loads(file)
    for path, value in changes.items():
        group, name = path.split("__")
        plain[group][name] = value
    return json.dumps(plain).encode()


def test_a_genuine_one_is_told_with_its_digest_and_the_end_of_the_log(file):
    assert report_file.is_one(file.encode())
    said = verify_report.verify(file.encode(), KEYS)
    assert "Genuine: report 2026-1 as Chorley Council issued it on 23 November 2026 at 9:00am. PILOT" in said
    assert "Public version for 1 January 2026 to 31 March 2026." in said
    assert "with entry 7, hash abababab" in said


@pytest.mark.parametrize("changes", [
    {"report__council": "Elsewhere"}, {"report__version": "internal"}, {"seal__sequence": 8}, {"seal__hash": "cd" * 32},
    {"seal__number": "2026-2"}, {"seal__digest": "0" * 64}, {"seal__value": "00"}, {"seal__value": "zz"},
])  # fmt: skip
def test_a_changed_one_is_not_genuine(file, changes):
    with pytest.raises(Refused, match="NOT GENUINE"):
        verify_report.verify(changed(file, **changes), KEYS)


def test_keys_of_others_prove_nothing(file):
    with pytest.raises(Refused, match="NOT KNOWN"):
        verify_report.verify(file.encode(), [Signer(bytes(32)).public()])


@pytest.mark.parametrize("content", [
    b"{}", b'{"report": 1, "seal": {}}', b"\xff", b"[" * 100_000, b'{"seal": {"a": 1, "a": 1}}',
])  # fmt: skip
def test_what_is_no_report_is_refused_in_words(content):
    with pytest.raises(Refused, match="not a monitoring report, or it is damaged"):
        verify_report.verify(content, KEYS)
    with pytest.raises(Refused, match="not a monitoring report"):
        verify_report.verify(changed_form(), KEYS)


def changed_form() -> bytes:
    text = report_file.freeze(REPORT)
    whole = report_file.write(text, report_file.sign(SIGNER, "2026-1", text, 7, "ab", AT.isoformat()))
    return whole.replace("quiz-report-1", "quiz-report-9").encode()
