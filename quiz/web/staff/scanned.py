"""The scan of a certificate from elsewhere, whether of a pass or of attendance: sent with a form, and given back."""

from flask import Response
from flask_wtf.file import FileField

from quiz.actions import scans
from quiz.formats import scan_file
from quiz.records.elsewhere import AcceptedPass
from quiz.records.scans import Scan
from quiz.records.training import AcceptedAttendance
from quiz.web import downloads
from quiz.web.parts import parts
from quiz.web.request import work

MEGABYTES = scan_file.LARGEST // 2**20
MOST = scan_file.LARGEST + 1024 * 1024  # the file, and what a form sends besides


def keep(field: FileField, row: AcceptedPass | AcceptedAttendance) -> None:
    """Keep what was chosen, if anything was."""
    if field.data:
        content = field.data.stream.read(scan_file.LARGEST + 1)
        scans.keep(work(), parts().settings.instance, row, content, str(field.data.filename))


def given_back(row: AcceptedPass | AcceptedAttendance, scan: Scan) -> Response:
    """To be kept and never shown in the browser. Taking it is on the record."""
    content = scans.take(work(), parts().settings.instance, row, scan)
    kind = scan_file.CONTENT_TYPES[scan.kind]
    response = downloads.attachment(content, kind, f"certificate-from-elsewhere.{scan.kind}")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
