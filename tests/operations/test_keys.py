"""quiz keys and quiz verify: what was signed is checked without a database, and a key that was lost is given up."""

from datetime import date

import pytest

from quiz import keyring
from quiz.documents import certificate
from quiz.domain.certificate import CertificateText
from quiz.domain.signed import Statement
from quiz.formats import signing
from tests.operations.conftest import Quiz

NUMBER = "8T6F7PNPWKC7P3R"
SHOWN = "8T6F7-PNPWK-C7P3R"
OTHER = "466J9-XGFVC-V4TXQ"


@pytest.fixture
def code(quiz: Quiz) -> str:
    """What the QR code of a certificate says that this instance signed."""
    signer = keyring.signing_keys(quiz.folder).signer
    statement = Statement(NUMBER, date(2026, 11, 23), date(2029, 11, 23))
    return f"https://test.example.org/verify/{SHOWN}#{signing.sign(signer, statement).text()}"


def paper(code: str) -> bytes:
    days = (date(2026, 11, 23), date(2029, 11, 23), None)
    return certificate.pdf(CertificateText(NUMBER, "SAMPLE Driver", ("PH1",), "Council", "Test", *days, code))


def test_a_certificate_is_checked_from_its_pdf_on_another_machine(quiz, code, tmp_path):
    (tmp_path / "certificate.pdf").write_bytes(paper(code))
    (tmp_path / "keys.json").write_text(quiz.done("keys", "list", "--json"), encoding="utf-8")
    elsewhere = Quiz(tmp_path / "nowhere")
    for given in (tmp_path / "certificate.pdf", code, code.rpartition("#")[2]):
        told = elsewhere.done("verify", given, "--keys", tmp_path / "keys.json")
        assert told.startswith("Genuine when issued. Whether it was withdrawn later was not checked.")
        assert f"number {SHOWN}, issued on 23 November 2026, valid to the end of 23 November 2029" in told


def test_what_was_changed_is_refused_with_what_does_not_match(quiz, code, tmp_path):
    assert quiz.refused("verify", code.replace(".20291123.", ".20391123.")).startswith("NOT GENUINE: the code was alt")
    other = quiz.refused("verify", code.replace(SHOWN, OTHER))
    assert f"the code was made for {SHOWN}, and the address names {OTHER}" in other
    assert "no certificate code in it" in quiz.refused("verify", "hello")
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7 nothing of ours")
    assert "no certificate code in it" in quiz.refused("verify", tmp_path / "other.pdf")
    both = paper(code) + paper(code.replace(".L.", ".P."))
    (tmp_path / "joined.pdf").write_bytes(both)
    assert "codes of different certificates" in quiz.refused("verify", tmp_path / "joined.pdf")


def test_after_a_rotation_old_certificates_stay_genuine(quiz, code):
    quiz.done("keys", "rotate")
    assert "Genuine when issued" in quiz.done("verify", code)
    assert [line.split()[0] for line in quiz.done("keys", "list").splitlines()] == ["1", "2"]
    assert "signs now" in quiz.done("keys", "list").splitlines()[1]


def test_a_compromised_key_proves_nothing_and_another_signs(quiz, code):
    old = keyring.signing_keys(quiz.folder).signer.key_id
    quiz.done("keys", "compromised", old, "--since", "2026-11-20")
    assert quiz.refused("verify", code).startswith("NOT CERTAIN: the key that signed it was given up")
    assert keyring.signing_keys(quiz.folder).signer.key_id != old
    assert "given up on 20 November 2026" in quiz.done("keys", "list")
    assert "There is no key" in quiz.refused("keys", "compromised", "0000dead", "--since", "2026-11-20")
    assert "lies in the future" in quiz.refused("keys", "compromised", old, "--since", "2096-11-20")
    assert "is not a day" in quiz.refused("keys", "compromised", old, "--since", "yesterday")


def test_an_instance_of_an_earlier_version_is_given_a_key_by_init(quiz):
    for path in (quiz.folder / "keys").glob("signing-*"):
        path.unlink()
    assert "no key that signs" in quiz.refused("keys", "list")
    assert "Made a key that signs certificates" in quiz.done("init")
    assert "signs now" in quiz.done("keys", "list")


def test_a_demonstration_signs_with_a_key_that_says_so(made_demo):
    assert "DEMO  signs now" in made_demo.done("keys", "list")
