"""The certificate: one A4 page that says who passed which test, until when, and how to check it."""

from quiz.documents import qr, typeset
from quiz.documents.typeset import Fact
from quiz.domain import calendar, numbers
from quiz.domain.certificate import CertificateText

QR_SIDE = 38.0  # mm
MARKS = {
    "SAMPLE": "SAMPLE. This is not a real certificate.",
    "PILOT": "PILOT. The council is trying out this test. This pass does not count for a licence.",
}


def pdf(text: CertificateText) -> bytes:
    """A4, PDF/UA-1 and PDF/A-2a."""
    return typeset.pdf("certificate.typ", facts(text))


def facts(text: CertificateText) -> dict[str, Fact]:
    """What the template prints."""
    title = f"Certificate {_number(text)}: {text.test}"
    return typeset.head(title, text.issued_on, text.mark, _mark(text)) | {
        "council": text.council,
        "test": text.test,
        "name": text.name,
        "licences": text.licences,
        "number": _number(text),
        "issued": calendar.words(text.issued_on),
        "expires": calendar.words(text.expires_on),
        "use_by": calendar.words(text.use_by) if text.use_by else None,
        "verify_address": text.verify_address,
        "verify_words": qr.in_words(text.verify_address),
        "qr": qr.square(text.verify_address, QR_SIDE),
    }


def _mark(text: CertificateText) -> str:
    words = MARKS.get(text.mark, text.mark)
    return words if text.licences else words.removesuffix(" for a licence.") + "." * words.endswith(" licence.")


def _number(text: CertificateText) -> str:
    return numbers.show(text.number.replace("-", ""))
