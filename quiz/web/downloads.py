"""Files for a person to keep: safe names, the right type, nothing cached on the way."""

from flask import Response


def pdf(content: bytes, name: str) -> Response:
    """Opens in the browser; saving it keeps the name."""
    return _file(content, "application/pdf", f'inline; filename="{name}"')


def vcard(content: str, name: str) -> Response:
    """A telephone offers to add these contacts."""
    return _file(content.encode(), "text/vcard; charset=utf-8", f'attachment; filename="{name}"')


def attachment(content: bytes, kind: str, name: str) -> Response:
    """To be kept, never shown in the browser."""
    return _file(content, kind, f'attachment; filename="{name}"')


def _file(content: bytes, kind: str, disposition: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": disposition})
