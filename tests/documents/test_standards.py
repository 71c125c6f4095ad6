"""Every document can be read aloud, kept for good, and made again byte for byte."""

from dataclasses import replace
from datetime import date

import pdfua
import pytest

from quiz.documents import (
    attendance,
    attendance_sheet,
    certificate,
    contact_card,
    evidence,
    handbook,
    letter,
    report,
    review_pack,
)
from tests.documents import reading, samples
from tests.documents.test_attendance import ANN, SHEET
from tests.documents.test_evidence import PAPER
from tests.documents.test_handbook import BRAND, PARTS
from tests.documents.test_letter import LONG_LETTER
from tests.documents.test_report import REPORT, SEAL
from tests.documents.test_review_pack import PACK

WITHOUT_CODE = ("letters", "handbook", "review pack", "evidence pack", "report", "attendance", "sheet to sign")

MAKE = {
    "certificate": lambda: certificate.pdf(samples.CERTIFICATE),
    "sample certificate": lambda: certificate.pdf(replace(samples.CERTIFICATE, mark="SAMPLE", use_by=None)),
    "long certificate": lambda: certificate.pdf(samples.LONG_CERTIFICATE),
    "card": lambda: contact_card.pdf(samples.CARD),
    "unconfirmed card": lambda: contact_card.pdf(samples.UNCONFIRMED_CARD),
    "long card": lambda: contact_card.pdf(samples.LONG_CARD),
    "sheet": lambda: contact_card.sheet(samples.UNCONFIRMED_CARD),
    "letter": lambda: letter.pdf([samples.LETTER]),
    "pilot letter": lambda: letter.pdf([samples.marked(samples.letter_text(pass_by=""), "PILOT")]),
    "member letter": lambda: letter.pdf([samples.MEMBER_LETTER]),
    "member certificate": lambda: certificate.pdf(replace(samples.MEMBER_CERTIFICATE, mark="PILOT")),
    "letters": lambda: letter.pdf([samples.LETTER, LONG_LETTER]),
    "attendance": lambda: attendance.pdf([ANN, ANN], date(2026, 11, 26)),
    "sheet to sign": lambda: attendance_sheet.pdf(SHEET, date(2026, 11, 26)),
    "handbook": lambda: handbook.pdf(BRAND, PARTS),
    "review pack": lambda: review_pack.pdf(PACK),
    "evidence pack": lambda: evidence.pdf(PAPER),
    "report": lambda: report.pdf(REPORT, SEAL),
}


@pytest.fixture(params=MAKE)
def document(request):
    return MAKE[request.param]()


def test_it_says_that_it_is_pdf_ua_1_and_pdf_a_2a(document):
    with reading.opened(document) as pdf, pdf.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")


def test_it_is_tagged_british_english_and_shows_its_title(document):
    with reading.opened(document) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_checker_of_pdf_ua_finds_nothing(document, tmp_path):
    (tmp_path / "it.pdf").write_bytes(document)
    assert pdfua.validate(str(tmp_path / "it.pdf")).findings == ()


@pytest.mark.parametrize("name", [name for name in MAKE if name not in WITHOUT_CODE])
def test_it_has_one_main_heading_and_words_for_its_code(name):
    document = MAKE[name]()
    assert reading.tags(document).count("H1") == 1
    assert [words.startswith("QR code that ") for words in reading.alternatives(document)] == [True]


@pytest.mark.parametrize("name", ["certificate", "card", "sheet", "letter", "handbook", "review pack", "evidence pack"])
def test_the_same_facts_give_the_same_bytes(name):
    assert MAKE[name]() == MAKE[name]()


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("certificate", "Certificate H4KMT-7QXW9-CDF36: Taxi driver safeguarding test", "2026-11-21"),
        ("card", "Safeguarding contact card", "2026-11-21"),
        ("sheet", "Safeguarding contact card", "2026-11-21"),
        ("letter", "Your access code: Taxi driver safeguarding test", "2026-11-21"),
        ("handbook", "Handbook: Taxi driver safeguarding test", "2026-11-26"),
        ("review pack", "Review pack: Driver test", "2026-11-26"),
        ("evidence pack", "Evidence pack", "2026-11-23"),
        ("report", "Monitoring report 2026-1", "2026-11-23"),
    ],
)
def test_its_title_and_its_date_come_from_what_it_says(name, title, day):
    with reading.opened(MAKE[name]()) as pdf, pdf.open_metadata() as facts:
        assert facts["dc:title"] == title
        assert facts["xmp:CreateDate"].startswith(day)
