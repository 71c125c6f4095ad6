"""What a driver who passed keeps: certificate, contact card, and the numbers for the phone."""

from uuid import UUID

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from quiz.actions import certificates
from quiz.documents import certificate as certificate_document
from quiz.documents import contact_card, vcard
from quiz.domain import calendar
from quiz.domain import certificate as rules
from quiz.domain.certificate import CertificateText
from quiz.domain.contacts import CardText
from quiz.domain.roles import Permission
from quiz.records import certificates as records
from quiz.records.certificates import Certificate
from quiz.web import downloads, service
from quiz.web.driver.result import finished
from quiz.web.guard import needs
from quiz.web.parts import parts
from quiz.web.request import now, session

pages = Blueprint("papers", __name__, url_prefix="/result/<uuid:attempt_id>")


def held(attempt_id: UUID) -> Certificate:
    """The certificate that this driver earned with that attempt, or 404."""
    return records.of_attempt(session(), finished(attempt_id).id) or abort(404)


def card(text: CertificateText) -> CardText:
    """The contact card that goes with a certificate, always with today's numbers."""
    contacts = service.contacts()
    return CardText(
        council=text.council,
        holder=text.name,
        licences=text.licences,
        certificate_number=text.number,
        issued_on=text.issued_on,
        expires_on=text.expires_on,
        verify_address=text.verify_address,
        handbook_address=f"{parts().settings.service.base_url}/handbook",
        contacts=contacts.card(),
        version=contacts.version,
        checked=contacts.oldest_check(),
        mark=text.mark,
    )


@pages.get("/certificate")
@needs(Permission.SIT_TEST)
def certificate(attempt_id: UUID) -> ResponseReturnValue:
    """The certificate as a page."""
    row = held(attempt_id)
    standing = rules.standing(row, calendar.day_of(now()))
    return render_template("driver/certificate.html", text=certificates.printed(row), standing=standing)


@pages.get("/certificate.pdf")
@needs(Permission.SIT_TEST)
def certificate_pdf(attempt_id: UUID) -> Response:
    """The certificate on paper."""
    text = certificates.printed(held(attempt_id))
    return downloads.pdf(certificate_document.pdf(text), "safeguarding-certificate.pdf")


@pages.get("/card")
@needs(Permission.SIT_TEST)
def contact_card_page(attempt_id: UUID) -> ResponseReturnValue:
    """The contact card as a page."""
    return render_template("driver/card.html", card=card(certificates.printed(held(attempt_id))))


@pages.get("/card.pdf")
@needs(Permission.SIT_TEST)
def card_pdf(attempt_id: UUID) -> Response:
    """The contact card at its true size, two pages."""
    text = card(certificates.printed(held(attempt_id)))
    return downloads.pdf(contact_card.pdf(text), "contact-card.pdf")


@pages.get("/card-sheet.pdf")
@needs(Permission.SIT_TEST)
def card_sheet(attempt_id: UUID) -> Response:
    """Both sides on A4, to cut out and fold."""
    text = card(certificates.printed(held(attempt_id)))
    return downloads.pdf(contact_card.sheet(text), "contact-card-to-cut-out.pdf")


@pages.get("/contacts.vcf")
@needs(Permission.SIT_TEST)
def phone(attempt_id: UUID) -> Response:
    """The numbers for the phone's own address book."""
    text = card(certificates.printed(held(attempt_id)))
    return downloads.vcard(vcard.text(text.contacts, text.council), "safeguarding-numbers.vcf")
